// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/serverconfiguration.h"

#include <QRandomGenerator>

#include <array>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::TlsIdentity;
using publish::TlsIdentityResult;

namespace {

const auto tokenKey = u"publisher token"_s;
const auto certificateKey = u"publisher certificate"_s;

QString newToken()
{
    std::array<quint32, 6> random{};
    QRandomGenerator::system()->fillRange(random.data(), static_cast<qsizetype>(random.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(random.data()), sizeof random);
    return QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

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
            m_token = kept.value_or(QString());
            if (m_token.isEmpty())
                renewToken();
            else
                Q_EMIT secretsChanged();
            finishWhenReady();
        });
    }
    const bool needsCertificate = settings.tls == ServerSettings::Tls::SelfSigned && m_selfSigned.isNull();
    if (needsCertificate && !std::exchange(m_isReadingCertificate, true)) {
        readSecret(certificateKey, [this, settings](const std::optional<QString> &pem) {
            m_isReadingCertificate = false;
            takeCertificate(pem, settings);
        });
    }
}

void ServerConfiguration::takeCertificate(const std::optional<QString> &pem, const ServerSettings &settings)
{
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
    auto names = settings.hostNames;
    if (settings.isOpenToOthers() && settings.address != QHostAddress(QHostAddress::Any))
        names.append(settings.address.toString());
    m_selfSigned = publish::makeSelfSigned(names);
    keep(certificateKey, QString::fromLatin1(m_selfSigned.certificatePem() + m_selfSigned.keyPem()));
}

bool ServerConfiguration::hasSecretsFor(const ServerSettings &settings) const
{
    return !m_isReadingToken && !m_isReadingCertificate && (!settings.isPublishingAllowed || !m_token.isEmpty());
}

void ServerConfiguration::prepare()
{
    cancel();
    m_isPreparing = true;
    provideSecrets(m_settings);
    finishWhenReady();
}

void ServerConfiguration::cancel()
{
    m_isPreparing = false;
    m_loading.cancel();
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
