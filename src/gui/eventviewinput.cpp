// SPDX-License-Identifier: GPL-3.0-or-later
// What EventView does with keys, mouse and selection.
#include "gui/columncommands.h"
#include "gui/eventcompose.h"
#include "gui/eventcopy.h"
#include "gui/eventheader.h"
#include "gui/eventview.h"
#include "gui/theme.h"
#include "gui/timemenu.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QStyleHints>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

QModelIndex EventView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    if (!m_model || m_model->rowCount() == 0)
        return {};
    const int last = m_model->rowCount() - 1;
    auto *sideways = horizontalScrollBar();
    int row = currentIndex().row();
    if (row < 0 && action != MoveLeft && action != MoveRight && action != MoveHome && action != MoveEnd)
        return m_model->index(std::min(m_isFollowing ? last : firstVisibleRow(), last), 0);
    switch (action) {
    case MoveUp:
    case MovePrevious:
        --row;
        break;
    case MoveDown:
    case MoveNext:
        ++row;
        break;
    case MovePageUp:
        row -= visibleRowCount();
        break;
    case MovePageDown:
        row += visibleRowCount();
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = last;
        break;
    case MoveLeft:
        sideways->setValue(sideways->value() - sideways->singleStep());
        return currentIndex();
    case MoveRight:
        sideways->setValue(sideways->value() + sideways->singleStep());
        return currentIndex();
    }
    return m_model->index(std::clamp(row, 0, last), std::max(0, currentIndex().column()));
}

void EventView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (!m_model || m_model->rowCount() == 0)
        return;
    // While dragging, the row where the drag began counts, not the place: it moves when rows are evicted.
    const bool isDragged = state() == DragSelectingState && m_pressed.isValid();
    const int last = m_model->rowCount() - 1;
    const int from = std::clamp(isDragged ? m_pressed.row() : rowAt(rect.top()), 0, last);
    const int to = std::clamp(rowAt(rect.bottom()), 0, last);
    const QItemSelection rows(
        m_model->index(std::min(from, to), 0), m_model->index(std::max(from, to), m_model->columnCount() - 1));
    selectionModel()->select(rows, command);
}

void EventView::selectAll()
{
    setFollowing(false);
    QAbstractItemView::selectAll();
}

void EventView::keyboardSearch(const QString &) {}

void EventView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        event->accept();
        return;
    }
    m_hasAnchors = false;
    QAbstractItemView::keyPressEvent(event);
    if (event->key() == Qt::Key_End && !event->modifiers().testFlag(Qt::ShiftModifier))
        setFollowing(true);
}

void EventView::mousePressEvent(QMouseEvent *event)
{
    if (isOnEarlierText(event->position().toPoint()) && event->button() == Qt::LeftButton) {
        Q_EMIT earlierClicked();
        return;
    }
    m_hasAnchors = false;
    m_pressed = indexAt(event->position().toPoint());
    const bool isPlain = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier;
    if (isPlain && m_pressed.isValid() && selectionModel()->isSelected(m_pressed)) {
        m_dragStart = event->position().toPoint();
        return;
    }
    QAbstractItemView::mousePressEvent(event);
}

void EventView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragStart)
        return QAbstractItemView::mouseMoveEvent(event);
    const int distance = (event->position().toPoint() - *m_dragStart).manhattanLength();
    if (distance < QGuiApplication::styleHints()->startDragDistance())
        return;
    m_dragStart.reset();
    dragSelectedEvents(*this);
}

void EventView::mouseReleaseEvent(QMouseEvent *event)
{
    // It was no drag, so the row is chosen now.
    if (std::exchange(m_dragStart, {})) {
        QMouseEvent press(QEvent::MouseButtonPress, event->position(), event->scenePosition(), event->globalPosition(),
            Qt::LeftButton, Qt::LeftButton, event->modifiers());
        QAbstractItemView::mousePressEvent(&press);
    }
    QAbstractItemView::mouseReleaseEvent(event);
}

