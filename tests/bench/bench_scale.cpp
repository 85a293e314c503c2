// SPDX-License-Identifier: GPL-3.0-or-later
// A thousand subscriptions, and one that floods beside a hundred that do not. Usage: bench_scale LOAD-SERVER.MJS
#include "store/eventlog.h"
#include "subscribe/descriptors.h"
#include "subscribe/ingest.h"
#include "support/processfigures.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTimer>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace weir;
using namespace std::chrono_literals;

namespace {

QString serverScript;

void waitFor(std::chrono::milliseconds most, const std::function<bool()> &isEnough)
{
    QEventLoop loop;
    QTimer::singleShot(most, &loop, &QEventLoop::quit);
    QTimer check;
    QObject::connect(&check, &QTimer::timeout, &loop, [&] {
        if (isEnough())
            loop.quit();
    });
    check.start(5ms);
    loop.exec();
}

/// Does nothing at all meanwhile: looking would count as Weir's time.
void rest(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Node's own server in a process of its own, so that its time and memory are not counted.
class LoadServer
{
public:
    explicit LoadServer(int ports)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(u"node"_s, {serverScript, QString::number(ports)});
        waitFor(20s, [this] { return m_process.canReadLine(); });
        for (const auto port : QJsonDocument::fromJson(m_process.readLine()).array())
            m_ports.append(port.toInt());
        if (m_ports.isEmpty())
            qFatal("the load server did not start");
    }
    ~LoadServer()
    {
        m_process.terminate();
        waitFor(5s, [this] { return m_process.state() == QProcess::NotRunning; });
    }

    /// Spread evenly over the ports.
    QUrl url(const QString &path, int n) const
    {
        return QUrl(u"http://127.0.0.1:%1%2"_s.arg(m_ports[n % m_ports.size()]).arg(path));
    }

private:
    QProcess m_process;
    QList<int> m_ports;
};

class Engine
{
public:
    Engine()
        : m_log({std::size_t{256} << 20, 65536, std::size_t{8} << 20})
        , m_ingest(m_log)
    {
        QObject::connect(&m_ingest, &subscribe::Ingest::statusChanged, &m_ingest, [this](const auto &status) {
            m_states[status.subscription.value] = status.state;
            m_open = static_cast<int>(std::count(m_states.cbegin(), m_states.cend(), store::ConnectionState::Open));
        });
    }

    void add(const QUrl &url)
    {
        subscribe::SubscriptionSettings settings;
        settings.url = url;
        settings.transport.proxy.kind = subscribe::ProxyKind::None;
        m_ingest.connectNow(m_ingest.add(settings));
    }
    int open() const { return m_open; }
    store::EventLog &log() { return m_log; }

private:
    store::EventLog m_log;
    subscribe::Ingest m_ingest;
    QHash<std::uint32_t, store::ConnectionState> m_states;
    int m_open = 0;
};

void manyIdle(const char *name, int ports)
{
    constexpr int count = 1000;
    const LoadServer server(ports);
    Engine engine;
    engine.add(server.url(u"/idle"_s, 0));
    waitFor(10s, [&] { return engine.open() == 1; });
    const qint64 memoryBefore = test::pssKiB();
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i)
        engine.add(server.url(u"/idle"_s, i));
    waitFor(60s, [&] { return engine.open() == count + 1; });
    const double seconds = static_cast<double>(timer.elapsed()) / 1000;
    rest(3s);
    const double memory = static_cast<double>(test::pssKiB() - memoryBefore) / count;
    const double before = test::cpuSeconds();
    rest(10s);
    const double cpu = (test::cpuSeconds() - before) / 10 * 100;
    std::printf("%s: %d of %d open after %.2f s (goal 5); %.1f KiB for each (goal 64); idle: %.2f %% of a core (goal "
                "1); %lld threads\n",
        name, engine.open() - 1, count, seconds, memory, cpu, static_cast<long long>(test::threadCount()));
    std::fflush(stdout);
}

/// Looks at what arrived since the last time; the log would not keep it for long beside a flood.
class Latencies
{
public:
    explicit Latencies(store::EventLog &log)
        : m_log(log)
        , m_next(log.snapshot().end())
    {}

    void look()
    {
        const store::Snapshot snapshot = m_log.snapshot();
        m_missed += m_next < snapshot.begin();
        for (m_next = std::max(m_next, snapshot.begin()); m_next < snapshot.end(); ++m_next.value)
            take(snapshot.at(m_next));
    }

    void print(const char *name)
    {
        std::sort(m_milliseconds.begin(), m_milliseconds.end());
        const auto at = [this](double part) {
            return m_milliseconds[static_cast<std::size_t>(part * static_cast<double>(m_milliseconds.size() - 1))];
        };
        if (m_milliseconds.empty())
            return;
        std::printf("%s: %zu events of the slow streams, p50 %.2f ms, p99 %.2f ms, most %.2f ms; %.0f events/s of the "
                    "flood%s\n",
            name, m_milliseconds.size(), at(0.5), at(0.99), at(1), static_cast<double>(m_flooded) / 10,
            m_missed > 0 ? "; some were evicted unseen" : "");
        std::fflush(stdout);
    }

private:
    void take(const store::EventView &event)
    {
        if (event.kind() != store::Kind::Event)
            return;
        const std::string_view sent = event.data();
        if (sent.starts_with('x')) {
            ++m_flooded;
            return;
        }
        const qint64 sentNs = QByteArray::fromRawData(sent.data(), static_cast<qsizetype>(sent.size())).toLongLong();
        m_milliseconds.push_back(static_cast<double>(event.arrival().time_since_epoch().count() - sentNs) / 1e6);
    }

    store::EventLog &m_log;
    store::EventNumber m_next;
    std::vector<double> m_milliseconds;
    std::uint64_t m_flooded = 0;
    int m_missed = 0;
};

void fairness(const char *name, bool withFlood)
{
    constexpr int count = 100;
    const LoadServer slow(1);
    const LoadServer fast(1);
    Engine engine;
    for (int i = 0; i < count; ++i)
        engine.add(slow.url(u"/slow"_s, i));
    if (withFlood)
        engine.add(fast.url(u"/flood"_s, 0));
    waitFor(20s, [&] { return engine.open() == count + (withFlood ? 1 : 0); });
    rest(1s);
    Latencies latencies(engine.log());
    waitFor(10s, [&] {
        latencies.look();
        return false;
    });
    latencies.print(name);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc != 2)
        return 2;
    serverScript = QString::fromLocal8Bit(argv[1]);
    subscribe::raiseDescriptorLimit();
    manyIdle("1000 streams of one host", 1);
    manyIdle("1000 streams of 1000 ports", 1000);
    fairness("100 streams alone", false);
    fairness("100 streams beside a flood", true);
    return 0;
}
