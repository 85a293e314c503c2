// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultrun.h"
#include "publish/server.h"
#include "publish/socketoptions.h"

#include <QRegularExpression>
#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace weir::publish {

using namespace Qt::StringLiterals;

/// What the faults of one client must not do to the others, to the publisher thread and to its own resuming.
class FaultNeighboursTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void passesOverNobodyWhenOneIsGone();
    void countsOutAClientThatIsGoneBeforeItsStream();
    void keepsTheOrderForOthers();
    void resumesWithoutAHole();
    void leavesTheThreadToOthers_data();
    void leavesTheThreadToOthers();
    void endsAnEndlessLine();
};

namespace {

const FaultPlan unpaced = FaultRun::plan(Fault::NoHeartbeat);

/// Lets the publisher thread stand still until it is released, then runs the task.
class StandStill
{
public:
    StandStill(Publisher &publisher, std::function<void(Server &)> task)
    {
        publisher.onServer([this, task = std::move(task)](Server &server) {
            m_go.acquire();
            task(server);
        });
    }
    ~StandStill() { end(); }
    Q_DISABLE_COPY_MOVE(StandStill)
    void end() { m_go.release(); }

private:
    QSemaphore m_go;
};

/// Gone with a reset before anybody who is standing still can know.
void reset(RawClient &client)
{
    client.socket().flush();
    resetOnClose(client.socket().socketDescriptor());
    client.socket().abort();
}

/// The numbers of the ids, in order.
QList<int> numbersOf(const QByteArray &body)
{
    QList<int> numbers;
    for (const QByteArray &line : body.split('\n')) {
        if (line.startsWith("id: "))
            numbers.append(line.mid(line.lastIndexOf('-') + 1).trimmed().toInt());
    }
    return numbers;
}

QList<int> countedFrom(int first, int last)
{
    QList<int> numbers;
    for (int i = first; i <= last; ++i)
        numbers.append(i);
    return numbers;
}

Publisher::GeneratorSettings asFastAsPossible(std::uint64_t count)
{
    Publisher::GeneratorSettings settings;
    settings.eventsPerSecond = 0;
    settings.count = count;
    return settings;
}

/// Reads faster than any publisher writes, on a thread of its own, and keeps nothing.
class DrainingClient
{
public:
    explicit DrainingClient(quint16 port)
        : m_socket(askOnPlainSocket(port, get("/events")))
    {
        if (m_socket < 0)
            return;
        m_thread.reset(QThread::create([this] { drain(); }));
        m_thread->start();
    }
    ~DrainingClient()
    {
        ::shutdown(m_socket, SHUT_RDWR);
        if (m_thread)
            m_thread->wait();
        ::close(m_socket);
    }
    Q_DISABLE_COPY_MOVE(DrainingClient)

    qint64 received() const { return m_received; }
    bool hasEnded() const { return m_hasEnded; }

private:
    void drain()
    {
        std::array<char, 256 << 10> piece{};
        ssize_t count = 0;
        do {
            count = ::recv(m_socket, piece.data(), piece.size(), 0);
            m_received += std::max<ssize_t>(count, 0);
        } while (count > 0);
        m_hasEnded = true;
    }

