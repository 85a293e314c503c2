// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/tlsidentity.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QHostAddress>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

constexpr long secondsOfValidity = 365L * 24 * 3600;
constexpr long secondsBefore = 24L * 3600; // clocks differ
constexpr int serialBits = 159;
constexpr qint64 maxFileBytes = 1 << 20;

template <auto Free>
struct Freeing
{
    template <class Type>
    void operator()(Type *object) const
    {
        Free(object);
    }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Freeing<&EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, Freeing<&X509_free>>;
using BufferPointer = std::unique_ptr<BIO, Freeing<&BIO_free>>;
using ExtensionPointer = std::unique_ptr<X509_EXTENSION, Freeing<&X509_EXTENSION_free>>;
using NumberPointer = std::unique_ptr<BIGNUM, Freeing<&BN_free>>;

QString identityWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::TlsIdentity", text);
}

BufferPointer bufferOf(const QByteArray &bytes)
{
    return BufferPointer(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

QByteArray takeBytes(const BufferPointer &buffer)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(buffer.get(), &data);
    return {data, static_cast<qsizetype>(size)};
}

/// Keeps OpenSSL from asking on the terminal.
int noPassPhrase(char *, int, int, void *)
{
    return -1;
}

/// Null if it has a pass phrase or is none. Errors do not stay in OpenSSL's queue, where a connection would find them.
KeyPointer openKey(const QByteArray &pem)
{
    const BufferPointer buffer = bufferOf(pem);
    KeyPointer key(PEM_read_bio_PrivateKey(buffer.get(), nullptr, noPassPhrase, nullptr));
    ERR_clear_error();
    return key;
}

bool belongTogether(const QByteArray &certificatePem, const QByteArray &keyPem)
{
    const BufferPointer buffer = bufferOf(certificatePem);
    const CertificatePointer certificate(PEM_read_bio_X509(buffer.get(), nullptr, noPassPhrase, nullptr));
    const KeyPointer key = openKey(keyPem);
    const bool isPair = certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error();
    return isPair;
}

QSslKey keyFrom(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa, QSsl::Dsa}) {
        if (QSslKey key(pem, algorithm); !key.isNull())
            return key;
    }
    return {};
}

QString problemOfKey(const QByteArray &pem)
{
    if (openKey(pem))
        return identityWords("Private keys of this kind cannot be used; those for RSA and for elliptic curves can.");
    if (pem.contains("ENCRYPTED"))
        return identityWords("The private key has a pass phrase; only one without can be used.");
    return identityWords("There is no private key in PEM form.");
}

/// What stands in an error before the sentence.
struct Places
{
    QString certificate;
    QString key;
    QString both;
};

TlsIdentityResult read(const QByteArray &certificatePem, const QByteArray &keyPem, const Places &places)
{
    const QList<QSslCertificate> chain = QSslCertificate::fromData(certificatePem, QSsl::Pem);
    if (chain.isEmpty())
        return {{}, places.certificate + identityWords("There is no certificate in PEM form.")};
    const QSslKey key = keyFrom(keyPem);
    if (key.isNull())
        return {{}, places.key + problemOfKey(keyPem)};
    if (!belongTogether(certificatePem, keyPem))
        return {{}, places.both + identityWords("The private key is not that of the certificate.")};
    return {TlsIdentity(chain, key), {}};
}

bool addExtension(X509 *certificate, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// For the extension "subject alternative name". Whatever is neither an address nor a plain name is left out, since the
/// text has a syntax of its own.
QByteArray alternativeNames(const QStringList &names)
{
    QByteArrayList entries{"DNS:localhost", "IP:127.0.0.1", "IP:::1"};
    for (const QString &name : names) {
        const QHostAddress address(name);
        const bool isName = !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar c) {
            return c.unicode() < 0x7f && (c.isLetterOrNumber() || c == u'-' || c == u'.');
        });
        QByteArray entry;
        if (!address.isNull())
            entry = "IP:" + address.toString().toLatin1();
        else if (isName)
            entry = "DNS:" + name.toLatin1();
        if (!entry.isEmpty() && !entries.contains(entry))
            entries.append(entry);
    }
    return entries.join(',');
}

