// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"
#include "publish/target.h"

#include <QComboBox>
#include <QPointer>

#include <functional>

namespace weir::gui {

class HubBook;

/// Chooses whom something plays to: all clients of the panel's channel, one of them, or a hub. GUI thread only.
class TargetBox : public QComboBox
{
    Q_OBJECT

public:
    explicit TargetBox(QWidget *parent = nullptr);

    void setChannel(const QString &path);
    void setClients(const QList<publish::ClientStatus> &clients); ///< of all channels
    void setHubs(HubBook *hubs);                                  ///< keeps a pointer; until then there are none

    bool isHub() const; ///< plays without the publisher running
    /// Calls `use` with what is chosen now, at once or when a hub's token is there, but not when this is gone.
    void withTarget(std::function<void(const publish::Target &target)> use);

Q_SIGNALS:
    void targetChanged();
    void hubWanted(); ///< the user wants one that is not there yet

private:
    /// A line to choose.
    struct Entry
    {
        enum class Kind { Channel, Client, Hub, NewHub };
        Kind kind = Kind::Channel;
        quint64 client = 0;
        QString name; ///< what it is known by: the channel's path, the hub's name

        bool operator==(const Entry &) const = default;
    };
    QList<Entry> wanted() const;
    QString textOf(const Entry &entry) const;
    Entry current() const;
    void fill();
    void choose(int index);
    void tellChange();

    QString m_channel;
    QList<publish::ClientStatus> m_clients;
    QPointer<HubBook> m_hubs;
    QList<Entry> m_entries; ///< in the order of the lines
    int m_chosen = 0;
    bool m_awaitsHub = false;
    Entry m_told; ///< that the last targetChanged() was about
};

} // namespace weir::gui
