// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace weir::subscribe {

/// As much of a refusal's body as is kept.
inline constexpr qsizetype excerptBytes = 64 * 1024;

/// The beginning of a body, decoded as far as its coding is known; at most excerptBytes.
QByteArray readableExcerpt(const QByteArray &beginning, const QByteArray &contentEncoding);

} // namespace weir::subscribe
