// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientcontrol.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "publish/server.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTest>

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Channels that differ: each is served as its settings say, and can be changed, ended and removed while it runs.
class ChannelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void numbersByTime();
    void numbersNothingByItself();
    void sendsNoIds();
    void generatesWithEveryPolicy_data();
    void generatesWithEveryPolicy();
    void sendsTheLast();
    void addsHeaders();
    void sendsFirst();
    void readsUntilClose();
    void endsStreamsInTime();
    void spreadsTheReturn();
    void saysNothingAtTheEndUnlessAsked();
    void keepsOwnSettingsApart();
    void changesWhileItRuns();
    void endsForGood();
    void removes_data();
    void removes();
    void beginsNoStreamOnceItIsGone_data();
    void beginsNoStreamOnceItIsGone();
    void isAddedAgain();
    void refusesNonsense();
};

namespace {

/// Settings of a server that has one channel of its own, /events.
PublisherSettings with(const std::function<void(ChannelSettings &)> &change)
{
    ChannelSettings channel;
    change(channel);
    PublisherSettings settings;
    settings.channels = {channel};
    return settings;
}

QByteArray resume(const QByteArray &id)
{
    return get("/events", "Last-Event-ID: " + id + "\r\n");
}

} // namespace

void ChannelsTest::numbersByTime()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) { channel.ids = IdPolicy::Time; }));
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const QByteArray first = publisher.publish("a");
    publisher.publish("b");
    static const QRegularExpression form(u"^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)-1$"_s);
    const auto match = form.match(QString::fromLatin1(first));
    QVERIFY2(match.hasMatch(), first.constData());
    const QDateTime time = QDateTime::fromString(match.captured(1), Qt::ISODateWithMs);
    QVERIFY(qAbs(before.msecsTo(time)) < 60'000);

    RawClient client(publisher.port(), resume(first));
    QTRY_VERIFY(client.body().contains("data: b\n\n"));
    QVERIFY(!client.body().contains("data: a"));
    QVERIFY(!client.body().contains("weir-gap"));
    // The number is known, the time is of another run.
    RawClient stranger(publisher.port(), resume("2020-01-01T00:00:00.000Z-1"));
    QTRY_VERIFY(stranger.body().contains("data: b\n\n"));
    QVERIFY(stranger.body().contains("event: weir-gap\n"));
}

void ChannelsTest::numbersNothingByItself()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) { channel.ids = IdPolicy::Own; }));
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.hasHead());
    QCOMPARE(publisher.publish("a"), QByteArray());
    Publication own = publicationOf("b");
    own.message.id = "mine";
    publisher->publish(own);
    QTRY_VERIFY(client.body().endsWith("data: a\n\nid: mine\ndata: b\n\n"));
    QVERIFY(!client.body().contains("id: \n"));
}

void ChannelsTest::sendsNoIds()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) { channel.ids = IdPolicy::None; }));
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.hasHead());
    publisher.publish("a");
    QTRY_VERIFY(client.body().endsWith("data: a\n\n"));
    QVERIFY(!client.body().contains("id:"));
    Publication own = publicationOf("b");
    own.message.id = "mine";
    QSignalSpy refused(&*publisher, &Publisher::refused);
    publisher->publish(own);
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(refused.at(0).at(0).toString().contains(u"/events"_s));
}

void ChannelsTest::generatesWithEveryPolicy_data()
{
    QTest::addColumn<int>("policy");
    QTest::addColumn<int>("ids");
    QTest::newRow("counter") << static_cast<int>(IdPolicy::Counter) << 5;
    QTest::newRow("time") << static_cast<int>(IdPolicy::Time) << 5;
    QTest::newRow("own") << static_cast<int>(IdPolicy::Own) << 0;
    QTest::newRow("none") << static_cast<int>(IdPolicy::None) << 0;
}

void ChannelsTest::generatesWithEveryPolicy()
{
    QFETCH(int, policy);
    RunningPublisher publisher(
        with([policy](ChannelSettings &channel) { channel.ids = static_cast<IdPolicy>(policy); }));
    Publisher::GeneratorSettings generator;
    generator.eventsPerSecond = 0;
    generator.count = 5;
    generator.waitForClients = 1;
    publisher->startGenerator(generator);
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.body().endsWith("data: 5\n\n"));
    QTEST(static_cast<int>(client.body().count("id: ")), "ids");
    if (client.body().contains("id: ")) {
        const qsizetype begin = client.body().indexOf("id: ") + 4;
        RawClient again(publisher.port(), resume(client.body().mid(begin, client.body().indexOf('\n', begin) - begin)));
        QTRY_VERIFY(again.body().endsWith("data: 5\n\n"));
        QCOMPARE(again.body().count("data: "), 4);
    }
}

