// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/cors.h"
#include "publish/hostcheck.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

/// Which pages may read, and whom a loopback server answers.
class CorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void allowsOrigins_data();
    void allowsOrigins();
    void marksStreamsAndErrors_data();
    void marksStreamsAndErrors();
    void knowsOrigins_data();
    void knowsOrigins();
    void answersPreflight();
    void checksHost_data();
    void checksHost();
    void wellFormedHosts_data();
    void wellFormedHosts();
};

void CorsTest::allowsOrigins_data()
{
    QTest::addColumn<QByteArray>("extra");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("allowed"); ///< the value that is echoed
    const QByteArray none;
    const auto row = [](const char *name, const QByteArray &extra, const QByteArray &origin, bool isAllowed) {
        QTest::newRow(name) << extra << origin << (isAllowed ? origin : QByteArray());
    };
    row("none", none, none, false);
    row("localhost", none, "http://localhost", true);
    row("port", none, "http://localhost:8080", true);
    row("https", none, "https://localhost:8080", true);
    row("IPv4", none, "http://127.0.0.1:3000", true);
    row("IPv6", none, "http://[::1]:3000", true);
    row("the extra one", "https://a.example", "https://a.example", true);
    row("local beside the extra one", "https://a.example", "http://localhost:1", true);
    row("other", none, "http://a.example", false);
    row("other than the extra one", "https://a.example", "https://b.example", false);
    row("prefix", none, "http://localhost.evil.example", false);
    row("suffix", none, "http://evil-localhost", false);
    row("user", none, "http://localhost:80@evil.example", false);
    row("port is no number", none, "http://localhost:8x", false);
    row("empty port", none, "http://localhost:", false);
    row("no scheme", none, "localhost", false);
    row("two schemes, local", none, "http://https://localhost", false);
    row("two schemes", none, "http://https://localhost.evil", false);
    row("null", none, "null", false);
    row("commas", none, "http://localhost, http://evil.example", false);
    row("long", none, "http://localhost" + QByteArray(5000, 'a'), false);
    QTest::newRow("all") << QByteArray("*") << QByteArray("http://a.example") << QByteArray("*");
}

void CorsTest::allowsOrigins()
{
    QFETCH(QByteArray, extra);
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, allowed);
    const QByteArray lines = CorsPolicy(extra).headers(origin);
    QCOMPARE(lines.contains("Access-Control-Allow-Origin: " + allowed + "\r\n"), !allowed.isEmpty());
    QCOMPARE(lines.contains("Access-Control-Allow-Origin"), !allowed.isEmpty());
    QCOMPARE(lines.contains("Access-Control-Allow-Credentials: true\r\n"), !allowed.isEmpty() && allowed != "*");
    QCOMPARE(lines.contains("Vary: Origin\r\n"), !origin.isEmpty() && allowed != "*");
}

void CorsTest::marksStreamsAndErrors_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray origin = "Origin: http://localhost:9\r\n";
    QTest::newRow("stream") << get("/events", origin) << 200;
    QTest::newRow("404") << get("/none", origin) << 404;
    QTest::newRow("406") << get("/events", origin + "Accept: application/json\r\n") << 406;
    QTest::newRow("405") << "PUT" + get("/events", origin).mid(3) << 405;
    QTest::newRow("503") << get("/events", origin + "X: 503\r\n") << 503;
}

void CorsTest::marksStreamsAndErrors()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    PublisherSettings settings;
    settings.maxClients = status == 503 ? 0 : 10;
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(), request);
    QTRY_COMPARE(client.status(), status);
    QCOMPARE(client.header("Access-Control-Allow-Origin"), QByteArray("http://localhost:9"));
}

