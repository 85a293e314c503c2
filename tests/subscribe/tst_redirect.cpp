// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::Cause;
using subscribe::SubscriptionSettings;

/// Redirects on the wire: C18 to C25 (D6: each attempt starts from the original URL).
class RedirectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void follows_data();
    void follows();
    void refuses_data();
    void refuses();
    void loop();
    void stripsSecrets();
    void keepsHeadersOnTheSameOrigin();
    void badTargets();
    void startsFromTheOriginalUrl();
};

void RedirectTest::follows_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("C18 %d", status) << status << QByteArray("/a/good?x");
    QTest::newRow("C19 relative") << 302 << QByteArray("../a/good?x");
}

void RedirectTest::follows()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    FaultServer server;
    server.on("/b/start", {Script::redirect(status, location)});
    server.on("/a/good", {Script::stream("data: x\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/b/start"));
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"x"});
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open"));
    QCOMPARE(watcher.last().finalUrl, server.url("/a/good?x"));
    QCOMPARE(server.requests().last().method, QByteArray("GET"));
}

void RedirectTest::refuses_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("C20 missing") << QByteArray() << Cause::RedirectWithoutLocation;
    QTest::newRow("C20 empty") << QByteArray("Location: \r\n") << Cause::RedirectWithoutLocation;
    QTest::newRow("other scheme") << QByteArray("Location: ftp://u:secret@h/x\r\n") << Cause::RedirectInvalid;
}

void RedirectTest::refuses()
{
    QFETCH(QByteArray, fields);
    QFETCH(Cause, cause);
    FaultServer server;
    server.on("/", {Script::response("301 Moved", fields)});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed"));
    QCOMPARE(watcher.last().cause, cause);
    QVERIFY(!subscribe::text(watcher.last()).contains(u"secret"_s));
    QCOMPARE(server.requests().size(), 1);
}

void RedirectTest::loop()
{
    FaultServer server;
    server.on("/a", {Script::redirect(302, "/b")});
    server.on("/b", {Script::redirect(302, "/a")});
    Watcher watcher;
    watcher.watch(server.url("/a"));
    QTRY_COMPARE(watcher.states(), QByteArray("connecting closed")); // C21
    QCOMPARE(watcher.last().cause, Cause::TooManyRedirects);
    QCOMPARE(server.requests().size(), 21);
}

void RedirectTest::stripsSecrets()
{
    FaultServer first;
    FaultServer second;
    first.on("/", {Script::redirect(307, second.url("/").toEncoded())});
    second.on("/", {Script::redirect(307, first.url("/back").toEncoded())});
    first.on("/back", {Script::stream()});
    Watcher watcher;
    QUrl url = first.url("/");
    url.setUserInfo(u"user:pass"_s);
    SubscriptionSettings settings = Watcher::quick(url);
    settings.lastEventId = "7";
    settings.headers = {{"Cookie", "a=b"}, {"X-Api-Key", "k"}, {"Accept", "*/*"}};
    watcher.watch(settings);
    QTRY_COMPARE(watcher.states(), QByteArray("connecting open"));
    QVERIFY(first.requests().first().has("Authorization"));
    for (const Request &request : {second.requests().first(), first.requests().last()}) { // C22
        for (const char *name : {"Authorization", "Cookie", "X-Api-Key"})
            QVERIFY2(!request.has(name), name);
        QCOMPARE(request.value("Accept"), QByteArray("text/event-stream"));
        QCOMPARE(request.value("Last-Event-ID"), QByteArray("7"));
    }
}

void RedirectTest::keepsHeadersOnTheSameOrigin()
{
    FaultServer server;
    server.on("/", {Script::redirect(307, "/x")});
    server.on("/x", {Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.headers = {{"Authorization", "Bearer t"}};
    watcher.watch(settings);
    QTRY_COMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests().last().value("Authorization"), QByteArray("Bearer t"));
}

void RedirectTest::badTargets()
{
    FaultServer server;
    server.on("/type", {Script::redirect(302, "/html")});
    server.on("/html", {Script::response("200 OK", "Content-Type: text/html\r\n", "data: x\n\n")});
    server.on("/status", {Script::redirect(302, "/gone")});
    server.on("/gone", {Script::response("410 Gone")});
    Watcher type;
    type.watch(server.url("/type"));
    QTRY_COMPARE(type.states(), QByteArray("connecting closed")); // C24
    QCOMPARE(type.last().cause, Cause::WrongContentType);
    Watcher status;
    status.watch(server.url("/status"));
    QTRY_COMPARE(status.states(), QByteArray("connecting closed"));
    QCOMPARE(status.last().httpStatus, 410);
    QCOMPARE(status.last().finalUrl, server.url("/gone"));
}

void RedirectTest::startsFromTheOriginalUrl()
{
    FaultServer server;
    server.on("/", {Script::redirect(301, "/x")});
    server.on("/x", {Script::stream("data: 1\n\n").finish(), Script::stream("data: 2\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.data(), (QList<QByteArray>{"1", "2"}));
    QCOMPARE(server.requestCount("/"), 2);
    QCOMPARE(server.requestCount("/x"), 2);
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::RedirectTest)
#include "tst_redirect.moc"
