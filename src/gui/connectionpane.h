// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/connectionlog.h"
#include "models/logfeed.h"
#include "models/subscriptionmodel.h"

#include <QWidget>

#include <memory>

class QAction;

namespace weir::gui {

namespace Ui {
class ConnectionPane;
}

/// What happened on the wire of one subscription: its connection attempts, the full report of the one that is selected,
/// and the last event ID, which can be set and reset here. The newest attempt stays selected until the user selects
/// another one. GUI thread only.
class ConnectionPane : public QWidget
{
    Q_OBJECT

public:
    /// Keeps references: all must outlive this.
    ConnectionPane(models::ConnectionLog &attempts, const models::SubscriptionModel &subscriptions,
        const models::LogFeed &feed, QWidget *parent = nullptr);
    ~ConnectionPane() override;

    /// 0: none.
    void setSubscription(store::SubscriptionId id);
    void showAttempt(store::SubscriptionId id, std::uint32_t attempt);

    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

public Q_SLOTS:
    /// The report that is shown, to the clipboard.
    void copyReport();

Q_SIGNALS:
    /// To be sent with the next request; empty: none.
    void lastEventIdWanted(weir::store::SubscriptionId id, const QByteArray &lastEventId);

private:
    void connectParts();
    void setUpTable();
    void takeSubscriptionChange();
    void takeRow(const QModelIndex &current);
    void showReport();
    void showTitle();
    void showLastEventId();
    void checkLastEventId();
    void setLastEventId(const QByteArray &lastEventId);
    QByteArray lastEventIdInForce() const;
    QString reportOf(int row) const;

    std::unique_ptr<Ui::ConnectionPane> m_ui;
    models::ConnectionLog &m_attempts;
    const models::SubscriptionModel &m_subscriptions;
    const models::LogFeed &m_feed;
    QAction *m_copyAction;
    store::EventNumber m_idSetAt; ///< one past the newest record when the user set the last event ID
    bool m_isFollowing = true;
    bool m_isSettling = false; ///< a current row that changes now was not chosen by the user
};

} // namespace weir::gui
