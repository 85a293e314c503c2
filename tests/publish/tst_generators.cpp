// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

/// Generators: count, rate, waiting for clients, errors.
class GeneratorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void sendsTheCount_data();
    void sendsTheCount();
    void keepsTheRate();
    void goesAsFastAsTheReader();
    void waitsForClients();
    void stopsWhenAsked();
    void waitsForTheServer();
    void endsWithTheServer();
    void refusesNonsense_data();
    void refusesNonsense();
};

namespace {

QByteArray numbers(int from, int to)
{
    QByteArray text;
    for (int i = from; i <= to; ++i)
        text += QByteArray::number(i) + ' ';
    return text;
}

/// The numbers in the data lines, in order.
QByteArray numbersOf(const RawClient &client)
{
    QByteArray text;
    for (const QByteArray &line : client.body().split('\n')) {
        if (line.startsWith("data: "))
            text += line.mid(6) + ' ';
    }
    return text;
}

} // namespace

void GeneratorsTest::sendsTheCount_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("count");
    QTest::newRow("one") << 1.0 << 1;
    QTest::newRow("as fast as possible") << 0.0 << 20'000;
    QTest::newRow("100,000/s") << 100'000.0 << 20'000;
    QTest::newRow("100/s") << 100.0 << 30;
}

void GeneratorsTest::sendsTheCount()
{
    QFETCH(double, rate);
    QFETCH(int, count);
    RunningPublisher publisher;
    RawClient first(publisher.port(), get("/events"));
    RawClient second(publisher.port(), "GET /events HTTP/1.0\r\n\r\n");
    Publisher::GeneratorSettings settings;
    settings.eventsPerSecond = rate;
    settings.count = static_cast<std::uint64_t>(count);
    settings.waitForClients = 2;
    settings.type = "tick";
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    const int number = publisher->startGenerator(settings);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10'000);
    QCOMPARE(finished.at(0).at(0).toInt(), number);
    const QByteArray expected = numbers(1, count);
    QTRY_COMPARE(numbersOf(first), expected);
    QTRY_COMPARE(numbersOf(second), expected);
    QCOMPARE(first.body().count("event: tick\n"), count);
    QCOMPARE(first.body(), second.body());
}

void GeneratorsTest::keepsTheRate()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    Publisher::GeneratorSettings settings;
    settings.eventsPerSecond = 500;
    settings.count = 501;
    settings.waitForClients = 1;
    QTRY_COMPARE(client.status(), 200);
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    QElapsedTimer timer;
    timer.start();
    publisher->startGenerator(settings);
    QVERIFY(finished.wait());
    // Late is possible on a busy machine, early is not.
    QVERIFY2(timer.elapsed() >= 990, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

void GeneratorsTest::goesAsFastAsTheReader()
{
    RunningPublisher publisher;
    RawClient client(publisher.port());
    client.socket().setReadBufferSize(1);
    client.send(get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    Publisher::GeneratorSettings settings;
    settings.eventsPerSecond = 0;
    settings.count = 300'000;
    settings.dataTemplate = "{{seq}} " + QByteArray(80, 'x');
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    publisher->startGenerator(settings);
    QTRY_VERIFY(publisher.clients().at(0).bytesQueued > 0);
    QVERIFY(publisher.clients().at(0).bytesQueued < (1 << 20));
    QVERIFY(finished.isEmpty() && !client.isClosed());
    client.socket().setReadBufferSize(0);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QTRY_VERIFY(client.received().contains("data: 300000 "));
    QVERIFY(!client.isClosed());
}

void GeneratorsTest::waitsForClients()
{
    RunningPublisher publisher;
    Publisher::GeneratorSettings settings;
    settings.eventsPerSecond = 1000;
    settings.count = 5;
    settings.waitForClients = 2;
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    publisher->startGenerator(settings);
    RawClient first(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    QCOMPARE(numbersOf(first), QByteArray());
    RawClient second(publisher.port(), get("/events"));
    QTRY_COMPARE(finished.size(), 1);
    QTRY_COMPARE(numbersOf(first), numbers(1, 5));
    QTRY_COMPARE(numbersOf(second), numbers(1, 5));
}

void GeneratorsTest::stopsWhenAsked()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    Publisher::GeneratorSettings settings;
    settings.eventsPerSecond = 200;
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    const int number = publisher->startGenerator(settings);
    QTRY_VERIFY(client.body().count("data: ") > 3);
    publisher->stopGenerator(number);
    publisher->stopGenerator(number);
    QTRY_COMPARE(finished.size(), 1);
    publisher.publish("end");
    QTRY_VERIFY(client.body().endsWith("data: end\n\n"));
}

void GeneratorsTest::waitsForTheServer()
{
    Publisher publisher;
    QSignalSpy started(&publisher, &Publisher::started);
    QSignalSpy finished(&publisher, &Publisher::generatorFinished);
    Publisher::GeneratorSettings settings;
    settings.count = 1;
    publisher.startGenerator(settings);
    publisher.start({});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(started.size(), 1);
}

void GeneratorsTest::endsWithTheServer()
{
    RunningPublisher publisher;
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    publisher->startGenerator({});
    publisher->stop();
    QTRY_COMPARE(finished.size(), 1);
}

void GeneratorsTest::refusesNonsense_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("template") << QStringLiteral("/events") << QByteArray("{{what}}");
    QTest::newRow("path") << QStringLiteral("events") << QByteArray("{{seq}}");
}

void GeneratorsTest::refusesNonsense()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, data);
    RunningPublisher publisher;
    QSignalSpy refused(&*publisher, &Publisher::refused);
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    Publisher::GeneratorSettings settings;
    settings.path = path;
    settings.dataTemplate = data;
    publisher->startGenerator(settings);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(refused.size(), 1);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::GeneratorsTest)
#include "tst_generators.moc"
