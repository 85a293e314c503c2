// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eventinput.h"

#include "publish/messagejson.h"

namespace weir::cli {

using namespace Qt::StringLiterals;

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
    const auto read = publish::readMessageJson(line, publish::PathMember::Allowed);
    if (!read.problem.isEmpty()) {
        result.problems.append(u"line %1: %2"_s.arg(m_lineNumber).arg(read.problem));
        return;
    }
    publish::Publication publication;
    publication.path = read.path.isEmpty() ? m_defaultPath : read.path;
    publication.message = read.message;
    result.publications.append(publication);
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
