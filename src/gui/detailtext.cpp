// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailtext.h"

#include "gui/inlinenote.h"
#include "gui/theme.h"
#include "models/eventformat.h"
#include "models/jsonindent.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPromise>
#include <QPushButton>
#include <QStyle>
#include <QThreadPool>

#include <algorithm>
#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t bytesAtFirst = std::uint64_t{1} << 20;
/// A line is laid out as a whole: longer ones would hold up the window.
constexpr qsizetype longestLine = 2000;
constexpr qsizetype pieceCharacters = 32 * 1024;

/// At most `maxBytes`, not ending inside a character.
std::string_view head(std::string_view text, std::uint64_t maxBytes)
{
    if (text.size() <= maxBytes)
        return text;
    std::size_t length = maxBytes;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
        --length;
    return text.substr(0, length);
}

/// Where the display line that begins at `begin` ends: after its line break, or in the middle of an over-long line.
qsizetype lineEnd(const QString &text, qsizetype begin)
{
    const qsizetype lineBreak = text.indexOf(u'\n', begin);
    const qsizetype end = lineBreak < 0 ? text.size() : lineBreak + 1;
    if (end - begin <= longestLine + 1)
        return end;
    const qsizetype cut = begin + longestLine;
    return text[cut - 1].isHighSurrogate() ? cut - 1 : cut;
}

void addLines(DetailPieces &result, const QString &text)
{
    QString piece;
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype end = lineEnd(text, begin);
        piece += QStringView(text).mid(begin, end - begin);
        if (end < text.size() && text[end - 1] != u'\n') {
            piece += u'\n';
            result.hasBrokenLines = true;
        }
        begin = end;
        if (piece.size() >= pieceCharacters)
            result.pieces.push_back(std::exchange(piece, {}));
    }
    result.pieces.push_back(piece);
}

DetailPieces preparePieces(std::string_view text, DetailText::Form form, std::uint64_t maxBytes)
{
    DetailPieces result;
    std::string indented;
    if (form == DetailText::Form::IndentedJson) {
        if (auto json = models::indentJson(text)) {
            indented = std::move(*json);
            text = indented;
            result.isJson = true;
        }
    }
    result.totalBytes = text.size();
    const auto shown = head(text, maxBytes);
    result.shownBytes = shown.size();
    auto characters = QString::fromUtf8(shown.data(), static_cast<qsizetype>(shown.size()));
    // A NUL would end the text in some widgets, other controls are drawn as nothing.
    std::ranges::replace(characters, QChar(u'\0'), QChar(u'\u2400'));
    addLines(result, characters);
    return result;
}

} // namespace

DetailText::DetailText(Form form, QWidget *parent)
    : QWidget(parent)
    , m_form(form)
    , m_edit(new QPlainTextEdit(this))
    , m_note(new InlineNote(this))
    , m_showAll(new QPushButton(tr("Show &all"), this))
{
    m_edit->setReadOnly(true);
    m_edit->setUndoRedoEnabled(false);
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setFont(fixedFont());
    m_edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_edit->setAccessibleName(form == Form::AsIs ? tr("Data as text") : tr("Data as indented JSON"));
    m_showAll->hide();
    auto *noteRow = new QHBoxLayout;
    const int margin = style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing);
    noteRow->setContentsMargins(std::max(margin, 6), 0, std::max(margin, 6), 0);
    noteRow->addWidget(m_note, 1);
    noteRow->addWidget(m_showAll);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addLayout(noteRow);
    column->addWidget(m_edit, 1);
    connect(m_showAll, &QPushButton::clicked, this, [this] { prepare(m_pieces.totalBytes); });
    connect(&m_watcher, &QFutureWatcher<DetailPieces>::finished, this, [this] {
        if (m_watcher.future().resultCount() > 0)
            show(m_watcher.result());
    });
    connect(&m_adding, &QTimer::timeout, this, &DetailText::addPiece);
}

DetailText::~DetailText()
{
    m_watcher.cancel();
}

void DetailText::setText(std::shared_ptr<const void> keep, std::string_view text)
{
    m_keep = std::move(keep);
    m_text = text;
    prepare(bytesAtFirst);
}

void DetailText::clear()
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_keep.reset();
    m_text = {};
    show({});
}

bool DetailText::isComplete() const
{
    return m_watcher.isFinished() && m_nextPiece >= m_pieces.pieces.size();
}

void DetailText::prepare(std::uint64_t maxBytes)
{
    m_watcher.cancel();
    auto promise = std::make_shared<QPromise<DetailPieces>>();
    // Started here, so that a text which is replaced while it waits for a thread is never prepared.
    promise->start();
    m_watcher.setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, keep = m_keep, text = m_text, form = m_form, maxBytes] {
        if (!promise->isCanceled())
            promise->addResult(preparePieces(text, form, maxBytes));
        promise->finish();
    });
}

void DetailText::show(const DetailPieces &pieces)
{
    m_pieces = pieces;
    m_nextPiece = 0;
    m_edit->clear();
    explain(pieces);
    addPiece();
    m_edit->moveCursor(QTextCursor::Start);
}

void DetailText::addPiece()
{
    if (m_nextPiece < m_pieces.pieces.size()) {
        QTextCursor cursor(m_edit->document());
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(std::exchange(m_pieces.pieces[m_nextPiece], {}));
        ++m_nextPiece;
    }
    if (m_nextPiece < m_pieces.pieces.size())
        m_adding.start(0ms);
    else
        m_adding.stop();
}

void DetailText::explain(const DetailPieces &pieces)
{
    QStringList remarks;
    if (m_form == Form::IndentedJson && !pieces.isJson && pieces.totalBytes > 0)
        remarks += tr("Not JSON, shown as it is.");
    if (pieces.shownBytes < pieces.totalBytes)
        remarks += tr("Showing the first %1 of %2.")
                       .arg(models::formatBytes(pieces.shownBytes), models::formatBytes(pieces.totalBytes));
    if (pieces.hasBrokenLines)
        remarks += tr("Lines of more than %1 characters are broken for display; copying keeps them whole.")
                       .arg(models::formatCount(longestLine));
    m_note->say(Meaning::Secondary, remarks.join(u' '));
    m_showAll->setVisible(pieces.shownBytes < pieces.totalBytes);
}

} // namespace weir::gui
