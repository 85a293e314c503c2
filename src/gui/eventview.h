// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventcopy.h"
#include "models/eventmodel.h"

#include <QAbstractItemView>
#include <QPersistentModelIndex>
#include <QPointer>

#include <optional>

class QHelpEvent;
class QMenu;

namespace weir::gui {

class EventDelegate;
class ColumnCommands;
class EventCopy;
class EventHeader;
class RowLooks;
class RowTint;
struct RowLook;

/// The table of events. Rows are arithmetic: the view keeps no state for any of them, so that millions cost no more
/// than what is on screen (QTableView's vertical header keeps eight bytes a row and moves them all when the oldest go).
///
/// Follows the newest row until the user scrolls up or selects, and again from the end. Rows on screen, the current row
/// and the selection are tied to event numbers: they stay when rows come or are evicted, and come back after the filter
/// changed. Selects whole rows. GUI thread only.
class EventView : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit EventView(QWidget *parent = nullptr);
    ~EventView() override;

    /// Takes an EventModel only; must be called once, before the view is shown.
    void setModel(QAbstractItemModel *model) override;
    EventHeader *header() const { return m_header; }
    models::EventModel *eventModel() const { return m_model; }
    ColumnCommands *columnCommands() const { return m_columnCommands; }

    void setFollowing(bool following);
    bool isFollowing() const { return m_isFollowing; }
    /// Rows that came since following stopped.
    std::uint64_t newRows() const;
    /// What stands in the middle while there is no row.
    void setEmptyText(const QString &text);

    /// What has become of those before the first row, e.g. that they were evicted; it stands above the first row like a
    /// row and scrolls with them, but is none. Empty: nothing.
    void setEarlierText(const QString &text);
    const QString &earlierText() const { return m_earlierText; }

    int rowHeight() const { return m_rowHeight; }
    int firstVisibleRow() const;
    int visibleRowCount() const; ///< rows that fit in full
    /// Copies the selected rows to the clipboard; says so with noticed().
    void copy(models::CopyForm form);
    void copySelection() { copy(models::CopyForm::Data); }
    /// How wide a column must be for its title and the rows in sight, at most as wide as the view.
    int contentWidth(int column) const;
    store::EventNumber currentEvent() const;
    void setCurrentEvent(store::EventNumber number);
    /// Makes it current, and brings it to the middle unless it is on screen. Nothing happens if it is no row.
    void goToEvent(store::EventNumber number);
    /// Of the selected rows the first `most`, from the top.
    QList<store::EventNumber> selectedNumbers(qsizetype most) const;
    /// What rows look like beside the plain ones; keeps a reference, null for none. Actions of this widget stand in the
    /// menu of a row.
    void setLooks(const RowLooks *looks);

    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;
    /// Does nothing: a search would go through all rows. The filter is the search.
    void keyboardSearch(const QString &search) override;
    void selectAll() override;

Q_SIGNALS:
    void followingChanged(bool following);
    void newRowsChanged();
    /// The user chose another row. Not sent when the current row is evicted or filtered out.
    void currentEventChanged(weir::store::EventNumber number);
    /// The context menu of this cell is about to be shown; others may add to it. `cell` may be invalid.
    void menuFilled(QMenu *menu, const QModelIndex &cell);
    /// The user clicked the text above the first row.
    void earlierClicked();
    /// Something for the user to read, e.g. that only part was copied.
    void noticed(const QString &text);
    /// The server is to be asked again for all that follows this last event ID, which is not empty.
    void reconnectFromRequested(weir::store::SubscriptionId subscription, const QByteArray &lastEventId);
    /// A curl command is to be copied that asks for all that follows this last event ID, which may be empty.
    void curlRequested(weir::store::SubscriptionId subscription, const QByteArray &lastEventId, bool withSecrets);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;

    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

protected Q_SLOTS:
    void updateGeometries() override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    /// What is tied to event numbers while the rows are replaced.
    struct Anchors
    {
        store::EventNumber top;
        store::EventNumber current;
        int currentOffset = -1; ///< rows from the top of the screen; -1: not on it
        std::vector<std::pair<store::EventNumber, store::EventNumber>> selected; ///< first and last of each range
    };

    void addEventIdActions(QMenu &menu);
    void addCopyMenu(QMenu &menu);
    void addColumnMenu(QMenu &menu);
    void measure();
    void connectHeader();
    void connectModel();
    void followByScroll();
    void rowsRemoved(int start, int end);
    void keepAnchors();
    void restoreAnchors();
    void updateScrollRange();
    void setTopRow(int row);
    int anchoredTopRow() const;
    void tintNewRows(int start, int end);
    void setHoverRow(int row);
    void selectEvents(const std::vector<std::pair<store::EventNumber, store::EventNumber>> &ranges);
    void showCurrent(store::EventNumber number);
    void paintRow(QPainter &painter, const QStyleOptionViewItem &option, int row);
    RowLook lookOf(int row) const;
    QColor rowColour(const QStyleOptionViewItem &option, int row, const RowLook &look) const;
    void paintCells(QPainter &painter, QStyleOptionViewItem option, int row, const RowLook &look);
    bool showRowToolTip(const QHelpEvent &event);
    void paintEmptyText(QPainter &painter) const;
    void paintEarlierText(QPainter &painter) const;
    bool isOnEarlierText(const QPoint &point) const;
    /// Lines above the first row: one if there is a text, else none. The scroll bar counts them with the rows.
    int earlierLines() const { return m_earlierText.isEmpty() ? 0 : 1; }
    int rowAt(int y) const;
    QRect rowRect(int row) const;

    QPointer<models::EventModel> m_model;
    EventHeader *m_header;
    EventDelegate *m_delegate;
    QPointer<const RowLooks> m_looks;
    ColumnCommands *m_columnCommands;
    EventCopy *m_copy;
    std::unique_ptr<RowTint> m_tint;
    Anchors m_anchors;
    bool m_hasAnchors = false;
    bool m_isFollowing = true;
    bool m_isRestoring = false;
    store::EventNumber m_seenEnd;    ///< one past the newest event when following stopped
    std::uint64_t m_rowsRemoved = 0; ///< keeps the stripes where they are when rows leave at the front
    QFont m_fixedFont;
    int m_rowHeight = 1;
    bool m_isLayingOut = false;
    int m_hoverRow = -1;
    QPersistentModelIndex m_pressed;
    std::optional<QPoint> m_dragStart; ///< where a selected row was pressed: it is dragged, or chosen at the release
    QString m_emptyText;
    QString m_earlierText;
};

} // namespace weir::gui
