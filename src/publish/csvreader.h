// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstdint>

namespace weir::publish {

/// Reads comma-separated values piece by piece. RFC 4180, "Definition of the CSV Format", with any of CR LF, LF or CR
/// as line break and a separator to choose. A wrong record is told with its line and left out; the next one counts
/// again. Of the libraries in Debian libcsv reads piece by piece too, but does not know on which line it is. A passive
/// value.
class CsvReader
{
public:
    struct Record
    {
        std::int64_t line = 0; ///< on which it begins, from 1
        QList<QByteArray> fields;
        QString problem; ///< why it is none; empty if it is one
    };

    CsvReader(char separator, qsizetype maxRecordBytes)
        : m_separator(separator)
        , m_maxRecordBytes(maxRecordBytes)
    {}

    QList<Record> feed(QByteArrayView bytes);
    /// The input has ended: a last line without a line break counts.
    QList<Record> finish();

private:
    enum class State { FieldStart, Plain, Quoted, QuoteInQuoted, Skipping };
    void take(char byte, QList<Record> &records);
    void takeQuoted(char byte);
    void takePlain(char byte, QList<Record> &records);
    void fail(const QString &problem, QList<Record> &records);
    void endField();
    void endRecord(QList<Record> &records);

    char m_separator;
    qsizetype m_maxRecordBytes;
    State m_state = State::FieldStart;
    QList<QByteArray> m_fields;
    QByteArray m_field;
    qsizetype m_size = 0; ///< of the record
    std::int64_t m_line = 1;
    std::int64_t m_recordLine = 1;
    bool m_wasCr = false;
};

} // namespace weir::publish
