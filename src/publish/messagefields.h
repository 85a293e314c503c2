// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <QJsonObject>

namespace weir::publish {

/// What a line that `weir watch` has printed stands for.
enum class WatchLine {
    Message, ///< an event or a comment
    Other,   ///< a change of state, or the summary
    None,    ///< it is no such line
};
/// Takes the message of such a line: what was sent, as far as it can be known.
WatchLine takeWatchLine(const QJsonObject &object, Publication &publication);

/// Takes one field of a table by the name of its column, in the same words.
QString takeColumn(const QByteArray &name, const QByteArray &value, Publication &publication);
/// Whether takeColumn() knows the name.
bool isColumn(const QByteArray &name);

} // namespace weir::publish
