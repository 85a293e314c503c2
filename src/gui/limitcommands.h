// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/limitsdialog.h"
#include "models/subscriptionmodel.h"

#include <QObject>

class QUndoStack;

namespace weir::gui {

/// Puts the limits into force while everything runs, and keeps them from one session to the next. GUI thread only.
class LimitCommands : public QObject
{
    Q_OBJECT

public:
    /// Keeps references: all must outlive this. Puts the limits of the last session into force.
    LimitCommands(const store::EventLog &log, subscribe::Ingest &ingest, models::SubscriptionModel &subscriptions,
        QUndoStack &undo, QWidget *window);

    void edit();

Q_SIGNALS:
    /// What was changed, in a sentence.
    void remark(const QString &text);

private:
    void take(const Limits &limits, bool isForAll);
    void apply();
    void limitAll();

    const store::EventLog &m_log;
    subscribe::Ingest &m_ingest;
    models::SubscriptionModel &m_subscriptions;
    QUndoStack &m_undo;
    QWidget *m_window;
    Limits m_limits;
};

} // namespace weir::gui
