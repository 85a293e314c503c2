// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::publish {

/// What a client makes of bytes that reach it between two whole blocks.
struct StreamReading
{
    std::uint64_t events = 0;
    std::uint64_t comments = 0;
    std::uint64_t fieldsOnly = 0; ///< blocks without data: they set an id or the reconnection time
    bool isUnfinished = false;    ///< the last block has no blank line; what is sent next continues it
    bool hasInvalidUtf8 = false;
    bool hasUnknownField = false;
    bool hasInvalidRetry = false;
    bool hasNulInId = false;
    bool isTooLarge = false; ///< for the limits of Weir's own parser
};

StreamReading readStream(std::string_view bytes);

} // namespace weir::publish