    int m_socket;
    std::atomic<qint64> m_received = 0;
    std::atomic<bool> m_hasEnded = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace

void FaultNeighboursTest::passesOverNobodyWhenOneIsGone()
{
    FaultRun run(unpaced);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    RawClient first(run.publisher().port(), get("/events"));
    QTRY_COMPARE(run.publisher().clientCount(), 2);
    RawClient second(run.publisher().port(), get("/events"));
    QTRY_COMPARE(run.publisher().clientCount(), 3);
    StandStill still(*run.publisher(),
        [](Server &server) { server.channels().find("/events")->send(publicationOf("x").message, true); });
    reset(run.client());
    still.end();
    run.publish("9", "end");
    for (const RawClient *client : {&first, &second}) {
        QTRY_VERIFY(client->body().endsWith(FaultRun::textOf("9", "end")));
        QCOMPARE(client->body().count("data: x\n"), 1);
    }
    QTRY_COMPARE(run.publisher().clientCount(), 2);
}

void FaultNeighboursTest::countsOutAClientThatIsGoneBeforeItsStream()
{
    PublisherSettings settings;
    settings.maxClients = 1;
    RunningPublisher publisher(settings);
    ClientControl control(*publisher);
    QSignalSpy armed(&control, &ClientControl::armedChanged);
    control.arm(u"/events"_s, 1, unpaced);
    const QByteArray request = get("/events");
    RawClient gone(publisher.port(), request.first(8));
    QTRY_COMPARE(gone.socket().state(), QAbstractSocket::ConnectedState);
    RawClient other(publisher.port(), get("/none"));
    QTRY_COMPARE(other.status(), 404);
    StandStill still(*publisher, [](Server &) {});
    gone.send(request.mid(8));
    reset(gone);
    still.end();
    QTRY_VERIFY(!armed.isEmpty() && armed.last().at(0).value<QList<ArmedFault>>().isEmpty());
    std::unique_ptr<RawClient> next;
    const auto isServed = [&] {
        if (!next || next->status() == 503)
            next = std::make_unique<RawClient>(publisher.port(), request);
        return next->status() == 200;
    };
    QTRY_VERIFY(isServed());
}

void FaultNeighboursTest::keepsTheOrderForOthers()
{
    constexpr int count = 50'000;
    FaultRun run(unpaced);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    RawClient other(run.publisher().port(), get("/events"));
    QTRY_COMPARE(run.publisher().clientCount(), 2);
    QSignalSpy finished(&*run.publisher(), &Publisher::generatorFinished);
    run.publisher()->startGenerator(asFastAsPossible(count));
    QTRY_COMPARE(finished.size(), 1);
    QTRY_VERIFY(other.received().endsWith("data: 50000\n\n\r\n"));
    QTRY_VERIFY(run.client().received().endsWith("data: 50000\n\n\r\n"));
    QVERIFY(numbersOf(other.body()) == countedFrom(1, count));
    QVERIFY(numbersOf(run.client().body()) == countedFrom(1, count));
}

void FaultNeighboursTest::resumesWithoutAHole()
{
    constexpr int held = 1000;
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    run.publisher()->onServer([](Server &server) {
        for (int i = 0; i < held; ++i)
            server.channels().find("/events")->send(publicationOf("x").message, true);
    });
    QTRY_COMPARE(numbersOf(run.client().body()).size(), held);
    const QByteArray body = run.client().body();
    const qsizetype at = body.indexOf("id: ") + 4;
    run.control().arm(u"/events"_s, 1, FaultRun::plan(Fault::LineEnds));
    RawClient resuming(run.publisher().port(), "GET /events HTTP/1.1\r\n");
    QTRY_COMPARE(resuming.socket().state(), QAbstractSocket::ConnectedState);
    // A generator that has begun and whose turn comes as soon as there is room.
    StandStill still(*run.publisher(), [](Server &server) { server.startGenerator(1, asFastAsPossible(10'000)); });
    resuming.send("Host: localhost\r\nLast-Event-ID: " + body.mid(at, body.indexOf('\n', at) - at) + "\r\n\r\n");
    resuming.socket().flush();
    still.end();
    QTRY_VERIFY(resuming.received().endsWith("data: 10000\r\n\r\n\r\n"));
    QVERIFY(numbersOf(resuming.body()) == countedFrom(2, held + 10'000));
}

void FaultNeighboursTest::leavesTheThreadToOthers_data()
{
    QTest::addColumn<FaultPlan>("plan");
    QTest::newRow("a generator") << unpaced;
    QTest::newRow("an endless line") << FaultRun::plan(Fault::EndlessLine, {{u"mebibytes"_s, 0}, {u"events"_s, 0}});
    QTest::newRow("an endless line that is coded to nearly nothing")
        << FaultRun::plan(Fault::EndlessLine, {{u"mebibytes"_s, 0}, {u"events"_s, 0}}).with(Fault::GzipUnflushed);
}

void FaultNeighboursTest::leavesTheThreadToOthers()
{
    QFETCH(FaultPlan, plan);
    RunningPublisher publisher;
    ClientControl control(*publisher);
    QSignalSpy armed(&control, &ClientControl::armedChanged);
    control.arm(u"/events"_s, 1, plan);
    QTRY_COMPARE(armed.size(), 1);
    const DrainingClient client(publisher.port());
    QTRY_COMPARE(publisher.clientCount(), 1);
    const int generator = publisher->startGenerator(asFastAsPossible(0));
    QTRY_VERIFY(client.received() > (100 << 10));
    // Each of them takes a turn of the thread.
    for (int turn = 0; turn < 50; ++turn) {
        const auto done = std::make_shared<QSemaphore>();
        publisher->onServer([done](Server &) { done->release(); });
        QVERIFY(done->tryAcquire(1, 3000));
    }
    publisher->stopGenerator(generator);
}

void FaultNeighboursTest::endsAnEndlessLine()
{
    RunningPublisher publisher;
    ClientControl control(*publisher);
    control.arm(u"/events"_s, 1, FaultRun::plan(Fault::EndlessLine, {{u"mebibytes"_s, 0}, {u"events"_s, 0}}));
    QTRY_VERIFY(publisher.port() > 0);
    const DrainingClient client(publisher.port());
    QTRY_COMPARE(publisher.clientCount(), 1);
    QTRY_VERIFY(client.received() > (1 << 20));
    publisher->disconnectClient(publisher.clients().at(0).id);
    QTRY_VERIFY(client.hasEnded());
    QTRY_COMPARE(publisher.clientCount(), 0);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FaultNeighboursTest)
#include "tst_faultneighbours.moc"
