// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::Authentication;
using subscribe::AuthenticationKind;
using subscribe::Cause;
using subscribe::SubscriptionSettings;

/// Requests other than a plain GET: C43, R38, and what becomes of a body.
class RequestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void methodAndBody_data();
    void methodAndBody();
    void sentAgainWithBody();
    void bodyIsSentOnce_data();
    void bodyIsSentOnce();
    void emptyPostIsSentOnceToo();
    void questionIsRepeated();
    void switchedOffHeaders();
    void authentication_data();
    void authentication();
    void ownAuthorizationWins();
    void cookies();
    void cookiesAreForgottenUnlessKept();
    void redirectedMethod_data();
    void redirectedMethod();
    void bodyStaysAtItsOrigin();
    void refusedSettings_data();
    void refusedSettings();
};

void RequestsTest::methodAndBody_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("C43 POST") << QByteArray("POST") << QByteArray(R"({"stream":true})");
    QTest::newRow("C43 REPORT") << QByteArray("REPORT") << QByteArray("<report/>");
    QTest::newRow("PUT") << QByteArray("PUT") << QByteArray(100'000, 'x');
    QTest::newRow("POST without a body") << QByteArray("POST") << QByteArray();
    QTest::newRow("GET with a body") << QByteArray("GET") << QByteArray("q");
    QTest::newRow("bytes") << QByteArray("POST") << QByteArray("\0\r\n\xff", 4);
}

void RequestsTest::methodAndBody()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    FaultServer server;
    server.on("/", {Script::stream("data: x\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.method = method;
    settings.body = body;
    settings.headers = {{"Content-Type", "application/json; charset=utf-8"}};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    const Request request = server.requests().constFirst();
    QCOMPARE(request.method, method);
    QCOMPARE(request.body, body);
    QCOMPARE(request.value("Content-Type"), QByteArray("application/json; charset=utf-8"));
    const bool hasLength = !body.isEmpty() || method == "POST";
    QCOMPARE(request.values("Content-Length").size(), hasLength ? 1 : 0);
}

void RequestsTest::sentAgainWithBody()
{
    FaultServer server;
    server.on("/", {Script::stream("id: 1\ndata: a\n\n").finish(), Script::stream("data: b\n\n")});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.method = "POST";
    settings.body = "question";
    settings.headers = {{"X-One", "1"}};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.data(), (QList<QByteArray>{"a", "b"}));
    const Request second = server.requests().constLast();
    QCOMPARE(second.method, QByteArray("POST")); // R38
    QCOMPARE(second.body, QByteArray("question"));
    QCOMPARE(second.value("X-One"), QByteArray("1"));
    QCOMPARE(second.value("Last-Event-ID"), QByteArray("1"));
}

void RequestsTest::bodyIsSentOnce_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("closed") << QByteArray();
    QTest::newRow("cut in the status line") << QByteArray("HTTP/1.1 2");
    QTest::newRow("cut in the head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Ty");
}

