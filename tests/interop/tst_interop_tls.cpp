// SPDX-License-Identifier: GPL-3.0-or-later
// `weir watch` against nginx as TLS server and as buffering proxy, and against Node's HTTP/2 server.
#include "interop/nginx.h"
#include "interop/peers.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir::interop;

namespace {

/// nginx with TLS before a Node server: /live/ is passed on at once, /buffered/ as nginx does unless told otherwise.
QByteArray tlsProxy(const CertificateFiles &files, quint16 upstream)
{
    const QByteArray to = "proxy_pass http://127.0.0.1:" + QByteArray::number(upstream) +
                          "/; proxy_http_version 1.1; proxy_set_header Connection \"\";";
    return " ssl;\n    ssl_certificate " + files.certificate().toUtf8() + "; ssl_certificate_key " +
           files.key().toUtf8() + ";\n    location /live/ { " + to + " proxy_buffering off; }\n" +
           "    location /buffered/ { " + to + " }\n";
}

struct NodeServer : Server
{
    bool serveTls(const CertificateFiles &files)
    {
        return serve(u"node"_s, {peerFile(u"events-server.mjs"_s), files.certificate(), files.key()});
    }
};

} // namespace

class TestInteropTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nginxTrustedByFile();
    void nginxNotTrusted();
    void nginxAcceptedAnyway();
    void nginxBuffers();
    void nodeHttp_data();
    void nodeHttp();
    void nodePostOverHttp2();

private:
    const CertificateFiles m_files;
};

void TestInteropTls::initTestCase()
{
    if (const auto missing = lacking({u"node"_s, u"/usr/sbin/nginx"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
}

void TestInteropTls::nginxTrustedByFile()
{
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    Nginx nginx(tlsProxy(m_files, server.port()));
    nginx.start();
    QVERIFY2(isServed(nginx.port()), nginx.program().errors().constData());
    Watch watch;
    watch.watch({u"https://localhost:%1/live/ticks"_s.arg(nginx.port()), u"--cacert"_s, m_files.certificate(),
        u"--max-events"_s, u"20"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.numbers(), upTo(20));
    QVERIFY2(watch.arrivals() > 10, watch.said().constData());
}

void TestInteropTls::nginxNotTrusted()
{
    Nginx nginx(tlsProxy(m_files, 1));
    nginx.start();
    QVERIFY2(isServed(nginx.port()), nginx.program().errors().constData());
    Watch watch;
    watch.watch({u"https://localhost:%1/live/ticks"_s.arg(nginx.port()), u"--no-reconnect"_s, u"--states"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QVERIFY(watch.events().isEmpty());
    QVERIFY2(watch.said().contains("certificate"), watch.said().constData());
    QVERIFY(watch.exitStatus() != 0);
}

void TestInteropTls::nginxAcceptedAnyway()
{
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    Nginx nginx(tlsProxy(m_files, server.port()));
    nginx.start();
    QVERIFY2(isServed(nginx.port()), nginx.program().errors().constData());
    Watch watch;
    watch.watch({u"https://localhost:%1/live/ticks?count=3"_s.arg(nginx.port()), u"--insecure"_s, u"--states"_s,
        u"--no-reconnect"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.numbers(), upTo(3));
}

// A proxy that buffers must be seen for what it is: everything comes, in bursts.
void TestInteropTls::nginxBuffers()
{
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    Nginx nginx(tlsProxy(m_files, server.port()));
    nginx.start();
    QVERIFY2(isServed(nginx.port()), nginx.program().errors().constData());
    Watch watch;
    watch.watch({u"https://localhost:%1/buffered/ticks?count=100&gap=5&pad=600"_s.arg(nginx.port()), u"--cacert"_s,
        m_files.certificate(), u"--max-events"_s, u"100"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.numbers(), upTo(100));
    QVERIFY2(watch.arrivals() < 34, QByteArray::number(watch.arrivals()).constData());
}

void TestInteropTls::nodeHttp_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("version");
    QTest::newRow("HTTP/1.1") << QStringList() << u"1.1"_s;
    QTest::newRow("HTTP/2") << QStringList(u"--http2"_s) << u"2.0"_s;
}

void TestInteropTls::nodeHttp()
{
    QFETCH(QStringList, options);
    NodeServer server;
    QVERIFY2(server.serveTls(m_files), server.errors().constData());
    Watch watch;
    watch.watch(QStringList{u"https://localhost:%1/ticks?stay"_s.arg(server.port()), u"--cacert"_s,
                    m_files.certificate(), u"--states"_s} +
                options);
    QTRY_VERIFY2_WITH_TIMEOUT(watch.numbers() == upTo(20), watch.said().constData(), 20000);
    QVERIFY2(watch.arrivals() > 10, watch.said().constData());
    QCOMPARE(server.requests().size(), 1);
    QTEST(server.requests().first()[u"httpVersion"_s].toString(), "version");
}

void TestInteropTls::nodePostOverHttp2()
{
    NodeServer server;
    QVERIFY2(server.serveTls(m_files), server.errors().constData());
    Watch watch;
    watch.watch({u"https://localhost:%1/words"_s.arg(server.port()), u"--cacert"_s, m_files.certificate(), u"--http2"_s,
        u"--method"_s, u"POST"_s, u"--body"_s, u"{\"text\":\"a b\"}"_s, u"--no-reconnect"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QCOMPARE(watch.events().size(), 3);
    QCOMPARE(watch.events().last()[u"data"_s].toString(), u"[DONE]"_s);
    QCOMPARE(server.requests().size(), 1);
}

QTEST_GUILESS_MAIN(TestInteropTls)
#include "tst_interop_tls.moc"
