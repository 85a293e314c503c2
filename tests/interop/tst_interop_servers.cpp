// SPDX-License-Identifier: GPL-3.0-or-later
// `weir watch` against the servers that people write first.
#include "interop/peers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir::interop;

namespace {

constexpr int count = 20;

QString goProgram()
{
    return QStringLiteral(WEIR_WORK_FOLDER "/events-server-go");
}

/// PHP's own server cannot choose a port and tell.
struct PhpServer
{
    explicit PhpServer(const QString &outputBuffering)
    {
        program.start(u"php"_s, {u"-d"_s, u"output_buffering="_s + outputBuffering, u"-S"_s,
                                    u"127.0.0.1:%1"_s.arg(port), peerFile(u"events.php"_s)});
    }

    quint16 port = freePort();
    Program program;
};

} // namespace

class TestInteropServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void node();
    void nodeJsonLines();
    void nodePost();
    void python();
    void go();
    void phpFlushed();
    void phpBuffered();

private:
    /// All events, in order and uncut, and each when it was sent.
    void streams(const QString &url);
};

void TestInteropServers::streams(const QString &url)
{
    Watch watch;
    watch.watch({url, u"--max-events"_s, QString::number(count)});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.exitStatus(), 0);
    QCOMPARE(watch.numbers(), upTo(count));
    const auto last = watch.events().last();
    QCOMPARE(last[u"id"_s].toString(), QString::number(count));
    QCOMPARE(last[u"type"_s].toString(), u"tick"_s);
    QVERIFY2(last[u"data"_s].toString().contains(u"grün"), watch.said().constData());
    QVERIFY2(watch.arrivals() > count / 2, watch.said().constData());
}

void TestInteropServers::node()
{
    if (const auto missing = lacking({u"node"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    streams(server.url(u"/ticks"_s));
}

void TestInteropServers::nodeJsonLines()
{
    if (const auto missing = lacking({u"node"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    Watch watch;
    watch.watch({server.url(u"/ndjson?count=5"_s), u"--ndjson"_s, u"--no-reconnect"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.numbers(), upTo(5));
    QCOMPARE(watch.events().first()[u"type"_s].toString(), u"message"_s);
}

void TestInteropServers::nodePost()
{
    if (const auto missing = lacking({u"node"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    Watch watch;
    watch.watch({server.url(u"/words"_s), u"--method"_s, u"POST"_s, u"--header"_s, u"Content-Type: application/json"_s,
        u"--body"_s, u"{\"text\":\"so it streams\"}"_s, u"--no-reconnect"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QStringList data;
    for (const auto &event : watch.events())
        data.append(event[u"data"_s].toString());
    QCOMPARE(
        data, QStringList({u"{\"word\":\"so\"}"_s, u"{\"word\":\"it\"}"_s, u"{\"word\":\"streams\"}"_s, u"[DONE]"_s}));
    QCOMPARE(server.requests().size(), 1); // never sent twice
    const auto headers = server.requests().first()[u"headers"_s].toObject();
    QCOMPARE(headers[u"content-type"_s].toString(), u"application/json"_s);
    QCOMPARE(headers[u"content-length"_s].toString(), u"24"_s);
}

void TestInteropServers::python()
{
    if (const auto missing = lackingModules({u"aiohttp"_s, u"zstandard"_s}); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Server server;
    QVERIFY2(server.serve(weir::interop::python(), {peerFile(u"events-server.py"_s)}), server.errors().constData());
    streams(server.url(u"/ticks"_s));
}

void TestInteropServers::go()
{
    if (const auto missing = lacking({u"go"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    // The first build compiles net/http too, which is kept for the next one.
    qputenv("GOCACHE", WEIR_WORK_FOLDER "/go-cache");
    qputenv("GO111MODULE", "off");
    Program build;
    build.start(u"go"_s, {u"build"_s, u"-o"_s, goProgram(), peerFile(u"events-server.go"_s)});
    QTRY_VERIFY_WITH_TIMEOUT(build.hasEnded(), 180000);
    QVERIFY2(build.exitStatus() == 0, build.errors().constData());
    Server server;
    QVERIFY2(server.serve(goProgram(), {}), server.errors().constData());
    streams(server.url(u"/ticks"_s));
}

void TestInteropServers::phpFlushed()
{
    if (const auto missing = lacking({u"php"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    const PhpServer server(u"4096"_s);
    QVERIFY2(isServed(server.port), server.program.errors().constData());
    streams(u"http://127.0.0.1:%1/?flush"_s.arg(server.port));
}

// What PHP's output buffer does to a stream must be seen: everything comes, but late and many events at once.
void TestInteropServers::phpBuffered()
{
    if (const auto missing = lacking({u"php"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    const PhpServer server(u"4096"_s);
    QVERIFY2(isServed(server.port), server.program.errors().constData());
    Watch watch;
    watch.watch({u"http://127.0.0.1:%1/?count=60&gap=10&pad=300"_s.arg(server.port), u"--max-events"_s, u"60"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.numbers(), upTo(60));
    QVERIFY2(watch.arrivals() < 12, QByteArray::number(watch.arrivals()).constData());
}

QTEST_GUILESS_MAIN(TestInteropServers)
#include "tst_interop_servers.moc"
