// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"
#include "support/testcertificate.h"

#include <QHostInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::AddressFamily;
using subscribe::Cause;
using subscribe::ProxyKind;
using subscribe::SubscriptionSettings;

/// The ways a request takes: certificates, proxies, address families.
class RoutesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void initTestCase();
    void unknownCertificateIsRefused();
    void ownAuthority();
    void invalidCertificateByChoice();
    void choiceIsForOneSubscriptionOnly();
    void clientCertificate();
    void clientCertificateStaysAtItsOrigin();
    void unusableFiles_data();
    void unusableFiles();
    void httpProxy();
    void proxyCredentials();
    void proxyRefuses();
    void noProxyThere();
    void addressFamily();
    void noSuchAddress();

private:
    QString file(const QString &name, const QByteArray &contents);

    QTemporaryDir m_folder;
    QString m_certificate;
    QString m_key;
};

QString RoutesTest::file(const QString &name, const QByteArray &contents)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
        qWarning("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

void RoutesTest::initTestCase()
{
    m_certificate = file(u"certificate.pem"_s, testCertificate().toPem());
    m_key = file(u"key.pem"_s, testKey().toPem());
}

void RoutesTest::unknownCertificateIsRefused()
{
    FaultServer server;
    server.useTls();
    server.on("/", {Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed")); // C26
    QCOMPARE(watcher.last().cause, Cause::CertificateRejected);
    QVERIFY(!watcher.last().detail.isEmpty());
    QTRY_VERIFY(watcher.attempts().constLast().isOver());
    const auto tls = watcher.attempts().constLast().hops.constLast().tls;
    QVERIFY(tls && !tls->problems.isEmpty() && !tls->isAcceptedAnyway);
    QCOMPARE(tls->chain.constFirst().subject, u"localhost"_s);
    QCOMPARE(server.requests().size(), 0);
}

void RoutesTest::ownAuthority()
{
    FaultServer server;
    server.useTls();
    server.on("/", {Script::stream("data: x\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.transport.tls.caFile = m_certificate;
    watcher.watch(settings);
    QTRY_VERIFY(!watcher.attempts().isEmpty() && watcher.attempts().constLast().opened);
    QVERIFY(!watcher.last().isCertificateInvalid);
    const auto hop = watcher.attempts().constLast().hops.constLast();
    QVERIFY(hop.tls && hop.tls->problems.isEmpty() && hop.tls->protocol.startsWith(u"TLS 1."_s));
    QVERIFY(!hop.tls->cipher.isEmpty());
    QCOMPARE(hop.tls->chain.constFirst().sha256, testCertificate().digest(QCryptographicHash::Sha256).toHex());
    QVERIFY(hop.encrypted > 0ns && hop.sent >= hop.encrypted);
    QCOMPARE(watcher.last().httpVersion, u"HTTP/1.1"_s);
}

void RoutesTest::invalidCertificateByChoice()
{
    FaultServer server;
    server.useTls();
    server.on("/", {Script::stream("data: x\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.transport.tls.acceptInvalid = true;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    QTRY_VERIFY(watcher.last().isCertificateInvalid);
    QTRY_VERIFY(watcher.attempts().constLast().opened);
    const auto tls = watcher.attempts().constLast().hops.constLast().tls;
    QVERIFY(tls && !tls->problems.isEmpty() && tls->isAcceptedAnyway);
}

void RoutesTest::choiceIsForOneSubscriptionOnly()
{
    FaultServer server;
    server.useTls();
    server.on("/", {Script::stream("data: x\n\n")});
    Watcher watcher;
    SubscriptionSettings careless = Watcher::quick(server.url("/"));
    careless.transport.tls.acceptInvalid = true;
    watcher.watch(careless);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    const auto strict = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().subscription, strict);
    QCOMPARE(watcher.last().cause, Cause::CertificateRejected);
}

void RoutesTest::clientCertificate()
{
    FaultServer server;
    server.useTls(QSslSocket::VerifyPeer);
    server.on("/", {Script::stream("data: x\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.transport.tls = {m_certificate, m_certificate, m_key, {}, false};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    QCOMPARE(server.requests().constFirst().clientCertificate, QByteArray("localhost"));
}

void RoutesTest::clientCertificateStaysAtItsOrigin()
{
    FaultServer other;
    other.useTls(QSslSocket::QueryPeer);
    other.on("/", {Script::stream("data: x\n\n")});
    FaultServer server;
    server.useTls(QSslSocket::QueryPeer);
    server.on("/", {Script::redirect(302, other.url("/").toEncoded())});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.transport.tls = {m_certificate, m_certificate, m_key, {}, false};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"}); // C22
    QCOMPARE(server.requests().constFirst().clientCertificate, QByteArray("localhost"));
    QCOMPARE(other.requests().constFirst().clientCertificate, QByteArray());
}

void RoutesTest::unusableFiles_data()
{
    QTest::addColumn<subscribe::TlsSettings>("tls");
    QTest::addColumn<QString>("words");
    const QString noPem = file(u"no.pem"_s, "hello");
    const QString encrypted = file(u"encrypted.pem"_s, QSslKey(testKey()).toPem("right"));
    QTest::newRow("missing") << subscribe::TlsSettings{u"/no/such.pem"_s, {}, {}, {}, false} << u"/no/such.pem"_s;
    QTest::newRow("folder") << subscribe::TlsSettings{m_folder.path(), {}, {}, {}, false} << u"folder"_s;
    QTest::newRow("no certificate") << subscribe::TlsSettings{noPem, {}, {}, {}, false} << u"no certificate"_s;
    QTest::newRow("no key") << subscribe::TlsSettings{{}, m_certificate, {}, {}, false} << u"no private key"_s;
    QTest::newRow("key alone") << subscribe::TlsSettings{{}, {}, m_key, {}, false} << u"without its certificate"_s;
    QTest::newRow("passphrase missing") << subscribe::TlsSettings{{}, m_certificate, encrypted, {}, false}
                                        << u"needs its passphrase"_s;
    QTest::newRow("passphrase wrong") << subscribe::TlsSettings{{}, m_certificate, encrypted, u"wrong"_s, false}
                                      << u"does not open"_s;
}

void RoutesTest::unusableFiles()
{
    QFETCH(subscribe::TlsSettings, tls);
    QFETCH(QString, words);
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(QUrl(u"https://127.0.0.1:1/"_s));
    settings.transport.tls = tls;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed"));
    QCOMPARE(watcher.last().cause, Cause::TlsFilesUnusable);
    QVERIFY2(watcher.last().detail.contains(words), qPrintable(watcher.last().detail));
}

void RoutesTest::httpProxy()
{
    FaultServer proxy;
    proxy.on("http://weir.invalid:8080/x", {Script::stream("data: x\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(QUrl(u"http://weir.invalid:8080/x"_s));
    settings.transport.proxy = {ProxyKind::HttpConnect, u"127.0.0.1"_s, proxy.serverPort(), {}, {}};
    watcher.watch(settings);
    QTRY_VERIFY(!watcher.attempts().isEmpty() && watcher.attempts().constLast().opened);
    QCOMPARE(proxy.requests().constFirst().value("Host"), QByteArray("weir.invalid:8080"));
    const auto hop = watcher.attempts().constLast().hops.constLast();
    QCOMPARE(hop.proxy, u"HTTP 127.0.0.1:"_s + QString::number(proxy.serverPort()));
}

void RoutesTest::proxyCredentials()
{
    FaultServer proxy;
    proxy.on("http://weir.invalid/x", {Script::stream("data: x\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(QUrl(u"http://weir.invalid/x"_s));
    settings.transport.proxy = {ProxyKind::HttpConnect, u"127.0.0.1"_s, proxy.serverPort(), u"u"_s, u"planted"_s};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    QCOMPARE(proxy.requests().constLast().value("Proxy-Authorization"), "Basic " + QByteArray("u:planted").toBase64());
    QVERIFY(!proxy.requests().constLast().has("Authorization"));
    QVERIFY(!subscribe::text(watcher.attempts().constLast()).contains(u"planted"_s));
}

void RoutesTest::proxyRefuses()
{
    FaultServer proxy;
    proxy.on("http://weir.invalid/x", {Script::response("407 Who", "Proxy-Authenticate: Basic realm=\"p\"\r\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(QUrl(u"http://weir.invalid/x"_s));
    settings.transport.proxy = {ProxyKind::HttpConnect, u"127.0.0.1"_s, proxy.serverPort(), u"u"_s, u"wrong"_s};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().cause, Cause::ProxyAuthentication);
}

void RoutesTest::noProxyThere()
{
    FaultServer gone;
    const quint16 port = gone.serverPort();
    gone.stopListening();
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(QUrl(u"http://weir.invalid/x"_s));
    settings.transport.proxy = {ProxyKind::Socks5, u"127.0.0.1"_s, port, {}, {}};
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    const auto cause = watcher.first(ConnectionState::Waiting).cause;
    QVERIFY2(cause == Cause::ProxyFailed, qPrintable(subscribe::text(watcher.first(ConnectionState::Waiting))));
}

void RoutesTest::addressFamily()
{
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n")});
    QUrl url = server.url("/");
    url.setHost(u"localhost"_s);
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(url);
    settings.transport.addressFamily = AddressFamily::IPv4;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    QCOMPARE(server.requests().constFirst().value("Host"), "localhost:" + QByteArray::number(server.serverPort()));
}

void RoutesTest::noSuchAddress()
{
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(QUrl(u"http://127.0.0.1:1/"_s));
    settings.transport.addressFamily = AddressFamily::IPv6;
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::HostNotFound);
    QVERIFY(watcher.first(ConnectionState::Waiting).detail.contains(u"IPv6"_s));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::RoutesTest)
#include "tst_routes.moc"
