// SPDX-License-Identifier: GPL-3.0-or-later
// What the window watches when it is told to from outside, and the demo.
#include "gui/eventpane.h"
#include "gui/mainwindow.h"
#include "gui/publisherpane.h"
#include "gui/viewarea.h"

namespace weir::gui {

using namespace Qt::StringLiterals;

void MainWindow::subscribe(const QUrl &url, const QString &name, const QString &caFile)
{
    auto settings = m_subscriptions.suggest(url, name);
    settings.transport.tls.caFile = caFile;
    m_subscriptions.connectNow(m_subscriptions.add(settings));
}

void MainWindow::showSideBySide()
{
    m_views->arrange(ViewArea::Arrangement::SideBySide);
}

void MainWindow::startDemo()
{
    m_session.publisher.startDemo();
    if (const auto address = m_publisherPane->address(); !address.isEmpty()) {
        return m_publisherPane->withAuthority(
            [this, address](const QString &caFile) { subscribeToDemo(address, caFile); });
    }
    disconnect(m_demoStart);
    m_demoStart = connect(
        &m_session.publisher, &publish::Publisher::started, this,
        [this](const QUrl &server) { subscribeToDemo(server, {}); }, Qt::SingleShotConnection);
    connect(
        &m_session.publisher, &publish::Publisher::failed, this, [this] { disconnect(m_demoStart); },
        Qt::SingleShotConnection);
    m_session.publisher.start(publish::PublisherSettings{});
}

void MainWindow::subscribeToDemo(const QUrl &server, const QString &caFile)
{
    auto url = server;
    for (const auto &name : {u"prices"_s, u"log"_s, u"chat"_s}) {
        url.setPath(u"/demo/"_s + name);
        if (!m_subscriptions.contains(url))
            subscribe(url, name, caFile);
    }
    showSideBySide();
}

quint64 MainWindow::shownEvents() const
{
    return m_views->allEvents()->eventModel()->ledger().shown;
}

std::vector<std::pair<QString, std::shared_ptr<const subscribe::Counters>>> MainWindow::streams() const
{
    std::vector<std::pair<QString, std::shared_ptr<const subscribe::Counters>>> streams;
    for (int row = 0; row < m_subscriptions.rowCount(); ++row)
        streams.emplace_back(m_subscriptions.at(row).settings.name, m_subscriptions.at(row).counters);
    return streams;
}

} // namespace weir::gui
