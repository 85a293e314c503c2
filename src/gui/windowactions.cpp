// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowactions.h"

#include "gui/clearview.h"
#include "gui/connectionpane.h"
#include "gui/eventpane.h"
#include "gui/helpdialogs.h"
#include "gui/publisherpane.h"
#include "gui/subscriptioncommands.h"
#include "gui/subscriptionpane.h"
#include "gui/theme.h"
#include "gui/viewarea.h"
#include "ui_mainwindow.h"

#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QMainWindow>
#include <QTabWidget>
#include <QUndoStack>

#include <algorithm>
#include <array>
#include <set>

namespace weir::gui {

using namespace Qt::StringLiterals;
using store::SubscriptionId;

WindowActions::WindowActions(Ui::MainWindow &ui, const Parts &parts, QMainWindow &window)
    : m_ui(ui)
    , m_parts(parts)
    , m_window(window)
    , m_viewsMenu(ui.viewsMenu)
{
    setIcons();
    limitShortcuts();
    connectFile();
    connectEdit();
    connectViews();
    connectSubscriptions();
    connectGroups();
    connectEvents();
    connectHelp();
    connectUpdates();
    m_ui.publisherMenu->insertActions(m_ui.demoAction, m_parts.publisherPane.menuActions());
    m_ui.publisherMenu->insertSeparator(m_ui.demoAction);
    update();
}

void WindowActions::setIcons()
{
    const std::array<std::pair<QAction *, QString>, 22> icons{{
        {m_ui.subscribeAction, u"subscribe"_s},
        {m_ui.pauseAction, u"pause"_s},
        {m_ui.clearAction, u"clear"_s},
        {m_ui.mergedAction, u"merged"_s},
        {m_ui.sideBySideAction, u"side-by-side"_s},
        {m_ui.tabsAction, u"tabs"_s},
        {m_ui.connectAction, u"connect"_s},
        {m_ui.disconnectAction, u"disconnect"_s},
        {m_ui.reconnectAction, u"reconnect"_s},
        {m_ui.editAction, u"edit"_s},
        {m_ui.duplicateAction, u"duplicate"_s},
        {m_ui.copyUrlAction, u"copy"_s},
        {m_ui.muteAction, u"mute"_s},
        {m_ui.soloAction, u"solo"_s},
        {m_ui.showViewAction, u"view"_s},
        {m_ui.connectionLogAction, u"history"_s},
        {m_ui.removeAction, u"remove"_s},
        {m_ui.filterAction, u"filter"_s},
        {m_ui.followAction, u"follow"_s},
        {m_ui.contextAction, u"context"_s},
        {m_ui.resultsAction, u"view"_s},
        {m_ui.copyAction, u"copy"_s},
    }};
    for (const auto &[action, name] : icons)
        action->setIcon(icon(name));
}

void WindowActions::limitShortcuts()
{
    // Keys that mean something else in a line of text or in another pane act only where their objects are.
    for (auto *action : {m_ui.removeAction, m_ui.showViewAction})
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    for (auto *action : {m_ui.copyAction, m_ui.selectAllAction}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_parts.views.addAction(action);
    }
}

void WindowActions::connectFile()
{
    connect(m_ui.subscribeAction, &QAction::triggered, &m_parts.commands, &SubscriptionCommands::subscribeByDialog);
    connect(m_ui.enterUrlAction, &QAction::triggered, &m_parts.subscriptionPane, &SubscriptionPane::focusUrl);
    connect(m_ui.pasteUrlsAction, &QAction::triggered, this, &WindowActions::pasteUrls);
    connect(m_ui.closeViewAction, &QAction::triggered, &m_parts.views, &ViewArea::closeCurrent);
    connect(m_ui.quitAction, &QAction::triggered, &m_window, &QWidget::close);
}

void WindowActions::connectEdit()
{
    auto *undo = m_parts.undo.createUndoAction(&m_window);
    auto *redo = m_parts.undo.createRedoAction(&m_window);
    undo->setObjectName(u"undoAction"_s);
    redo->setObjectName(u"redoAction"_s);
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcut(QKeySequence::Redo);
    undo->setIcon(icon(u"undo"_s));
    redo->setIcon(icon(u"redo"_s));
    m_ui.editMenu->insertActions(m_ui.copyAction, {undo, redo});
    m_ui.editMenu->insertSeparator(m_ui.copyAction);
    connect(m_ui.copyAction, &QAction::triggered, this, [this] { m_parts.views.current()->copySelection(); });
    connect(m_ui.selectAllAction, &QAction::triggered, this, [this] { m_parts.views.current()->selectAll(); });
}

void WindowActions::connectViews()
{
    auto &views = m_parts.views;
    connect(m_ui.allEventsAction, &QAction::triggered, &views, &ViewArea::showAllEvents);
    connect(m_ui.mergedAction, &QAction::triggered, &views, [&views] { views.arrange(ViewArea::Arrangement::Merged); });
    connect(m_ui.sideBySideAction, &QAction::triggered, &views,
        [&views] { views.arrange(ViewArea::Arrangement::SideBySide); });
    connect(m_ui.tabsAction, &QAction::triggered, &views, [&views] { views.arrange(ViewArea::Arrangement::Tabs); });
    connect(m_viewsMenu, &QMenu::aboutToShow, this, &WindowActions::fillViewsMenu);
    m_ui.detailAction->setChecked(true);
    connect(m_ui.detailAction, &QAction::toggled, &m_parts.lower, &QWidget::setVisible);
    connect(m_ui.fullScreenAction, &QAction::toggled, &m_window,
        [this](bool isFull) { m_window.setWindowState(m_window.windowState().setFlag(Qt::WindowFullScreen, isFull)); });
}

void WindowActions::addPanels(const QList<QDockWidget *> &docks)
{
    for (auto *dock : docks)
        m_ui.viewMenu->insertAction(m_ui.detailAction, dock->toggleViewAction());
    auto *publisher = docks.last()->toggleViewAction();
    publisher->setIcon(icon(u"publisher"_s));
    publisher->setToolTip(tr("Show or hide the publisher"));
    auto *gap = new QWidget(m_ui.toolBar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_ui.toolBar->addWidget(gap);
    m_ui.toolBar->addAction(publisher);
    m_ui.publisherMenu->addSeparator();
    m_ui.publisherMenu->addAction(publisher);
    m_ui.viewMenu->insertAction(m_ui.detailAction, m_ui.toolBar->toggleViewAction());
}

void WindowActions::addEventActions(const QList<QAction *> &actions)
{
    m_ui.eventsMenu->addSeparator();
    m_ui.eventsMenu->addActions(actions);
    m_eventActions << actions;
    update();
}

void WindowActions::fillViewsMenu()
{
    m_viewsMenu->clear();
    m_viewsMenu->addActions(m_parts.views.viewActions());
}

void WindowActions::connectSubscriptions()
{
    auto &commands = m_parts.commands;
    const auto selection = [this] { return m_parts.subscriptionPane.selection(); };
    const auto act = [&commands, selection](QAction *action, auto command) {
        QObject::connect(action, &QAction::triggered, &commands,
            [&commands, selection, command] { (commands.*command)(selection()); });
    };
    act(m_ui.connectAction, &SubscriptionCommands::connectNow);
    act(m_ui.disconnectAction, &SubscriptionCommands::disconnectNow);
    act(m_ui.reconnectAction, &SubscriptionCommands::reconnectNow);
    act(m_ui.duplicateAction, &SubscriptionCommands::duplicate);
    act(m_ui.removeAction, &SubscriptionCommands::remove);
    act(m_ui.copyUrlAction, &SubscriptionCommands::copyUrls);
    connect(m_ui.editAction, &QAction::triggered, this, &WindowActions::editSelected);
    connect(m_ui.connectionLogAction, &QAction::triggered, this, &WindowActions::showConnectionLog);
    connect(m_ui.muteAction, &QAction::triggered, &commands,
        [&commands, selection](bool isMuted) { commands.setMuted(selection(), isMuted); });
    connect(m_ui.soloAction, &QAction::triggered, &commands,
        [&commands, selection](bool isSolo) { commands.setSolo(selection(), isSolo); });
    connect(m_ui.showViewAction, &QAction::triggered, this,
        [this, selection] { m_parts.views.showView(selection().value(0)); });
    const QList<QAction *> buttons{m_ui.connectAction, m_ui.disconnectAction, m_ui.reconnectAction, nullptr,
        m_ui.editAction, m_ui.muteAction, m_ui.soloAction, m_ui.showViewAction, m_ui.connectionLogAction, nullptr,
        m_ui.removeAction};
    m_parts.subscriptionPane.setActions(m_ui.subscriptionMenu->actions(), buttons);
}

void WindowActions::connectGroups()
{
    connect(m_ui.groupMenu, &QMenu::aboutToShow, this, &WindowActions::fillGroupMenu);
}

void WindowActions::fillGroupMenu()
{
    auto *menu = m_ui.groupMenu;
    menu->clear();
    const auto add = [this, menu](const QString &text, const QString &group) {
        connect(menu->addAction(text), &QAction::triggered, this,
            [this, group] { m_parts.commands.setGroup(m_parts.subscriptionPane.selection(), group); });
    };
    const auto groups = m_parts.subscriptionPane.groups();
    for (const auto &group : groups)
        add(QString(group).replace(u'&', u"&&"_s), group);
    if (!groups.isEmpty()) {
        menu->addSeparator();
        add(tr("&No group"), {});
    }
    connect(menu->addAction(tr("Ne&w group")), &QAction::triggered, this, &WindowActions::moveToNewGroup);
}

void WindowActions::moveToNewGroup()
{
    const auto groups = m_parts.subscriptionPane.groups();
    auto name = tr("New group");
    for (int number = 2; groups.contains(name); ++number)
        name = tr("New group %1").arg(number);
    m_parts.commands.setGroup(m_parts.subscriptionPane.selection(), name);
    m_parts.subscriptionPane.editGroup(name);
}

void WindowActions::editSelected()
{
    const auto group = m_parts.subscriptionPane.selectedGroup();
    if (group.isEmpty())
        m_parts.commands.edit(m_parts.subscriptionPane.selection().value(0));
    else
        m_parts.subscriptionPane.editGroup(group);
}

void WindowActions::showConnectionLog()
{
    m_ui.detailAction->setChecked(true);
    m_parts.connection.setSubscription(m_parts.subscriptionPane.selection().value(0));
    m_parts.lower.setCurrentWidget(&m_parts.connection);
    m_parts.connection.setFocus(Qt::ShortcutFocusReason);
}

void WindowActions::connectEvents()
{
    auto &views = m_parts.views;
    connect(m_ui.filterAction, &QAction::triggered, &views, [&views] { views.current()->focusFilter(); });
    connect(m_ui.contextAction, &QAction::triggered, &views,
        [&views](bool isInContext) { views.current()->setInContext(isInContext); });
    connect(m_ui.savedFiltersAction, &QAction::triggered, &views, [&views] { views.current()->editSavedFilters(); });
    connect(m_ui.resultsAction, &QAction::triggered, &views, [&views] { views.openResults(views.current()); });
    connect(m_ui.followAction, &QAction::triggered, &views,
        [&views](bool isFollowing) { views.current()->setFollowing(isFollowing); });
    connect(m_ui.pauseAction, &QAction::triggered, &views,
        [&views](bool isPaused) { views.current()->setPaused(isPaused); });
    connect(m_ui.clearAction, &QAction::triggered, this, &WindowActions::clearView);
}

void WindowActions::connectHelp()
{
    connect(m_ui.shortcutsAction, &QAction::triggered, this, [this] { showShortcuts(*m_ui.menuBar, &m_window); });
    connect(m_ui.aboutAction, &QAction::triggered, this, [this] { showAbout(&m_window); });
    connect(m_ui.aboutQtAction, &QAction::triggered, qApp, &QApplication::aboutQt);
}

void WindowActions::connectUpdates()
{
    connect(&m_parts.subscriptionPane, &SubscriptionPane::selectionChanged, this, &WindowActions::update);
    m_updating.setSingleShot(true);
    m_updating.setInterval(0);
    connect(&m_updating, &QTimer::timeout, this, &WindowActions::update);
    const auto updateLater = [this] { m_updating.start(); };
    connect(&m_parts.subscriptions, &models::SubscriptionModel::dataChanged, &m_updating, updateLater);
    connect(&m_parts.subscriptions, &models::SubscriptionModel::rowsInserted, &m_updating, updateLater);
    connect(&m_parts.subscriptions, &models::SubscriptionModel::rowsRemoved, &m_updating, updateLater);
    connect(&m_parts.views, &ViewArea::currentChanged, this, &WindowActions::update);
    connect(&m_parts.views, &ViewArea::currentUpdated, this, &WindowActions::update);
}

void WindowActions::clearView()
{
    auto *pane = m_parts.views.current();
    m_parts.undo.push(new ClearView(*pane, m_parts.views.titleOf(pane)));
}

void WindowActions::pasteUrls()
{
    m_parts.subscriptionPane.subscribeToText(QApplication::clipboard()->text());
}

void WindowActions::update()
{
    const auto selection = m_parts.subscriptionPane.selection();
    const std::set<SubscriptionId> selected(selection.begin(), selection.end());
    std::vector<const models::SubscriptionRow *> rows;
    for (int row = 0; row < m_parts.subscriptions.rowCount(); ++row)
        if (const auto &each = m_parts.subscriptions.at(row); selected.contains(each.id))
            rows.push_back(&each);
    const bool hasAny = !rows.empty();
    const bool hasOne = rows.size() == 1;
    const bool anyActive = std::ranges::any_of(rows, [](const auto *row) { return models::isActive(*row); });
    const bool anyIdle = std::ranges::any_of(rows, [](const auto *row) { return !models::isActive(*row); });
    m_ui.connectAction->setEnabled(anyIdle);
    m_ui.disconnectAction->setEnabled(anyActive);
    for (auto *action : {m_ui.reconnectAction, m_ui.duplicateAction, m_ui.copyUrlAction, m_ui.muteAction,
             m_ui.soloAction, m_ui.removeAction})
        action->setEnabled(hasAny);
    m_ui.editAction->setEnabled(hasOne || !m_parts.subscriptionPane.selectedGroup().isEmpty());
    m_ui.connectionLogAction->setEnabled(hasAny);
    m_ui.groupMenu->setEnabled(hasAny);
    m_ui.showViewAction->setEnabled(hasOne);
    m_ui.muteAction->setChecked(hasAny && std::ranges::all_of(rows, [](const auto *row) { return row->isMuted; }));
    m_ui.soloAction->setChecked(hasAny && std::ranges::all_of(rows, [](const auto *row) { return row->isSolo; }));

    const bool hasViews = !m_parts.subscriptions.sources().empty();
    for (auto *action : {m_ui.mergedAction, m_ui.sideBySideAction, m_ui.tabsAction, m_ui.allEventsAction,
             m_ui.closeViewAction, m_ui.copyAction, m_ui.selectAllAction, m_ui.filterAction, m_ui.contextAction,
             m_ui.savedFiltersAction, m_ui.followAction, m_ui.pauseAction, m_ui.clearAction})
        action->setEnabled(hasViews);
    m_ui.resultsAction->setEnabled(hasViews && !m_parts.views.current()->effectiveFilter().isEmpty());
    m_ui.contextAction->setChecked(m_parts.views.current()->isInContext());
    for (auto *action : std::as_const(m_eventActions))
        action->setEnabled(hasViews);
    m_ui.pauseAction->setChecked(m_parts.views.current()->isPaused());
    m_ui.followAction->setChecked(m_parts.views.current()->isFollowing());
}

} // namespace weir::gui
