// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"
#include "support/testcertificate.h"

#include <QRegularExpression>
#include <QSslConfiguration>
#include <QSslServer>
#include <QSslSocket>
#include <QTest>

namespace weir::test {

using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::Cause;
using subscribe::SubscriptionSettings;

namespace {

/// Answers every request with `response`, over TLS, with a certificate that nobody knows.
class TlsServer : public QSslServer
{
public:
    explicit TlsServer(const QByteArray &response)
    {
        QSslConfiguration configuration;
        configuration.setLocalCertificate(testCertificate());
        configuration.setPrivateKey(testKey());
        setSslConfiguration(configuration);
        connect(this, &QTcpServer::pendingConnectionAvailable, this, [this, response] {
            while (QTcpSocket *socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [socket, response] { socket->write(response); });
        });
        listen(QHostAddress::LocalHost, 0);
    }

    QUrl url() const { return QUrl(u"https://localhost:%1/"_s.arg(serverPort())); }
};

} // namespace

/// What must stay secret, and whom to trust.
class SecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void neverShown_data();
    void neverShown();
    void unknownCertificateCloses();
    void trustedCertificateOpens();
    void redirectThatLosesTls();
    void plainServerIsNoTlsServer();
};

void SecretsTest::neverShown_data()
{
    QTest::addColumn<QList<Script>>("scripts");
    QTest::newRow("stream") << QList<Script>{Script::stream("data: x\n\n").finish(), Script::response("410 Gone")};
    QTest::newRow("redirect") << QList<Script>{Script::redirect(302, "ftp://user:hunter2@h/")};
    QTest::newRow("loop") << QList<Script>{Script::redirect(302, "/")};
    QTest::newRow("refusal") << QList<Script>{Script::response("401 No", "WWW-Authenticate: Basic realm=x\r\n")};
    QTest::newRow("odd error") << QList<Script>{Script::response("405 No")};
}

void SecretsTest::neverShown()
{
    QFETCH(QList<Script>, scripts);
    FaultServer server;
    server.on("/", scripts);
    Watcher watcher;
    QUrl url = server.url("/");
    url.setUserInfo(u"user:hunter2"_s);
    SubscriptionSettings settings = Watcher::quick(url);
    settings.headers = {{"X-Api-Key", "hunter2"}};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QVERIFY(server.requests().first().has("Authorization"));
    for (const auto &status : watcher.statuses()) {
        const QString shown = subscribe::text(status) + status.detail + status.finalUrl.toString();
        QVERIFY2(!shown.contains(u"hunter2"_s) && !shown.contains(u"user:"_s), qPrintable(shown));
        QVERIFY(!shown.contains(u"dXNlcjpodW50ZXIy"_s));
    }
    for (const QByteArray &record : watcher.records(store::Kind::Connection))
        QVERIFY2(!record.contains("hunter2"), record.constData());
}

void SecretsTest::unknownCertificateCloses()
{
    const TlsServer server("");
    Watcher watcher;
    watcher.watch(server.url());
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed")); // C26
    QCOMPARE(watcher.last().cause, Cause::CertificateRejected);
    QVERIFY2(subscribe::text(watcher.last()).contains(u"self-signed"_s), qPrintable(subscribe::text(watcher.last())));
}

void SecretsTest::trustedCertificateOpens()
{
    const TrustTestCertificate trust;
    const TlsServer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n");
    Watcher watcher;
    watcher.watch(server.url());
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
}

void SecretsTest::redirectThatLosesTls()
{
    const TrustTestCertificate trust;
    const TlsServer server("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    Watcher watcher;
    watcher.watch(server.url());
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed")); // C23
    QCOMPARE(watcher.last().cause, Cause::RedirectLosesTls);
}

void SecretsTest::plainServerIsNoTlsServer()
{
    FaultServer server;
    server.on("/", {Script().finish()});
    QUrl url = server.url("/");
    url.setScheme(u"https"_s);
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(url);
    settings.headerDeadline = std::chrono::milliseconds{300};
    watcher.watch(settings);
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::SecretsTest)
#include "tst_secrets.moc"
