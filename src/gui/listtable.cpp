// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/listtable.h"

#include "gui/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QHeaderView>
#include <QTableView>

namespace weir::gui {

namespace {

constexpr int rowPadding = 6;
constexpr int columnPadding = 8;

} // namespace

void setUpListTable(QTableView &view, const QString &all)
{
    view.setFont(fixedFont());
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setContextMenuPolicy(Qt::ActionsContextMenu);
    view.setTabKeyNavigation(false);
    view.setShowGrid(false);
    view.setWordWrap(false);
    auto *rows = view.verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setDefaultSectionSize(view.fontMetrics().height() + rowPadding);
    auto *header = view.horizontalHeader();
    header->setFont(QApplication::font(header));
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(view.fontMetrics().averageCharWidth() * 4);
    // The only button in a table is Qt's own, at the corner of its headers.
    if (auto *corner = view.findChild<QAbstractButton *>())
        corner->setAccessibleName(all);
}

void setColumnCharacters(QTableView &view, const QList<int> &characters)
{
    const int character = view.fontMetrics().averageCharWidth();
    for (int column = 0; column < characters.size(); ++column)
        view.setColumnWidth(column, characters.at(column) * character + columnPadding);
}

} // namespace weir::gui
