// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QString>
#include <QStringList>

#include <optional>

namespace weir::publish {

/// What a server proves who it is with: its certificate, those that lead from it to a known one, and its key. A value;
/// the key is a secret.
class TlsIdentity
{
public:
    TlsIdentity() = default;
    TlsIdentity(QList<QSslCertificate> chain, QSslKey key);

    bool isNull() const { return !m_key; }
    const QList<QSslCertificate> &chain() const { return m_chain; }
    QSslConfiguration
    configuration() const; ///< of a server's sockets: TLS 1.2 or newer, HTTP/1.1, no client certificates
    QByteArray certificatePem() const;
    QByteArray keyPem() const; ///< a secret

    /// Of the certificate: SHA-256, as `AB:CD:…`, the way that browsers and openssl show it.
    QString fingerprint() const;
    /// Whom the certificate names, joined by commas.
    QString names() const;

private:
    QList<QSslCertificate> m_chain;
    std::optional<QSslKey> m_key; ///< making even a null key loads the TLS library, which needs the application
};

struct TlsIdentityResult
{
    TlsIdentity identity;
    QString error; ///< empty, or one sentence
};

/// Both in PEM; the first certificate is the server's own, others may follow. The key must belong to it and have no
/// pass phrase.
TlsIdentityResult readTlsIdentity(const QByteArray &certificatePem, const QByteArray &keyPem);

/// The same from files. Blocks: not for the thread of a window.
TlsIdentityResult loadTlsIdentity(const QString &certificateFile, const QString &keyFile);

/// A new key (P-256) and a certificate for it that nobody but itself vouches for, valid for a year: for localhost,
/// 127.0.0.1, ::1 and `names`, which are host names or addresses. Null if the system's OpenSSL cannot.
TlsIdentity makeSelfSigned(const QStringList &names = {});

} // namespace weir::publish
