// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientcontrol.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "publish/server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <memory>

namespace weir::publish {

using namespace Qt::StringLiterals;

/// Events that come at the same time, as the clients of a running server get them: all, in one order, once.
class GatheringTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void keepsOneOrderForAll();
    void takesInWhoComesMeanwhile();
    void countsWhatASlowClientMisses();
    void cutsOffWhoTakesNothing();
    void sendsItBefore_data();
    void sendsItBefore();
    void pausesAfterIt();
    void failsAfterIt();
};

namespace {

PublisherSettings open()
{
    PublisherSettings settings;
    settings.publishToken = "secret-token";
    settings.historyEvents = 10'000;
    return settings;
}

QByteArray post(const QByteArray &body)
{
    return "POST /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer secret-token\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QList<QByteArray> valuesOf(const QByteArray &body, const QByteArray &field)
{
    QList<QByteArray> values;
    for (const QByteArray &line : body.split('\n')) {
        if (line.startsWith(field + ": "))
            values.append(line.mid(field.size() + 2));
    }
    return values;
}

/// Of /events, within one turn of its thread's event loop.
void send(Server &server, int first, int last, const QByteArray &rest = {})
{
    for (int i = first; i <= last; ++i)
        server.publish(publicationOf(QByteArray::number(i) + rest));
}

QList<QByteArray> numbers(int first, int last)
{
    QList<QByteArray> all;
    for (int i = first; i <= last; ++i)
        all.append(QByteArray::number(i));
    return all;
}

} // namespace

void GatheringTest::keepsOneOrderForAll()
{
    RunningPublisher publisher(open());
    RawClient one(publisher.port(), get("/events"));
    RawClient other(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 2);
    constexpr std::size_t senders = 4;
    constexpr int events = 100;
    std::vector<std::unique_ptr<RawClient>> connections;
    for (std::size_t sender = 0; sender < senders; ++sender)
        connections.push_back(std::make_unique<RawClient>(publisher.port()));
    for (int i = 0; i < events; ++i) {
        for (std::size_t sender = 0; sender < senders; ++sender)
            connections[sender]->send(post(QByteArray::number(sender) + ' ' + QByteArray::number(i)));
    }
    QTRY_COMPARE(one.body().count("data: "), static_cast<int>(senders) * events);
    QTRY_COMPARE(other.body(), one.body());
    const QList<QByteArray> ids = valuesOf(one.body(), "id");
    const QList<QByteArray> data = valuesOf(one.body(), "data");
    for (int i = 0; i < ids.size(); ++i)
        QVERIFY(ids[i].endsWith('-' + QByteArray::number(i + 1)));
    for (std::size_t sender = 0; sender < senders; ++sender) {
        QList<QByteArray> own;
        QList<QByteArray> ownIds;
        for (qsizetype i = 0; i < data.size(); ++i) {
            if (!data[i].startsWith(QByteArray::number(sender) + ' '))
                continue;
            own.append(data[i].mid(2));
            ownIds.append(ids[i]);
        }
        QCOMPARE(own, numbers(0, events - 1));
        const QByteArray answers = connections[sender]->received();
        qsizetype at = 0;
        for (const QByteArray &id : ownIds) {
            at = answers.indexOf("{\"id\":\"" + id + "\",", at);
            QVERIFY2(at >= 0, id.constData());
        }
    }
}

void GatheringTest::takesInWhoComesMeanwhile()
{
    RunningPublisher publisher(open());
    const QByteArray first = publisher.publish("0");
    RawClient reader(publisher.port(), get("/events", "Last-Event-ID: " + first + "\r\n"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    RawClient one(publisher.port());
    RawClient other(publisher.port());
    std::vector<std::unique_ptr<RawClient>> come;
    for (int i = 1; i <= 200; ++i) {
        (i % 2 == 0 ? one : other).send(post(QByteArray::number(i)));
        if (i % 20 == 0)
            come.push_back(
                std::make_unique<RawClient>(publisher.port(), get("/events", "Last-Event-ID: " + first + "\r\n")));
        if (i % 20 == 10)
            QTRY_VERIFY(reader.body().count("data: ") > i / 2);
    }
    const auto hasAll = [](const RawClient &client) { return client.body().count("data: ") == 200; };
    QTRY_VERIFY(hasAll(reader));
    for (const auto &client : come) {
        QTRY_VERIFY(hasAll(*client));
        QCOMPARE(valuesOf(client->body(), "id"), valuesOf(reader.body(), "id"));
    }
}

void GatheringTest::countsWhatASlowClientMisses()
{
    PublisherSettings settings;
    settings.slowClients = SlowClients::DropOldest;
    settings.maxQueuedBytesPerClient = 64 << 10;
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    const std::uint64_t id = publisher.clients().at(0).id;
    ClientControl control(*publisher);
    control.setPaused(id, true);
    publisher->onServer([](Server &server) { send(server, 1, 1000, QByteArray(200, 'x')); });
    QTRY_VERIFY(publisher.clients().value(0).eventsDropped > 0);
    QVERIFY(publisher.clients().at(0).bytesQueued <= settings.maxQueuedBytesPerClient + 200);
    // What is dropped is not much more than what has no place, and the newest stay.
    QVERIFY(publisher.clients().at(0).bytesQueued >= settings.maxQueuedBytesPerClient * 2 / 3);
    const auto dropped = static_cast<int>(publisher.clients().at(0).eventsDropped);
    control.setPaused(id, false);
    QTRY_VERIFY(client.body().contains("data: 1000x"));
    QVERIFY(client.body().contains("\"reason\":\"slow-client\",\"events\":" + QByteArray::number(dropped) + ','));
    QList<QByteArray> data = valuesOf(client.body(), "data");
    QCOMPARE(data.size(), 1000 - dropped + 1);
    QVERIFY(data.at(1).startsWith(QByteArray::number(dropped + 1) + 'x'));
}

void GatheringTest::cutsOffWhoTakesNothing()
{
    PublisherSettings settings;
    settings.maxQueuedBytesPerClient = 64 << 10;
    RunningPublisher publisher(settings);
    RawClient reader(publisher.port(), get("/events"));
    RawClient sleeper(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 2);
    const auto clients = publisher.clients();
    const auto port = sleeper.socket().localPort();
    const auto entry = std::find_if(clients.begin(), clients.end(),
        [port](const ClientStatus &client) { return client.address.endsWith(u':' + QString::number(port)); });
    QVERIFY(entry != clients.end());
    ClientControl control(*publisher);
    control.setPaused(entry->id, true);
    publisher->onServer([](Server &server) { send(server, 1, 250, QByteArray(200, 'x')); });
    QTRY_COMPARE(reader.body().count("data: "), 250);
    QVERIFY(!sleeper.isClosed());
    publisher->onServer([](Server &server) { send(server, 251, 400, QByteArray(200, 'x')); });
    QTRY_VERIFY(sleeper.isClosed());
    QTRY_COMPARE(reader.body().count("data: "), 400);
    QVERIFY(!reader.isClosed());
}

using Act = std::function<void(Server &, std::uint64_t client)>;

void GatheringTest::sendsItBefore_data()
{
    QTest::addColumn<Act>("act");
    const auto row = [](const char *name, const Act &act) { QTest::newRow(name) << act; };
    row("the server stops", [](Server &server, std::uint64_t) { server.stop(); });
    row("the channel is removed",
        [](Server &server, std::uint64_t) { server.removeChannel(u"/events"_s, ChannelSet::Answer::NoContent); });
    row("the client is disconnected", [](Server &server, std::uint64_t client) { server.disconnectClient(client); });
    row("the channel ends", [](Server &server, std::uint64_t) {
        ChannelSettings settings = server.settings().channelDefaults();
        settings.path = u"/events"_s;
        settings.hasEnded = true;
        server.configureChannel(settings);
    });
}

void GatheringTest::sendsItBefore()
{
    QFETCH(Act, act);
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    publisher->onServer([act, id = publisher.clients().at(0).id](Server &server) {
        send(server, 1, 5);
        act(server, id);
    });
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(valuesOf(client.body(), "data"), numbers(1, 5));
    QVERIFY(client.hasEndChunk());
}

void GatheringTest::pausesAfterIt()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    const std::uint64_t id = publisher.clients().at(0).id;
    publisher->onServer([id](Server &server) {
        send(server, 1, 5);
        server.clients().pauseClient(id, true);
        send(server, 6, 9);
    });
    QTRY_COMPARE(valuesOf(client.body(), "data"), numbers(1, 5));
    QTRY_VERIFY(publisher.clients().at(0).bytesQueued > 0);
    QCOMPARE(valuesOf(client.body(), "data"), numbers(1, 5));
    publisher->onServer([id](Server &server) { server.clients().pauseClient(id, false); });
    QTRY_COMPARE(valuesOf(client.body(), "data"), numbers(1, 9));
}

void GatheringTest::failsAfterIt()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    FaultPlan plan;
    QVERIFY(plan.set(Fault::LineEnds, {{u"ends"_s, u"crlf"_s}}).isEmpty());
    publisher->onServer([plan, id = publisher.clients().at(0).id](Server &server) {
        send(server, 1, 5);
        server.clients().setFaults(id, plan);
        send(server, 6, 9);
    });
    QTRY_VERIFY(client.body().endsWith("data: 9\r\n\r\n"));
    for (int i = 1; i <= 9; ++i) {
        const QByteArray end = i <= 5 ? "\n\n" : "\r\n\r\n";
        QVERIFY(client.body().contains("data: " + QByteArray::number(i) + end));
    }
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::GatheringTest)
#include "tst_gathering.moc"
