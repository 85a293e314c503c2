// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace weir::publish {

/// The line, from 1, on which a value begins in a JSON text that has been parsed without an error. `path`: keys, and
/// indices of arrays. Where the last parts are not there, the line of what holds them. QJsonDocument keeps no places.
int lineOf(const QByteArray &json, const QStringList &path);

/// JSON Pointer, RFC 6901.
QString jsonPointer(const QStringList &path);

} // namespace weir::publish
