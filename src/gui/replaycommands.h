// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/replaysource.h"

#include <QObject>

#include <utility>
#include <vector>

class QAction;
class QMenu;

namespace weir::models {
class SubscriptionModel;
}

namespace weir::gui {

class EventPane;
class ReplayPage;
class SubscriptionPane;
class ViewArea;

/// The ways to a replay: from a row, from a subscription, and from the page itself. GUI thread only.
class ReplayCommands : public QObject
{
    Q_OBJECT

public:
    /// References: all must outlive this.
    struct Parts
    {
        const store::EventLog &log;
        models::SubscriptionModel &subscriptions;
        SubscriptionPane &subscriptionPane;
        ViewArea &views;
        ReplayPage &page;
    };
    ReplayCommands(const Parts &parts, QObject *parent = nullptr);

    QAction *rowAction() const { return m_rowAction; }                   ///< replays the selected rows, or the view's
    QAction *subscriptionAction() const { return m_subscriptionAction; } ///< replays the selected subscription

Q_SIGNALS:
    void opened(); ///< the page has something new to show

private:
    void fillMenu();
    void open(const publish::ReplaySource &source);
    publish::ReplaySource everything() const;
    publish::ReplaySource subscription(store::SubscriptionId id) const;
    publish::ReplaySource rows(const EventPane &pane,
        const std::vector<std::pair<std::uint64_t, std::uint64_t>> &ranges, const QString &name) const;
    publish::ReplaySource view(const EventPane &pane) const;
    publish::ReplaySource selection(const EventPane &pane) const;
    void replaySelection();

    Parts m_parts;
    QAction *m_rowAction;
    QAction *m_subscriptionAction;
};

} // namespace weir::gui