void RequestsTest::bodyIsSentOnce()
{
    QFETCH(QByteArray, answer);
    FaultServer server;
    server.on("/", {Script().send(answer).finish()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.method = "POST";
    settings.body = "pay";
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().cause, Cause::RequestNotRepeated);
    QCOMPARE(server.requests().size(), 1);
}

void RequestsTest::emptyPostIsSentOnceToo()
{
    FaultServer server;
    server.on("/", {Script().finish()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.method = "POST";
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().cause, Cause::RequestNotRepeated);
    QCOMPARE(server.requests().size(), 1);
}

void RequestsTest::questionIsRepeated()
{
    FaultServer server;
    server.on("/", {Script().finish(), Script().finish(), Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.method = "REPORT";
    settings.body = "<report/>";
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Open);
}

void RequestsTest::switchedOffHeaders()
{
    FaultServer server;
    server.on("/", {Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.headers = {{"X-On", "1"}, {"X-Off", "2", false, false}, {"Accept", "*/*", false, false}};
    watcher.watch(settings);
    QTRY_COMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().constFirst().value("X-On"), QByteArray("1"));
    QVERIFY(!server.requests().constFirst().has("X-Off"));
    QCOMPARE(server.requests().constFirst().value("Accept"), QByteArray("text/event-stream"));
}

void RequestsTest::authentication_data()
{
    QTest::addColumn<Authentication>("authentication");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none") << Authentication{} << QByteArray();
    QTest::newRow("basic") << Authentication{AuthenticationKind::Basic, u"Zoë"_s, u"p:w"_s}
                           << QByteArray("Basic " + QByteArray("Zo\xc3\xab:p:w").toBase64());
    QTest::newRow("bearer") << Authentication{AuthenticationKind::Bearer, {}, u"t0ken"_s} << QByteArray("Bearer t0ken");
}

void RequestsTest::authentication()
{
    QFETCH(Authentication, authentication);
    QFETCH(QByteArray, expected);
    FaultServer server;
    server.on("/", {Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.authentication = authentication;
    watcher.watch(settings);
    QTRY_COMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().constFirst().value("Authorization"), expected);
}

void RequestsTest::ownAuthorizationWins()
{
    FaultServer server;
    server.on("/", {Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.authentication = {AuthenticationKind::Bearer, {}, u"one"_s};
    settings.headers = {{"authorization", "Own two"}};
    watcher.watch(settings);
    QTRY_COMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().constFirst().values("Authorization"), QList<QByteArray>{"Own two"});
}

void RequestsTest::cookies()
{
    FaultServer server;
    server.on("/",
        {Script::stream("data: 1\n\n", "Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nSet-Cookie: c=3; Path=/other\r\n")
                .finish(),
            Script::stream("data: 2\n\n", "Set-Cookie: a=; Max-Age=0; Path=/\r\n").finish(), Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.keepsCookies = true;
    settings.headers = {{"Cookie", "own=0"}};
    watcher.watch(settings);
    QTRY_COMPARE(server.requests().size(), 3);
    QCOMPARE(server.requests()[0].value("Cookie"), QByteArray("own=0"));
    const QByteArray second = server.requests()[1].value("Cookie");
    QVERIFY2(second == "own=0; a=1; b=2" || second == "own=0; b=2; a=1", second.constData());
    QCOMPARE(server.requests()[2].value("Cookie"), QByteArray("own=0; b=2"));
}

void RequestsTest::cookiesAreForgottenUnlessKept()
{
    FaultServer server;
    server.on("/", {Script::stream("data: 1\n\n", "Set-Cookie: a=1\r\n").finish(), Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(server.requests().size(), 2);
    QVERIFY(!server.requests()[1].has("Cookie"));
}

void RequestsTest::redirectedMethod_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("expected");
    for (const int status : {301, 302, 303})
        QTest::addRow("%d POST", status) << status << QByteArray("POST") << QByteArray("GET");
    for (const int status : {307, 308})
        QTest::addRow("%d POST", status) << status << QByteArray("POST") << QByteArray("POST");
    QTest::newRow("302 REPORT") << 302 << QByteArray("REPORT") << QByteArray("REPORT");
    QTest::newRow("303 REPORT") << 303 << QByteArray("REPORT") << QByteArray("GET");
}

void RequestsTest::redirectedMethod()
{
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, expected);
    FaultServer server;
    server.on("/", {Script::redirect(status, "/there")});
    server.on("/there", {Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.method = method;
    settings.body = "body";
    settings.headers = {{"Content-Type", "text/plain"}, {"X-Own", "1"}};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open"));
    const Request request = server.requests().constLast();
    QCOMPARE(request.method, expected);
    const bool keepsBody = expected != "GET";
    QCOMPARE(request.body, keepsBody ? QByteArray("body") : QByteArray());
    QCOMPARE(request.has("Content-Type"), keepsBody);
    QCOMPARE(request.has("Content-Length"), keepsBody);
    QCOMPARE(request.value("X-Own"), QByteArray("1"));
}

void RequestsTest::bodyStaysAtItsOrigin()
{
    FaultServer other;
    other.on("/", {Script::stream()});
    FaultServer server;
    server.on("/", {Script::redirect(307, other.url("/").toEncoded())});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.method = "POST";
    settings.body = "a private question";
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed); // C22
    QCOMPARE(watcher.last().cause, Cause::RedirectTakesBody);
    QCOMPARE(other.requests().size(), 0);
}

void RequestsTest::refusedSettings_data()
{
    QTest::addColumn<SubscriptionSettings>("settings");
    SubscriptionSettings settings = Watcher::quick(QUrl(u"http://127.0.0.1:1/"_s));
    settings.method = "GE T";
    QTest::newRow("method") << settings;
    settings.method = "CONNECT";
    QTest::newRow("CONNECT") << settings;
    settings.method = "GET";
    settings.authentication = {AuthenticationKind::Bearer, {}, u"a\r\nInjected: 1"_s};
    QTest::newRow("token") << settings;
    settings.authentication = {};
    settings.transport.proxy.kind = subscribe::ProxyKind::Socks5;
    QTest::newRow("proxy") << settings;
}

void RequestsTest::refusedSettings()
{
    QFETCH(SubscriptionSettings, settings);
    Watcher watcher;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed"));
    QCOMPARE(watcher.last().cause, Cause::InvalidSettings);
    QVERIFY(!watcher.last().detail.isEmpty());
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::RequestsTest)
#include "tst_requests.moc"
