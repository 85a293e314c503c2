// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/columnplaces.h"
#include "models/timeformat.h"

#include <QHeaderView>
#include <QPointer>

#include <vector>

class QMenu;

namespace weir::models {
class EventModel;
}

namespace weir::gui {

/// The columns of the table of events: movable, resizable, hidden and shown by a context menu. The Data column takes
/// the width that the others leave, and at least what the user gave it. In a narrow view the less needed columns give
/// way, so that the data of views side by side is in sight; a column that was shown by hand stays.
///
/// Columns are meant by their place in the model, EventModel::columnOf().
class EventHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit EventHeader(QWidget *parent);

    /// Takes an EventModel only; must be called once.
    void setModel(QAbstractItemModel *model) override;

    /// Also true for a column that gives way at the moment.
    bool isColumnShown(int column) const;
    /// The last column stays.
    void setColumnShown(int column, bool shown);
    /// Shows a column, a new one beside the data. One that shows the same keeps its place, and takes the title if there
    /// is one.
    void addColumn(const models::Column &column);
    /// Only a Json column can be removed; others are hidden.
    void removeColumn(int column);

    ColumnPlaces places() const;
    void setPlaces(const ColumnPlaces &places);
    /// Order, widths and choice as at first. Json columns are hidden, not forgotten.
    void showDefaultColumns();
    /// An action for each column, to show and hide it.
    void addColumnActions(QMenu *menu);

    /// Lets the Data column fill `width` pixels, or columns give way if they leave it too little.
    void fit(int width);

    /// With what the Time column tells.
    QByteArray save() const;
    /// False where `state` is of no use; then nothing changes.
    bool restore(const QByteArray &state);

Q_SIGNALS:
    /// Order, widths, titles or visibility changed, by the user or by a call.
    void columnsChanged();
    /// The context menu of this column, -1 beside all, is about to be shown; others fill it.
    void menuFilled(QMenu *menu, int column);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Section
    {
        bool isGivingWay = false; ///< hidden for want of width only
        bool isPinned = false;    ///< shown by hand
        int width = 0;            ///< while it is hidden: as it was
    };

    void insertSections(int first, int last);
    void removeSections(int first, int last);
    void setPlace(int visual, const ColumnPlace &place);
    void setDefaultWidths();
    int defaultWidth(int column) const;
    void noteResize(int section, int width);
    void giveWay(int width);
    int shownCount() const;
    int dataColumn() const;
    void adoptTimeFormat();

    QPointer<models::EventModel> m_model;
    std::vector<Section> m_sections; ///< in the order of the model
    models::TimeFormat m_timeFormat; ///< that the width of the Time column is made for
    int m_dataMinimum = 0;
    int m_width = 0;
    bool m_isFitting = false;
};

} // namespace weir::gui
