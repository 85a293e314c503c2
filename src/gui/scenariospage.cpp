// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenariospage.h"

#include "gui/inlinenote.h"
#include "gui/scenarioeditor.h"
#include "gui/targetbox.h"
#include "gui/theme.h"
#include "gui/wrappedlabel.h"
#include "publish/scenariojson.h"

#include <QAction>
#include <QJsonDocument>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QSplitter>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::ScenarioProgress;
using RunState = ScenarioProgress::State;

namespace {

QToolBar *toolBar(const QList<QAction *> &actions)
{
    auto *bar = new QToolBar;
    bar->setIconSize({16, 16});
    bar->addActions(actions);
    return bar;
}

/// `lines`: at least so many are in sight.
QListView *listView(const QString &name, const QString &accessibleName, QAbstractItemModel *model, int lines)
{
    auto *view = new QListView;
    view->setObjectName(name);
    view->setAccessibleName(accessibleName);
    view->setModel(model);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setTextElideMode(Qt::ElideRight);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    view->setIconSize({16, 16});
    view->setMinimumHeight(lines * (view->fontMetrics().lineSpacing() + 4) + 2 * view->frameWidth());
    return view;
}

} // namespace

ScenariosPage::ScenariosPage(publish::Publisher &publisher, QWidget *parent)
    : QWidget(parent)
    , m_player(publisher)
{
    createActions();
    auto *layout = new QVBoxLayout(this);
    m_splitter = new QSplitter(Qt::Vertical);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(createUpper());
    m_splitter->addWidget(createLower());
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    layout->addWidget(m_splitter);
    connectLists();
    m_list->setCurrentIndex(m_library.index(0));
    updateActions();
}

ScenariosPage::~ScenariosPage()
{
    for (const auto &[key, editor] : m_editors)
        delete editor.data();
}

void ScenariosPage::createActions()
{
    const auto make = [this](const QString &iconName, const QString &text, const QString &toolTip, auto slot) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setToolTip(toolTip);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_startAction = make(u"start"_s, tr("&Run"), tr("Run the selected scenario"), [this] { start(false); });
    m_startPausedAction =
        make(u"pause"_s, tr("Run &paused"), tr("Begin paused, to go on step by step"), [this] { start(true); });
    m_newAction = make(u"add"_s, tr("&New scenario…"), tr("Write a scenario of your own"), [this] { create(); });
    m_editAction =
        make(u"edit"_s, tr("&Edit…"), tr("Edit the scenario; of one that comes with Weir, a copy"), [this] { edit(); });
    m_duplicateAction =
        make(u"duplicate"_s, tr("D&uplicate"), tr("Make a copy of the scenario"), [this] { duplicate(); });
    m_importAction = make(u"down"_s, tr("&Import…"), tr("Add a scenario from a file"), [this] { importFile(); });
    m_exportAction = make(u"up"_s, tr("E&xport…"), tr("Save the scenario as a file"), [this] { exportFile(); });
    m_removeAction = make(
        u"remove"_s, tr("Re&move"), tr("Move the scenario's file to the waste basket"), [this] { removeCurrent(); });
    m_pauseAction = make(u"pause"_s, tr("&Pause"), tr("Pause the run"), [this] {
        const auto *run = m_runs.at(m_runList->currentIndex().row());
        if (run && run->state == RunState::Paused)
            m_player.resume(run->run);
        else if (run)
            m_player.pause(run->run);
    });
    m_stepAction =
        make(u"step"_s, tr("S&tep"), tr("Carry out the next step"), [this] { m_player.step(selectedRun()); });
    m_stopAction = make(u"stop"_s, tr("&Stop"), tr("Stop the run"), [this] { m_player.stop(selectedRun()); });
    m_clearAction =
        make(u"clear"_s, tr("&Clear"), tr("Remove the runs that have ended"), [this] { removeEndedRuns(); });
}

