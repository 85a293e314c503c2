// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/serverconfiguration.h"

#include <QRandomGenerator>

#include <array>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using publish::TlsIdentity;
using publish::TlsIdentityResult;

namespace {

const auto tokenKey = u"publisher token"_s;
const auto certificateKey = u"publisher certificate"_s;

constexpr auto noticeTime = 700ms;
constexpr auto usualPatience = 20s;

/// The one address that clients use, if it is not in every certificate.
QString ownAddress(const ServerSettings &settings)
{
    const auto &address = settings.address;
    const bool isInEach =
        address == QHostAddress(QHostAddress::LocalHost) || address == QHostAddress(QHostAddress::LocalHostIPv6) ||
        address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4) ||
        address == QHostAddress(QHostAddress::AnyIPv6);
    return isInEach ? QString() : address.toString();
}

/// Whether the certificate names the address that clients come to.
bool isFor(const publish::TlsIdentity &identity, const ServerSettings &settings)
{
    const auto own = ownAddress(settings);
    return own.isEmpty() ||
           identity.chain().first().subjectAlternativeNames().values(QSsl::IpAddressEntry).contains(own);
}

QStringList certificateNames(const ServerSettings &settings)
{
    auto names = settings.hostNames;
    if (const auto own = ownAddress(settings); !own.isEmpty())
        names.append(own);
    return names;
}

QString newToken()
{
    // A secret: from the system's generator, which cannot be predicted; global() is seeded from it and could be.
    std::array<quint32, 6> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(random.data()), sizeof random);
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

ServerConfiguration::ServerConfiguration(QObject *parent)
    : QObject(parent)
{
    m_notice.setSingleShot(true);
    m_notice.setInterval(noticeTime);
    m_patience.setSingleShot(true);
    setPatience(usualPatience);
    connect(&m_notice, &QTimer::timeout, this, [this] { Q_EMIT waiting(tr("Waiting for the key store…")); });
    connect(&m_patience, &QTimer::timeout, this, &ServerConfiguration::giveUp);
}

void ServerConfiguration::setPatience(std::chrono::milliseconds time)
{
    m_patience.setInterval(time);
}

void ServerConfiguration::readSecret(const QString &key, std::function<void(const std::optional<QString> &)> use)
{
    if (m_store)
        m_store->read(key, this, std::move(use));
    else
        use(std::nullopt);
}

void ServerConfiguration::keep(const QString &key, const QString &value)
{
    if (m_store)
        m_store->write(key, value);
    Q_EMIT secretsChanged();
    finishWhenReady();
}

void ServerConfiguration::provideSecrets(const ServerSettings &settings)
{
    if (settings.isPublishingAllowed && m_token.isEmpty() && !std::exchange(m_isReadingToken, true)) {
        readSecret(tokenKey, [this](const std::optional<QString> &kept) {
            m_isReadingToken = false;
            m_hasGivenUp = false;
            takeToken(kept);
        });
    }
    const bool needsCertificate = settings.tls == ServerSettings::Tls::SelfSigned && m_selfSigned.isNull();
    if (needsCertificate && !std::exchange(m_isReadingCertificate, true)) {
        readSecret(certificateKey, [this, settings](const std::optional<QString> &pem) {
            m_isReadingCertificate = false;
            m_hasGivenUp = false;
            takeCertificate(pem, settings);
        });
    }
}

void ServerConfiguration::takeToken(const std::optional<QString> &kept)
{
    // One that was made while the store kept silent is in use already.
    if (!m_token.isEmpty())
        return;
    m_token = kept.value_or(QString());
    if (m_token.isEmpty()) {
        renewToken();
        return;
    }
    Q_EMIT secretsChanged();
    finishWhenReady();
}

