// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sentmessagemodel.h"

#include <QStringList>

namespace weir::models {

/// The messages sent last as a JSON file: `{"weirSentMessages": 1, "messages": [{"time", "id", "path", "message"}]}`,
/// newest first, the message as messageToJson() writes it. Any thread.
QByteArray sentToJson(const QList<SentMessage> &messages);

struct ReadSent
{
    QList<SentMessage> messages;
    QString problem; ///< why the file is none of sent messages; a sentence
};
/// What is wrong with one message costs only that message: it is a history.
ReadSent sentFromJson(const QByteArray &json);

} // namespace weir::models
