// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTest>

#include <ctime>
#include <sys/resource.h>

namespace weir::publish {

/// Start, stop, restart, quit.
class LifecycleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void endsAllStreams();
    void endsInTimeWithSleepers();
    void endsWithoutAnswerInARequest();
    void startsAgain();
    void restartsWhileRunning();
    void saysWhyItCannotListen_data();
    void saysWhyItCannotListen();
    void returnsEveryDescriptor();
    void survivesTheDescriptorLimit();
    void diesWithOpenStreams();
    void reportsClientsSeldom();
};

namespace {

using Clients = std::vector<std::unique_ptr<RawClient>>;

Clients connectClients(RunningPublisher &publisher, int count)
{
    Clients clients;
    for (int i = 0; i < count; ++i)
        clients.push_back(std::make_unique<RawClient>(publisher.port(), get("/events")));
    return clients;
}

bool areClosed(const Clients &clients)
{
    return std::all_of(clients.begin(), clients.end(), [](const auto &client) { return client->isClosed(); });
}

qsizetype openDescriptors()
{
    return QDir(QStringLiteral("/proc/self/fd"))
        .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
        .size();
}

} // namespace

void LifecycleTest::endsAllStreams()
{
    RunningPublisher publisher;
    const Clients clients = connectClients(publisher, 100);
    QTRY_COMPARE(publisher.clientCount(), 100);
    QSignalSpy stopped(&*publisher, &Publisher::stopped);
    publisher->publish(publicationOf("last"));
    publisher->stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, 1000);
    QTRY_VERIFY(areClosed(clients));
    for (const auto &client : clients)
        QVERIFY(client->hasEndChunk() && client->body().endsWith("data: last\n\n"));
    QCOMPARE(publisher.clientCount(), 0);
    RawClient late(publisher.port());
    QTRY_COMPARE(late.socket().error(), QAbstractSocket::ConnectionRefusedError);
}

void LifecycleTest::endsInTimeWithSleepers()
{
    RunningPublisher publisher;
    RawClient sleeper(publisher.port());
    sleeper.socket().setReadBufferSize(1);
    sleeper.send(get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    for (int i = 0; i < 3; ++i)
        publisher->publish(publicationOf(QByteArray(3 << 20, 'x')));
    QSignalSpy stopped(&*publisher, &Publisher::stopped);
    publisher->stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, 1500);
}

void LifecycleTest::endsWithoutAnswerInARequest()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), "GET /events HTTP/1.1\r\nHo");
    QTRY_COMPARE(client.socket().state(), QAbstractSocket::ConnectedState);
    QTRY_COMPARE(client.socket().bytesToWrite(), 0);
    QSignalSpy stopped(&*publisher, &Publisher::stopped);
    publisher->stop();
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.received().isEmpty());
}

void LifecycleTest::startsAgain()
{
    RunningPublisher publisher;
    QSignalSpy started(&*publisher, &Publisher::started);
    const QByteArray id = publisher.publish("1");
    RawClient before(publisher.port(), get("/events"));
    QTRY_COMPARE(before.status(), 200);
    publisher->stop();
    publisher.publish("2");
    PublisherSettings settings;
    settings.port = publisher.port();
    publisher->start(settings);
    QTRY_COMPARE(started.size(), 1);
    QCOMPARE(started.at(0).at(0).toUrl(), QUrl(QStringLiteral("http://127.0.0.1:%1").arg(publisher.port())));
    RawClient after(publisher.port(), get("/events", "Last-Event-ID: " + id + "\r\n"));
    QTRY_VERIFY(after.body().contains("data: 2\n\n"));
    QVERIFY(!after.body().contains("weir-gap"));
}

void LifecycleTest::restartsWhileRunning()
{
    RunningPublisher publisher;
    QSignalSpy started(&*publisher, &Publisher::started);
    QSignalSpy stopped(&*publisher, &Publisher::stopped);
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.status(), 200);
    publisher->start({});
    QTRY_COMPARE(started.size(), 1);
    QCOMPARE(stopped.size(), 1);
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.hasEndChunk());
}

void LifecycleTest::saysWhyItCannotListen_data()
{
    QTest::addColumn<QString>("taken");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("named");
    const auto local = QStringLiteral("127.0.0.1");
    const auto row = [](const char *name, const QString &taken, const QString &address, const char *named) {
        QTest::newRow(name) << taken << address << QString::fromLatin1(named);
    };
    row("port in use", local, local, "already in use by another program.");
    row("port in use at ::1, where localhost may lead", QStringLiteral("::1"), local, "::1");
    row("foreign address", local, QStringLiteral("192.0.2.1"), "192.0.2.1");
    row("address of many", local, QStringLiteral("224.0.0.1"), "224.0.0.1");
    row("broadcast", local, QStringLiteral("255.255.255.255"), "255.255.255.255");
    row("link-local without interface", local, QStringLiteral("fe80::1"), "fe80::1%eth0");
}

