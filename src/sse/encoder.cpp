// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/encoder.h"

#include "sse/linescanner.h"
#include "sse/utf8.h"

#include <charconv>
#include <limits>

namespace weir::sse {

namespace {

bool hasLineBreak(std::string_view text)
{
    const char *end = text.data() + text.size();
    return findLineEnd(text.data(), end) != end;
}

/// C0 controls that no header value may have, DEL, and the C1 controls in their UTF-8 form.
bool hasControl(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F)
            return true;
        if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0)
            return true;
    }
    return false;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::optional<EncodeError> checkType(std::string_view type)
{
    if (hasLineBreak(type))
        return EncodeError::LineBreakInType;
    if (!isValidUtf8(type))
        return EncodeError::InvalidUtf8InType;
    return std::nullopt;
}

std::optional<EncodeError> checkId(std::string_view id)
{
    if (id.empty())
        return std::nullopt;
    if (hasLineBreak(id))
        return EncodeError::LineBreakInId;
    if (id.find('\0') != std::string_view::npos)
        return EncodeError::NulInId;
    if (!isValidUtf8(id))
        return EncodeError::InvalidUtf8InId;
    if (hasControl(id))
        return EncodeError::ControlInId;
    if (isBlank(id.front()) || isBlank(id.back()))
        return EncodeError::SpaceAroundId;
    return std::nullopt;
}

void appendLine(std::string_view prefix, std::string_view value, std::string &out)
{
    out.append(prefix);
    out.append(value);
    out.push_back('\n');
}

/// One line for each line of `text`: CRLF, CR and LF part lines, so text that ends with one has an empty last line.
template <typename AppendLine>
void appendWellFormedLines(std::string_view text, AppendLine append)
{
    const char *line = text.data();
    const char *end = line + text.size();
    for (;;) {
        const char *eol = findLineEnd(line, end);
        append(std::string_view{line, static_cast<std::size_t>(eol - line)});
        if (eol == end)
            return;
        const bool isCrLf = *eol == '\r' && eol + 1 != end && eol[1] == '\n';
        line = eol + (isCrLf ? 2 : 1);
    }
}

template <typename AppendLine>
void appendLines(std::string_view text, AppendLine append)
{
    if (isValidUtf8(text)) {
        appendWellFormedLines(text, append);
        return;
    }
    std::string decoded;
    appendDecodedUtf8(text, decoded);
    appendWellFormedLines(decoded, append);
}

void appendComment(std::string_view comment, std::string &out)
{
    appendLines(comment, [&out](std::string_view line) { appendLine(line.empty() ? ":" : ": ", line, out); });
}

void appendRetry(std::chrono::milliseconds retry, std::string &out)
{
    char digits[std::numeric_limits<std::chrono::milliseconds::rep>::digits10 + 2];
    const auto result = std::to_chars(digits, digits + sizeof digits, retry.count());
    appendLine("retry: ", {digits, static_cast<std::size_t>(result.ptr - digits)}, out);
}

} // namespace

std::optional<EncodeError> check(const Message &message)
{
    if (const auto error = checkType(message.type))
        return error;
    if (message.id) {
        if (const auto error = checkId(*message.id))
            return error;
    }
    if (message.retry && message.retry->count() < 0)
        return EncodeError::NegativeRetry;
    if (message.type.empty() && !message.id && !message.data && !message.retry && !message.comment)
        return EncodeError::NothingToSend;
    return std::nullopt;
}

std::optional<EncodeError> encode(const Message &message, std::string &out)
{
    if (const auto error = check(message))
        return error;
    if (message.comment)
        appendComment(*message.comment, out);
    if (message.retry)
        appendRetry(*message.retry, out);
    if (message.id)
        appendLine("id: ", *message.id, out);
    if (!message.type.empty())
        appendLine("event: ", message.type, out);
    if (message.data)
        appendLines(*message.data, [&out](std::string_view line) { appendLine("data: ", line, out); });
    out.push_back('\n');
    return std::nullopt;
}

std::string_view text(EncodeError error)
{
    switch (error) {
    case EncodeError::LineBreakInType:
        return "The event type has a line break; a type is one line.";
    case EncodeError::InvalidUtf8InType:
        return "The event type is not valid UTF-8.";
    case EncodeError::LineBreakInId:
        return "The event ID has a line break; an ID is one line.";
    case EncodeError::NulInId:
        return "The event ID has a NUL character; clients ignore such an ID.";
    case EncodeError::ControlInId:
        return "The event ID has a control character; it could not come back in a Last-Event-ID header.";
    case EncodeError::InvalidUtf8InId:
        return "The event ID is not valid UTF-8.";
    case EncodeError::SpaceAroundId:
        return "The event ID starts or ends with white space, which HTTP removes from a Last-Event-ID header.";
    case EncodeError::NegativeRetry:
        return "The reconnection time is negative.";
    case EncodeError::NothingToSend:
        return "The message is empty: it has no data, type, ID, reconnection time or comment.";
    }
    return "The message cannot be sent.";
}

} // namespace weir::sse