void ChannelsTest::sendsTheLast()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) { channel.sendLast = 2; }));
    for (const char *data : {"a", "b", "c"})
        publisher.publish(data);
    RawClient fresh(publisher.port(), get("/events"));
    QTRY_VERIFY(fresh.body().endsWith("data: c\n\n"));
    QCOMPARE(fresh.body().count("data: "), 2);
    RawClient resuming(publisher.port(), resume(publisher.publish("d")));
    QTRY_VERIFY(resuming.hasHead());
    publisher.publish("e");
    QTRY_VERIFY(resuming.body().endsWith("data: e\n\n"));
    QCOMPARE(resuming.body().count("data: "), 1);
}

void ChannelsTest::addsHeaders()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) {
        channel.headers = {{"X-Own", "a"}, {"cache-control", "max-age=5"}};
    }));
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.hasHead());
    QCOMPARE(client.header("X-Own"), QByteArray("a"));
    QCOMPARE(client.header("Cache-Control"), QByteArray("max-age=5"));
    QCOMPARE(client.received().toLower().count("cache-control:"), 1);
    QCOMPARE(client.header("X-Accel-Buffering"), QByteArray("no"));
}

void ChannelsTest::sendsFirst()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) {
        channel.retry = 1234ms;
        channel.hasPadding = true;
    }));
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.body(), "retry: 1234\n\n:" + QByteArray(2048, ' ') + "\n\n");
}

void ChannelsTest::readsUntilClose()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) { channel.isChunked = false; }));
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.hasHead());
    QVERIFY(client.header("Transfer-Encoding").isNull());
    QCOMPARE(client.header("Connection"), QByteArray("close"));
    publisher.publish("a");
    QTRY_VERIFY(client.rawBody().endsWith("data: a\n\n"));
    publisher->stop();
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.rawBody().endsWith("data: a\n\n"));
}

void ChannelsTest::endsStreamsInTime()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) { channel.maxLife = 500ms; }));
    QElapsedTimer timer;
    timer.start();
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.hasEndChunk());
    QVERIFY2(timer.elapsed() >= 400, qPrintable(QString::number(timer.elapsed())));
}

void ChannelsTest::spreadsTheReturn()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) {
        channel.retry = 1000ms;
        channel.returnSpread = 5000ms;
    }));
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(std::make_unique<RawClient>(publisher.port(), get("/events")));
    QTRY_COMPARE(publisher.clientCount(), 20);
    publisher->stop();
    std::set<int> times;
    for (const auto &client : clients) {
        QTRY_VERIFY(client->isClosed());
        QVERIFY(client->hasEndChunk());
        const QByteArray body = client->body();
        const qsizetype last = body.lastIndexOf("retry: ");
        QVERIFY(last > 0 && body.endsWith("\n\n"));
        const int time = body.mid(last + 7).trimmed().toInt();
        QVERIFY2(time >= 1000 && time <= 6000, body.constData());
        times.insert(time);
    }
    QVERIFY(times.size() > 10);
}

void ChannelsTest::saysNothingAtTheEndUnlessAsked()
{
    RunningPublisher publisher(with([](ChannelSettings &channel) { channel.retry = 1000ms; }));
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    publisher->stop();
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.body(), QByteArray("retry: 1000\n\n:\n\n"));
}

void ChannelsTest::keepsOwnSettingsApart()
{
    PublisherSettings settings = with([](ChannelSettings &channel) { channel.path = u"/own"_s; });
    settings.retry = 77ms;
    RunningPublisher publisher(settings);
    RawClient own(publisher.port(), get("/own"));
    RawClient usual(publisher.port(), get("/events"));
    QTRY_VERIFY(usual.body().startsWith("retry: 77\n\n"));
    QTRY_VERIFY(own.body().startsWith(":"));
}