QMenu *ScenariosPage::createMenu()
{
    auto *menu = new QMenu(this);
    menu->addActions({m_newAction, m_duplicateAction});
    menu->addSeparator();
    menu->addActions({m_importAction, m_exportAction});
    menu->addSeparator();
    menu->addAction(m_removeAction);
    return menu;
}

QWidget *ScenariosPage::createUpper()
{
    auto *upper = new QWidget;
    auto *layout = new QVBoxLayout(upper);
    layout->setContentsMargins({});
    m_list = listView(u"scenarioList"_s, tr("Scenarios"), &m_library, 3);
    m_list->addActions(
        {m_startAction, m_startPausedAction, m_editAction, m_duplicateAction, m_exportAction, m_removeAction});
    m_description = new WrappedLabel;
    m_description->setObjectName(u"scenarioDescription"_s);
    m_target = new TargetBox;
    auto *bar = toolBar({m_startAction, m_startPausedAction, m_editAction});
    static_cast<QToolButton *>(bar->widgetForAction(m_startAction))->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    static_cast<QToolButton *>(bar->widgetForAction(m_editAction))->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *more = new QToolButton;
    more->setText(tr("More"));
    more->setToolTip(tr("New, duplicate, import, export, remove"));
    more->setPopupMode(QToolButton::InstantPopup);
    more->setMenu(createMenu());
    bar->addWidget(more);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_description);
    layout->addWidget(m_target);
    layout->addWidget(bar);
    return upper;
}

QWidget *ScenariosPage::createLower()
{
    auto *lower = new QWidget;
    auto *layout = new QVBoxLayout(lower);
    layout->setContentsMargins({});
    m_runList = listView(u"runList"_s, tr("Runs"), &m_runs, 2);
    m_runList->setWordWrap(false);
    m_runList->addActions({m_pauseAction, m_stepAction, m_stopAction, m_clearAction});
    m_runList->setAlternatingRowColors(true);
    layout->addWidget(toolBar({m_pauseAction, m_stepAction, m_stopAction, m_clearAction}));
    layout->addWidget(m_runList, 1);
    m_runNote = new InlineNote;
    layout->addWidget(m_runNote);
    return lower;
}

void ScenariosPage::connectLists()
{
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ScenariosPage::updateActions);
    connect(m_list, &QListView::activated, m_startAction, &QAction::trigger);
    connect(&m_library, &QAbstractItemModel::dataChanged, this, &ScenariosPage::updateActions);
    connect(&m_library, &ScenarioLibrary::loaded, this, [this] { selectKey(m_wantedKey); });
    connect(&m_library, &ScenarioLibrary::failed, this, &ScenariosPage::remark);
    connect(m_runList->selectionModel(), &QItemSelectionModel::currentChanged, this, &ScenariosPage::updateActions);
    connect(&m_player, &publish::ScenarioPlayer::progressed, this, &ScenariosPage::takeProgress);
    connect(m_target, &TargetBox::targetChanged, this, &ScenariosPage::updateActions);
}

const ScenarioLibrary::Entry *ScenariosPage::current() const
{
    return m_library.at(m_list->currentIndex().row());
}

void ScenariosPage::selectKey(const QString &key)
{
    const int row = std::max(m_library.rowOf(key), 0);
    m_list->setCurrentIndex(m_library.index(row));
    updateActions();
}

int ScenariosPage::selectedRun() const
{
    const auto *run = m_runs.at(m_runList->currentIndex().row());
    return run ? run->run : 0;
}

void ScenariosPage::setChannel(const QString &path)
{
    m_target->setChannel(path);
}

void ScenariosPage::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    updateActions();
}

void ScenariosPage::setClients(const QList<publish::ClientStatus> &clients)
{
    m_target->setClients(clients);
}

