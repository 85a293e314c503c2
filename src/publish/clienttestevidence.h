// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <chrono>

namespace weir::publish {

/// Bytes as text that shows each of them: printable ASCII as it is, all else escaped (`\n`, `\xe2`). At most `limit`
/// bytes; then an ellipsis and how many there are.
QString printable(QByteArrayView bytes, qsizetype limit = 400);

/// A request head with line breaks as such. The values of headers that carry credentials are left out.
QString printableHead(QByteArrayView head);

/// "0.204 s".
QString inSeconds(std::chrono::microseconds time);

} // namespace weir::publish