bool setSerial(X509 *certificate)
{
    const NumberPointer number(BN_new());
    return number && BN_rand(number.get(), serialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool fill(X509 *certificate, EVP_PKEY *key, const QStringList &names)
{
    constexpr int version3 = 2;
    X509_set_version(certificate, version3);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -secondsBefore);
    X509_gmtime_adj(X509_getm_notAfter(certificate), secondsOfValidity);
    X509_NAME *name = X509_get_subject_name(certificate);
    const QByteArray title("Weir publisher");
    return setSerial(certificate) && X509_set_pubkey(certificate, key) == 1 &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
               reinterpret_cast<const unsigned char *>(title.constData()), static_cast<int>(title.size()), -1,
               0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1 &&
           addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           addExtension(certificate, NID_ext_key_usage, "serverAuth") &&
           addExtension(certificate, NID_subject_alt_name, alternativeNames(names)) &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

QByteArray readFile(const QString &path, QString &error)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        error = identityWords("%1 cannot be read: %2.").arg(path, file.errorString());
        return {};
    }
    if (file.size() > maxFileBytes)
        error = identityWords("%1 is too large to be a certificate or a key.").arg(path);
    return error.isEmpty() ? file.readAll() : QByteArray();
}

} // namespace

TlsIdentity::TlsIdentity(QList<QSslCertificate> chain, QSslKey key)
    : m_chain(std::move(chain))
    , m_key(std::move(key))
{}

QSslConfiguration TlsIdentity::configuration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(m_chain);
    if (m_key)
        configuration.setPrivateKey(*m_key);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setAllowedNextProtocols({"http/1.1"});
    return configuration;
}

QByteArray TlsIdentity::certificatePem() const
{
    QByteArray pem;
    for (const QSslCertificate &certificate : m_chain)
        pem += certificate.toPem();
    return pem;
}

QByteArray TlsIdentity::keyPem() const
{
    return m_key ? m_key->toPem() : QByteArray();
}

QString TlsIdentity::fingerprint() const
{
    if (m_chain.isEmpty())
        return {};
    return QString::fromLatin1(m_chain.first().digest(QCryptographicHash::Sha256).toHex(':').toUpper());
}

QString TlsIdentity::names() const
{
    if (m_chain.isEmpty())
        return {};
    QStringList names = m_chain.first().subjectAlternativeNames().values();
    if (names.isEmpty())
        names = m_chain.first().subjectInfo(QSslCertificate::CommonName);
    names.sort();
    return names.join(u", "_s);
}

TlsIdentityResult readTlsIdentity(const QByteArray &certificatePem, const QByteArray &keyPem)
{
    return read(certificatePem, keyPem, {});
}

TlsIdentityResult loadTlsIdentity(const QString &certificateFile, const QString &keyFile)
{
    TlsIdentityResult result;
    const QByteArray certificate = readFile(certificateFile, result.error);
    const QByteArray key = result.error.isEmpty() ? readFile(keyFile, result.error) : QByteArray();
    if (!result.error.isEmpty())
        return result;
    const QString both = identityWords("%1 and %2: ").arg(certificateFile, keyFile);
    return read(certificate, key, {certificateFile + u": "_s, keyFile + u": "_s, both});
}

TlsIdentity makeSelfSigned(const QStringList &names)
{
    const KeyPointer key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    const CertificatePointer certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get(), names))
        return {};
    const BufferPointer certificateBuffer(BIO_new(BIO_s_mem()));
    const BufferPointer keyBuffer(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_X509(certificateBuffer.get(), certificate.get()) != 1 ||
        PEM_write_bio_PrivateKey(keyBuffer.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    return readTlsIdentity(takeBytes(certificateBuffer), takeBytes(keyBuffer)).identity;
}

} // namespace weir::publish
