// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventcopy.h"

#include "capture/eventstreamblock.h"
#include "capture/jsonlines.h"
#include "models/eventformat.h"

#include <string>

namespace weir::models {

namespace {

constexpr std::size_t uncut = std::string_view::npos;

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// Writes one row after the other.
class CopyWriter
{
public:
    explicit CopyWriter(const CopyRequest &request)
        : m_request(request)
    {}

    QByteArray header() const;
    /// Nothing where the row has no such form.
    std::optional<QByteArray> row(const CopyRow &row) const;

private:
    QByteArray cells(const store::EventView &event, const CopyRow &row) const;
    QString cell(const store::EventView &event, const CopyRow &row, const Column &column) const;
    std::optional<QByteArray> jsonLine(const store::EventView &event) const;

    const CopyRequest &m_request;
};

QByteArray CopyWriter::header() const
{
    if (m_request.form != CopyForm::Table)
        return {};
    QStringList titles;
    for (const auto &column : m_request.columns) {
        const bool isTime = column.kind == ColumnKind::Time && column.title.isEmpty();
        titles << (isTime ? timeTitle(m_request.time.format) : columnTitle(column));
    }
    return titles.join(u'\t').toUtf8();
}

std::optional<QByteArray> CopyWriter::row(const CopyRow &row) const
{
    const auto event = m_request.snapshot.at(row.number);
    switch (m_request.form) {
    case CopyForm::Data:
        return bytes(dataText(event));
    case CopyForm::Cell:
    case CopyForm::Table:
        return cells(event, row);
    case CopyForm::JsonLines:
        return jsonLine(event);
    case CopyForm::EventStream:
        break;
    }
    if (event.raw().empty())
        return std::nullopt;
    std::string block;
    capture::appendEventStreamBlock(event, block);
    return QByteArray::fromStdString(block);
}

QByteArray CopyWriter::cells(const store::EventView &event, const CopyRow &row) const
{
    QStringList texts;
    for (const auto &column : m_request.columns)
        texts << cell(event, row, column);
    return texts.join(u'\t').toUtf8();
}

QString CopyWriter::cell(const store::EventView &event, const CopyRow &row, const Column &column) const
{
    // A cell of its own may have lines; in a table they would be rows.
    const auto text = [&](std::string_view value) {
        return m_request.form == CopyForm::Cell ? QString::fromUtf8(bytes(value)) : oneLine(value, uncut);
    };
    switch (column.kind) {
    case ColumnKind::Time: {
        const auto above =
            row.above.value == 0 ? std::nullopt : std::optional(m_request.snapshot.at(row.above).arrival());
        return timeText(m_request.time, event.arrival(), event.attemptStart(), above);
    }
    case ColumnKind::Id:
        return text(event.id());
    case ColumnKind::Type:
        return event.kind() == store::Kind::Event ? text(event.type()) : typeText(event);
    case ColumnKind::Data:
        return text(dataText(event));
    case ColumnKind::Json: {
        const auto value = event.kind() == store::Kind::Event ? column.path.valueText(event.data()) : std::nullopt;
        return value ? text(*value) : QString();
    }
    default:
        return cellText(event, column.kind, m_request.sources, m_request.time.clock);
    }
}

std::optional<QByteArray> CopyWriter::jsonLine(const store::EventView &event) const
{
    std::string line;
    const auto time = m_request.time.clock.wallTime(event.arrival());
    const auto source = sourceName(event.subscription(), m_request.sources).toStdString();
    switch (event.kind()) {
    case store::Kind::Event:
        capture::appendEventLine(event, time, source, event.number().value, line);
        break;
    case store::Kind::Comment:
        capture::appendCommentLine(event, time, source, line);
        break;
    case store::Kind::Connection:
        capture::appendStateLine(event, time, source, line);
        break;
    case store::Kind::FieldsOnly:
    case store::Kind::Diagnostic:
        return std::nullopt;
    }
    line.pop_back(); // the writer puts lines together
    return bytes(line);
}

} // namespace

CopiedText copied(const CopyRequest &request, const std::atomic<bool> &isCancelled)
{
    const CopyWriter writer(request);
    CopiedText result;
    result.text = writer.header();
    // Blocks of a stream follow each other as they came; all else goes on lines of its own.
    const bool hasLines = request.form != CopyForm::EventStream;
    const bool hasHeader = request.form == CopyForm::Table;
    for (const auto &row : request.rows) {
        if (isCancelled)
            break;
        const auto text = writer.row(row);
        if (!text) {
            ++result.leftOut;
            continue;
        }
        const bool isFull = result.rows == mostCopiedRows || result.text.size() + text->size() > mostCopiedBytes;
        result.isCut = isFull && result.rows > 0;
        if (result.isCut)
            break;
        if (hasLines && (hasHeader || result.rows > 0))
            result.text += '\n';
        result.text += *text;
        ++result.rows;
    }
    return result;
}

} // namespace weir::models
