// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventmodel.h"
#include "models/subscriptionrate.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace weir::gui {

/// What has become of everything received, as the current view sees it, the rate, and the memory used of the budget.
/// The sum always balances: it is written from one ViewLedger, and what it calls received is its sum. GUI thread only.
class StatusStrip : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `log` must outlive this.
    explicit StatusStrip(const store::EventLog &log, QWidget *parent = nullptr);

    void setLedger(const models::ViewLedger &ledger);
    /// A remark that stands for a few seconds in place of the ledger's explanation.
    void say(const QString &remark);

private:
    void tick();
    void showLedger();
    QString ledgerText() const;
    QString kindsText() const;

    const store::EventLog &m_log;
    models::ViewLedger m_ledger;
    store::Ledger m_received;
    models::SubscriptionRate m_rate;
    QLabel *m_ledgerLabel;
    QLabel *m_remarkLabel;
    QLabel *m_rateLabel;
    QLabel *m_memoryLabel;
    QTimer m_timer;
    QTimer m_remarkTimer;
};

} // namespace weir::gui
