// SPDX-License-Identifier: GPL-3.0-or-later
// The engine against a flood over HTTP/2 from Node: the library cannot be held back there, so a ceiling guards memory.
#include "interop/peers.h"
#include "store/eventlog.h"
#include "subscribe/ingest.h"

#include <QDeadlineTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir;
using namespace weir::interop;

class TestInteropHttp2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void ceilingGuardsMemory();

private:
    const CertificateFiles m_files;
};

void TestInteropHttp2::initTestCase()
{
    if (const auto missing = lacking({u"node"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
}

void TestInteropHttp2::ceilingGuardsMemory()
{
    Server server;
    const QStringList arguments{peerFile(u"events-server.mjs"_s), m_files.certificate(), m_files.key()};
    QVERIFY2(server.serve(u"node"_s, arguments), server.errors().constData());
    store::EventLog log;
    subscribe::FlowLimit flow;
    flow.maxRecordsAhead = 10;
    subscribe::Ingest ingest(log, &flow);
    subscribe::ConnectionStatus last;
    QObject::connect(&ingest, &subscribe::Ingest::statusChanged, this,
        [&](const subscribe::ConnectionStatus &status) { last = status; });
    subscribe::SubscriptionSettings settings;
    settings.url = QUrl(u"https://localhost:%1/ticks?count=2000&gap=0&pad=100000"_s.arg(server.port()));
    settings.transport.httpVersion = subscribe::HttpVersion::Http2;
    settings.transport.tls.caFile = m_files.certificate();
    settings.http2MemoryCeiling = std::size_t{4} << 20;
    settings.reconnect.isEnabled = false;
    const auto id = ingest.add(settings);
    ingest.connectNow(id);
    QTRY_COMPARE(last.httpVersion, u"HTTP/2"_s);
    // Nobody takes the events, and 200 MB want to come: enough time for far more than the ceiling.
    const QDeadlineTimer enough(1500);
    QTRY_VERIFY(enough.hasExpired());
    QTRY_VERIFY_WITH_TIMEOUT(flow.consumedThrough.exchange(log.ledger().received) < 1'000'000 &&
                                 last.state == store::ConnectionState::Closed,
        20000);
    QCOMPARE(last.cause, subscribe::Cause::MemoryCeiling);
    QVERIFY2(last.detail.contains(u"4 MiB"_s), qPrintable(last.detail));
    QVERIFY(log.ledger().receivedByKind[0] < 2000);
}

QTEST_GUILESS_MAIN(TestInteropHttp2)
#include "tst_interop_http2.moc"
