// SPDX-License-Identifier: GPL-3.0-or-later
// What HexView does with keys and mouse.
#include "gui/hexview.h"
#include "gui/theme.h"
#include "models/eventformat.h"
#include "models/hexdump.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <optional>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::hexBytesPerLine;

namespace {

std::optional<std::size_t> movedBy(int key, std::size_t from, std::size_t size, std::size_t page)
{
    const auto back = [from](std::size_t step) { return from >= step ? from - step : from; };
    const auto ahead = [from, size](std::size_t step) { return from + step < size ? from + step : from; };
    switch (key) {
    case Qt::Key_Left:
        return back(1);
    case Qt::Key_Right:
        return ahead(1);
    case Qt::Key_Up:
        return back(hexBytesPerLine);
    case Qt::Key_Down:
        return ahead(hexBytesPerLine);
    case Qt::Key_PageUp:
        return back(std::min(page * hexBytesPerLine, from / hexBytesPerLine * hexBytesPerLine));
    case Qt::Key_PageDown:
        return from + page * hexBytesPerLine;
    case Qt::Key_Home:
        return 0;
    case Qt::Key_End:
        return size;
    default:
        return std::nullopt;
    }
}

/// Uppercase or not, blanks or not: this is what most programs take.
QString hexBytes(std::string_view bytes)
{
    return QString::fromLatin1(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex(' '));
}

} // namespace

void HexView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return copyHex();
    if (event->matches(QKeySequence::SelectAll))
        return select(0, m_bytes.size());
    const auto page = static_cast<std::size_t>(verticalScrollBar()->pageStep());
    if (const auto byte = movedBy(event->key(), m_cursor, m_bytes.size(), page))
        moveTo(*byte, event->modifiers().testFlag(Qt::ShiftModifier));
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void HexView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        moveTo(byteAt(event->position().toPoint()), event->modifiers().testFlag(Qt::ShiftModifier));
}

void HexView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        moveTo(byteAt(event->position().toPoint()), true);
}

void HexView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *hex = menu->addAction(icon(u"copy"_s), tr("&Copy as hex"), this, &HexView::copyHex);
    hex->setShortcut(QKeySequence::Copy);
    auto *text = menu->addAction(tr("Copy as &text"), this, &HexView::copyText);
    auto *all = menu->addAction(tr("Select &all"), this, [this] { select(0, m_bytes.size()); });
    all->setShortcut(QKeySequence::SelectAll);
    hex->setEnabled(!selectedBytes().empty());
    text->setEnabled(!selectedBytes().empty());
    menu->popup(event->globalPos());
}

void HexView::copyHex()
{
    const auto copied = selectedBytes().substr(0, mostCopiedBytes);
    if (copied.empty())
        return;
    QGuiApplication::clipboard()->setText(hexBytes(copied));
    Q_EMIT noticed(copied.size() == selectedBytes().size()
                       ? tr("Bytes copied as hex: %1").arg(models::formatCount(copied.size()))
                       : tr("The first %1 copied as hex").arg(models::formatBytes(copied.size())));
}

void HexView::copyText()
{
    const auto copied = selectedBytes();
    if (copied.empty())
        return;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(copied.data(), static_cast<qsizetype>(copied.size())));
    Q_EMIT noticed(tr("Bytes copied as text: %1").arg(models::formatCount(copied.size())));
}

} // namespace weir::gui
