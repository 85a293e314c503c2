// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/snapshot.h"

#include <cstdint>
#include <vector>

namespace weir::store {

/// A network read, and which of its bytes belong to a record. What was compressed is counted decoded.
struct ReadPart
{
    std::uint32_t number = 0; ///< of the read within its connection attempt, from 0
    MonotonicTime arrival;
    std::uint32_t bytes = 0;  ///< of the whole read
    std::uint32_t offset = 0; ///< in the read, of the record's first byte in it
    std::uint32_t length = 0; ///< 0: the read only completed the record

    friend bool operator==(const ReadPart &, const ReadPart &) = default;
};

struct WireReads
{
    std::vector<ReadPart> parts; ///< in order of arrival; the last one completed the record
    /// False if reads before these have been evicted or are too far back, or if bytes of the record were not kept: then
    /// it is not known where it ends.
    bool isComplete = true;

    friend bool operator==(const WireReads &, const WireReads &) = default;
};

/// Which bytes of a record are meant.
enum class RecordBytes {
    Raw,         ///< its block or line
    WithLeading, ///< and the bytes before it that belong to no block
};

/// The network reads that brought a record. Empty for a connection change. Requires that the snapshot contains `number`.
/// Looks at the reads of all connections that lie between: at most `mostReads`. Any thread.
WireReads readsOf(const Snapshot &snapshot, EventNumber number, std::size_t mostReads = std::size_t{1} << 20,
    RecordBytes bytes = RecordBytes::Raw);

/// True if one network read completed both records. O(1).
bool isSameRead(const EventView &a, const EventView &b);

} // namespace weir::store
