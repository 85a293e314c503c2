// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionmodel.h"
#include "profile/profile.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

class QUndoStack;
class QWidget;

namespace weir::gui {

/// The profile that the window works on: its file, its environments, and what the user can do with them. Files are read
/// and written on a pool thread; what is wrong with one is shown in a dialog that nobody waits for, and the rest loads.
/// Opening a profile takes the place of the list, as one step that undo takes back.
///
/// Closing never asks. Instead the list is kept, without secrets, in a file of the data folder a second after each
/// change and on closing; restoreLastSession() brings back what the last session left there. GUI thread only.
class ProfileCommands : public QObject
{
    Q_OBJECT

public:
    enum class AfterOpening { StayIdle, Connect };

    /// Keeps references, and takes `window` as parent: all must outlive this. An empty `dataFolder`: nothing is kept.
    ProfileCommands(models::SubscriptionModel &model, QUndoStack &undo, const QString &dataFolder, QWidget *window);
    ~ProfileCommands() override;

    void open(); ///< asks for the file
    void openFile(const QString &path, AfterOpening after = AfterOpening::StayIdle);
    void save(); ///< asks for a file if there is none yet
    void saveAs();
    void saveFile(const QString &path);
    void import(); ///< asks for the file: HAR, or curl commands
    void importFile(const QString &path);
    void restoreLastSession();

    const QStringList &recentFiles() const { return m_recent; }
    const QList<profile::Environment> &environments() const { return m_now.environments; }
    const QString &activeEnvironment() const { return m_now.active; }
    void setActiveEnvironment(const QString &name); ///< empty: none
    void editEnvironments();
    void setEnvironments(const QList<profile::Environment> &environments, const QString &active);

    /// Key under which the store keeps a secret variable of the active environment.
    QString variableKey(const QString &name) const;
    /// Values of secret variables that have become known.
    void fillVariables(const QMap<QString, QString> &values);

Q_SIGNALS:
    /// A few words on what has been done, for the status bar.
    void remark(const QString &text);

private:
    profile::Profile snapshot() const;
    void take(const QString &path, const profile::ProfileReading &reading, AfterOpening after);
    void restoreSession(const QStringList &files);
    void takeImport(const QString &path, const QList<subscribe::SubscriptionSettings> &subscriptions,
        const QStringList &problems, const QStringList &notes);
    /// All of a profile but its subscriptions.
    struct Surroundings
    {
        QString path; ///< empty: no profile yet
        QStringList groups;
        QList<profile::Environment> environments;
        QString active;
    };
    class Exchange;

    void replaceList(const QString &path, const profile::Profile &profile, AfterOpening after);
    void exchange(Surroundings &other);
    void report(const QString &title, const QStringList &problems, const QStringList &notes);
    void setFile(const QString &path);
    void showFile();
    void remember(const QString &path);
    void loadRecent();
    void markChanged();
    void updateVariables();
    void keepSession();

    models::SubscriptionModel &m_model;
    QUndoStack &m_undo;
    QString m_dataFolder;
    QWidget *m_window;
    Surroundings m_now;
    QStringList m_recent;
    QTimer m_keeping;
    bool m_hasKept = false;
    quint64 m_changes = 0; ///< a save that began before the last one leaves the mark standing
};

} // namespace weir::gui
