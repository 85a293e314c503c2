// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/csvreader.h"

#include <QCoreApplication>

namespace weir::publish {

namespace {

QString csvWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::EventInput", text);
}

bool isBreak(char byte)
{
    return byte == '\n' || byte == '\r';
}

} // namespace

QList<CsvReader::Record> CsvReader::feed(QByteArrayView bytes)
{
    QList<Record> records;
    for (const char byte : bytes) {
        const bool completesBreak = byte == '\n' && m_wasCr;
        m_wasCr = byte == '\r';
        // The record ended at the CR; inside quotes both characters belong to the field.
        if (completesBreak && m_state != State::Quoted)
            continue;
        if (isBreak(byte) && !completesBreak)
            ++m_line;
        take(byte, records);
    }
    return records;
}

QList<CsvReader::Record> CsvReader::finish()
{
    QList<Record> records;
    if (m_state == State::Quoted)
        fail(csvWords("the quotation mark is never closed"), records);
    else if (m_state != State::Skipping && m_size > 0)
        endRecord(records);
    return records;
}

void CsvReader::take(char byte, QList<Record> &records)
{
    if (m_state == State::Skipping) {
        if (isBreak(byte)) {
            m_state = State::FieldStart;
            m_recordLine = m_line;
        }
        return;
    }
    if (++m_size > m_maxRecordBytes)
        return fail(csvWords("the record is longer than %1 MiB").arg(m_maxRecordBytes >> 20), records);
    if (m_state == State::Quoted)
        takeQuoted(byte);
    else
        takePlain(byte, records);
}

void CsvReader::takeQuoted(char byte)
{
    if (byte == '"')
        m_state = State::QuoteInQuoted;
    else
        m_field += byte;
}

void CsvReader::takePlain(char byte, QList<Record> &records)
{
    if (byte == m_separator)
        return endField();
    if (isBreak(byte))
        return endRecord(records);
    if (byte == '"') {
        if (m_state == State::Plain)
            return fail(csvWords("a quotation mark inside a field that does not begin with one"), records);
        if (m_state == State::QuoteInQuoted)
            m_field += byte;
        m_state = State::Quoted;
        return;
    }
    if (m_state == State::QuoteInQuoted)
        return fail(csvWords("text after the closing quotation mark of a field"), records);
    m_state = State::Plain;
    m_field += byte;
}

void CsvReader::fail(const QString &problem, QList<Record> &records)
{
    records.append({m_recordLine, {}, problem});
    m_fields.clear();
    m_field.clear();
    m_size = 0;
    m_state = State::Skipping;
}

void CsvReader::endField()
{
    m_fields.append(std::exchange(m_field, {}));
    m_state = State::FieldStart;
}

void CsvReader::endRecord(QList<Record> &records)
{
    const bool isEmptyLine = m_fields.isEmpty() && m_field.isEmpty() && m_state == State::FieldStart;
    endField();
    if (!isEmptyLine)
        records.append({m_recordLine, m_fields, {}});
    m_fields.clear();
    m_size = 0;
    m_recordLine = m_line;
}

} // namespace weir::publish
