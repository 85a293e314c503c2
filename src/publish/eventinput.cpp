// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventinput.h"

#include "publish/blockmessage.h"
#include "publish/messagefields.h"
#include "publish/messagejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

/// Looked at to find the separator.
constexpr qsizetype maxFirstLineBytes = 64 << 10;
constexpr QByteArrayView byteOrderMark = "\xef\xbb\xbf";

char separatorOf(QByteArrayView line)
{
    const QByteArrayView first = line.first(std::min(line.size(), std::max<qsizetype>(line.indexOf('\n'), 0)));
    const QByteArrayView looked = first.isEmpty() ? line : first;
    const auto count = [&](char c) { return std::count(looked.begin(), looked.end(), c); };
    const char others = count(';') > count('\t') ? ';' : '\t';
    return count(others) > count(',') ? others : ',';
}

/// What JSON reads as a number becomes one, unless it has more digits than every reader of JSON keeps.
QJsonValue jsonValue(const QByteArray &field)
{
    constexpr auto digitsKept = 15;
    const bool canBeNumber = !field.isEmpty() && (field[0] == '-' || (field[0] >= '0' && field[0] <= '9'));
    const auto digits = std::count_if(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (canBeNumber && digits <= digitsKept) {
        const auto array = QJsonDocument::fromJson('[' + field + ']').array();
        if (array.size() == 1 && array[0].isDouble())
            return array[0];
    }
    return QString::fromUtf8(field);
}

} // namespace

EventInput::EventInput(InputSettings settings)
    : m_settings(std::move(settings))
    , m_parser(sse::ParserLimits{static_cast<std::size_t>(m_settings.maxMessageBytes)})
{}

EventInput::Result EventInput::feed(const QByteArray &bytes)
{
    Result result;
    if (!m_hasStarted) {
        m_start += bytes;
        if (m_start.size() < byteOrderMark.size() && byteOrderMark.startsWith(m_start))
            return result;
        m_hasStarted = true;
        if (m_start.startsWith(byteOrderMark) && m_settings.format != InputFormat::EventStream)
            m_start.remove(0, byteOrderMark.size());
        return feed(std::exchange(m_start, {}));
    }
    if (m_settings.format == InputFormat::EventStream) {
        m_parser.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())}, m_batch);
        takeBatch(result);
    } else if (m_settings.format == InputFormat::Csv) {
        feedCsv(bytes, result);
    } else {
        feedLines(bytes, result);
    }
    return result;
}

void EventInput::feedCsv(const QByteArray &bytes, Result &result)
{
    if (!m_csv) {
        m_pending += bytes;
        if (m_pending.contains('\n') || m_pending.size() > maxFirstLineBytes)
            beginCsv(result);
        return;
    }
    takeRecords(m_csv->feed(bytes), result);
}

void EventInput::beginCsv(Result &result)
{
    m_csv.emplace(
        m_settings.csvSeparator ? m_settings.csvSeparator : separatorOf(m_pending), m_settings.maxMessageBytes);
    takeRecords(m_csv->feed(std::exchange(m_pending, {})), result);
}

void EventInput::feedLines(const QByteArray &bytes, Result &result)
{
    m_pending += bytes;
    qsizetype begin = 0;
    for (auto end = m_pending.indexOf('\n', m_searched); end >= 0; end = m_pending.indexOf('\n', begin)) {
        if (std::exchange(m_isSkipping, false))
            ++m_lineNumber;
        else
            takeLine(m_pending.mid(begin, end - begin), result);
        begin = end + 1;
    }
    m_pending.remove(0, begin);
    m_searched = m_pending.size();
    if (m_pending.size() > m_settings.maxMessageBytes)
        skipTooLong(result);
}

void EventInput::skipTooLong(Result &result)
{
    if (!std::exchange(m_isSkipping, true))
        addProblem(m_lineNumber + 1, u"longer than %1 MiB"_s.arg(m_settings.maxMessageBytes >> 20), result);
    m_pending.clear();
    m_searched = 0;
}

EventInput::Result EventInput::finish()
{
    Result result;
    if (!m_hasStarted) {
        m_hasStarted = true;
        result = feed(std::exchange(m_start, {}));
    }
    if (m_settings.format == InputFormat::EventStream) {
        m_parser.finish(m_batch);
        takeBatch(result);
    } else if (m_settings.format == InputFormat::Csv) {
        if (!m_csv)
            beginCsv(result);
        takeRecords(m_csv->finish(), result);
    } else if (!m_pending.isEmpty() && !m_isSkipping) {
        takeLine(m_pending, result);
        m_pending.clear();
    }
    return result;
}

Publication EventInput::blank() const
{
    Publication publication;
    publication.path = m_settings.path;
    return publication;
}

void EventInput::addProblem(std::int64_t line, const QString &problem, Result &result) const
{
    result.problems.append(u"line %1: %2"_s.arg(line).arg(problem));
}

void EventInput::takeLine(const QByteArray &line, Result &result)
{
    ++m_lineNumber;
    const auto text = line.endsWith('\r') ? line.chopped(1) : line;
    if (m_settings.format == InputFormat::JsonLines) {
        takeJsonLine(text, result);
        return;
    }
    Publication publication = blank();
    publication.message.data = text.toStdString();
    result.publications.append(publication);
}

void EventInput::takeJsonLine(const QByteArray &line, Result &result)
{
    if (line.trimmed().isEmpty())
        return;
    Publication publication = blank();
    if (line.contains("\"kind\"")) {
        const WatchLine watched = takeWatchLine(QJsonDocument::fromJson(line).object(), publication);
        if (watched == WatchLine::Message)
            result.publications.append(publication);
        if (watched != WatchLine::None)
            return;
    }
    const MessageJson read = readMessageJson(line, PathMember::Allowed);
    if (!read.problem.isEmpty())
        return addProblem(m_lineNumber, read.problem, result);
    if (!read.path.isEmpty())
        publication.path = read.path;
    publication.message = read.message;
    result.publications.append(publication);
}

void EventInput::takeRecords(const QList<CsvReader::Record> &records, Result &result)
{
    for (const CsvReader::Record &record : records) {
        if (!record.problem.isEmpty())
            addProblem(record.line, record.problem, result);
        else if (m_columns)
            takeRecord(record, result);
        else
            m_columns = record.fields;
    }
}

void EventInput::takeRecord(const CsvReader::Record &record, Result &result)
{
    const auto &names = *m_columns;
    if (record.fields.size() != names.size()) {
        return addProblem(record.line,
            u"fields: %1, but the first line names %2 columns"_s.arg(record.fields.size()).arg(names.size()), result);
    }
    Publication publication = blank();
    QJsonObject object;
    QString problem;
    for (qsizetype i = 0; i < names.size() && problem.isEmpty(); ++i) {
        if (m_settings.csvUse == CsvUse::Fields)
            problem = takeColumn(names[i], record.fields[i], publication);
        else
            object.insert(QString::fromUtf8(names[i]), jsonValue(record.fields[i]));
    }
    if (m_settings.csvUse == CsvUse::JsonObject)
        publication.message.data = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    if (problem.isEmpty())
        result.publications.append(publication);
    else
        addProblem(record.line, problem, result);
}

void EventInput::takeBatch(Result &result)
{
    for (const sse::Item &item : m_batch.items()) {
        if (const QString loss = lossOf(item); !loss.isEmpty())
            result.problems.append(loss);
        auto message = messageOf(item);
        if (!message)
            continue;
        Publication publication = blank();
        publication.message = *std::move(message);
        result.publications.append(publication);
    }
}

} // namespace weir::publish
