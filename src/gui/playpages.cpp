// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/playpages.h"

#include "gui/replaypage.h"
#include "gui/scenariospage.h"
#include "gui/targetbox.h"

#include <QJsonObject>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::Publisher;

PlayPages::PlayPages(Publisher &publisher, QObject *parent)
    : QObject(parent)
    , m_scenarios(new ScenariosPage(publisher))
    , m_replay(new ReplayPage(publisher))
{
    connect(&publisher, &Publisher::started, this, [this] { setRunning(true); });
    connect(&publisher, &Publisher::stopped, this, [this] { setRunning(false); });
    connect(&publisher, &Publisher::failed, this, [this] { setRunning(false); });
    connect(&publisher, &Publisher::clientsChanged, m_scenarios, &ScenariosPage::setClients);
    connect(&publisher, &Publisher::clientsChanged, m_replay, &ReplayPage::setClients);
    connect(m_scenarios, &ScenariosPage::remark, this, &PlayPages::remark);
}

void PlayPages::setRunning(bool isRunning)
{
    m_scenarios->setRunning(isRunning);
    m_replay->setRunning(isRunning);
}

void PlayPages::setChannel(const QString &path)
{
    m_scenarios->setChannel(path);
    m_replay->setChannel(path);
}

void PlayPages::useHubs(HubBook &hubs)
{
    for (TargetBox *box : {&m_scenarios->target(), &m_replay->target()}) {
        box->setHubs(&hubs);
        connect(box, &TargetBox::hubWanted, this, &PlayPages::hubWanted);
    }
}

void PlayPages::useDataFolder(const QString &folder)
{
    m_scenarios->library().useFolder(folder + u"/scenarios"_s);
}

QJsonObject PlayPages::saveState() const
{
    return {{u"scenarios"_s, QString::fromUtf8(m_scenarios->saveState())},
        {u"replay"_s, QString::fromUtf8(m_replay->saveState())}};
}

void PlayPages::restoreState(const QJsonObject &state)
{
    m_scenarios->restoreState(state.value("scenarios"_L1).toString().toUtf8());
    m_replay->restoreState(state.value("replay"_L1).toString().toUtf8());
}

} // namespace weir::gui
