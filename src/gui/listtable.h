// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QString;
class QTableView;

namespace weir::gui {

/// Makes a table that lists things one a line, in the fixed font: whole rows are selected, nothing is edited, Tab
/// leaves it, and the actions that are added to it make its context menu. `all`: what its corner is called to
/// assistive technology ("Select all clients").
void setUpListTable(QTableView &view, const QString &all);

/// Columns so wide, from the first on, in characters of the table's font.
void setColumnCharacters(QTableView &view, const QList<int> &characters);

} // namespace weir::gui
