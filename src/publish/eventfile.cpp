// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventfile.h"

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 pieceBytes = 256 << 10;

template <class Value>
void keepFirst(const QList<Value> &from, QList<Value> &to)
{
    to += from.first(std::min(from.size(), FileSummary::mostKept - to.size()));
}

} // namespace

EventFile::EventFile(const QString &path, const InputSettings &settings)
    : m_file(path)
    , m_input(settings)
{}

EventFile::Piece EventFile::read()
{
    Piece piece;
    if (!m_file.isOpen() && !m_file.open(QIODevice::ReadOnly)) {
        piece.failure = m_file.errorString();
        piece.isLast = true;
        return piece;
    }
    const QByteArray bytes = m_file.read(pieceBytes);
    if (m_file.error() != QFileDevice::NoError)
        piece.failure = m_file.errorString();
    piece.isLast = bytes.isEmpty() || !piece.failure.isEmpty();
    piece.content = piece.isLast ? m_input.finish() : m_input.feed(bytes);
    piece.position = m_file.pos();
    piece.size = m_file.size();
    return piece;
}

InputFormat inputFormatOf(const QString &path)
{
    const auto endsWith = [&path](const QString &ending) { return path.endsWith(ending, Qt::CaseInsensitive); };
    if (endsWith(u".csv"_s) || endsWith(u".tsv"_s))
        return InputFormat::Csv;
    if (endsWith(u".txt"_s) || endsWith(u".log"_s) || endsWith(u".text"_s))
        return InputFormat::Text;
    return endsWith(u".sse"_s) || endsWith(u".events"_s) ? InputFormat::EventStream : InputFormat::JsonLines;
}

FileSummary summarise(
    const QString &path, const InputSettings &settings, const std::function<bool(const FileSummary &)> &goOn)
{
    EventFile file(path, settings);
    FileSummary summary;
    for (bool isLast = false; !isLast && goOn(summary);) {
        const EventFile::Piece piece = file.read();
        summary.messages += static_cast<std::uint64_t>(piece.content.publications.size());
        summary.problemCount += static_cast<std::uint64_t>(piece.content.problems.size());
        keepFirst(piece.content.publications, summary.first);
        keepFirst(piece.content.problems, summary.problems);
        summary.failure = piece.failure;
        summary.position = piece.position;
        summary.size = piece.size;
        isLast = piece.isLast;
    }
    return summary;
}

} // namespace weir::publish
