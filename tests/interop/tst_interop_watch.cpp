// SPDX-License-Identifier: GPL-3.0-or-later
// `weir watch` against real servers: nginx with nchan, a Node server, `weir publish`.
#include "interop/nginx.h"
#include "interop/program.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir::interop;

namespace {

QJsonObject json(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

} // namespace

class TestInteropWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nchan();
    void nchanResumesAfterRestart();
    void betterSse();
    void weirPublishLosesNothing();
    void weirPublishFromStandardInput();
};

void TestInteropWatch::nchan()
{
    if (const auto missing = lacking({u"/usr/sbin/nginx"_s, Nginx::module()}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Nginx nginx;
    nginx.start();
    QTRY_VERIFY2(nginx.accepts(), nginx.program().errors().constData());

    Program watch;
    watch.start(QStringLiteral(WEIR_PROGRAM),
        {u"watch"_s, u"127.0.0.1:%1/sub/news"_s.arg(nginx.port()), u"--states"_s, u"--comments"_s});
    QTRY_VERIFY(!watch.linesWith("\"state\":\"open\"").isEmpty());
    QVERIFY(nginx.publish("news", "one"));
    QVERIFY(nginx.publish("news", "two\nlines"));
    QTRY_COMPARE(watch.linesWith("\"kind\":\"event\"").size(), 2);
    const auto events = watch.linesWith("\"kind\":\"event\"");
    QCOMPARE(json(events[0])[u"data"_s].toString(), u"one"_s);
    QCOMPARE(json(events[1])[u"data"_s].toString(), u"two\nlines"_s);
    QVERIFY(!json(events[1])[u"id"_s].toString().isEmpty());
    QCOMPARE(json(events[1])[u"seq"_s].toInt(), 2);
    QCOMPARE(watch.linesWith("\"kind\":\"comment\"").size(), 1);
}

void TestInteropWatch::nchanResumesAfterRestart()
{
    if (const auto missing = lacking({u"/usr/sbin/nginx"_s, Nginx::module()}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Nginx nginx;
    nginx.start();
    QTRY_VERIFY2(nginx.accepts(), nginx.program().errors().constData());

    Program watch;
    watch.start(QStringLiteral(WEIR_PROGRAM),
        {u"watch"_s, u"127.0.0.1:%1/sub/news"_s.arg(nginx.port()), u"--states"_s, u"--retry"_s, u"2500"_s});
    QTRY_VERIFY(!watch.linesWith("\"state\":\"open\"").isEmpty());
    QVERIFY(nginx.publish("news", "before"));
    QTRY_COMPARE(watch.linesWith("\"kind\":\"event\"").size(), 1);

    nginx.stop();
    QTRY_VERIFY(!watch.linesWith("\"state\":\"waiting\"").isEmpty());
    nginx.start();
    QTRY_VERIFY2(nginx.accepts(), nginx.program().errors().constData());
    // nchan counts within a second and forgets the count with a restart: the next message must be of a later second.
    const auto id = json(watch.linesWith("\"kind\":\"event\"").first())[u"id"_s].toString();
    QTRY_VERIFY(QDateTime::currentSecsSinceEpoch() > id.section(u':', 0, 0).toLongLong());
    // Published while nobody listens: only a client that says where it was gets it.
    QVERIFY(nginx.publish("news", "while away"));
    QTRY_COMPARE_WITH_TIMEOUT(watch.linesWith("\"kind\":\"event\"").size(), 2, 20000);
    QVERIFY(nginx.publish("news", "after"));
    QTRY_COMPARE(watch.linesWith("\"kind\":\"event\"").size(), 3);
    const auto events = watch.linesWith("\"kind\":\"event\"");
    QCOMPARE(json(events[1])[u"data"_s].toString(), u"while away"_s);
    QCOMPARE(json(events[2])[u"data"_s].toString(), u"after"_s);
}

void TestInteropWatch::betterSse()
{
    if (const auto missing = lacking({u"node"_s}, true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Program server;
    server.start(u"node"_s, {peersFolder() + u"/better-sse-server.mjs"_s});
    QTRY_VERIFY2(!server.linesWith("port ").isEmpty(), server.errors().constData());
    const auto port = QString::fromLatin1(server.linesWith("port ").first().mid(5));

    Program watch;
    watch.start(QStringLiteral(WEIR_PROGRAM), {u"watch"_s, u"127.0.0.1:"_s + port, u"--max-events"_s, u"9"_s});
    QTRY_VERIFY_WITH_TIMEOUT(watch.hasEnded(), 20000);
    QCOMPARE(watch.exitStatus(), 0);
    const auto events = watch.linesWith("\"kind\":\"event\"");
    QCOMPARE(events.size(), 9);
    for (int n = 1; n <= 9; ++n) {
        const auto event = json(events[n - 1]);
        QCOMPARE(event[u"id"_s].toString(), QString::number(n));
        QCOMPARE(event[u"type"_s].toString(), u"tick"_s);
        const auto data = json(event[u"data"_s].toString().toUtf8());
        QCOMPARE(data[u"n"_s].toInt(), n);
        QCOMPARE(data[u"text"_s].toString(), u"grün\nzwei Zeilen"_s);
    }
    // The second request resumed, with exactly the headers of an event source.
    const auto second = json(server.linesWith("request ")[1].mid(8));
    QCOMPARE(second[u"last-event-id"_s].toString(), u"3"_s);
    QCOMPARE(second[u"accept"_s].toString(), u"text/event-stream"_s);
    QCOMPARE(second[u"cache-control"_s].toString(), u"no-cache"_s);
    QVERIFY(!json(server.linesWith("request ")[0].mid(8)).contains(u"last-event-id"_s));
}

void TestInteropWatch::weirPublishLosesNothing()
{
    Program server;
    server.start(QStringLiteral(WEIR_PROGRAM),
        {u"publish"_s, u"--generate"_s, u"0"_s, u"--count"_s, u"200000"_s, u"--wait-clients"_s, u"1"_s, u"--template"_s,
            u"{\"n\":{{seq}}}"_s, u"--type"_s, u"trade"_s});
    QTRY_VERIFY2(!server.lines().isEmpty(), server.errors().constData());

    Program watch;
    watch.start(QStringLiteral(WEIR_PROGRAM),
        {u"watch"_s, QString::fromLatin1(server.lines().first()), u"--quiet"_s, u"--max-events"_s, u"200000"_s});
    QTRY_VERIFY_WITH_TIMEOUT(watch.hasEnded(), 60000);
    QCOMPARE(watch.exitStatus(), 0);
    const auto summary = json(watch.lastLine());
    QCOMPARE(summary[u"kind"_s].toString(), u"summary"_s);
    QCOMPARE(summary[u"events"_s].toInteger(), 200000);
}

void TestInteropWatch::weirPublishFromStandardInput()
{
    Program server;
    server.start(QStringLiteral(WEIR_PROGRAM), {u"publish"_s, u"--path"_s, u"/feed"_s, u"--wait-clients"_s, u"1"_s});
    QTRY_VERIFY2(!server.lines().isEmpty(), server.errors().constData());
    const auto url = QString::fromLatin1(server.lines().first());
    QVERIFY(url.endsWith(u"/feed"_s));

    Program watch;
    watch.start(QStringLiteral(WEIR_PROGRAM), {u"watch"_s, url, u"--filter"_s, u"type:trade"_s});
    server.write("{\"type\":\"trade\",\"id\":\"a1\",\"data\":{\"price\":1.5}}\n");
    server.write("{\"data\":\"not wanted\"}\n");
    server.write("this is no JSON\n");
    server.write("{\"type\":\"trade\",\"data\":\"two\\nlines\"}\n");
    QTRY_COMPARE(watch.linesWith("\"kind\":\"event\"").size(), 2);
    QCOMPARE(json(watch.lines()[0])[u"data"_s].toString(), u"{\"price\":1.5}"_s);
    QCOMPARE(json(watch.lines()[0])[u"id"_s].toString(), u"a1"_s);
    QCOMPARE(json(watch.lines()[1])[u"data"_s].toString(), u"two\nlines"_s);
    QVERIFY2(server.errors().contains("line 3"), server.errors().constData());
    server.terminate();
    QTRY_VERIFY(server.hasEnded());
    QCOMPARE(server.exitStatus(), 0);
}

QTEST_GUILESS_MAIN(TestInteropWatch)
#include "tst_interop_watch.moc"
