// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "publish/tlsidentity.h"

#include <QRegularExpression>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The server over TLS: what it proves, and that everything else is as without.
class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void makesACertificate();
    void comesBackFromFiles();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void serves();
    void endsCleanly();
    void answersErrors();
    void boundsWhoNeverReads();
    void survivesWhatIsNoTls();
    void closesSilentConnections();
    void endsBrokenStreams();

private:
    const TlsIdentity m_identity = makeSelfSigned({u"weir.example"_s, u"192.0.2.7"_s, u"no name!"_s});
};

namespace {

PublisherSettings encrypted(const TlsIdentity &identity)
{
    PublisherSettings settings;
    settings.tls = identity;
    return settings;
}

/// A client that trusts exactly that certificate.
class TlsClient
{
public:
    TlsClient(quint16 port, const TlsIdentity &identity, const QByteArray &bytes)
    {
        QSslConfiguration configuration = m_socket.sslConfiguration();
        configuration.setCaCertificates(identity.chain());
        configuration.setAllowedNextProtocols({"h2", "http/1.1"});
        m_socket.setSslConfiguration(configuration);
        QObject::connect(&m_socket, &QSslSocket::readyRead, &m_socket, [this] {
            if (m_isReading)
                m_received += m_socket.readAll();
        });
        QObject::connect(&m_socket, &QSslSocket::encrypted, &m_socket, [this, bytes] { m_socket.write(bytes); });
        m_socket.connectToHostEncrypted(u"127.0.0.1"_s, port, u"localhost"_s);
    }
    ~TlsClient() { m_socket.disconnect(); }

    void stopReading()
    {
        m_isReading = false;
        m_socket.setReadBufferSize(1024);
    }
    QSslSocket &socket() { return m_socket; }
    const QByteArray &received() const { return m_received; }
    bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

private:
    QByteArray m_received;
    QSslSocket m_socket;
    bool m_isReading = true;
};

} // namespace

void TlsTest::makesACertificate()
{
    QVERIFY(!m_identity.isNull());
    const QSslCertificate certificate = m_identity.chain().first();
    const auto names = certificate.subjectAlternativeNames();
    QVERIFY(names.contains(QSsl::DnsEntry, u"localhost"_s));
    QVERIFY(names.contains(QSsl::DnsEntry, u"weir.example"_s));
    QVERIFY(names.contains(QSsl::IpAddressEntry, u"127.0.0.1"_s));
    QVERIFY(names.contains(QSsl::IpAddressEntry, u"192.0.2.7"_s));
    QCOMPARE(names.size(), 5);
    QVERIFY(certificate.isSelfSigned());
    QVERIFY(certificate.effectiveDate() < QDateTime::currentDateTime());
    QVERIFY(certificate.expiryDate() > QDateTime::currentDateTime().addDays(300));
    const QRegularExpression form(u"^([0-9A-F]{2}:){31}[0-9A-F]{2}$"_s);
    QVERIFY(form.match(m_identity.fingerprint()).hasMatch());
    QVERIFY(makeSelfSigned().fingerprint() != m_identity.fingerprint());
}

void TlsTest::comesBackFromFiles()
{
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(write(u"cert.pem"_s, m_identity.certificatePem()));
    QVERIFY(write(u"key.pem"_s, m_identity.keyPem()));
    const TlsIdentityResult read = loadTlsIdentity(folder.filePath(u"cert.pem"_s), folder.filePath(u"key.pem"_s));
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
    QCOMPARE(read.identity.fingerprint(), m_identity.fingerprint());
    const TlsIdentityResult missing = loadTlsIdentity(folder.filePath(u"cert.pem"_s), folder.filePath(u"none.pem"_s));
    QVERIFY(missing.identity.isNull());
    QVERIFY2(missing.error.contains(u"none.pem"_s), qPrintable(missing.error));
    QVERIFY(write(u"junk.pem"_s, "hello"));
    const QString junk = folder.filePath(u"junk.pem"_s);
    QVERIFY(
        loadTlsIdentity(folder.filePath(u"cert.pem"_s), junk).error.startsWith(junk + u": There is no private key"_s));
    QVERIFY(
        loadTlsIdentity(junk, folder.filePath(u"key.pem"_s)).error.startsWith(junk + u": There is no certificate"_s));
}

void TlsTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("part");
    const QByteArray certificate = m_identity.certificatePem();
    QTest::newRow("nothing") << QByteArray() << QByteArray() << u"no certificate"_s;
    QTest::newRow("exchanged") << m_identity.keyPem() << certificate << u"no certificate"_s;
    QTest::newRow("no key") << certificate << QByteArray("hello") << u"no private key"_s;
    QTest::newRow("cut key") << certificate << m_identity.keyPem().left(80) << u"no private key"_s;
    const QSslKey key(m_identity.keyPem(), QSsl::Ec);
    QTest::newRow("pass phrase") << certificate << key.toPem("secret") << u"has a pass phrase"_s;
    const QByteArray ed25519 = QByteArray::fromHex("302e020100300506032b657004220420") + QByteArray(32, 'k');
    QTest::newRow("other kind") << certificate
                                << "-----BEGIN PRIVATE KEY-----\n" + ed25519.toBase64() +
                                       "\n-----END PRIVATE KEY-----\n"
                                << u"of this kind"_s;
    QTest::newRow("other key") << certificate << makeSelfSigned().keyPem() << u"not that of the certificate"_s;
}

void TlsTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    QFETCH(QString, part);
    const TlsIdentityResult read = readTlsIdentity(certificate, key);
    QVERIFY(read.identity.isNull());
    QVERIFY2(read.error.contains(part), qPrintable(read.error));
    QVERIFY(!read.error.contains(u"BEGIN"_s));
}

void TlsTest::serves()
{
    Publisher publisher;
    QSignalSpy started(&publisher, &Publisher::started);
    publisher.start(encrypted(m_identity));
    QTRY_COMPARE(started.size(), 1);
    const QUrl url = started.at(0).at(0).toUrl();
    QCOMPARE(url.scheme(), u"https"_s);
    TlsClient client(static_cast<quint16>(url.port()), m_identity, get("/events"));
    QTRY_VERIFY(client.received().endsWith(":\n\n\r\n"));
    QVERIFY(client.socket().sslHandshakeErrors().isEmpty());
    QVERIFY(client.socket().sessionProtocol() >= QSsl::TlsV1_2);
    publisher.publish(publicationOf("a"));
    QTRY_VERIFY(client.received().endsWith("data: a\n\n\r\n"));
}

void TlsTest::endsCleanly()
{
    RunningPublisher publisher(encrypted(m_identity));
    TlsClient client(publisher.port(), m_identity, get("/events"));
    QTRY_VERIFY(client.received().endsWith(":\n\n\r\n"));
    QSignalSpy failed(&client.socket(), &QSslSocket::errorOccurred);
    publisher->stop();
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received().endsWith("\r\n0\r\n\r\n"));
    for (const QList<QVariant> &failure : failed) // and that is the usual end
        QCOMPARE(failure.at(0).value<QAbstractSocket::SocketError>(), QAbstractSocket::RemoteHostClosedError);
}

void TlsTest::answersErrors()
{
    RunningPublisher publisher(encrypted(m_identity));
    TlsClient missing(publisher.port(), m_identity, get("/none"));
    QTRY_VERIFY(missing.received().endsWith("\n") && missing.received().contains(" 404 "));
    TlsClient bad(publisher.port(), m_identity, "nonsense\r\n\r\n");
    QTRY_VERIFY(bad.received().contains(" 400 "));
    QTRY_VERIFY(bad.isClosed());
    TlsClient absolute(
        publisher.port(), m_identity, "HEAD https://localhost/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY(absolute.received().contains(" 200 OK"));
}

void TlsTest::boundsWhoNeverReads()
{
    PublisherSettings settings = encrypted(m_identity);
    settings.maxQueuedBytesPerClient = 1 << 20;
    RunningPublisher publisher(settings);
    TlsClient reader(publisher.port(), m_identity, get("/events"));
    TlsClient sleeper(publisher.port(), m_identity, get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 2);
    sleeper.stopReading();
    const QByteArray data(64 << 10, 'x');
    int published = 0;
    const auto isCutOff = [&] {
        publisher.publish(data);
        ++published;
        return publisher.clientCount() == 1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isCutOff(), 20'000);
    QVERIFY2(published > 16, "the bound is on what the network has not taken");
    QTRY_COMPARE(reader.received().count("data: "), published);
}

void TlsTest::survivesWhatIsNoTls()
{
    RunningPublisher publisher(encrypted(m_identity));
    TlsClient reader(publisher.port(), m_identity, get("/events"));
    QTRY_VERIFY(reader.received().endsWith(":\n\n\r\n"));
    for (const QByteArray &bytes : {get("/events"), QByteArray("\x16\x03\x01\xff\xff"), QByteArray(100'000, '\xff')}) {
        RawClient client(publisher.port(), bytes);
        if (bytes.size() != 5)
            QTRY_VERIFY(client.isClosed());
        QVERIFY(!client.received().contains("200 OK"));
        QCOMPARE(client.received().contains("use https"), bytes.startsWith("GET "));
    }
    publisher.publish("a");
    QTRY_VERIFY(reader.received().endsWith("data: a\n\n\r\n"));
}

void TlsTest::closesSilentConnections()
{
    PublisherSettings settings = encrypted(m_identity);
    settings.requestDeadline = 300ms;
    RunningPublisher publisher(settings);
    RawClient silent(publisher.port());
    RawClient half(publisher.port(), "\x16\x03\x01");
    TlsClient handshake(publisher.port(), m_identity, {});
    QTRY_VERIFY(silent.isClosed() && half.isClosed() && handshake.isClosed());
}

void TlsTest::endsBrokenStreams()
{
    RunningPublisher publisher(encrypted(m_identity));
    TlsClient client(publisher.port(), m_identity, get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    const QByteArray garbage(300, 'x');
    QCOMPARE(::send(static_cast<int>(client.socket().socketDescriptor()), garbage.constData(), 300, 0), 300);
    QTRY_COMPARE(publisher.clientCount(), 0);
    QTRY_VERIFY(client.isClosed());
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::TlsTest)
#include "tst_tls.moc"
