// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace weir::subscribe {

/// The Retry-After field, seconds or a date: RFC 9110, "Retry-After". Never negative; saturates at a year. Nothing if
/// it is neither.
std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray &value, const QDateTime &now);

} // namespace weir::subscribe
