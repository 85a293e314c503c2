// SPDX-License-Identifier: GPL-3.0-or-later
// Connecting and disconnecting again and again leaves nothing behind: memory, threads and descriptors stay flat.
// WEIR_LEAK_CYCLES says how often; tests/bench/run does it 10,000 times.
#include "store/eventlog.h"
#include "subscribe/encoding.h"
#include "subscribe/ingest.h"
#include "support/processfigures.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <malloc.h>
#include <sys/socket.h>

using namespace weir;
using namespace Qt::StringLiterals;
using store::ConnectionState;

namespace {

int cycles()
{
    const int wanted = qEnvironmentVariableIntValue("WEIR_LEAK_CYCLES");
    return wanted > 0 ? wanted : 300;
}

/// Answers each request with one response. Remembers nothing: what it kept would count as a leak.
class SmallServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit SmallServer(QByteArray response, bool endsBody)
        : m_response(std::move(response))
        , m_endsBody(endsBody)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, &SmallServer::accept);
    }
    int openCount() const { return m_open; }
    QUrl url() const { return QUrl(u"http://127.0.0.1:%1/"_s.arg(serverPort())); }

Q_SIGNALS:
    void closed();

private:
    /// Ports of closed connections rest for a minute, and there are fewer than 30,000.
    static void leaveNoPort(qintptr descriptor)
    {
        const linger now{1, 0};
        setsockopt(static_cast<int>(descriptor), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }

    void accept()
    {
        while (QTcpSocket *socket = nextPendingConnection()) {
            ++m_open;
            if (!m_endsBody)
                leaveNoPort(socket->socketDescriptor());
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                --m_open;
                socket->deleteLater();
                Q_EMIT closed();
            });
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                if (!socket->readAll().endsWith("\r\n\r\n"))
                    return;
                socket->write(m_response);
                if (m_endsBody)
                    socket->disconnectFromHost();
            });
        }
    }

    QByteArray m_response;
    bool m_endsBody;
    int m_open = 0;
};

/// What must not grow.
struct Held
{
    qint64 heapKiB = 0; ///< in use; 0 under a sanitizer, which has its own means to find leaks
    qint64 residentKiB = 0;
    qint64 threads = 0;
    qint64 descriptors = 0;

    static Held now()
    {
        const struct mallinfo2 heap = mallinfo2();
        return {static_cast<qint64>((heap.uordblks + heap.hblkhd) / 1024), test::residentKiB(), test::threadCount(),
            test::descriptorCount()};
    }
};

QByteArray response(const QByteArray &fields, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n" + fields + "\r\n" + body;
}

/// An engine with a log so small that it is soon full.
class Engine : public QObject
{
public:
    explicit Engine(const SmallServer &server)
        : m_log({std::size_t{16} << 10, 64, std::size_t{4} << 10})
        , ingest(m_log)
    {
        connect(&ingest, &subscribe::Ingest::statusChanged, this, [this](const auto &status) {
            state = status.state;
            opened += status.state == ConnectionState::Open;
            m_loop.quit();
        });
        connect(&server, &SmallServer::closed, &m_loop, &QEventLoop::quit);
    }

    /// True as soon as a change of the connection makes it so; without the naps of QTest::qWaitFor().
    bool waitUntil(const std::function<bool()> &isSo)
    {
        const QDeadlineTimer deadline(10000);
        QTimer timer;
        connect(&timer, &QTimer::timeout, &m_loop, &QEventLoop::quit);
        while (!isSo() && !deadline.hasExpired()) {
            timer.start(static_cast<int>(deadline.remainingTime()));
            m_loop.exec();
        }
        return isSo();
    }

private:
    QEventLoop m_loop;
    store::EventLog m_log;

public:
    subscribe::Ingest ingest;
    ConnectionState state = ConnectionState::Idle;
    int opened = 0;
};

subscribe::SubscriptionSettings settingsFor(const QUrl &url)
{
    subscribe::SubscriptionSettings settings;
    settings.url = url;
    settings.transport.proxy.kind = subscribe::ProxyKind::None;
    settings.codings.gzip = true;
    settings.reconnect.floor = std::chrono::milliseconds{0};
    settings.reconnect.jitter = 0;
    return settings;
}

} // namespace

