// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eventinput.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace weir::cli {

using namespace Qt::StringLiterals;

namespace {

/// Data that is not a string is published as its own JSON text.
std::string dataText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString().toStdString();
    if (value.isObject())
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact).toStdString();
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact).toStdString();
    return value.toVariant().toString().toStdString();
}

QString takeFields(const QJsonObject &object, publish::Publication &publication)
{
    for (auto field = object.begin(); field != object.end(); ++field) {
        const auto name = field.key();
        const auto value = field.value();
        auto &message = publication.message;
        if (name == "data"_L1)
            message.data = dataText(value);
        else if (name == "id"_L1 && (value.isString() || value.isDouble()))
            message.id = dataText(value);
        else if (name == "type"_L1 && value.isString())
            message.type = value.toString().toStdString();
        else if (name == "comment"_L1 && value.isString())
            message.comment = value.toString().toStdString();
        else if (name == "path"_L1 && value.isString() && value.toString().startsWith(u'/'))
            publication.path = value.toString();
        else if (name == "retry"_L1 && value.toInteger(-1) >= 0)
            message.retry = std::chrono::milliseconds{value.toInteger()};
        else
            return u"field \"%1\" is unknown or of the wrong kind"_s.arg(name);
    }
    return {};
}

} // namespace

EventInput::EventInput(Format format, QString defaultPath)
    : m_format(format)
    , m_defaultPath(std::move(defaultPath))
{}

EventInput::Result EventInput::feed(const QByteArray &bytes)
{
    Result result;
    if (m_format == Format::EventStream) {
        m_parser.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())}, m_batch);
        takeBatch(result);
        return result;
    }
    m_pending += bytes;
    qsizetype begin = 0;
    for (auto end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n', begin)) {
        takeLine(m_pending.mid(begin, end - begin), result);
        begin = end + 1;
    }
    m_pending.remove(0, begin);
    return result;
}

EventInput::Result EventInput::finish()
{
    Result result;
    if (m_format == Format::EventStream) {
        m_parser.finish(m_batch);
        takeBatch(result);
    } else if (!m_pending.isEmpty()) {
        takeLine(m_pending, result);
        m_pending.clear();
    }
    return result;
}

void EventInput::takeLine(const QByteArray &line, Result &result)
{
    ++m_lineNumber;
    const auto text = line.endsWith('\r') ? line.chopped(1) : line;
    if (m_format == Format::JsonLines) {
        takeJsonLine(text, result);
        return;
    }
    publish::Publication publication;
    publication.path = m_defaultPath;
    publication.message.data = text.toStdString();
    result.publications.append(publication);
}

void EventInput::takeJsonLine(const QByteArray &line, Result &result)
{
    if (line.trimmed().isEmpty())
        return;
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(line, &error);
    publish::Publication publication;
    publication.path = m_defaultPath;
    QString problem;
    if (error.error != QJsonParseError::NoError)
        problem = u"not JSON: %1 at character %2"_s.arg(error.errorString()).arg(error.offset + 1);
    else if (!document.isObject())
        problem = u"not a JSON object"_s;
    else
        problem = takeFields(document.object(), publication);
    if (problem.isEmpty())
        result.publications.append(publication);
    else
        result.problems.append(u"line %1: %2"_s.arg(m_lineNumber).arg(problem));
}

void EventInput::takeBatch(Result &result)
{
    for (const auto &item : m_batch.items()) {
        publish::Publication publication;
        publication.path = m_defaultPath;
        if (item.kind == sse::ItemKind::Event) {
            publication.message.type = item.type;
            publication.message.data = std::string(item.data);
            // Only an id that the block set itself is an own id; an inherited one would repeat.
            if (item.id != m_lastEventId)
                publication.message.id = m_lastEventId = item.id;
        } else if (item.kind == sse::ItemKind::Comment) {
            publication.message.comment = std::string(item.data);
        } else {
            continue;
        }
        result.publications.append(publication);
    }
}

} // namespace weir::cli
