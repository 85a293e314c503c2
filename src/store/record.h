// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <cstdint>

namespace weir::store {

/// What a network read brought, apart from its items.
struct ReadInfo
{
    SubscriptionId subscription;
    std::uint32_t attempt = 0;
    std::uint32_t number = 0; ///< of the read within the attempt
    MonotonicTime arrival;
    std::uint32_t bytes = 0;
    std::uint64_t streamOffset = 0; ///< of the read's first byte in the body
};

/// One network read, or one change of a connection: when bytes came, and how many. 20 bytes.
struct Read
{
    std::uint32_t arrivalLow; ///< MonotonicTime in nanoseconds, low and high half (keeps the alignment at 4)
    std::uint32_t arrivalHigh;
    std::uint32_t connection; ///< index into the segment's connections
    std::uint32_t number;     ///< of the read within its connection attempt, from 0
    std::uint32_t bytes;      ///< how many bytes the read brought
};
static_assert(sizeof(Read) == 20);

/// Which attempt of which subscription a read belongs to; a table of each segment.
struct Connection
{
    SubscriptionId subscription;
    std::uint32_t attempt = 0; ///< from 1 for each subscription
    MonotonicTime start;       ///< of the first that was appended of the attempt, which may have been evicted since
};

/// One row of the log: slices of the segment's bytes. 44 bytes; with its read at most 64 beside the payload.
///
/// An id or type length of 0xFFFF says that the true length stands in the four bytes (native order) before the slice.
/// A Connection record has rawLength 0; at rawBegin stands a ConnectionDetail, which is nobody's stream.
struct Record
{
    std::uint32_t rawBegin; ///< after the leading bytes, which are stored directly before
    std::uint32_t rawLength;
    std::uint32_t dataBegin;
    std::uint32_t dataLength;
    std::uint32_t idBegin;
    std::uint32_t typeBegin;
    std::uint16_t idLength;
    std::uint16_t typeLength;
    std::uint32_t read;        ///< index into the segment's reads: the read that completed the block
    std::int32_t offsetInRead; ///< of the block's first byte; negative: it began so many bytes before this read
    float gapSeconds;          ///< since the previous event of the same subscription; NaN where there is none
    std::uint8_t kind : 4;
    std::uint8_t insideBlock : 1;
    std::uint8_t rawIncomplete : 1;
    std::uint8_t hasSkipped : 1; ///< eight bytes after raw: how many bytes the parser did not keep (native order)
    std::uint8_t : 1;
    std::uint8_t detail; ///< sse::Diagnostic, or ConnectionState
    std::uint16_t leading;
};
static_assert(sizeof(Record) == 44);

/// Length from which an id or type is stored with its length before it.
inline constexpr std::uint32_t longLength = 0xFFFF;

/// The numbers of a ConnectionChange, as they lie in a segment's bytes.
struct ConnectionDetail
{
    std::int64_t retryDelayMs = 0;
    std::int64_t httpStatus = 0;
};

} // namespace weir::store
