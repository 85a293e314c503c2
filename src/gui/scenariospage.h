// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/scenariolibrary.h"
#include "models/scenariorunmodel.h"
#include "publish/scenarioplayer.h"
#include "publish/settings.h"

#include <QPointer>
#include <QWidget>

#include <map>

class QLabel;
class QListView;
class QMenu;
class QSplitter;

namespace weir::gui {

class InlineNote;
class ScenarioEditor;
class TargetBox;

/// The publisher's scenarios: those there are above, with what to do with them, and what plays below. GUI thread only.
class ScenariosPage : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `publisher` must outlive this.
    explicit ScenariosPage(publish::Publisher &publisher, QWidget *parent = nullptr);
    ~ScenariosPage() override;

    void setChannel(const QString &path); ///< where runs that are started next play
    void setRunning(bool isRunning);      ///< the publisher
    void setClients(const QList<publish::ClientStatus> &clients);

    TargetBox &target() { return *m_target; }
    ScenarioLibrary &library() { return m_library; }
    const models::ScenarioRunModel &runs() const { return m_runs; }

    QByteArray saveState() const;
    void restoreState(const QByteArray &state); ///< what is no such state is ignored

Q_SIGNALS:
    /// Something that the user should know, in a sentence.
    void remark(const QString &text);
    /// "Scenarios (2)" while runs go on.
    void titleChanged(const QString &title);

private:
    void createActions();
    QWidget *createUpper();
    QWidget *createLower();
    QMenu *createMenu();
    void connectLists();
    const ScenarioLibrary::Entry *current() const;
    void selectKey(const QString &key);
    int selectedRun() const;
    bool canPlay() const; ///< to the target
    void start(bool isPaused);
    void takeProgress(const publish::ScenarioProgress &progress);
    void updateActions();
    void updateTitle();
    void create();
    void edit();
    void duplicate();
    void openEditor(const QString &key);
    void importFile();
    void exportFile();
    void removeCurrent();
    void removeEndedRuns();

    publish::ScenarioPlayer m_player;
    ScenarioLibrary m_library;
    models::ScenarioRunModel m_runs;
    std::map<int, QString> m_keyOfRun;
    std::map<QString, QPointer<ScenarioEditor>> m_editors;
    QString m_wantedKey; ///< to be selected once the folder has been read
    bool m_isRunning = false;

    QSplitter *m_splitter = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_description = nullptr;
    TargetBox *m_target = nullptr;
    QListView *m_runList = nullptr;
    InlineNote *m_runNote = nullptr;
    QAction *m_startAction = nullptr;
    QAction *m_startPausedAction = nullptr;
    QAction *m_newAction = nullptr;
    QAction *m_editAction = nullptr;
    QAction *m_duplicateAction = nullptr;
    QAction *m_importAction = nullptr;
    QAction *m_exportAction = nullptr;
    QAction *m_removeAction = nullptr;
    QAction *m_pauseAction = nullptr;
    QAction *m_stepAction = nullptr;
    QAction *m_stopAction = nullptr;
    QAction *m_clearAction = nullptr;
};

} // namespace weir::gui
