// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/messagefields.h"

#include <QList>

namespace weir::publish {

using namespace Qt::StringLiterals;

WatchLine takeWatchLine(const QJsonObject &object, Publication &publication)
{
    const auto text = [&object](QLatin1StringView name) { return object.value(name).toString().toStdString(); };
    const QString kind = object.value("kind"_L1).toString();
    auto &message = publication.message;
    if (kind == "comment"_L1) {
        message.comment = text("text"_L1);
        return WatchLine::Message;
    }
    if (kind == "state"_L1 || kind == "summary"_L1)
        return WatchLine::Other;
    if (kind != "event"_L1)
        return WatchLine::None;
    message.data = text("data"_L1);
    // These stand there for an event without them too.
    if (const auto type = text("type"_L1); type != "message")
        message.type = type;
    if (const auto id = text("id"_L1); !id.empty())
        message.id = id;
    return WatchLine::Message;
}

bool isColumn(const QByteArray &name)
{
    const QList<QByteArray> names{"type", "event", "id", "data", "retry", "comment"};
    return names.contains(name.trimmed().toLower());
}

QString takeColumn(const QByteArray &name, const QByteArray &value, Publication &publication)
{
    const QByteArray column = name.trimmed().toLower();
    auto &message = publication.message;
    if (column == "data") {
        message.data = value.toStdString();
        return {};
    }
    // An empty field of a table says nothing.
    if (value.isEmpty())
        return {};
    if (column == "type" || column == "event") {
        message.type = value.toStdString();
    } else if (column == "id") {
        message.id = value.toStdString();
    } else if (column == "comment") {
        message.comment = value.toStdString();
    } else if (column == "retry") {
        bool isNumber = false;
        const qint64 time = value.toLongLong(&isNumber);
        if (!isNumber || time < 0)
            return u"retry is not a number of milliseconds"_s;
        message.retry = std::chrono::milliseconds(time);
    }
    return {};
}

} // namespace weir::publish
