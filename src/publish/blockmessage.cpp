// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/blockmessage.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <limits>

namespace weir::publish {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("weir::publish::BlockMessage", text);
}

std::string_view withoutFirstSpace(std::string_view text)
{
    return text.starts_with(' ') ? text.substr(1) : text;
}

/// The field's value in a line of that name, without a colon an empty one; none if the line has another name.
std::optional<std::string_view> valueOf(std::string_view line, std::string_view name)
{
    if (line == name)
        return std::string_view();
    if (!line.starts_with(name) || line[name.size()] != ':')
        return std::nullopt;
    return withoutFirstSpace(line.substr(name.size() + 1));
}

/// All ASCII digits, or it is ignored; too many of them are the longest time there is.
std::optional<std::chrono::milliseconds> timeOf(std::string_view digits)
{
    const bool isNumber =
        !digits.empty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return std::nullopt;
    std::int64_t time = std::numeric_limits<std::int64_t>::max();
    std::from_chars(digits.data(), digits.data() + digits.size(), time);
    return std::chrono::milliseconds{time};
}

/// The fields that an item itself does not tell apart from those of earlier blocks.
void takeOwnFields(const sse::Item &item, sse::Message &message)
{
    std::string_view rest = item.raw;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
        const std::string_view line = rest.substr(0, end);
        if (const auto id = valueOf(line, "id"); id && id->find('\0') == std::string_view::npos)
            message.id = std::string(item.id);
        if (const auto retry = valueOf(line, "retry")) {
            if (const auto time = timeOf(*retry))
                message.retry = time;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

QString causeOf(sse::Diagnostic diagnostic)
{
    switch (diagnostic) {
    case sse::Diagnostic::None:
    case sse::Diagnostic::Resynchronised:
    case sse::Diagnostic::EmptyLines:
        break;
    case sse::Diagnostic::InvalidUtf8:
        return translated("what is not UTF-8 became U+FFFD");
    case sse::Diagnostic::InvalidRetry:
        return translated("retry is not a number of milliseconds");
    case sse::Diagnostic::NulInId:
        return translated("the event ID has a NUL character; clients ignore such an ID");
    case sse::Diagnostic::UnknownField:
        return translated("clients know no such field");
    case sse::Diagnostic::IncompleteBlock:
        return translated("the last block has no empty line after it");
    case sse::Diagnostic::EventTooLarge:
    case sse::Diagnostic::LineTooLarge:
        return translated("it is too large");
    }
    return {};
}

} // namespace

std::optional<sse::Message> messageOf(const sse::Item &item)
{
    sse::Message message;
    switch (item.kind) {
    case sse::ItemKind::Comment:
        message.comment = std::string(withoutFirstSpace(item.data));
        return message;
    case sse::ItemKind::Event:
        message.type = item.type;
        message.data = std::string(item.data);
        takeOwnFields(item, message);
        return message;
    case sse::ItemKind::FieldsOnly:
        takeOwnFields(item, message);
        return message.id || message.retry ? std::optional(message) : std::nullopt;
    case sse::ItemKind::Diagnostic:
        break;
    }
    return std::nullopt;
}

QString lossOf(const sse::Item &item)
{
    const QString cause = causeOf(item.diagnostic);
    return cause.isEmpty() ? QString() : translated("byte %1: %2").arg(QString::number(item.offset + 1), cause);
}

} // namespace weir::publish
