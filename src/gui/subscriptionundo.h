// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionmodel.h"

#include <QCoreApplication>
#include <QUndoCommand>

#include <vector>

namespace weir::gui {

/// Changes of the list of subscriptions that can be taken back. Each keeps a reference to the model, which must outlive
/// the undo stack. GUI thread only.

/// Adds, and connects if asked to. Undone, the subscription is parked; given up, it is forgotten.
class AddSubscription : public QUndoCommand
{
    Q_DECLARE_TR_FUNCTIONS(AddSubscription)

public:
    AddSubscription(models::SubscriptionModel &model, const subscribe::SubscriptionSettings &settings,
        bool isToBeConnected = true);
    ~AddSubscription() override;

    void undo() override;
    void redo() override;

private:
    models::SubscriptionModel &m_model;
    subscribe::SubscriptionSettings m_settings;
    bool m_isToBeConnected;
    store::SubscriptionId m_added; ///< none before the first redo()
    bool m_isUndone = false;
};

/// Removes. The engine's state is kept as long as this can be undone, so that undo() goes on at the last event ID.
class RemoveSubscriptions : public QUndoCommand
{
    Q_DECLARE_TR_FUNCTIONS(RemoveSubscriptions)

public:
    RemoveSubscriptions(models::SubscriptionModel &model, const QList<store::SubscriptionId> &ids);
    ~RemoveSubscriptions() override;

    void undo() override;
    void redo() override;

private:
    struct Place
    {
        store::SubscriptionId id;
        int row = 0;
    };

    models::SubscriptionModel &m_model;
    std::vector<Place> m_places;
    bool m_isDone = false;
};

class EditSubscription : public QUndoCommand
{
    Q_DECLARE_TR_FUNCTIONS(EditSubscription)

public:
    EditSubscription(
        models::SubscriptionModel &model, store::SubscriptionId id, const subscribe::SubscriptionSettings &settings);

    void undo() override { m_model.setSettings(m_id, m_before); }
    void redo() override { m_model.setSettings(m_id, m_after); }

private:
    models::SubscriptionModel &m_model;
    store::SubscriptionId m_id;
    subscribe::SubscriptionSettings m_before;
    subscribe::SubscriptionSettings m_after;
};

} // namespace weir::gui