void LifecycleTest::saysWhyItCannotListen()
{
    QFETCH(QString, taken);
    QFETCH(QString, address);
    QFETCH(QString, named);
    QTcpServer other;
    if (!other.listen(QHostAddress(taken)))
        QSKIP("This system has no IPv6.");
    PublisherSettings settings;
    settings.address = QHostAddress(address);
    settings.port = other.serverPort();
    Publisher publisher;
    QSignalSpy failed(&publisher, &Publisher::failed);
    QSignalSpy started(&publisher, &Publisher::started);
    publisher.start(settings);
    QTRY_COMPARE(failed.size(), 1);
    const QString reason = failed.at(0).at(0).toString();
    QVERIFY2(reason.contains(named), qPrintable(reason));
    QVERIFY(started.isEmpty());
    publisher.start({});
    QTRY_COMPARE(started.size(), 1);
}

void LifecycleTest::returnsEveryDescriptor()
{
    RunningPublisher publisher;
    Clients warmUp = connectClients(publisher, 50);
    QTRY_COMPARE(publisher.clientCount(), 50);
    warmUp.clear();
    QTRY_COMPARE(publisher.clientCount(), 0);
    const qsizetype before = openDescriptors();
    for (int round = 0; round < 40; ++round) { // 2,000 in all
        Clients clients = connectClients(publisher, 50);
        QTRY_VERIFY(
            std::all_of(clients.begin(), clients.end(), [](const auto &each) { return each->status() == 200; }));
    }
    QTRY_COMPARE(publisher.clientCount(), 0);
    QTRY_COMPARE(openDescriptors(), before);
}

void LifecycleTest::survivesTheDescriptorLimit()
{
    RunningPublisher publisher;
    QTRY_VERIFY(publisher.port() != 0);
    rlimit usual{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &usual), 0);
    const auto restore = qScopeGuard([usual] { ::setrlimit(RLIMIT_NOFILE, &usual); });
    const rlimit few{static_cast<rlim_t>(openDescriptors()) + 200, usual.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
    Clients clients = connectClients(publisher, 120); // the server would need as many again
    QSignalSpy failed(&*publisher, &Publisher::failed);
    QVERIFY(!failed.wait(1000));
    const auto isServed = [](const auto &each) { return each->status() == 200; };
    QVERIFY(!std::all_of(clients.begin(), clients.end(), isServed));
    QVERIFY(std::none_of(clients.begin(), clients.end(), [](const auto &each) { return each->isClosed(); }));
    const std::clock_t before = std::clock();
    QVERIFY(!failed.wait(1000));
    QVERIFY((std::clock() - before) * 4 < CLOCKS_PER_SEC); // a spinning accept loop takes a whole core
    clients.erase(clients.begin(), clients.begin() + 80);
    QTRY_VERIFY(std::all_of(clients.begin(), clients.end(), isServed)); // who waited is not forgotten
}

void LifecycleTest::diesWithOpenStreams()
{
    auto publisher = std::make_unique<RunningPublisher>();
    const Clients clients = connectClients(*publisher, 20);
    QTRY_COMPARE(publisher->clientCount(), 20);
    Publisher::GeneratorSettings flood;
    flood.eventsPerSecond = 0;
    (*publisher)->startGenerator(flood);
    (*publisher)->startDemo();
    QElapsedTimer timer;
    timer.start();
    publisher.reset();
    QVERIFY(timer.elapsed() < 1000);
    QTRY_VERIFY(areClosed(clients));
}

void LifecycleTest::reportsClientsSeldom()
{
    RunningPublisher publisher;
    QSignalSpy changed(&*publisher, &Publisher::clientsChanged);
    const Clients clients = connectClients(publisher, 5);
    Publisher::GeneratorSettings generator;
    generator.eventsPerSecond = 200;
    generator.count = 200;
    generator.waitForClients = 5;
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    QElapsedTimer timer;
    timer.start();
    publisher->startGenerator(generator);
    QVERIFY(finished.wait());
    QTRY_VERIFY(!changed.isEmpty() && publisher.clients().at(0).eventsSent == 200);
    QVERIFY(changed.size() <= timer.elapsed() / 250 + 2);
    const qsizetype settled = changed.size();
    QSignalSpy again(&*publisher, &Publisher::clientsChanged);
    QVERIFY(!again.wait(600)); // nothing changes any more
    QCOMPARE(changed.size(), settled);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::LifecycleTest)
#include "tst_lifecycle.moc"
