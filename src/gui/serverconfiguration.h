// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/pooltask.h"
#include "gui/serversettings.h"
#include "profile/secretstore.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace weir::gui {

/// The settings of the publisher's server with the secrets that belong to them: the token for publishing and the key of
/// a certificate of its own. These are made when they are first needed, and kept in the key store or for the session,
/// nowhere else. GUI thread only.
class ServerConfiguration : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Keeps a pointer. Without a store the secrets last as long as this object.
    void setStore(profile::SecretStore *store) { m_store = store; }

    const ServerSettings &settings() const { return m_settings; }
    void set(const ServerSettings &settings) { m_settings = settings; }

    /// Empty until it was needed for the first time; secretsChanged() tells when it is there.
    QString token() const { return m_token; }
    const publish::TlsIdentity &selfSigned() const { return m_selfSigned; }
    /// Fetches or makes what `settings` needs.
    void provideSecrets(const ServerSettings &settings);
    void renewToken();
    void renewCertificate(const ServerSettings &settings);

    /// Puts everything together that a server needs; prepared() or failed() follows, unless it is asked for again.
    void prepare();
    void cancel();

Q_SIGNALS:
    void secretsChanged();
    void prepared(const weir::publish::PublisherSettings &settings);
    void failed(const QString &reason); ///< one sentence

private:
    void readSecret(const QString &key, std::function<void(const std::optional<QString> &)> use);
    void keep(const QString &key, const QString &value);
    void takeCertificate(const std::optional<QString> &pem, const ServerSettings &settings);
    bool hasSecretsFor(const ServerSettings &settings) const;
    void finishWhenReady();
    void finish(const publish::TlsIdentityResult &tls);

    ServerSettings m_settings;
    QPointer<profile::SecretStore> m_store;
    QString m_token;
    publish::TlsIdentity m_selfSigned;
    bool m_isReadingToken = false;
    bool m_isReadingCertificate = false;
    bool m_isPreparing = false;
    PoolTask<publish::TlsIdentityResult> m_loading{
        this, [this](const publish::TlsIdentityResult &tls) { finish(tls); }};
};

} // namespace weir::gui
