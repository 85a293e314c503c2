// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/tlsfiles.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSslConfiguration>

#include <array>
#include <optional>

namespace weir::subscribe {

using namespace Qt::StringLiterals;
using Field = TlsFiles::Field;

namespace {

/// Certificates are a few kilobytes; whoever picks a film by mistake hears of it at once.
constexpr qint64 largestFile = 4 << 20;

QString tlsWords(const char *text)
{
    return QCoreApplication::translate("TlsFiles", text);
}

void fail(TlsFiles &files, Field field, const QString &problem)
{
    files.wrongField = field;
    files.problem = problem;
}

std::optional<QByteArray> contents(const QString &name, Field field, TlsFiles &files)
{
    QFile file(name);
    if (QFileInfo(name).isDir())
        fail(files, field, tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "%1 is a folder.")).arg(name));
    else if (!file.open(QIODevice::ReadOnly))
        fail(
            files, field, tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "Cannot read %1: %2.")).arg(name, file.errorString()));
    else if (file.size() > largestFile)
        fail(files, field, tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "%1 is too large for certificates.")).arg(name));
    else
        return file.readAll();
    return std::nullopt;
}

QList<QSslCertificate> certificatesIn(const QByteArray &bytes)
{
    const auto pem = QSslCertificate::fromData(bytes, QSsl::Pem);
    return pem.isEmpty() ? QSslCertificate::fromData(bytes, QSsl::Der) : pem;
}

QSslKey keyIn(const QByteArray &bytes, const QByteArray &passphrase)
{
    constexpr std::array algorithms{QSsl::Rsa, QSsl::Ec, QSsl::Dsa};
    for (const auto encoding : {QSsl::Pem, QSsl::Der}) {
        for (const auto algorithm : algorithms) {
            const QSslKey key(bytes, algorithm, encoding, QSsl::PrivateKey, passphrase);
            if (!key.isNull())
                return key;
        }
    }
    return {};
}

void loadAuthorities(const TlsSettings &settings, TlsFiles &files)
{
    const auto bytes = contents(settings.caFile, Field::Authorities, files);
    if (!bytes)
        return;
    files.authorities = certificatesIn(*bytes);
    if (files.authorities.isEmpty())
        fail(files, Field::Authorities,
            tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "%1 holds no certificate.")).arg(settings.caFile));
}

bool loadPkcs12(const QByteArray &bytes, const QByteArray &passphrase, TlsFiles &files)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QSslCertificate certificate;
    QList<QSslCertificate> others;
    if (!QSslCertificate::importPkcs12(&buffer, &files.clientKey, &certificate, &others, passphrase))
        return false;
    files.clientChain = QList<QSslCertificate>{certificate} + others;
    return true;
}

void explainKey(const QByteArray &bytes, const QString &name, bool hasPassphrase, TlsFiles &files)
{
    const bool isEncrypted = bytes.contains("ENCRYPTED");
    if (isEncrypted && !hasPassphrase)
        fail(files, Field::Passphrase,
            tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "The key in %1 needs its passphrase.")).arg(name));
    else if (isEncrypted)
        fail(files, Field::Passphrase,
            tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "The passphrase does not open the key in %1.")).arg(name));
    else
        fail(files, Field::Key, tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "%1 holds no private key.")).arg(name));
}

void loadKey(const TlsSettings &settings, const QByteArray &certificateBytes, TlsFiles &files)
{
    const bool isApart = !settings.keyFile.isEmpty();
    const auto bytes = isApart ? contents(settings.keyFile, Field::Key, files) : certificateBytes;
    if (!bytes)
        return;
    files.clientKey = keyIn(*bytes, settings.keyPassphrase.toUtf8());
    if (files.clientKey.isNull())
        explainKey(
            *bytes, isApart ? settings.keyFile : settings.certificateFile, !settings.keyPassphrase.isEmpty(), files);
}

void loadClientCertificate(const TlsSettings &settings, TlsFiles &files)
{
    const auto bytes = contents(settings.certificateFile, Field::Certificate, files);
    if (!bytes)
        return;
    files.clientChain = QSslCertificate::fromData(*bytes, QSsl::Pem);
    // The library complains aloud when it is given anything else, so PKCS #12 is what is left.
    if (files.clientChain.isEmpty() && loadPkcs12(*bytes, settings.keyPassphrase.toUtf8(), files))
        return;
    if (files.clientChain.isEmpty())
        fail(files, Field::Certificate,
            tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "%1 holds no certificate (or the passphrase does not open it)."))
                .arg(settings.certificateFile));
    else
        loadKey(settings, *bytes, files);
}

} // namespace

TlsFiles loadTlsFiles(const TlsSettings &settings)
{
    TlsFiles files;
    if (!settings.caFile.isEmpty())
        loadAuthorities(settings, files);
    if (files.problem.isEmpty() && !settings.certificateFile.isEmpty())
        loadClientCertificate(settings, files);
    else if (files.problem.isEmpty() && !settings.keyFile.isEmpty())
        fail(files, Field::Certificate,
            tlsWords(QT_TRANSLATE_NOOP("TlsFiles", "A key is of no use without its certificate.")));
    return files;
}

} // namespace weir::subscribe
