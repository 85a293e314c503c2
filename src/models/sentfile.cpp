// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentfile.h"

#include "models/messagejson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

constexpr int sentVersion = 1;

struct SentFile
{
    Q_DECLARE_TR_FUNCTIONS(SentFile)
};

} // namespace

QByteArray sentToJson(const QList<SentMessage> &messages)
{
    QJsonArray array;
    for (const SentMessage &message : messages) {
        array.append(QJsonObject{{u"time"_s, message.time.toUTC().toString(Qt::ISODateWithMs)},
            {u"id"_s, QString::fromUtf8(message.id)}, {u"path"_s, message.publication.path},
            {u"message"_s, messageToJson(message.publication)}});
    }
    return QJsonDocument(QJsonObject{{u"weirSentMessages"_s, sentVersion}, {u"messages"_s, array}}).toJson();
}

ReadSent sentFromJson(const QByteArray &json)
{
    QJsonParseError error;
    const auto object = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError) {
        const auto line = json.left(error.offset).count('\n') + 1;
        return {{}, SentFile::tr("Line %1: not JSON: %2.").arg(line).arg(error.errorString())};
    }
    if (object["weirSentMessages"_L1].toInt() != sentVersion)
        return {{}, SentFile::tr("It holds no sent messages of a version that this Weir knows.")};
    ReadSent read;
    for (const auto &value : object["messages"_L1].toArray()) {
        SentMessage message;
        message.time = QDateTime::fromString(value["time"_L1].toString(), Qt::ISODateWithMs).toLocalTime();
        message.id = value["id"_L1].toString().toUtf8();
        message.publication.path = value["path"_L1].toString();
        if (messageFromJson(value["message"_L1].toObject(), message.publication).isEmpty() && message.time.isValid())
            read.messages.append(message);
    }
    return read;
}

} // namespace weir::models