void EventView::addEventIdActions(QMenu &menu)
{
    const auto number = currentEvent();
    if (number.value == 0)
        return;
    const auto event = m_model->snapshot().at(number);
    const auto subscription = event.subscription();
    const QByteArray id(event.id().data(), static_cast<qsizetype>(event.id().size()));
    auto *copyId = menu.addAction(tr("Copy event &ID"));
    copyId->setObjectName(u"copyEventIdAction"_s);
    copyId->setEnabled(!id.isEmpty());
    connect(copyId, &QAction::triggered, this, [this, id] {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(id));
        Q_EMIT noticed(tr("Event ID copied"));
    });
    auto *reconnect = menu.addAction(icon(u"reconnect"_s), tr("&Reconnect from this event"));
    reconnect->setObjectName(u"reconnectFromAction"_s);
    reconnect->setEnabled(!id.isEmpty());
    connect(reconnect, &QAction::triggered, this,
        [this, subscription, id] { Q_EMIT reconnectFromRequested(subscription, id); });
    menu.addSeparator();
}

void EventView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *copy = menu->addAction(icon(u"copy"_s), tr("&Copy data"));
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(selectionModel()->hasSelection());
    connect(copy, &QAction::triggered, this, &EventView::copySelection);
    addCopyMenu(*menu);
    addEventIdActions(*menu);
    menu->addActions(actions());
    menu->addSeparator();
    auto *all = menu->addAction(tr("Select &all"));
    all->setShortcut(QKeySequence::SelectAll);
    connect(all, &QAction::triggered, this, &EventView::selectAll);
    auto *follow = menu->addAction(tr("&Follow the newest row"));
    follow->setCheckable(true);
    follow->setChecked(m_isFollowing);
    connect(follow, &QAction::toggled, this, &EventView::setFollowing);
    addColumnMenu(*menu);
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    Q_EMIT menuFilled(menu, isByKey ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos())));
    const QPoint at = visualRect(currentIndex()).bottomLeft();
    menu->popup(isByKey ? viewport()->mapToGlobal(at) : event->globalPos());
}

void EventView::focusInEvent(QFocusEvent *event)
{
    // Past the base class, which would make a row current and so stop following.
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void EventView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    if (!m_isRestoring && current.isValid())
        setFollowing(false);
    QAbstractItemView::currentChanged(current, previous);
    viewport()->update();
    if (m_isRestoring || current.row() == previous.row())
        return;
    if (QAccessible::isActive() && current.isValid()) {
        QAccessibleEvent focused(this, QAccessible::Focus);
        focused.setChild(current.row() * m_model->columnCount() + current.column());
        QAccessible::updateAccessibility(&focused);
    }
    Q_EMIT currentEventChanged(currentEvent());
}

void EventView::copy(models::CopyForm form)
{
    m_copy->copy(form);
}

void EventView::addCopyMenu(QMenu &menu)
{
    auto *copyMenu = menu.addMenu(tr("Copy &as"));
    m_copy->addActions(*copyMenu);
    const auto number = currentEvent();
    if (number.value == 0)
        return;
    const auto event = m_model->snapshot().at(number);
    const auto subscription = event.subscription();
    const QByteArray id(event.id().data(), static_cast<qsizetype>(event.id().size()));
    copyMenu->addSeparator();
    const auto addCurl = [&](const QString &name, const QString &text, bool withSecrets) {
        auto *action = copyMenu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this,
            [this, subscription, id, withSecrets] { Q_EMIT curlRequested(subscription, id, withSecrets); });
    };
    addCurl(u"copyResumingCurlAction"_s, tr("c&url with this Last-Event-ID"), false);
    addCurl(u"copyResumingCurlSecretsAction"_s, tr("curl with this Last-Event-ID and &secrets"), true);
}

void EventView::addColumnMenu(QMenu &menu)
{
    auto *columns = menu.addMenu(tr("C&olumns"));
    m_header->addColumnActions(columns);
    columns->addSeparator();
    m_columnCommands->addActions(*columns);
    addTimeActions(*menu.addMenu(tr("T&ime as")), *this);
    addTimeReferenceActions(menu, *this);
}

} // namespace weir::gui
