// SPDX-License-Identifier: GPL-3.0-or-later
// `weir watch --compressed` against servers that compress and flush for each event.
#include "interop/peers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir::interop;

class TestInteropCodings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void node_data();
    void node();
    void python();
    void notAskedFor();

private:
    void streams(const QString &url, const QString &endingUrl);
};

void TestInteropCodings::streams(const QString &url, const QString &endingUrl)
{
    Watch live;
    live.watch({url, u"--compressed"_s, u"--states"_s});
    QTRY_COMPARE_WITH_TIMEOUT(live.numbers(), upTo(20), 20000);
    QVERIFY2(live.arrivals() > 10, live.said().constData()); // each when it was sent, the stream being open still
    QVERIFY(!live.hasEnded());

    Watch ending;
    ending.watch({endingUrl, u"--compressed"_s, u"--no-reconnect"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(ending.hasEnded(), ending.said().constData(), 20000);
    QCOMPARE(ending.numbers(), upTo(3));
    QVERIFY2(!ending.said().contains("damaged"), ending.said().constData());
}

void TestInteropCodings::node_data()
{
    QTest::addColumn<QString>("coding");
    for (const auto &coding : {u"gzip"_s, u"deflate"_s, u"br"_s})
        QTest::newRow(qPrintable(coding)) << coding;
}

void TestInteropCodings::node()
{
    QFETCH(QString, coding);
    if (const auto missing = lacking({u"node"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    const QString path = u"/coded/"_s + coding;
    streams(server.url(path + u"?stay"_s), server.url(path + u"?count=3"_s));
    const auto offered = server.requests().first()[u"headers"_s][u"accept-encoding"_s].toString();
    QVERIFY2(offered.contains(coding), qPrintable(offered));
}

void TestInteropCodings::python()
{
    if (const auto missing = lackingModules({u"aiohttp"_s, u"zstandard"_s}); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Server server;
    QVERIFY2(server.serve(weir::interop::python(), {peerFile(u"events-server.py"_s)}), server.errors().constData());
    streams(server.url(u"/coded/zstd?stay"_s), server.url(u"/coded/zstd?count=3"_s));
}

// Without --compressed nothing but identity is offered, and a server that compresses all the same is read.
void TestInteropCodings::notAskedFor()
{
    if (const auto missing = lacking({u"node"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    Watch watch;
    watch.watch({server.url(u"/coded/gzip?count=3"_s), u"--no-reconnect"_s, u"--states"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.numbers(), upTo(3));
    QCOMPARE(server.requests().first()[u"headers"_s][u"accept-encoding"_s].toString(), u"identity"_s);
}

QTEST_GUILESS_MAIN(TestInteropCodings)
#include "tst_interop_codings.moc"
