// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/destination.h"

#include <QJsonArray>
#include <QObject>

#include <functional>

namespace weir::profile {
class SecretStore;
}

namespace weir::gui {

/// A hub by the name that the user gave it. A value.
struct NamedHub
{
    QString name;
    publish::HubSettings settings; ///< without the token
};

/// The hubs of others that the user publishes to. Tokens are in the key store or in memory, never in what is saved; in
/// the store one belongs to the hub's address, so that settings which somebody changed cannot send it elsewhere. GUI
/// thread only.
class HubBook : public QObject
{
    Q_OBJECT

public:
    explicit HubBook(QObject *parent = nullptr);
    ~HubBook() override;

    /// Keeps a pointer; null: tokens live in memory.
    void setSecretStore(profile::SecretStore *store);
    bool canKeepTokens() const;

    const QList<NamedHub> &hubs() const { return m_hubs; }
    QStringList names() const;
    /// At `index`, or at the end for -1. `keepsToken`: in the key store too.
    void set(int index, const NamedHub &hub, const QByteArray &token, bool keepsToken);
    void remove(int index); ///< with its token

    /// Calls `use` with the settings and their token, at once or later, but not when `receiver` is gone.
    void withToken(int index, QObject *receiver, std::function<void(const publish::HubSettings &hub)> use);

    QJsonArray toJson() const; ///< without tokens
    void setFromJson(const QJsonArray &array);

Q_SIGNALS:
    void changed();

private:
    bool isInUse(const QString &key) const;

    profile::SecretStore *m_store;
    QHash<QString, QByteArray> m_tokens; ///< known in this session, by key
    QList<NamedHub> m_hubs;
};

} // namespace weir::gui
Q_DECLARE_METATYPE(weir::gui::NamedHub)
