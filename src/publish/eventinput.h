// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/csvreader.h"
#include "publish/settings.h"
#include "sse/parser.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace weir::publish {

enum class InputFormat {
    JsonLines,   ///< an object a line, see takeMembers()
    Text,        ///< each line is the data of an event
    EventStream, ///< the format of the HTML Standard
    Csv,         ///< see CsvUse
};

/// What becomes of the columns of a table.
enum class CsvUse {
    Fields,     ///< columns named type, id, data, retry and comment fill the message; others are left out
    JsonObject, ///< the data is a JSON object with a member for each column
};

struct InputSettings
{
    InputFormat format = InputFormat::JsonLines;
    QString path = QStringLiteral("/events"); ///< of messages that name none
    CsvUse csvUse = CsvUse::JsonObject;
    char csvSeparator = 0;                ///< 0: comma, semicolon or tab, whichever the first line has most of
    qsizetype maxMessageBytes = 16 << 20; ///< longer lines and records are problems
};

/// Turns bytes into publications. A passive value, fed with pieces of any size, that holds no more than a message; a
/// bad line is reported and skipped, the rest still counts. A byte order mark at the start is no part of it.
class EventInput
{
public:
    explicit EventInput(InputSettings settings);

    struct Result
    {
        QList<Publication> publications;
        QList<QString> problems; ///< one sentence each, with the line's number, or the byte's in an event stream
    };

    Result feed(const QByteArray &bytes);
    /// The input has ended: a last line without a line end counts, an unfinished block of an event stream does not,
    /// which is reported.
    Result finish();

private:
    void feedLines(const QByteArray &bytes, Result &result);
    void feedCsv(const QByteArray &bytes, Result &result);
    void beginCsv(Result &result);
    void skipTooLong(Result &result);
    void takeLine(const QByteArray &line, Result &result);
    void takeJsonLine(const QByteArray &line, Result &result);
    void takeRecords(const QList<CsvReader::Record> &records, Result &result);
    void takeRecord(const CsvReader::Record &record, Result &result);
    void takeBatch(Result &result);
    void addProblem(std::int64_t line, const QString &problem, Result &result) const;
    Publication blank() const;

    InputSettings m_settings;
    QByteArray m_start; ///< the first bytes, until it is clear whether they are a byte order mark
    bool m_hasStarted = false;
    QByteArray m_pending;
    qsizetype m_searched = 0; ///< of m_pending: no line ends there
    bool m_isSkipping = false;
    std::int64_t m_lineNumber = 0;
    std::optional<CsvReader> m_csv;
    std::optional<QList<QByteArray>> m_columns;
    sse::Parser m_parser;
    sse::Batch m_batch;
};

} // namespace weir::publish
