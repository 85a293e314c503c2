// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/publishbody.h"

#include "publish/blockmessage.h"
#include "publish/messagejson.h"
#include "sse/parser.h"
#include "sse/utf8.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <algorithm>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

enum class BodyKind { Data, Json, JsonLines, EventStream, Unknown };

QString bodyWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::PublishBody", text);
}

PublishBody wrong(const QString &error, int status = 400)
{
    return {{}, status, error};
}

BodyKind kindOf(const QByteArray &type)
{
    if (type.isEmpty() || type == "text/plain" || type == "application/x-www-form-urlencoded")
        return BodyKind::Data;
    if (type == "application/json")
        return BodyKind::Json;
    if (type == "application/x-ndjson" || type == "application/jsonl" || type == "application/x-jsonlines")
        return BodyKind::JsonLines;
    return type == "text/event-stream" ? BodyKind::EventStream : BodyKind::Unknown;
}

bool isUtf8Charset(const QList<QByteArray> &parameters)
{
    for (const QByteArray &parameter : parameters) {
        QByteArray text = parameter.trimmed().toLower();
        if (!text.startsWith("charset="))
            continue;
        text = text.mid(8).replace('"', "");
        return text == "utf-8" || text == "utf8" || text == "us-ascii";
    }
    return true;
}

PublishBody readData(const QByteArray &body)
{
    PublishBody result;
    result.messages.emplaceBack().data = body.toStdString();
    return result;
}

PublishBody readJson(const QByteArray &body)
{
    const MessageJson read = readMessageJson(body, PathMember::Refused);
    if (!read.problem.isEmpty())
        return wrong(read.problem);
    return {{read.message}, 0, {}};
}

PublishBody readJsonLines(const QByteArray &body)
{
    PublishBody result;
    int number = 0;
    for (const QByteArray &line : body.split('\n')) {
        ++number;
        if (line.trimmed().isEmpty())
            continue;
        const MessageJson read = readMessageJson(line, PathMember::Refused);
        if (!read.problem.isEmpty())
            return wrong(bodyWords("line %1: %2").arg(QString::number(number), read.problem));
        result.messages.append(read.message);
    }
    return result.messages.isEmpty() ? wrong(bodyWords("The body has no line.")) : result;
}

/// A stream's last block needs its empty line; a file often ends without one.
PublishBody readEventStream(const QByteArray &body)
{
    PublishBody result;
    const QByteArray whole = body + "\n\n";
    sse::Parser parser(sse::ParserLimits{static_cast<std::size_t>(whole.size())});
    sse::Batch batch;
    parser.feed({whole.constData(), static_cast<std::size_t>(whole.size())}, batch);
    for (const sse::Item &item : batch.items()) {
        if (const QString loss = lossOf(item); !loss.isEmpty())
            return wrong(loss);
        if (auto message = messageOf(item))
            result.messages.append(*std::move(message));
    }
    return result.messages.isEmpty() ? wrong(bodyWords("The body has no block that says anything.")) : result;
}

PublishBody read(BodyKind kind, const QByteArray &body)
{
    switch (kind) {
    case BodyKind::Data:
        return readData(body);
    case BodyKind::Json:
        return readJson(body);
    case BodyKind::JsonLines:
        return readJsonLines(body);
    case BodyKind::EventStream:
        return readEventStream(body);
    case BodyKind::Unknown:
        break;
    }
    return wrong(bodyWords("Read are text/plain, application/json, application/x-ndjson and text/event-stream."), 415);
}

/// Empty, or what is wrong with the query.
QString applyQuery(const QByteArray &query, QList<sse::Message> &messages)
{
    const QUrlQuery values(QString::fromLatin1(query));
    for (const auto &[name, encoded] : values.queryItems(QUrl::FullyEncoded)) {
        const QByteArray value = QByteArray::fromPercentEncoding(encoded.toLatin1());
        bool isNumber = false;
        const qint64 number = value.toLongLong(&isNumber);
        for (sse::Message &message : messages) {
            if (name == "type"_L1 && message.type.empty() && message.data)
                message.type = value.toStdString();
            else if (name == "id"_L1 && !message.id && message.data)
                message.id = value.toStdString();
            else if (name == "retry"_L1 && isNumber && number >= 0 && !message.retry)
                message.retry = std::chrono::milliseconds{number};
        }
        if (name == "retry"_L1 && (!isNumber || number < 0))
            return bodyWords("The query's “retry” is not a number of milliseconds.");
        if (name == "id"_L1 && messages.size() > 1)
            return bodyWords("The query's “id” cannot be that of several events.");
        if (name != "type"_L1 && name != "id"_L1 && name != "retry"_L1)
            return bodyWords("The query may have “type”, “id” and “retry”.");
    }
    return {};
}

} // namespace

PublishBody readPublishBody(const QByteArray &contentType, const QByteArray &query, const QByteArray &body)
{
    QList<QByteArray> parameters = contentType.split(';');
    const QByteArray type = parameters.takeFirst().trimmed().toLower();
    if (!isUtf8Charset(parameters))
        return wrong(bodyWords("Only UTF-8 is read."), 415);
    const std::string_view bytes(body.constData(), static_cast<std::size_t>(body.size()));
    if (!sse::isValidUtf8(bytes)) {
        std::string decoded;
        sse::appendDecodedUtf8(bytes, decoded);
        const auto place = std::mismatch(bytes.begin(), bytes.end(), decoded.begin(), decoded.end()).first;
        return wrong(bodyWords("Byte %1 of the body is not UTF-8.").arg(place - bytes.begin() + 1));
    }
    PublishBody result = read(kindOf(type), body);
    if (result.status != 0)
        return result;
    if (const QString problem = applyQuery(query, result.messages); !problem.isEmpty())
        return wrong(problem);
    return result;
}

} // namespace weir::publish
