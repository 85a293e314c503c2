// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptionundo.h"

#include <utility>

namespace weir::gui {

using models::SubscriptionModel;
using store::SubscriptionId;
using subscribe::SubscriptionSettings;

AddSubscription::AddSubscription(
    SubscriptionModel &model, const SubscriptionSettings &settings, bool isToBeConnected)
    : m_model(model)
    , m_settings(settings)
    , m_isToBeConnected(isToBeConnected)
{
    setText(tr("subscribe to %1").arg(settings.name));
}

AddSubscription::~AddSubscription()
{
    if (m_isUndone)
        m_model.forget(m_added);
}

void AddSubscription::undo()
{
    m_model.park(m_added);
    m_isUndone = true;
}

void AddSubscription::redo()
{
    if (std::exchange(m_isUndone, false)) {
        m_model.restore(m_added, m_model.rowCount());
        return;
    }
    m_added = m_model.add(m_settings);
    if (m_isToBeConnected)
        m_model.connectNow(m_added);
}

RemoveSubscriptions::RemoveSubscriptions(SubscriptionModel &model, const QList<SubscriptionId> &ids)
    : m_model(model)
{
    for (const auto id : ids)
        m_places.push_back({id, 0});
    const auto *only = ids.size() == 1 ? model.find(ids.first()) : nullptr;
    setText(only ? tr("remove %1").arg(only->settings.name)
                 : tr("remove %n subscriptions", nullptr, static_cast<int>(ids.size())));
}

RemoveSubscriptions::~RemoveSubscriptions()
{
    if (!m_isDone)
        return;
    for (const auto &place : m_places)
        m_model.forget(place.id);
}

void RemoveSubscriptions::undo()
{
    // Backwards, because each row was counted after the removals before it.
    for (auto place = m_places.crbegin(); place != m_places.crend(); ++place)
        m_model.restore(place->id, place->row);
    m_isDone = false;
}

void RemoveSubscriptions::redo()
{
    for (auto &place : m_places)
        place.row = m_model.park(place.id);
    m_isDone = true;
}

EditSubscription::EditSubscription(SubscriptionModel &model, SubscriptionId id, const SubscriptionSettings &settings)
    : m_model(model)
    , m_id(id)
    , m_before(model.find(id)->settings)
    , m_after(settings)
{
    setText(tr("edit %1").arg(m_before.name));
}

} // namespace weir::gui