void ChannelsTest::changesWhileItRuns()
{
    RunningPublisher publisher;
    RawClient before(publisher.port(), get("/events"));
    QTRY_VERIFY(before.hasHead());
    const QByteArray id = publisher.publish("a");
    ChannelSettings changed;
    changed.ids = IdPolicy::Own;
    changed.retry = 5ms;
    publisher->onServer([changed](Server &server) { server.configureChannel(changed); });
    QCOMPARE(publisher.publish("b"), QByteArray());
    QTRY_VERIFY(before.body().endsWith("data: b\n\n"));
    QVERIFY(!before.isClosed());
    RawClient after(publisher.port(), resume(id));
    QTRY_VERIFY(after.body().startsWith("retry: 5\n\n"));
    QVERIFY(!after.body().contains("weir-gap")); // ids that were given stay known
}

void ChannelsTest::endsForGood()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.hasHead());
    ChannelSettings ended;
    ended.hasEnded = true;
    publisher->onServer([ended](Server &server) { server.configureChannel(ended); });
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.hasEndChunk());
    for (const char *method : {"GET", "HEAD"}) {
        RawClient again(publisher.port(), method + get("/events", "Origin: http://localhost:9\r\n").mid(3));
        QTRY_COMPARE(again.status(), 204);
        QCOMPARE(again.header("Access-Control-Allow-Origin"), QByteArray("http://localhost:9"));
        QVERIFY(again.header("Content-Length").isNull());
    }
    QSignalSpy refused(&*publisher, &Publisher::refused);
    publisher->publish(publicationOf("a"));
    QTRY_COMPARE(refused.size(), 1);
}

void ChannelsTest::removes_data()
{
    QTest::addColumn<bool>("answersNoContent");
    QTest::addColumn<int>("status");
    QTest::newRow("404") << false << 404;
    QTest::newRow("204") << true << 204;
}

void ChannelsTest::removes()
{
    QFETCH(bool, answersNoContent);
    QFETCH(int, status);
    RunningPublisher publisher;
    Publisher::GeneratorSettings generator;
    generator.eventsPerSecond = 50;
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    publisher->startGenerator(generator);
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.body().contains("data: "));
    const auto answer = answersNoContent ? ChannelSet::Answer::NoContent : ChannelSet::Answer::NotFound;
    publisher->onServer([answer](Server &server) { server.removeChannel(u"/events"_s, answer); });
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.hasEndChunk());
    QTRY_COMPARE(finished.size(), 1);
    RawClient again(publisher.port(), get("/events"));
    QTRY_COMPARE(again.status(), status);
}

void ChannelsTest::beginsNoStreamOnceItIsGone_data()
{
    QTest::addColumn<bool>("isRemoved");
    QTest::newRow("removed") << true;
    QTest::newRow("ended") << false;
}

void ChannelsTest::beginsNoStreamOnceItIsGone()
{
    QFETCH(bool, isRemoved);
    RunningPublisher publisher;
    ClientControl control(*publisher);
    FaultPlan plan;
    QCOMPARE(plan.set(Fault::HeadDelay, {{u"ms"_s, 400}}), QString());
    control.arm(u"/events"_s, 1, plan);
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clients().value(0).state, ClientState::Waiting);
    publisher->onServer([isRemoved](Server &server) {
        ChannelSettings settings;
        settings.hasEnded = true;
        if (isRemoved)
            server.removeChannel(u"/events"_s, ChannelSet::Answer::NotFound);
        else
            server.configureChannel(settings);
    });
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.received(), QByteArray());
}

void ChannelsTest::isAddedAgain()
{
    RunningPublisher publisher;
    const QByteArray before = publisher.publish("a");
    publisher->onServer([](Server &server) { server.removeChannel(u"/events"_s, ChannelSet::Answer::NoContent); });
    const QByteArray after = publisher.publish("b");
    QVERIFY(after.endsWith("-1"));
    QVERIFY(after != before);
    RawClient client(publisher.port(), resume(before));
    QTRY_VERIFY(client.body().contains("data: b\n\n"));
    QVERIFY(client.body().contains("event: weir-gap\n"));
    QVERIFY(!client.body().contains("data: a\n"));
}

void ChannelsTest::refusesNonsense()
{
    RunningPublisher publisher;
    QSignalSpy refused(&*publisher, &Publisher::refused);
    ChannelSettings wrong;
    wrong.headers = {{"X-Own", "a\r\nSet-Cookie: b"}};
    publisher->onServer([wrong](Server &server) { server.configureChannel(wrong); });
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(refused.at(0).at(0).toString().contains(u"X-Own"_s));
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.status(), 200);
    QVERIFY(!client.received().contains("Set-Cookie"));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ChannelsTest)
#include "tst_channels.moc"
