// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/pooltask.h"
#include "gui/serversettings.h"
#include "profile/secretstore.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <optional>

namespace weir::gui {

/// The settings of the publisher's server with the secrets that belong to them: the token for publishing and the key of
/// a certificate of its own. These are made when they are first needed, and kept in the key store or for the session,
/// nowhere else. GUI thread only.
class ServerConfiguration : public QObject
{
    Q_OBJECT

public:
    explicit ServerConfiguration(QObject *parent = nullptr);

    /// Keeps a pointer. Without a store the secrets last as long as this object.
    void setStore(profile::SecretStore *store) { m_store = store; }
    /// How long prepare() waits for the store; 20 seconds unless it is set.
    void setPatience(std::chrono::milliseconds time);

    const ServerSettings &settings() const { return m_settings; }
    void set(const ServerSettings &settings) { m_settings = settings; }

    /// Empty until it was needed for the first time; secretsChanged() tells when it is there.
    QString token() const { return m_token; }
    const publish::TlsIdentity &selfSigned() const { return m_selfSigned; }
    /// Fetches or makes what `settings` needs.
    void provideSecrets(const ServerSettings &settings);
    void renewToken();
    void renewCertificate(const ServerSettings &settings);

    /// Whether something was asked for that has not come yet.
    bool isAskingStore() const { return m_isReadingToken || m_isReadingCertificate; }

    /// Puts everything together that a server needs; prepared() or failed() follows, unless it is asked for again or
    /// called off. A store that kept silent once is asked again, but not waited for: what it does not tell at once is
    /// made anew, for this session.
    void prepare();
    void cancel();
    bool isPreparing() const { return m_isPreparing; }

Q_SIGNALS:
    void secretsChanged();
    void prepared(const weir::publish::PublisherSettings &settings);
    void failed(const QString &reason);  ///< in words
    void waiting(const QString &reason); ///< prepare() takes longer than usual

private:
    void readSecret(const QString &key, std::function<void(const std::optional<QString> &)> use);
    void keep(const QString &key, const QString &value);
    void takeToken(const std::optional<QString> &kept);
    void takeCertificate(const std::optional<QString> &pem, const ServerSettings &settings);
    bool hasSecretsFor(const ServerSettings &settings) const;
    void giveUp();
    void doWithoutStore();
    void finishWhenReady();
    void finish(const publish::TlsIdentityResult &tls);

    ServerSettings m_settings;
    QPointer<profile::SecretStore> m_store;
    QString m_token;
    publish::TlsIdentity m_selfSigned;
    bool m_isReadingToken = false;
    bool m_isReadingCertificate = false;
    bool m_isPreparing = false;
    bool m_hasGivenUp = false;
    bool m_mayRenew = false; ///< the certificate, once for each prepare()
    QTimer m_notice;
    QTimer m_patience;
    PoolTask<publish::TlsIdentityResult> m_loading{
        this, [this](const publish::TlsIdentityResult &tls) { finish(tls); }};
};

} // namespace weir::gui
