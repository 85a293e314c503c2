// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/hexview.h"

#include "gui/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace weir::gui {

namespace {

constexpr std::size_t bytesPerLine = 16;
/// Offset, two blanks, bytes with a blank between and one more after the eighth, two blanks, ASCII.
constexpr int lineCharacters = 8 + 2 + 3 * 16 + 1 + 1 + 16;

QChar hexDigit(unsigned value)
{
    return QChar(u"0123456789abcdef"[value & 0xFU]);
}

QString hexOffset(std::size_t offset)
{
    return QString::number(offset, 16).rightJustified(8, u'0');
}

QChar asciiOf(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F ? QChar(char16_t{byte}) : QChar(u'.');
}

} // namespace

QString hexLine(std::string_view bytes, std::size_t line)
{
    const auto slice = bytes.substr(line * bytesPerLine, bytesPerLine);
    QString text = hexOffset(line * bytesPerLine);
    QString ascii;
    text += QStringView(u"  ");
    for (std::size_t i = 0; i < bytesPerLine; ++i) {
        if (i == bytesPerLine / 2)
            text += u' ';
        if (i < slice.size()) {
            const auto byte = static_cast<unsigned char>(slice[i]);
            text += hexDigit(byte >> 4U);
            text += hexDigit(byte);
            ascii += asciiOf(byte);
        } else {
            text += QStringView(u"  ");
        }
        text += u' ';
    }
    return text + u' ' + ascii;
}

std::size_t hexLineCount(std::string_view bytes)
{
    return (bytes.size() + bytesPerLine - 1) / bytesPerLine;
}

QString hexDump(std::string_view bytes)
{
    QString dump;
    dump.reserve(static_cast<qsizetype>(hexLineCount(bytes)) * (lineCharacters + 1));
    for (std::size_t line = 0; line < hexLineCount(bytes); ++line)
        dump += hexLine(bytes, line) + u'\n';
    return dump;
}

HexView::HexView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFont(fixedFont());
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    setAccessibleName(tr("Exact bytes"));
}

void HexView::setBytes(std::shared_ptr<const void> keep, std::string_view bytes)
{
    m_keep = std::move(keep);
    m_bytes = bytes;
    setAccessibleDescription(tr("Bytes: %1").arg(bytes.size()));
    verticalScrollBar()->setValue(0);
    updateScrollBars();
    viewport()->update();
}

void HexView::updateScrollBars()
{
    const int lines = static_cast<int>(hexLineCount(m_bytes));
    const int visible = std::max(1, viewport()->height() / fontMetrics().height());
    verticalScrollBar()->setPageStep(visible);
    verticalScrollBar()->setRange(0, std::max(0, lines - visible));
    const int width = fontMetrics().horizontalAdvance(QString(lineCharacters + 2, u'0'));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(fontMetrics().averageCharWidth() * 4);
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const int height = fontMetrics().height();
    const int left = fontMetrics().averageCharWidth() - horizontalScrollBar()->value();
    const int offsetWidth = fontMetrics().horizontalAdvance(QString(10, u'0'));
    const int first = verticalScrollBar()->value();
    const int last = std::min(static_cast<int>(hexLineCount(m_bytes)), first + viewport()->height() / height + 1);
    for (int line = first; line < last; ++line) {
        const QString text = hexLine(m_bytes, static_cast<std::size_t>(line));
        const int y = (line - first) * height + fontMetrics().ascent();
        painter.setPen(colour(Meaning::Secondary, palette()));
        painter.drawText(left, y, text.left(8));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(left + offsetWidth, y, text.mid(10));
    }
}

void HexView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Home)
        verticalScrollBar()->setValue(0);
    else if (event->key() == Qt::Key_End)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void HexView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateScrollBars();
}

void HexView::scrollContentsBy(int, int)
{
    viewport()->update();
}

} // namespace weir::gui
