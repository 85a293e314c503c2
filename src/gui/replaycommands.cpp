// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/replaycommands.h"

#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/replaypage.h"
#include "gui/subscriptionpane.h"
#include "gui/theme.h"
#include "gui/viewarea.h"
#include "models/rowselection.h"
#include "models/subscriptionmodel.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QMenu>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::RowRanges;
using models::RowSelection;
using publish::ReplaySource;
using store::EventNumber;

namespace {

RowRanges selectedRows(const EventPane &pane)
{
    RowRanges ranges;
    for (const auto &range : pane.view()->selectionModel()->selection())
        ranges.emplace_back(range.top(), range.bottom());
    std::ranges::sort(ranges);
    return ranges;
}

} // namespace

ReplayCommands::ReplayCommands(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_rowAction(new QAction(icon(u"replay"_s), tr("Repla&y…"), this))
    , m_subscriptionAction(new QAction(icon(u"replay"_s), tr("Repla&y…"), this))
{
    m_rowAction->setObjectName(u"replayRowsAction"_s);
    m_rowAction->setToolTip(tr("Send the selected events again from the publisher; of a single one, all of the view"));
    m_subscriptionAction->setObjectName(u"replaySubscriptionAction"_s);
    m_subscriptionAction->setToolTip(tr("Send again from the publisher what the subscription received"));
    connect(m_rowAction, &QAction::triggered, this, &ReplayCommands::replaySelection);
    connect(m_subscriptionAction, &QAction::triggered, this, [this] {
        const auto selected = m_parts.subscriptionPane.selection();
        open(selected.isEmpty() ? everything() : subscription(selected.first()));
    });
    connect(m_parts.page.sourceMenu(), &QMenu::aboutToShow, this, &ReplayCommands::fillMenu);
}

void ReplayCommands::fillMenu()
{
    QMenu *menu = m_parts.page.sourceMenu();
    menu->clear();
    const auto add = [this, menu](const QString &text, auto source) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, source] { open(source()); });
    };
    add(tr("&Everything in the log"), [this] { return everything(); });
    add(tr("&Rows of the current view"), [this] { return view(*m_parts.views.current()); });
    if (selectedRows(*m_parts.views.current()).size() > 0)
        add(tr("&Selected rows"), [this] { return selection(*m_parts.views.current()); });
    menu->addSeparator();
    for (int row = 0; row < m_parts.subscriptions.rowCount(); ++row) {
        const auto id = m_parts.subscriptions.at(row).id;
        QString name = m_parts.subscriptions.at(row).settings.name;
        add(name.replace(u'&', u"&&"_s), [this, id] { return subscription(id); });
    }
}

void ReplayCommands::open(const ReplaySource &source)
{
    m_parts.page.open(source);
    Q_EMIT opened();
}

ReplaySource ReplayCommands::everything() const
{
    const store::Snapshot snapshot = m_parts.log.snapshot();
    ReplaySource source;
    source.log = &m_parts.log;
    source.begin = snapshot.begin();
    source.end = snapshot.end();
    source.name = tr("Everything in the log");
    return source;
}

ReplaySource ReplayCommands::subscription(store::SubscriptionId id) const
{
    ReplaySource source = everything();
    source.subscription = id;
    for (int row = 0; row < m_parts.subscriptions.rowCount(); ++row) {
        if (m_parts.subscriptions.at(row).id == id)
            source.name = tr("Subscription %1").arg(m_parts.subscriptions.at(row).settings.name);
    }
    return source;
}

ReplaySource ReplayCommands::rows(const EventPane &pane, const RowRanges &ranges, const QString &name) const
{
    ReplaySource source = everything();
    auto rows = std::make_shared<const RowSelection>(pane.eventModel()->rowIndex(), ranges);
    if (rows->isEmpty()) {
        source.end = source.begin;
        source.name = tr("%1 has no rows").arg(name);
        return source;
    }
    source.name = tr("%1, rows: %2").arg(name, QLocale().toString(quint64{rows->rowCount()}));
    source.begin = rows->first();
    source.end = {rows->last().value + 1};
    const bool hasGaps = source.end.value - source.begin.value != rows->rowCount();
    if (hasGaps)
        source.nextRow = [rows](EventNumber from) { return rows->atOrAfter(from); };
    return source;
}

ReplaySource ReplayCommands::view(const EventPane &pane) const
{
    RowRanges all;
    if (const int rowCount = pane.eventModel()->rowCount(); rowCount > 0)
        all.emplace_back(0, static_cast<std::uint64_t>(rowCount) - 1);
    return rows(pane, all, tr("View %1").arg(m_parts.views.titleOf(&pane)));
}

ReplaySource ReplayCommands::selection(const EventPane &pane) const
{
    return rows(pane, selectedRows(pane), tr("Selected in %1").arg(m_parts.views.titleOf(&pane)));
}

void ReplayCommands::replaySelection()
{
    const EventPane &pane = *m_parts.views.current();
    const RowRanges ranges = selectedRows(pane);
    const bool isOne = ranges.size() == 1 && ranges.front().first == ranges.front().second;
    open(ranges.empty() || isOne ? view(pane) : selection(pane));
}

} // namespace weir::gui
