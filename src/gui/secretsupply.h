// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionmodel.h"
#include "profile/secretstore.h"

#include <QObject>
#include <QPointer>
#include <QQueue>

#include <functional>

class QWidget;

namespace weir::gui {

class SecretPrompt;

/// Fetches the secrets that a subscription needs to connect: from the key store, else from the user, one question at a
/// time. In the store a secret belongs to where it is sent and to who can read it on the way: the origin, the proxy and
/// the trust in certificates; that of a variable to all these of the subscriptions that use it. So a profile that
/// somebody changed cannot send it elsewhere: then it is asked for. GUI thread only.
class SecretSupply : public QObject
{
    Q_OBJECT

public:
    /// Where a variable's value is kept: the key of its environment, and how to set it.
    struct VariablePlace
    {
        std::function<QString(const QString &name)> key;
        std::function<void(const QMap<QString, QString> &values)> set;
    };

    /// Keeps references, and takes `window` as parent: all must outlive this.
    SecretSupply(
        models::SubscriptionModel &model, profile::SecretStore &store, VariablePlace variables, QWidget *window);

private:
    using Values = QMap<QString, QString>;

    void want(store::SubscriptionId id);
    void lookUp(store::SubscriptionId id);
    void ask(store::SubscriptionId id);
    void take(store::SubscriptionId id, const Values &values, bool isToBeKept);
    void next();
    QString keyOf(store::SubscriptionId id, const QString &place) const;
    QString keyOfVariable(const QString &name) const;

    models::SubscriptionModel &m_model;
    profile::SecretStore &m_store;
    VariablePlace m_variables;
    QWidget *m_window;
    QQueue<store::SubscriptionId> m_waiting;
    bool m_isBusy = false;
};

} // namespace weir::gui
