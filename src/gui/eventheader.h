// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventmodelroles.h"

#include <QHeaderView>

#include <bitset>

class QMenu;

namespace weir::gui {

/// The columns of the table of events: movable, resizable, hidden and shown by a context menu. The Data column takes
/// the width that the others leave, and at least what the user gave it. In a narrow view the less needed columns give
/// way, so that the data of views side by side is in sight; a column that was shown by hand stays.
class EventHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit EventHeader(QWidget *parent);

    /// Also true for a column that gives way at the moment.
    bool isColumnShown(models::Column column) const;
    /// The last column stays.
    void setColumnShown(models::Column column, bool shown);
    void showDefaultColumns();
    /// An action for each column, to show and hide it, and one to undo all changes.
    void addColumnActions(QMenu *menu);

    /// Lets the Data column fill `width` pixels, or columns give way if they leave it too little.
    void fit(int width);

    QByteArray save() const;
    bool restore(const QByteArray &state);

Q_SIGNALS:
    /// Order, widths or visibility changed, by the user or by a call.
    void columnsChanged();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setDefaultWidths();
    void noteResize(int section);
    void giveWay(int width);

    std::bitset<models::columnCount> m_isGivingWay; ///< hidden for want of width only
    std::bitset<models::columnCount> m_isPinned;    ///< shown by hand
    int m_dataMinimum = 0;
    int m_width = 0;
    bool m_isFitting = false;
};

} // namespace weir::gui
