// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messagemime.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMimeData>

namespace weir::models {

using namespace Qt::StringLiterals;

QString messageMimeType()
{
    return u"application/x-weir-messages+json"_s;
}

QMimeData *messagesToMime(const QList<NamedMessage> &messages)
{
    QJsonArray array;
    QStringList texts;
    for (const NamedMessage &message : messages) {
        array.append(QJsonObject{{u"name"_s, message.name}, {u"message"_s, messageToJson(message.publication)}});
        const auto &publication = message.publication;
        texts << QString::fromStdString(publication.rawText.value_or(publication.message.data.value_or("")));
    }
    auto *content = new QMimeData;
    content->setData(messageMimeType(), QJsonDocument(array).toJson(QJsonDocument::Compact));
    content->setText(texts.join(u'\n'));
    return content;
}

QList<NamedMessage> messagesInMime(const QMimeData &content)
{
    QList<NamedMessage> messages;
    const auto array = QJsonDocument::fromJson(content.data(messageMimeType())).array();
    for (const auto &value : array) {
        NamedMessage message{value[u"name"_s].toString(), {}};
        if (messageFromJson(value[u"message"_s].toObject(), message.publication).isEmpty())
            messages.append(message);
    }
    return messages;
}

} // namespace weir::models
