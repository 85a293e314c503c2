// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messagejson.h"

#include <QList>

class QMimeData;

namespace weir::models {

/// What messages are dragged and copied as.
QString messageMimeType();

/// Also holds the data as text, for other programs. The caller owns it.
QMimeData *messagesToMime(const QList<NamedMessage> &messages);
/// Empty if there are none, or what claims to be messages is not.
QList<NamedMessage> messagesInMime(const QMimeData &content);

} // namespace weir::models
