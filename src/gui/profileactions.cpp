// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/profileactions.h"

#include "gui/menutext.h"
#include "gui/profilecommands.h"
#include "gui/subscriptioncommands.h"
#include "gui/subscriptionpane.h"
#include "gui/theme.h"
#include "ui_mainwindow.h"

#include <QActionGroup>
#include <QDir>
#include <QMenu>

namespace weir::gui {

using namespace Qt::StringLiterals;
using profile::SecretsShown;

namespace {

/// As the text of an action, where & marks a letter.
} // namespace

ProfileActions::ProfileActions(Ui::MainWindow &ui, ProfileCommands &profiles, SubscriptionCommands &commands,
    SubscriptionPane &pane, QWidget *window)
    : QObject(window)
    , m_ui(ui)
    , m_profiles(profiles)
{
    connectFile();
    connectCurl(commands, pane);
    connect(m_ui.recentMenu, &QMenu::aboutToShow, this, &ProfileActions::fillRecentMenu);
    connect(m_ui.environmentMenu, &QMenu::aboutToShow, this, &ProfileActions::fillEnvironmentMenu);
    fillRecentMenu();
    fillEnvironmentMenu();
}

void ProfileActions::connectFile()
{
    const auto act = [this](QAction *action, void (ProfileCommands::*command)()) {
        connect(action, &QAction::triggered, &m_profiles, command);
    };
    act(m_ui.openProfileAction, &ProfileCommands::open);
    act(m_ui.saveProfileAction, &ProfileCommands::save);
    act(m_ui.saveProfileAsAction, &ProfileCommands::saveAs);
    act(m_ui.importAction, &ProfileCommands::import);
    act(m_ui.restoreSessionAction, &ProfileCommands::restoreLastSession);
}

void ProfileActions::connectCurl(SubscriptionCommands &commands, SubscriptionPane &pane)
{
    const auto copy = [&commands, &pane](SecretsShown shown) { commands.copyCurl(pane.selection(), shown); };
    connect(m_ui.copyCurlAction, &QAction::triggered, &pane, [copy] { copy(SecretsShown::No); });
    connect(m_ui.copyCurlSecretsAction, &QAction::triggered, &pane, [copy] { copy(SecretsShown::Yes); });
    m_ui.copyCurlAction->setIcon(icon(u"copy"_s));
    const auto update = [this, &pane] {
        const bool hasAny = !pane.selection().isEmpty();
        m_ui.copyCurlAction->setEnabled(hasAny);
        m_ui.copyCurlSecretsAction->setEnabled(hasAny);
    };
    connect(&pane, &SubscriptionPane::selectionChanged, this, update);
    update();
}

void ProfileActions::fillRecentMenu()
{
    auto *menu = m_ui.recentMenu;
    menu->clear();
    for (const auto &path : m_profiles.recentFiles())
        connect(menu->addAction(menuText(QDir::toNativeSeparators(path))), &QAction::triggered, &m_profiles,
            [this, path] { m_profiles.openFile(path); });
    menu->menuAction()->setEnabled(true);
    if (m_profiles.recentFiles().isEmpty())
        menu->addAction(tr("None yet"))->setEnabled(false);
}

void ProfileActions::fillEnvironmentMenu()
{
    auto *menu = m_ui.environmentMenu;
    menu->clear();
    auto *choice = new QActionGroup(menu);
    const auto add = [this, menu, choice](const QString &text, const QString &name) {
        auto *action = menu->addAction(text);
        action->setCheckable(true);
        action->setActionGroup(choice);
        action->setChecked(m_profiles.activeEnvironment() == name);
        connect(action, &QAction::triggered, &m_profiles, [this, name] { m_profiles.setActiveEnvironment(name); });
    };
    add(tr("&None"), {});
    for (const auto &environment : m_profiles.environments())
        add(menuText(environment.name), environment.name);
    menu->addSeparator();
    connect(menu->addAction(tr("&Edit Environments…")), &QAction::triggered, &m_profiles,
        &ProfileCommands::editEnvironments);
}

} // namespace weir::gui
