// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/hexview.h"

#include "gui/theme.h"
#include "models/eventformat.h"
#include "models/fieldplace.h"
#include "models/hexdump.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::hexBytesPerLine;

namespace {

constexpr int offsetCharacters = 10;
constexpr int asciiColumn = offsetCharacters + 3 * 16 + 1 + 1;
constexpr int lineCharacters = asciiColumn + 16;
constexpr int selectionAlpha = 90;

/// Characters before the byte.
int hexColumn(std::size_t byteInLine)
{
    return offsetCharacters + static_cast<int>(3 * byteInLine + (byteInLine >= hexBytesPerLine / 2 ? 1 : 0));
}

} // namespace

HexView::HexView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_place(new QLabel(this))
{
    setFrameShape(QFrame::NoFrame);
    setFont(fixedFont());
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setCursor(Qt::IBeamCursor);
    setAccessibleName(tr("Exact bytes"));
    m_place->setObjectName(u"hexPlace"_s);
    m_place->setTextFormat(Qt::PlainText);
    m_place->setContentsMargins(6, 2, 6, 2);
    setViewportMargins(0, 0, 0, m_place->sizeHint().height());
    explain();
}

void HexView::setBytes(std::shared_ptr<const void> keep, std::string_view bytes)
{
    m_keep = std::move(keep);
    m_bytes = bytes;
    m_anchor = m_cursor = 0;
    m_hasCursor = false;
    setAccessibleDescription(tr("Bytes: %1").arg(models::formatCount(bytes.size())));
    verticalScrollBar()->setValue(0);
    updateScrollBars();
    explain();
    viewport()->update();
}

std::string_view HexView::selectedBytes() const
{
    if (!m_hasCursor || m_bytes.empty())
        return {};
    const auto [begin, last] = std::minmax(m_anchor, m_cursor);
    return m_bytes.substr(begin, last + 1 - begin);
}

void HexView::select(std::size_t begin, std::size_t end)
{
    m_hasCursor = begin < end;
    m_anchor = begin;
    m_cursor = end > begin ? end - 1 : begin;
    explain();
    viewport()->update();
    Q_EMIT selectionChanged();
}

void HexView::moveTo(std::size_t byte, bool extends)
{
    if (m_bytes.empty())
        return;
    m_cursor = std::min(byte, m_bytes.size() - 1);
    if (!extends || !m_hasCursor)
        m_anchor = m_cursor;
    m_hasCursor = true;
    showByte(m_cursor);
    explain();
    viewport()->update();
    Q_EMIT selectionChanged();
}

void HexView::showByte(std::size_t byte)
{
    auto *bar = verticalScrollBar();
    const int line = static_cast<int>(byte / hexBytesPerLine);
    bar->setValue(std::clamp(bar->value(), line - bar->pageStep() + 1, line));
}

void HexView::explain()
{
    const auto selected = selectedBytes();
    if (selected.empty()) {
        m_place->setText(tr("Select bytes to see where they are."));
        return;
    }
    const auto begin = static_cast<std::size_t>(selected.data() - m_bytes.data());
    auto text = tr("Byte %1 (0x%2)").arg(models::formatCount(begin), QString::number(begin, 16));
    if (selected.size() > 1)
        text += u" · "_s + tr("%1 bytes selected").arg(models::formatCount(selected.size()));
    m_place->setText(text + u" · "_s + models::fieldPlaceText(m_bytes, begin));
}

int HexView::left() const
{
    return fontMetrics().averageCharWidth() - horizontalScrollBar()->value();
}

int HexView::columnX(int characters) const
{
    // Not a multiple of one character's width, which is rounded.
    return left() + fontMetrics().horizontalAdvance(QString(characters, u'0'));
}

std::size_t HexView::byteAt(const QPoint &point) const
{
    const int line = std::max(0, verticalScrollBar()->value() + point.y() / fontMetrics().height());
    const double width = std::max(1.0, QFontMetricsF(font()).horizontalAdvance(u'0'));
    const int character = static_cast<int>((point.x() - left()) / width);
    int byte = character - asciiColumn;
    if (byte < 0)
        byte = (character - offsetCharacters - (character >= hexColumn(hexBytesPerLine / 2) ? 1 : 0)) / 3;
    byte = std::clamp(byte, 0, static_cast<int>(hexBytesPerLine) - 1);
    return static_cast<std::size_t>(line) * hexBytesPerLine + static_cast<std::size_t>(byte);
}

void HexView::updateScrollBars()
{
    const int lines = static_cast<int>(models::hexLineCount(m_bytes));
    const int visible = std::max(1, viewport()->height() / fontMetrics().height());
    verticalScrollBar()->setPageStep(visible);
    verticalScrollBar()->setRange(0, std::max(0, lines - visible));
    const int width = fontMetrics().horizontalAdvance(QString(lineCharacters + 2, u'0'));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(fontMetrics().averageCharWidth() * 4);
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
}

void HexView::paintSelection(QPainter &painter, std::size_t line, int top) const
{
    const auto selected = selectedBytes();
    if (selected.empty())
        return;
    const auto begin = static_cast<std::size_t>(selected.data() - m_bytes.data());
    const std::size_t from = std::max(begin, line * hexBytesPerLine);
    const std::size_t to = std::min(begin + selected.size(), (line + 1) * hexBytesPerLine);
    if (from >= to)
        return;
    QColor background = palette().color(QPalette::Highlight);
    background.setAlpha(selectionAlpha);
    const auto fill = [&](int column, int end) {
        painter.fillRect(columnX(column), top, columnX(end) - columnX(column), fontMetrics().height(), background);
    };
    const std::size_t first = from % hexBytesPerLine;
    const std::size_t last = (to - 1) % hexBytesPerLine;
    fill(hexColumn(first), hexColumn(last) + 2);
    fill(asciiColumn + static_cast<int>(first), asciiColumn + static_cast<int>(last) + 1);
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const int height = fontMetrics().height();
    const int first = verticalScrollBar()->value();
    const int count = static_cast<int>(models::hexLineCount(m_bytes));
    const int last = std::min(count, first + viewport()->height() / height + 1);
    for (int line = first; line < last; ++line) {
        const QString text = models::hexLine(m_bytes, static_cast<std::size_t>(line));
        const int top = (line - first) * height;
        paintSelection(painter, static_cast<std::size_t>(line), top);
        painter.setPen(colour(Meaning::Secondary, palette()));
        painter.drawText(left(), top + fontMetrics().ascent(), text.left(8));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(columnX(offsetCharacters), top + fontMetrics().ascent(), text.mid(offsetCharacters));
    }
}

void HexView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const int height = m_place->sizeHint().height();
    m_place->setGeometry(0, this->height() - height, width(), height);
    updateScrollBars();
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
