// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/tableactions.h"

#include "gui/columncommands.h"
#include "gui/eventheader.h"
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/timemenu.h"
#include "gui/viewarea.h"
#include "ui_mainwindow.h"

#include <array>
#include <utility>

namespace weir::gui {

using models::CopyForm;

TableActions::TableActions(Ui::MainWindow &ui, ViewArea &views, QObject *parent)
    : QObject(parent)
    , m_ui(ui)
    , m_views(views)
{
    connectCopying();
    connectColumns();
}

void TableActions::connectCopying()
{
    const std::array<std::pair<QAction *, CopyForm>, 4> forms{{
        {m_ui.copyCellAction, CopyForm::Cell},
        {m_ui.copyJsonAction, CopyForm::JsonLines},
        {m_ui.copyStreamAction, CopyForm::EventStream},
        {m_ui.copyTableAction, CopyForm::Table},
    }};
    for (const auto &[action, form] : forms) {
        // As with the data: where the focus is in another pane, these keys are none of the table's.
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_views.addAction(action);
        connect(action, &QAction::triggered, this, [this, form = form] { m_views.current()->view()->copy(form); });
    }
}

void TableActions::connectColumns()
{
    connect(m_ui.addColumnAction, &QAction::triggered, this,
        [this] { m_views.current()->view()->columnCommands()->addColumn(); });
    connect(m_ui.columnsAction, &QAction::triggered, this,
        [this] { m_views.current()->view()->columnCommands()->editColumns(); });
    connect(m_ui.timeReferenceAction, &QAction::triggered, this,
        [this] { toggleTimeReference(*m_views.current()->view()); });
    connect(m_ui.timeMenu, &QMenu::aboutToShow, this, [this] {
        m_ui.timeMenu->clear();
        addTimeActions(*m_ui.timeMenu, *m_views.current()->view());
    });
}

} // namespace weir::gui
