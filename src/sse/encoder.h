// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace weir::sse {

/// What a publisher wants to send as one block. All texts are UTF-8. Absent and empty differ: an absent id leaves the
/// client's last event ID alone, an empty one resets it.
struct Message
{
    std::string type;
    std::optional<std::string> id;
    std::optional<std::string> data; ///< absent: nothing is dispatched; empty: an event with empty data
    std::optional<std::chrono::milliseconds> retry;
    std::optional<std::string> comment;

    bool operator==(const Message &) const = default;
};

/// Why a message cannot be put on the wire without changing its meaning.
enum class EncodeError {
    LineBreakInType,
    InvalidUtf8InType,
    LineBreakInId,
    NulInId,
    ControlInId, ///< could not come back in a Last-Event-ID header
    InvalidUtf8InId,
    SpaceAroundId, ///< HTTP trims header values, so the resume would not match
    NegativeRetry,
    NothingToSend,
};

/// Why `message` would be refused, if it would.
std::optional<EncodeError> check(const Message &message);

/// Appends the block for `message` to `out`: comment, retry, id, event, data, then the empty line. Every CR, LF or CRLF
/// in data and comment starts a new line with its own prefix, so no text can ever become a field. Malformed UTF-8 in
/// data and comment becomes U+FFFD. On an error nothing is appended.
std::optional<EncodeError> encode(const Message &message, std::string &out);

/// One sentence in English that names the cause.
std::string_view text(EncodeError error);

} // namespace weir::sse
