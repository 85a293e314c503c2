// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

/// Clients that come back with a last event ID, over the wire. Which ids are known is a matter of the history alone.
class ResumeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void replaysWhatFollows();
    void marksGaps_data();
    void marksGaps();
    void startsLiveWithoutId_data();
    void startsLiveWithoutId();
    void takesTheQuery();
    void resumesByGivenIds();
    void refusesOwnLookingIds();
    void leavesOutWhatCannotBeResumed();
    void continuesLiveWithoutGapOrRepeat();
    void replaysALotToASlowReader();
    void resumesFromAGenerator();
};

namespace {

QByteArray fromId(const QByteArray &id)
{
    return get("/events", "Last-Event-ID: " + id + "\r\n");
}

/// The data lines, joined.
QByteArray dataOf(const RawClient &client)
{
    QList<QByteArray> lines;
    for (const QByteArray &line : client.body().split('\n')) {
        if (line.startsWith("data: "))
            lines.append(line.mid(6));
    }
    return lines.join(' ');
}

} // namespace

void ResumeTest::replaysWhatFollows()
{
    RunningPublisher publisher;
    QList<QByteArray> ids;
    for (int i = 1; i <= 10; ++i)
        ids.append(publisher.publish(QByteArray::number(i)));
    RawClient client(publisher.port(), fromId(ids.at(6)));
    QTRY_COMPARE(dataOf(client), QByteArray("8 9 10"));
    publisher.publish("11");
    QTRY_COMPARE(dataOf(client), QByteArray("8 9 10 11"));
    QVERIFY(!client.body().contains("weir-gap"));
    QTRY_COMPARE(publisher.clientCount(), 1);
    QCOMPARE(publisher.clients().at(0).lastEventId, ids.at(6));
}

void ResumeTest::marksGaps_data()
{
    QTest::addColumn<QByteArray>("id"); ///< %1: the epoch of the channel
    QTest::newRow("evicted") << QByteArray("%1-1");
    QTest::newRow("future") << QByteArray("%1-99");
    QTest::newRow("word") << QByteArray("abc");
    QTest::newRow("quotes") << QByteArray("\"\\</script>");
    QTest::newRow("UTF-8") << QByteArray("\xe2\x80\xa6");
    QTest::newRow("long") << QByteArray(10'000, 'x');
    QTest::newRow("other run") << QByteArray("fffffff-4");
}

void ResumeTest::marksGaps()
{
    QFETCH(QByteArray, id);
    PublisherSettings settings;
    settings.historyEvents = 3;
    RunningPublisher publisher(settings);
    QByteArray newest;
    for (int i = 1; i <= 5; ++i)
        newest = publisher.publish(QByteArray::number(i));
    const QByteArray epoch = newest.left(newest.indexOf('-'));
    id.replace("%1", epoch);
    RawClient client(publisher.port(), fromId(id));
    QTRY_VERIFY(client.body().contains("data: 5\n\n"));
    QVERIFY(client.body().startsWith(":\n\nevent: weir-gap\ndata: {"));
    const QByteArray marker = client.body().split('\n').at(3).mid(6);
    const QJsonObject data = QJsonDocument::fromJson(marker).object();
    QCOMPARE(data.value(u"reason").toString(), QStringLiteral("unknown-id"));
    QCOMPARE(data.value(u"lastEventId").toString(), QString::fromUtf8(id));
    QCOMPARE(data.value(u"oldest").toString(), QString::fromLatin1(epoch + "-3"));
    QCOMPARE(dataOf(client), marker + " 3 4 5");
}

void ResumeTest::startsLiveWithoutId_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("empty") << QByteArray("Last-Event-ID:\r\n");
}

void ResumeTest::startsLiveWithoutId()
{
    QFETCH(QByteArray, headers);
    RunningPublisher publisher;
    publisher.publish("old");
    RawClient client(publisher.port(), get("/events", headers));
    QTRY_COMPARE(client.body(), QByteArray(":\n\n"));
    publisher.publish("new");
    QTRY_COMPARE(dataOf(client), QByteArray("new"));
}