void ScenariosPage::start(bool isPaused)
{
    const auto *entry = current();
    if (!entry || !entry->scenario || !canPlay())
        return;
    m_target->withTarget(
        [this, scenario = *entry->scenario, key = entry->key, isPaused](const publish::Target &target) {
            const int run = m_player.start(scenario, target, isPaused);
            m_keyOfRun[run] = key;
        });
}

bool ScenariosPage::canPlay() const
{
    return m_isRunning || m_target->isHub();
}

void ScenariosPage::takeProgress(const ScenarioProgress &progress)
{
    const bool isNew = m_runs.rowOf(progress.run) < 0;
    m_runs.take(progress);
    if (isNew)
        m_runList->setCurrentIndex(m_runs.index(m_runs.rowOf(progress.run)));
    const bool hasEnded = progress.state == RunState::Ended;
    if (const auto editor = m_editors.find(m_keyOfRun[progress.run]); editor != m_editors.end() && editor->second)
        editor->second->setCurrentStep(hasEnded ? models::StepPath() : progress.step);
    if (hasEnded)
        m_keyOfRun.erase(progress.run);
    updateActions();
    updateTitle();
}

void ScenariosPage::updateTitle()
{
    int going = 0;
    for (int row = 0; row < m_runs.rowCount(); ++row)
        going += m_runs.at(row)->state == RunState::Ended ? 0 : 1;
    Q_EMIT titleChanged(going == 0 ? tr("Scenarios") : tr("Scenarios (%1)").arg(locale().toString(going)));
}

void ScenariosPage::updateActions()
{
    const auto *entry = current();
    const bool isPlayable = entry && entry->scenario;
    m_description->setText(!entry ? QString() : isPlayable ? entry->scenario->description : entry->problem);
    m_startAction->setEnabled(isPlayable && canPlay());
    m_startPausedAction->setEnabled(isPlayable && canPlay());
    m_startAction->setToolTip(canPlay() ? tr("Run the selected scenario") : tr("Start the publisher first."));
    m_editAction->setEnabled(entry != nullptr);
    m_duplicateAction->setEnabled(entry != nullptr);
    m_exportAction->setEnabled(entry != nullptr);
    m_removeAction->setEnabled(entry && !entry->isPreset);
    const auto *run = m_runs.at(m_runList->currentIndex().row());
    const bool goesOn = run && run->state != RunState::Ended;
    const bool isPaused = run && run->state == RunState::Paused;
    m_pauseAction->setEnabled(goesOn);
    m_pauseAction->setText(isPaused ? tr("&Go on") : tr("&Pause"));
    m_pauseAction->setToolTip(isPaused ? tr("Let the run go on") : tr("Pause the run"));
    m_pauseAction->setIcon(icon(isPaused ? u"resume"_s : u"pause"_s));
    m_stepAction->setEnabled(isPaused);
    m_stopAction->setEnabled(goesOn);
    m_clearAction->setEnabled(m_runs.hasEnded());
    // In the list there is one line for it.
    if (m_runs.rowCount() == 0)
        m_runNote->say(Meaning::Secondary, tr("What runs is shown here."));
    else
        m_runNote->say(Meaning::Error, run ? run->problem : QString());
}

void ScenariosPage::removeEndedRuns()
{
    m_runs.removeEnded();
    updateActions();
}

QByteArray ScenariosPage::saveState() const
{
    const QJsonObject state{{u"version"_s, 1}, {u"scenario"_s, current() ? current()->key : QString()},
        {u"splitter"_s, QString::fromLatin1(m_splitter->saveState().toBase64())}};
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void ScenariosPage::restoreState(const QByteArray &state)
{
    const auto object = QJsonDocument::fromJson(state).object();
    if (object.value("version"_L1).toInt() != 1)
        return;
    m_wantedKey = object.value("scenario"_L1).toString();
    selectKey(m_wantedKey);
    m_splitter->restoreState(QByteArray::fromBase64(object.value("splitter"_L1).toString().toLatin1()));
}

} // namespace weir::gui
