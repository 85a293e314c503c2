// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/tlsreport.h"

#include "subscribe/response.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslConfiguration>

namespace weir::subscribe {

using namespace Qt::StringLiterals;

namespace {

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return u"TLS 1.1 or older"_s;
    }
}

/// A name comes from a stranger: it is shown on one line, whatever it holds.
QString nameOf(const QStringList &commonName, const QStringList &organization)
{
    const QString name = commonName.isEmpty() ? organization.join(u", "_s) : commonName.join(u", "_s);
    return shownText(name);
}

CertificateReport certificateReport(const QSslCertificate &certificate)
{
    CertificateReport report;
    report.subject = nameOf(
        certificate.subjectInfo(QSslCertificate::CommonName), certificate.subjectInfo(QSslCertificate::Organization));
    report.issuer = nameOf(
        certificate.issuerInfo(QSslCertificate::CommonName), certificate.issuerInfo(QSslCertificate::Organization));
    for (const QString &name : certificate.subjectAlternativeNames())
        report.alternativeNames << shownText(name);
    report.validFrom = certificate.effectiveDate();
    report.validTo = certificate.expiryDate();
    report.sha256 = certificate.digest(QCryptographicHash::Sha256).toHex();
    return report;
}

} // namespace

TlsReport tlsReport(const QSslConfiguration &agreed)
{
    TlsReport report;
    report.protocol = protocolName(agreed.sessionProtocol());
    report.cipher = agreed.sessionCipher().name();
    for (const QSslCertificate &certificate : agreed.peerCertificateChain())
        report.chain << certificateReport(certificate);
    return report;
}

} // namespace weir::subscribe
