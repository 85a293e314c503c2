// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/column.h"

#include <QObject>

class QMenu;

namespace weir::gui {

class EventView;

/// What the user does with the columns of one view: the menu of its header, the dialogs, widths that fit. Belongs to
/// the view. GUI thread only.
class ColumnCommands : public QObject
{
    Q_OBJECT

public:
    explicit ColumnCommands(EventView &view);

    /// Asks for the path of a value in JSON data.
    void addColumn();
    void editColumns();
    /// As wide as its title and the rows in sight need.
    void fitColumn(int column);
    void fitAllColumns();
    /// Everything about columns that does not depend on a place.
    void addActions(QMenu &menu);

private:
    void fillHeaderMenu(QMenu *menu, int column);
    void editColumn(const models::Column &column);
    void replaceColumn(const models::Column &column, const models::Column &changed);
    template <typename Dialog>
    void open(Dialog *dialog);

    EventView &m_view;
};

} // namespace weir::gui
