// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/columncommands.h"

#include "gui/columndialog.h"
#include "gui/columnsdialog.h"
#include "gui/eventheader.h"
#include "gui/eventview.h"
#include "gui/menutext.h"
#include "gui/timemenu.h"
#include "models/seenpaths.h"

#include <QMenu>

#include <algorithm>

namespace weir::gui {

using models::Column;
using models::ColumnKind;
using namespace Qt::StringLiterals;

namespace {

constexpr int mostSampledRows = 200;

/// Rows all over the view, and those of its end.
std::vector<store::EventNumber> sampleOf(const models::EventModel &model)
{
    std::vector<store::EventNumber> numbers;
    const int rows = model.rowCount();
    const int step = std::max(1, rows / (mostSampledRows / 2));
    for (int row = 0; row < rows; row += step)
        numbers.push_back(model.numberAt(row));
    for (int row = std::max(0, rows - mostSampledRows / 2); row < rows; ++row)
        numbers.push_back(model.numberAt(row));
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::erase(numbers, store::EventNumber{});
    return numbers;
}

} // namespace

ColumnCommands::ColumnCommands(EventView &view)
    : QObject(&view)
    , m_view(view)
{
    connect(view.header(), &EventHeader::menuFilled, this, &ColumnCommands::fillHeaderMenu);
    connect(view.header(), &QHeaderView::sectionHandleDoubleClicked, this, &ColumnCommands::fitColumn);
}

template <typename Dialog>
void ColumnCommands::open(Dialog *dialog)
{
    const auto &model = *m_view.eventModel();
    models::collectSeenPaths(model.snapshot(), sampleOf(model), dialog,
        [dialog](const std::vector<filter::SeenPath> &paths) { dialog->offer(paths); });
    dialog->open();
}

void ColumnCommands::addColumn()
{
    auto *dialog = new ColumnDialog(Column{ColumnKind::Json}, &m_view);
    connect(dialog, &ColumnDialog::confirmed, m_view.header(), &EventHeader::addColumn);
    open(dialog);
}

void ColumnCommands::editColumn(const Column &column)
{
    auto *dialog = new ColumnDialog(column, &m_view);
    connect(dialog, &ColumnDialog::confirmed, this,
        [this, column](const Column &changed) { replaceColumn(column, changed); });
    open(dialog);
}

void ColumnCommands::replaceColumn(const Column &column, const Column &changed)
{
    auto places = m_view.header()->places();
    const auto isSame = [](const Column &other) {
        return [&other](const ColumnPlace &place) { return place.column.isSame(other); };
    };
    const auto place = std::ranges::find_if(places, isSame(column));
    if (place == places.end())
        return;
    // Another column may show what this one is to show now.
    if (!column.isSame(changed) && std::ranges::any_of(places, isSame(changed)))
        return Q_EMIT m_view.noticed(tr("There is a column for %1 already").arg(models::columnTitle(changed)));
    place->column = changed;
    m_view.header()->setPlaces(places);
}

void ColumnCommands::editColumns()
{
    auto *dialog = new ColumnsDialog(m_view.header()->places(), &m_view);
    connect(dialog, &ColumnsDialog::confirmed, m_view.header(), &EventHeader::setPlaces);
    open(dialog);
}

void ColumnCommands::fitColumn(int column)
{
    if (!m_view.header()->isSectionHidden(column))
        m_view.header()->resizeSection(column, m_view.contentWidth(column));
}

void ColumnCommands::fitAllColumns()
{
    for (int column = 0; column < m_view.header()->count(); ++column) {
        // The data column has what is left.
        if (m_view.eventModel()->columns()[column].kind != ColumnKind::Data)
            fitColumn(column);
    }
}

void ColumnCommands::addActions(QMenu &menu)
{
    auto *add = menu.addAction(tr("&Add column…"));
    add->setObjectName(u"addColumnAction"_s);
    connect(add, &QAction::triggered, this, &ColumnCommands::addColumn);
    auto *edit = menu.addAction(tr("&Columns…"));
    edit->setObjectName(u"editColumnsAction"_s);
    connect(edit, &QAction::triggered, this, &ColumnCommands::editColumns);
    connect(menu.addAction(tr("&Fit all widths")), &QAction::triggered, this, &ColumnCommands::fitAllColumns);
    connect(
        menu.addAction(tr("&Reset columns")), &QAction::triggered, m_view.header(), &EventHeader::showDefaultColumns);
}

void ColumnCommands::fillHeaderMenu(QMenu *menu, int section)
{
    auto *header = m_view.header();
    if (section >= 0) {
        const auto column = m_view.eventModel()->columns()[section];
        const auto title = menuText(m_view.eventModel()->headerData(section, Qt::Horizontal).toString());
        if (column.kind == ColumnKind::Time)
            addTimeActions(*menu->addMenu(tr("&Time as")), m_view);
        connect(menu->addAction(tr("Fit &width of “%1”").arg(title)), &QAction::triggered, this,
            [this, section] { fitColumn(section); });
        connect(menu->addAction(tr("&Edit “%1”…").arg(title)), &QAction::triggered, this,
            [this, column] { editColumn(column); });
        auto *hide = menu->addAction(tr("&Hide “%1”").arg(title));
        connect(hide, &QAction::triggered, header, [header, section] { header->setColumnShown(section, false); });
        if (column.kind == ColumnKind::Json)
            connect(menu->addAction(tr("Re&move “%1”").arg(title)), &QAction::triggered, header,
                [header, section] { header->removeColumn(section); });
        menu->addSeparator();
    }
    header->addColumnActions(menu);
    menu->addSeparator();
    addActions(*menu);
}

} // namespace weir::gui