/// AddressSanitizer puts what is freed aside, to find uses of it; it looks for leaks by itself.
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr bool keepsFreedMemory = true;
#else
constexpr bool keepsFreedMemory = false;
#endif

class TestLeak : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectAndDisconnect_data();
    void connectAndDisconnect();
    void addAndRemove();
    void reconnects();

private:
    /// Runs `cycle` until everything that is kept for later is there, and then as often as asked for.
    void staysFlat(const std::function<bool()> &cycle);
};

void TestLeak::staysFlat(const std::function<bool()> &cycle)
{
    for (int i = 0; i < 200; ++i)
        QVERIFY(cycle());
    const Held before = Held::now();
    for (int i = 0; i < cycles(); ++i)
        QVERIFY(cycle());
    const Held after = Held::now();
    qInfo("%d cycles: heap %lld to %lld KiB, resident %lld to %lld KiB, threads %lld to %lld, descriptors %lld to %lld",
        cycles(), before.heapKiB, after.heapKiB, before.residentKiB, after.residentKiB, before.threads, after.threads,
        before.descriptors, after.descriptors);
    // A place in the pool is free a quarter of a second after its use, and an unused manager goes after a minute: so
    // many threads there may be, depending on how quick the machine is.
    const qint64 managers = std::max<qint64>(after.threads - before.threads, 0);
    QVERIFY2(after.threads <= 100, "threads are left behind");
    QVERIFY2(after.descriptors <= before.descriptors + 4 + 2 * managers, "descriptors are left behind");
    if (keepsFreedMemory)
        return;
    // A leak of 512 bytes a cycle would show in the short run, one of 16 in the long one.
    QVERIFY2(after.heapKiB - before.heapKiB <= 150 + 64 * managers, "the heap grows");
    QVERIFY2(after.residentKiB - before.residentKiB <= 2048 + 128 * managers, "the process grows");
}

void TestLeak::connectAndDisconnect_data()
{
    QTest::addColumn<QByteArray>("response");
    QTest::newRow("plain") << response({}, "id: 1\ndata: hello\n\n");
    QTest::newRow("gzip") << response(
        "Content-Encoding: gzip\r\n", QByteArray::fromStdString(test::encoded("gzip", "data: hello\n\n")));
    QTest::newRow("br") << response(
        "Content-Encoding: br\r\n", QByteArray::fromStdString(test::encoded("br", "data: hello\n\n")));
    QTest::newRow("zstd") << response(
        "Content-Encoding: zstd\r\n", QByteArray::fromStdString(test::encoded("zstd", "data: hello\n\n")));
}

void TestLeak::connectAndDisconnect()
{
    QFETCH(QByteArray, response);
    const SmallServer server(response, false);
    Engine engine(server);
    const auto id = engine.ingest.add(settingsFor(server.url()));
    staysFlat([&] {
        engine.ingest.connectNow(id);
        if (!engine.waitUntil([&] { return engine.state == ConnectionState::Open; }))
            return false;
        engine.ingest.disconnectNow(id);
        return engine.waitUntil([&] { return server.openCount() == 0; });
    });
}

void TestLeak::addAndRemove()
{
    const SmallServer server(response({}, "id: 1\ndata: hello\n\n"), false);
    Engine engine(server);
    staysFlat([&] {
        const int opened = engine.opened;
        const auto id = engine.ingest.add(settingsFor(server.url()));
        engine.ingest.connectNow(id);
        const bool didOpen = engine.waitUntil([&] { return engine.opened > opened; });
        engine.ingest.remove(id);
        return didOpen && engine.waitUntil([&] { return server.openCount() == 0; });
    });
}

void TestLeak::reconnects()
{
    const SmallServer server(response({}, "retry: 0\nid: 1\ndata: hello\n\n"), true);
    Engine engine(server);
    engine.ingest.connectNow(engine.ingest.add(settingsFor(server.url())));
    staysFlat([&] {
        const int opened = engine.opened;
        return engine.waitUntil([&] { return engine.opened > opened; });
    });
}

QTEST_GUILESS_MAIN(TestLeak)
#include "tst_leak.moc"