void ServerConfiguration::takeCertificate(const std::optional<QString> &pem, const ServerSettings &settings)
{
    if (!m_selfSigned.isNull())
        return;
    if (pem)
        m_selfSigned = publish::readTlsIdentity(pem->toLatin1(), pem->toLatin1()).identity;
    const bool isGood = !m_selfSigned.isNull() &&
                        m_selfSigned.chain().first().expiryDate() > QDateTime::currentDateTimeUtc().addDays(1);
    if (!isGood) {
        renewCertificate(settings);
        return;
    }
    Q_EMIT secretsChanged();
    finishWhenReady();
}

void ServerConfiguration::renewToken()
{
    m_token = newToken();
    keep(tokenKey, m_token);
}

void ServerConfiguration::renewCertificate(const ServerSettings &settings)
{
    m_selfSigned = publish::makeSelfSigned(certificateNames(settings));
    keep(certificateKey, QString::fromLatin1(m_selfSigned.certificatePem() + m_selfSigned.keyPem()));
}

bool ServerConfiguration::hasSecretsFor(const ServerSettings &settings) const
{
    const bool lacksToken = settings.isPublishingAllowed && m_token.isEmpty();
    const bool awaitsCertificate =
        settings.tls == ServerSettings::Tls::SelfSigned && m_selfSigned.isNull() && m_isReadingCertificate;
    return !lacksToken && !awaitsCertificate;
}

void ServerConfiguration::prepare()
{
    cancel();
    m_isPreparing = true;
    m_mayRenew = true;
    if (m_hasGivenUp)
        doWithoutStore();
    else
        provideSecrets(m_settings);
    finishWhenReady();
    if (!m_isPreparing || hasSecretsFor(m_settings))
        return;
    m_notice.start();
    m_patience.start();
}

void ServerConfiguration::cancel()
{
    m_isPreparing = false;
    m_notice.stop();
    m_patience.stop();
    m_loading.cancel();
}

void ServerConfiguration::giveUp()
{
    cancel();
    m_hasGivenUp = true;
    Q_EMIT failed(
        tr("The key store of the desktop does not answer; the publisher's token or certificate is kept there. "
           "Unlock it and try again: if it still keeps silent, new ones are made for this session."));
}

// Not kept: the store may only be locked, and what it holds is what other programs use.
void ServerConfiguration::doWithoutStore()
{
    m_hasGivenUp = false;
    provideSecrets(m_settings);
    if (m_settings.isPublishingAllowed && m_token.isEmpty())
        m_token = newToken();
    if (m_settings.tls == ServerSettings::Tls::SelfSigned && m_selfSigned.isNull())
        m_selfSigned = publish::makeSelfSigned(certificateNames(m_settings));
    Q_EMIT secretsChanged();
}

void ServerConfiguration::finishWhenReady()
{
    if (!m_isPreparing || m_loading.isRunning() || !hasSecretsFor(m_settings))
        return;
    switch (m_settings.tls) {
    case ServerSettings::Tls::Off:
        finish({});
        break;
    case ServerSettings::Tls::SelfSigned:
        // No client could trust it at that address.
        if (!m_selfSigned.isNull() && !isFor(m_selfSigned, m_settings) && std::exchange(m_mayRenew, false))
            return renewCertificate(m_settings);
        finish(
            {m_selfSigned, m_selfSigned.isNull() ? tr("The system's OpenSSL cannot make a certificate.") : QString()});
        break;
    case ServerSettings::Tls::Files:
        m_loading.start([certificate = m_settings.certificateFile, key = m_settings.keyFile](
                            const auto &) { return publish::loadTlsIdentity(certificate, key); });
        break;
    }
}

void ServerConfiguration::finish(const TlsIdentityResult &tls)
{
    if (!std::exchange(m_isPreparing, false))
        return;
    m_notice.stop();
    m_patience.stop();
    if (!tls.error.isEmpty()) {
        Q_EMIT failed(tls.error);
        return;
    }
    auto settings = m_settings.toPublisher();
    settings.tls = tls.identity;
    if (m_settings.isPublishingAllowed)
        settings.publishToken = m_token.toLatin1();
    Q_EMIT prepared(settings);
}

} // namespace weir::gui
