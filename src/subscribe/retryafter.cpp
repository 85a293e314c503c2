// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/retryafter.h"

#include <QLocale>

#include <algorithm>

namespace weir::subscribe {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr std::int64_t longestSeconds = 365LL * 24 * 3600;

bool isAllDigits(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

milliseconds fromDigits(const QByteArray &digits)
{
    std::int64_t value = 0;
    for (const char c : digits)
        value = std::min(value * 10 + (c - '0'), longestSeconds);
    return seconds{value};
}

} // namespace

std::optional<milliseconds> parseRetryAfter(const QByteArray &value, const QDateTime &now)
{
    const QByteArray text = value.trimmed();
    if (isAllDigits(text))
        return fromDigits(text);
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    return std::clamp(milliseconds{now.msecsTo(date)}, milliseconds{0}, milliseconds{seconds{longestSeconds}});
}

} // namespace weir::subscribe
