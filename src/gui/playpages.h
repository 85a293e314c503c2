// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QJsonObject;

namespace weir::publish {
class Publisher;
}

namespace weir::gui {

class HubBook;
class ReplayPage;
class ScenariosPage;

/// The publisher panel's pages that play by themselves, kept up to date with the publisher. GUI thread only.
class PlayPages : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference. The pages go with the widget that they are put into, which must not outlive the publisher.
    PlayPages(publish::Publisher &publisher, QObject *parent);

    ScenariosPage *scenarios() const { return m_scenarios; }
    ReplayPage *replay() const { return m_replay; }

    void setChannel(const QString &path);
    void useHubs(HubBook &hubs); ///< keeps a reference
    void useDataFolder(const QString &folder);

    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state); ///< what is no such state is ignored

Q_SIGNALS:
    void remark(const QString &text);
    void hubWanted(); ///< the user wants to play to one that is not there yet

private:
    void setRunning(bool isRunning);

    ScenariosPage *m_scenarios;
    ReplayPage *m_replay;
};

} // namespace weir::gui