void CorsTest::knowsOrigins_data()
{
    QTest::addColumn<bool>("isOrigin");
    for (const char *text :
        {"*", "null", "https://a.example", "http://a.example:8080", "http://[::1]:1", "chrome-extension://abc"})
        QTest::newRow(text) << true;
    for (const char *text :
        {"", "a.example", "https://a.example/", "https://a.example?x", "https://A.example", "HTTPS://a.example", "://a",
            "https://", "https://a.example:x", "https://u@a.example", "https://a\r\nb", "https://a https://b"})
        QTest::newRow(*text == '\0' ? "(empty)" : text) << false;
}

void CorsTest::knowsOrigins()
{
    const QByteArray text = QTest::currentDataTag();
    QTEST(CorsPolicy::isOrigin(text == "(empty)" ? QByteArray() : text), "isOrigin");
}

void CorsTest::answersPreflight()
{
    RunningPublisher publisher;
    const QByteArray ask = "OPTIONS /events HTTP/1.1\r\nHost: localhost\r\nAccess-Control-Request-Method: GET\r\n"
                           "Access-Control-Request-Headers: last-event-id,cache-control,authorization\r\nOrigin: ";
    RawClient allowed(publisher.port(), ask + "http://localhost:9\r\n\r\n");
    QTRY_COMPARE(allowed.status(), 204);
    QCOMPARE(allowed.header("Access-Control-Allow-Origin"), QByteArray("http://localhost:9"));
    QVERIFY(allowed.header("Access-Control-Allow-Methods").contains("GET"));
    for (const char *name : {"last-event-id", "cache-control", "authorization"})
        QVERIFY(allowed.header("Access-Control-Allow-Headers").contains(name));
    QVERIFY(allowed.header("Access-Control-Max-Age").toInt() > 0);
    QVERIFY(allowed.rawBody().isEmpty());

    RawClient foreign(publisher.port(), ask + "http://evil.example\r\n\r\n");
    QTRY_COMPARE(foreign.status(), 204);
    QVERIFY(foreign.header("Access-Control-Allow-Origin").isNull());
    QVERIFY(foreign.header("Access-Control-Allow-Methods").isNull());
}

void CorsTest::checksHost_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto request = [](const QByteArray &host) { return "GET /events HTTP/1.1\r\nHost: " + host + "\r\n\r\n"; };
    QTest::newRow("evil") << request("evil.example:9000") << 421;
    QTest::newRow("prefix") << request("localhost.evil.example") << 421;
    QTest::newRow("other address") << request("192.0.2.1") << 421;
    QTest::newRow("absolute target") << QByteArray("GET http://evil.example/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                     << 421;
    QTest::newRow("1.0") << QByteArray("GET /events HTTP/1.0\r\nHost: evil.example\r\n\r\n") << 421;
    QTest::newRow("localhost") << request("localhost") << 200;
    QTest::newRow("LOCALHOST and a port") << request("LOCALHOST:9") << 200;
    QTest::newRow("IPv4") << request("127.0.0.1:9") << 200;
    QTest::newRow("IPv6") << request("[::1]:9") << 200;
}

void CorsTest::checksHost()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RunningPublisher publisher;
    RawClient client(publisher.port(), bytes);
    QTRY_COMPARE(client.status(), status);
}

void CorsTest::wellFormedHosts_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isWellFormed");
    const auto row = [](const QByteArray &host, bool isWellFormed) {
        QTest::newRow(host.isEmpty() ? "(empty)" : host.constData()) << host << isWellFormed;
    };
    row("x", true);
    row("x:", true);
    row("x:80", true);
    row("[2001:db8::1]", true);
    row("[2001:db8::1]:80", true);
    row("a%20b", true);
    row("", false);
    row(":80", false);
    row("a b", false);
    row("a,b", false);
    row("a/b", false);
    row("a@b", false);
    row("a:b", false);
    row("a:80:80", false);
    row("[::1", false);
    row("[x]", false);
    row("[::1]x", false);
}

void CorsTest::wellFormedHosts()
{
    QFETCH(QByteArray, host);
    QTEST(isWellFormedHost(host), "isWellFormed");
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::CorsTest)
#include "tst_cors.moc"