void ResumeTest::takesTheQuery()
{
    RunningPublisher publisher;
    const QByteArray id = publisher.publish("1");
    publisher.publish("2");
    RawClient client(publisher.port(), get("/events?lastEventId=" + id));
    QTRY_COMPARE(dataOf(client), QByteArray("2"));
    RawClient hostile(publisher.port(), get("/events?lastEventId=%0d%0aX:%20y"));
    QTRY_VERIFY(hostile.body().contains("weir-gap"));
    QVERIFY(!hostile.received().contains("\nX: y"));
}

void ResumeTest::resumesByGivenIds()
{
    RunningPublisher publisher;
    for (const char *id : {"a", "b", "c"})
        publisher->publish(Publication{QStringLiteral("/events"), {{}, id, id, {}, {}}, true});
    RawClient client(publisher.port(), fromId("a"));
    QTRY_COMPARE(dataOf(client), QByteArray("b c"));
}

void ResumeTest::refusesOwnLookingIds()
{
    RunningPublisher publisher;
    const QByteArray id = publisher.publish("1");
    QSignalSpy refused(&*publisher, &Publisher::refused);
    publisher->publish(Publication{QStringLiteral("/events"), {{}, id.toStdString(), "again", {}, {}}, true});
    QTRY_COMPARE(refused.size(), 1);
}

void ResumeTest::leavesOutWhatCannotBeResumed()
{
    RunningPublisher publisher;
    const QByteArray id = publisher.publish("1");
    publisher->publish(Publication{QStringLiteral("/events"), {{}, {}, "without id", {}, {}}, false});
    publisher->publish(Publication{QStringLiteral("/events"), {{}, {}, {}, {}, "comment"}, true});
    publisher.publish("2");
    RawClient client(publisher.port(), fromId(id));
    QTRY_COMPARE(dataOf(client), QByteArray("2"));
    QVERIFY(!client.body().contains("comment"));
}

void ResumeTest::continuesLiveWithoutGapOrRepeat()
{
    RunningPublisher publisher;
    const QByteArray first = publisher.publish("0");
    for (int i = 1; i < 500; ++i)
        publisher->publish(publicationOf(QByteArray::number(i)));
    RawClient client(publisher.port(), fromId(first));
    QByteArray expected = "1";
    for (int i = 500; i < 1000; ++i)
        publisher->publish(publicationOf(QByteArray::number(i)));
    for (int i = 2; i < 1000; ++i)
        expected += ' ' + QByteArray::number(i);
    QTRY_COMPARE(dataOf(client), expected);
}

void ResumeTest::replaysALotToASlowReader()
{
    PublisherSettings settings;
    settings.maxQueuedBytesPerClient = 256 << 10;
    RunningPublisher publisher(settings);
    const QByteArray first = publisher.publish("first");
    const QByteArray data(64 << 10, 'x');
    for (int i = 0; i < 400; ++i)
        publisher->publish(publicationOf(data));
    RawClient client(publisher.port());
    client.socket().setReadBufferSize(64 << 10);
    client.send(fromId(first)); // more than the bound, which is for live events
    QTRY_COMPARE_WITH_TIMEOUT(client.body().count("data: "), 400, 20'000);
    QVERIFY(!client.isClosed());
}

void ResumeTest::resumesFromAGenerator()
{
    RunningPublisher publisher;
    Publisher::GeneratorSettings generator;
    generator.eventsPerSecond = 1e6;
    generator.count = 5000;
    QSignalSpy finished(&*publisher, &Publisher::generatorFinished);
    publisher->startGenerator(generator);
    QVERIFY(finished.wait());
    const QByteArray last = publisher.publish("last");
    QVERIFY(last.endsWith("-5001"));
    RawClient client(publisher.port(), fromId(last.left(last.indexOf('-')) + "-4998"));
    QTRY_COMPARE(dataOf(client), QByteArray("4999 5000 last"));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ResumeTest)
#include "tst_resume.moc"
