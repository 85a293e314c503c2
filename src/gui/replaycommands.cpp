// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/replaycommands.h"

#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/replaypage.h"
#include "gui/subscriptionpane.h"
#include "gui/theme.h"
#include "gui/viewarea.h"
#include "models/subscriptionmodel.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QMenu>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::ReplaySource;
using store::EventNumber;

namespace {

/// Rows of a view: [first, last], rising.
using RowRanges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
using Numbers = std::vector<EventNumber>;

/// Looking them up takes some 20 ms, and they take 4 MB. Of rows without gaps there can be any number.
constexpr std::size_t mostRows = 500'000;

std::uint64_t countOf(const RowRanges &ranges)
{
    std::uint64_t rows = 0;
    for (const auto &[first, last] : ranges)
        rows += last - first + 1;
    return rows;
}

Numbers numbersOf(const models::EventModel &model, const RowRanges &ranges)
{
    Numbers numbers;
    for (const auto &[first, last] : ranges) {
        for (std::uint64_t row = first; row <= last && numbers.size() < mostRows; ++row)
            numbers.push_back(model.numberAt(static_cast<int>(row)));
    }
    return numbers;
}

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
    const auto *model = pane.eventModel();
    const std::uint64_t count = countOf(ranges);
    if (count == 0) {
        source.end = source.begin;
        source.name = tr("%1 has no rows").arg(name);
        return source;
    }
    source.name = tr("%1, rows: %2").arg(name, QLocale().toString(quint64{count}));
    source.begin = model->numberAt(static_cast<int>(ranges.front().first));
    source.end = {model->numberAt(static_cast<int>(ranges.back().second)).value + 1};
    if (source.end.value - source.begin.value == count)
        return source;
    auto numbers = std::make_shared<const Numbers>(numbersOf(*model, ranges));
    if (count > mostRows)
        source.name = tr("%1, the first %2 rows of %3")
                          .arg(name, QLocale().toString(quint64{mostRows}), QLocale().toString(quint64{count}));
    source.end = {numbers->back().value + 1};
    source.nextRow = [numbers](EventNumber from) -> std::optional<EventNumber> {
        const auto next = std::ranges::lower_bound(*numbers, from);
        return next == numbers->end() ? std::nullopt : std::optional(*next);
    };
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
