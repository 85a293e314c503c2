// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messagejson.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

struct MessageJson
{
    Q_DECLARE_TR_FUNCTIONS(MessageJson)
};

// A cell shows one line; what is beyond it would be formatted for nothing.
constexpr std::size_t messagePreviewBytes = 256;

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString takeText(const QString &name, const std::string &value, publish::Publication &publication)
{
    auto &message = publication.message;
    if (name == "type"_L1)
        message.type = value;
    else if (name == "id"_L1)
        message.id = value;
    else if (name == "data"_L1)
        message.data = value;
    else if (name == "comment"_L1)
        message.comment = value;
    else if (name == "raw"_L1)
        publication.rawText = value;
    else
        return MessageJson::tr("“%1” is unknown or of the wrong kind").arg(name);
    return {};
}

QString takeMember(const QString &name, const QJsonValue &value, publish::Publication &publication)
{
    if (value.isString())
        return takeText(name, value.toString().toStdString(), publication);
    if (name == "retry"_L1 && value.toInteger(-1) >= 0)
        publication.message.retry = std::chrono::milliseconds(value.toInteger());
    else if (name == "noId"_L1 && value.isBool())
        publication.automaticId = !value.toBool();
    else if (name == "template"_L1 && value.isBool())
        publication.isTemplate = value.toBool();
    else
        return MessageJson::tr("“%1” is unknown or of the wrong kind").arg(name);
    return {};
}

QString firstCharacters(std::string_view utf8)
{
    auto length = std::min(utf8.size(), messagePreviewBytes);
    while (length < utf8.size() && length > 0 && (static_cast<unsigned char>(utf8[length]) & 0xc0) == 0x80)
        --length;
    auto line = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(length));
    line.replace(u"\r\n"_s, u"⏎"_s).replace(u'\n', u'⏎').replace(u'\r', u'⏎');
    return length < utf8.size() ? line + u'…' : line;
}

} // namespace

QJsonObject messageToJson(const publish::Publication &publication)
{
    if (publication.rawText)
        return {{u"raw"_s, text(*publication.rawText)}};
    const auto &message = publication.message;
    QJsonObject object;
    if (!message.type.empty())
        object.insert("type"_L1, text(message.type));
    if (message.id)
        object.insert("id"_L1, text(*message.id));
    else if (!publication.automaticId)
        object.insert("noId"_L1, true);
    if (message.data)
        object.insert("data"_L1, text(*message.data));
    if (message.retry)
        object.insert("retry"_L1, qint64{message.retry->count()});
    if (message.comment)
        object.insert("comment"_L1, text(*message.comment));
    if (publication.isTemplate)
        object.insert("template"_L1, true);
    return object;
}

QString messageFromJson(const QJsonObject &object, publish::Publication &publication)
{
    publication.automaticId = true;
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (const auto problem = takeMember(member.key(), member.value(), publication); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString messageSummary(const publish::Publication &publication)
{
    const auto &message = publication.message;
    if (publication.rawText)
        return MessageJson::tr("(raw) %1").arg(firstCharacters(*publication.rawText));
    if (message.data)
        return firstCharacters(*message.data);
    if (message.comment)
        return MessageJson::tr("(comment) %1").arg(firstCharacters(*message.comment));
    if (message.retry)
        return MessageJson::tr("(reconnection time %1 ms)").arg(QLocale().toString(qint64{message.retry->count()}));
    return MessageJson::tr("(no data)");
}

} // namespace weir::models
