// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

/// Readers that are too slow, too many, or gone.
class SlowClientsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void cutsOffWhoNeverReads();
    void losesNothingWithinTheBound();
    void takesAnEventLargerThanTheBound();
    void waitsForTheSlowWhenLossless();
    void limitsClients();
    void noticesWhoLeaves();
    void disconnectsOnRequest();
};

namespace {

const QByteArray large(32 << 10, 'x');

/// Lets the system's buffers hold little, so that a reader that stands still is felt soon.
void standStill(RawClient &client)
{
    client.socket().setReadBufferSize(1);
}

void readOn(RawClient &client)
{
    client.socket().setReadBufferSize(0);
}

} // namespace

void SlowClientsTest::cutsOffWhoNeverReads()
{
    RunningPublisher publisher;
    RawClient reader(publisher.port(), get("/events"));
    RawClient sleeper(publisher.port());
    standStill(sleeper);
    sleeper.send(get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 2);
    qint64 longest = 0;
    for (int i = 0; i < 2000; ++i) {
        publisher->publish(publicationOf(large));
        for (const ClientStatus &status : publisher.clients())
            longest = std::max(longest, status.bytesQueued);
        if (i % 50 == 0)
            QTRY_VERIFY(reader.received().size() >= (i - 50) * large.size());
    }
    QTRY_VERIFY(reader.received().size() >= 2000 * large.size());
    QCOMPARE(reader.body().count("data: "), 2000);
    QTRY_COMPARE(publisher.clientCount(), 1);
    QVERIFY(longest <= (4 << 20) + 2 * large.size());
    readOn(sleeper);
    QTRY_VERIFY(sleeper.isClosed());
    QVERIFY(!reader.isClosed());
}

void SlowClientsTest::losesNothingWithinTheBound()
{
    PublisherSettings settings;
    settings.maxQueuedBytesPerClient = 64 << 20;
    RunningPublisher publisher(settings);
    RawClient client(publisher.port());
    standStill(client);
    client.send(get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    for (int i = 0; i < 500; ++i)
        publisher->publish(publicationOf(QByteArray::number(i) + large));
    QTRY_VERIFY(publisher.clients().at(0).bytesQueued > (1 << 20));
    readOn(client);
    QTRY_VERIFY(client.received().endsWith("x\n\n\r\n") && client.received().size() >= 500 * large.size());
    QCOMPARE(client.body().count("data: "), 500);
    QVERIFY(client.body().contains("data: 499x") && !client.isClosed());
    QTRY_COMPARE(publisher.clients().at(0).bytesQueued, 0);
    QCOMPARE(publisher.clients().at(0).eventsSent, 500u);
}

void SlowClientsTest::takesAnEventLargerThanTheBound()
{
    PublisherSettings settings;
    settings.maxQueuedBytesPerClient = 64 << 10;
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.body(), QByteArray(":\n\n"));
    publisher.publish(QByteArray(1 << 20, 'y'));
    QTRY_VERIFY(client.body().endsWith("yyy\n\n"));
}

void SlowClientsTest::waitsForTheSlowWhenLossless()
{
    PublisherSettings settings;
    settings.isLossless = true;
    settings.maxQueuedBytesPerClient = 512 << 10;
    RunningPublisher publisher(settings);
    RawClient client(publisher.port());
    standStill(client);
    client.send(get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    Publisher::GeneratorSettings generator;
    generator.eventsPerSecond = 1e6;
    generator.count = 200'000;
    generator.dataTemplate = "{{seq}} " + QByteArray(90, 'x');
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    publisher->startGenerator(generator);
    QTRY_VERIFY(publisher.clients().at(0).bytesQueued > (128 << 10));
    QVERIFY(finished.isEmpty());
    readOn(client);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QTRY_VERIFY(client.received().contains("data: 200000 "));
    QCOMPARE(client.body().count("data: "), 200'000);
}

void SlowClientsTest::limitsClients()
{
    PublisherSettings settings;
    settings.maxClients = 2;
    RunningPublisher publisher(settings);
    RawClient first(publisher.port(), get("/events"));
    RawClient second(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 2);
    RawClient third(publisher.port(), get("/events"));
    QTRY_COMPARE(third.status(), 503);
    QVERIFY(third.header("Retry-After").toInt() > 0);
    RawClient head(publisher.port(), "HEAD" + get("/events").mid(3));
    QTRY_COMPARE(head.status(), 200);
    first.socket().abort();
    QTRY_COMPARE(publisher.clientCount(), 1);
    RawClient fourth(publisher.port(), get("/events"));
    QTRY_COMPARE(fourth.status(), 200);
}

void SlowClientsTest::noticesWhoLeaves()
{
    RunningPublisher publisher;
    RawClient closing(publisher.port(), get("/events"));
    RawClient resetting(publisher.port(), get("/events"));
    RawClient staying(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 3);
    closing.socket().disconnectFromHost();
    resetting.socket().abort();
    for (int i = 0; i < 100; ++i)
        publisher->publish(publicationOf("x"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    QTRY_COMPARE(staying.body().count("data: "), 100);
}

void SlowClientsTest::disconnectsOnRequest()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    publisher->disconnectClient(publisher.clients().at(0).id);
    publisher->disconnectClient(12345);
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.hasEndChunk());
    QTRY_COMPARE(publisher.clientCount(), 0);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::SlowClientsTest)
#include "tst_slowclients.moc"
