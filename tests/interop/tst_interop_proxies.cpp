// SPDX-License-Identifier: GPL-3.0-or-later
// `weir watch` through tinyproxy (HTTP, with a password) and microsocks (SOCKS5, with a password).
#include "interop/peers.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir::interop;

namespace {

/// tinyproxy in the foreground, unprivileged.
class Tinyproxy
{
public:
    Tinyproxy()
    {
        QFile file(m_folder.filePath(u"tinyproxy.conf"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write("Listen 127.0.0.1\nPort " + QByteArray::number(port) +
                       "\nAllow 127.0.0.1\nBasicAuth weir s3cret\nTimeout 600\nLogLevel Connect\n");
        file.close();
        program.start(u"tinyproxy"_s, {u"-d"_s, u"-c"_s, file.fileName()});
    }

    const quint16 port = freePort();
    Program program;

private:
    QTemporaryDir m_folder;
};

struct Microsocks
{
    Microsocks()
    {
        program.start(u"microsocks"_s,
            {u"-i"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(port), u"-u"_s, u"weir"_s, u"-P"_s, u"s3cret"_s});
    }

    const quint16 port = freePort();
    Program program;
};

} // namespace

class TestInteropProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tinyproxyHttp();
    void tinyproxyConnect();
    void tinyproxyWrongPassword();
    void microsocks();
    void microsocksWrongPassword();
    void nobodyListens();

private:
    void streams(const QString &url, const QString &proxy);
    void fails(const QString &url, const QString &proxy);

    const CertificateFiles m_files;
};

void TestInteropProxies::init()
{
    if (const auto missing = lacking({u"node"_s, u"tinyproxy"_s, u"microsocks"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
}

void TestInteropProxies::streams(const QString &url, const QString &proxy)
{
    Watch watch;
    watch.watch({url, u"--proxy"_s, proxy, u"--cacert"_s, m_files.certificate(), u"--states"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.numbers() == upTo(20), watch.said().constData(), 20000);
    QVERIFY2(watch.arrivals() > 10, watch.said().constData());
    QVERIFY2(!watch.said().contains("s3cret"), watch.said().constData());
}

void TestInteropProxies::fails(const QString &url, const QString &proxy)
{
    Watch watch;
    watch.watch({url, u"--proxy"_s, proxy, u"--no-reconnect"_s, u"--states"_s});
    QTRY_VERIFY2_WITH_TIMEOUT(watch.hasEnded(), watch.said().constData(), 20000);
    QVERIFY(watch.exitStatus() != 0);
    QVERIFY2(watch.said().contains("proxy"), watch.said().constData());
    QVERIFY2(!watch.said().contains("wrong-one"), watch.said().constData());
}

void TestInteropProxies::tinyproxyHttp()
{
    Server server;
    QVERIFY2(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), server.errors().constData());
    const Tinyproxy proxy;
    QVERIFY2(isServed(proxy.port), proxy.program.errors().constData());
    streams(server.url(u"/ticks?stay"_s), u"http://weir:s3cret@127.0.0.1:%1"_s.arg(proxy.port));
    QVERIFY2(server.requests().first()[u"headers"_s][u"via"_s].toString().contains(u"tinyproxy"),
        server.lines().join('\n').constData());
    QVERIFY(server.requests().first()[u"headers"_s][u"proxy-authorization"_s].isUndefined());
}

void TestInteropProxies::tinyproxyConnect()
{
    Server server;
    QVERIFY(server.serve(u"node"_s, {peerFile(u"events-server.mjs"_s), m_files.certificate(), m_files.key()}));
    const Tinyproxy proxy;
    QVERIFY2(isServed(proxy.port), proxy.program.errors().constData());
    streams(server.url(u"/ticks?stay"_s, u"https"_s), u"http://weir:s3cret@127.0.0.1:%1"_s.arg(proxy.port));
    QVERIFY2(!proxy.program.linesWith("CONNECT").isEmpty(), proxy.program.lines().join('\n').constData());
}

void TestInteropProxies::tinyproxyWrongPassword()
{
    const Tinyproxy proxy;
    QVERIFY2(isServed(proxy.port), proxy.program.errors().constData());
    fails(u"https://localhost:1/"_s, u"http://weir:wrong-one@127.0.0.1:%1"_s.arg(proxy.port));
    fails(u"http://localhost:1/"_s, u"http://weir:wrong-one@127.0.0.1:%1"_s.arg(proxy.port));
}

void TestInteropProxies::microsocks()
{
    Server plain;
    QVERIFY2(plain.serve(u"node"_s, {peerFile(u"events-server.mjs"_s)}), plain.errors().constData());
    Server encrypted;
    QVERIFY(encrypted.serve(u"node"_s, {peerFile(u"events-server.mjs"_s), m_files.certificate(), m_files.key()}));
    const Microsocks proxy;
    QVERIFY2(isServed(proxy.port), proxy.program.errors().constData());
    const QString address = u"socks5://weir:s3cret@127.0.0.1:%1"_s.arg(proxy.port);
    streams(plain.url(u"/ticks?stay"_s), address);
    streams(encrypted.url(u"/ticks?stay"_s, u"https"_s), address);
    QTRY_VERIFY2(
        proxy.program.errors().contains(QByteArray::number(encrypted.port())), proxy.program.errors().constData());
}

void TestInteropProxies::microsocksWrongPassword()
{
    const Microsocks proxy;
    QVERIFY2(isServed(proxy.port), proxy.program.errors().constData());
    fails(u"http://localhost:1/"_s, u"socks5://weir:wrong-one@127.0.0.1:%1"_s.arg(proxy.port));
}

void TestInteropProxies::nobodyListens()
{
    fails(u"http://localhost:1/"_s, u"http://127.0.0.1:%1"_s.arg(freePort()));
    fails(u"http://localhost:1/"_s, u"socks5://127.0.0.1:%1"_s.arg(freePort()));
}

QTEST_GUILESS_MAIN(TestInteropProxies)
#include "tst_interop_proxies.moc"
