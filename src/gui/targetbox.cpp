// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/targetbox.h"

#include "gui/hubbook.h"
#include "gui/theme.h"

#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace weir::gui {

using namespace Qt::StringLiterals;

TargetBox::TargetBox(QWidget *parent)
    : QComboBox(parent)
{
    setObjectName(u"targetBox"_s);
    setAccessibleName(tr("Plays to"));
    setToolTip(tr("Plays to all clients of the channel, to one of them, or to a hub"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    connect(this, &QComboBox::currentIndexChanged, this, &TargetBox::choose);
    fill();
}

void TargetBox::setChannel(const QString &path)
{
    m_channel = path;
    fill();
}

void TargetBox::setClients(const QList<publish::ClientStatus> &clients)
{
    m_clients = clients;
    fill();
}

void TargetBox::setHubs(HubBook *hubs)
{
    m_hubs = hubs;
    connect(hubs, &HubBook::changed, this, &TargetBox::fill);
    fill();
}

QList<TargetBox::Entry> TargetBox::wanted() const
{
    using Kind = Entry::Kind;
    QList<Entry> entries{{Kind::Channel, 0, m_channel}};
    for (const auto &client : std::as_const(m_clients)) {
        if (client.path == m_channel)
            entries.append({Kind::Client, client.id, client.address});
    }
    if (!m_hubs)
        return entries;
    for (const QString &name : m_hubs->names())
        entries.append({Kind::Hub, 0, name});
    entries.append({Kind::NewHub, 0, {}});
    return entries;
}

QString TargetBox::textOf(const Entry &entry) const
{
    switch (entry.kind) {
    case Entry::Kind::Channel:
        return tr("To all clients of %1").arg(entry.name);
    case Entry::Kind::Client:
        return tr("To client %1").arg(entry.name);
    case Entry::Kind::Hub:
        return tr("To the hub %1").arg(entry.name);
    case Entry::Kind::NewHub:
        break;
    }
    return tr("Add a hub…");
}

TargetBox::Entry TargetBox::current() const
{
    return m_entries.value(m_chosen);
}

/// Keeps the choice while that client or hub is there.
void TargetBox::fill()
{
    const QList<Entry> entries = wanted();
    if (entries == m_entries)
        return;
    const auto isHubEntry = [](const Entry &entry) { return entry.kind == Entry::Kind::Hub; };
    const auto hubsBefore = std::count_if(m_entries.cbegin(), m_entries.cend(), isHubEntry);
    const auto hubs = std::count_if(entries.cbegin(), entries.cend(), isHubEntry);
    auto place = current().kind == Entry::Kind::Channel ? 0 : entries.indexOf(current());
    if (place < 0 && isHub() && hubs == hubsBefore) // it was given another name
        place = m_chosen + entries.size() - m_entries.size();
    if (hubs > hubsBefore && std::exchange(m_awaitsHub, false))
        place = entries.size() - 2;
    m_entries = entries;
    m_chosen = static_cast<int>(std::max<qsizetype>(place, 0));
    {
        const QSignalBlocker blocker(this);
        clear();
        for (const Entry &entry : std::as_const(m_entries)) {
            const bool isForHubs = entry.kind == Entry::Kind::Hub || entry.kind == Entry::Kind::NewHub;
            addItem(isForHubs ? icon(u"hub"_s) : QIcon(), textOf(entry));
        }
        setCurrentIndex(m_chosen);
    }
    tellChange();
}

void TargetBox::choose(int index)
{
    if (m_entries.value(index).kind != Entry::Kind::NewHub) {
        m_chosen = index;
        tellChange();
        return;
    }
    m_awaitsHub = true;
    setCurrentIndex(m_chosen);
    Q_EMIT hubWanted();
}

/// Clients come and go without the target being another one.
void TargetBox::tellChange()
{
    if (std::exchange(m_told, current()) != current())
        Q_EMIT targetChanged();
}

bool TargetBox::isHub() const
{
    return current().kind == Entry::Kind::Hub;
}

void TargetBox::withTarget(std::function<void(const publish::Target &)> use)
{
    publish::Target target;
    target.destination.path = m_channel;
    if (current().kind == Entry::Kind::Client)
        target.client = current().client;
    if (!isHub() || !m_hubs)
        return use(target);
    const auto first = std::find_if(
        m_entries.cbegin(), m_entries.cend(), [](const Entry &entry) { return entry.kind == Entry::Kind::Hub; });
    const auto hub = m_chosen - static_cast<int>(first - m_entries.cbegin());
    m_hubs->withToken(hub, this, [target, use = std::move(use)](const publish::HubSettings &settings) {
        auto withHub = target;
        withHub.destination.hub = settings;
        use(withHub);
    });
}

} // namespace weir::gui
