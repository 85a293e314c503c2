// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientcontrol.h"
#include "publish/rawclient.h"
#include "publish/recording.h"
#include "publish/replayplayer.h"
#include "publish/runningpublisher.h"
#include "publish/server.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace weir::publish {

/// Replay to a client: bytes, packets, times, speed, steps, loops.
class ReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void sendsTheBytesToAClient_data();
    void sendsTheBytesToAClient();
    void encodesAgainWithIds_data();
    void encodesAgainWithIds();
    void keepsTheTimes_data();
    void keepsTheTimes();
    void goesStepByStep();
    void loopsAndMoves();
    void goesOnWhenTheSlowestLeaves();
    void endsWithTheChannel_data();
    void endsWithTheChannel();
    void saysWhatCannotBeReplayed();
};

namespace {

/// A publisher with one client and a player.
struct Replaying
{
    Replaying()
        : publisher(quiet())
        , player(*publisher)
        , client(publisher.port(), get("/events"))
    {
        QObject::connect(
            &player, &ReplayPlayer::progressed, &player, [this](const ReplayProgress &progress) { last = progress; });
    }

    static PublisherSettings quiet()
    {
        PublisherSettings settings;
        settings.heartbeat = std::chrono::milliseconds(20);
        return settings;
    }

    bool hasEnded() const { return last.state == ReplayProgress::State::Ended; }
    bool isPaused() const { return last.state == ReplayProgress::State::Paused; }

    RunningPublisher publisher;
    ReplayPlayer player;
    RawClient client;
    ReplayProgress last;
};

/// The payloads of a chunked body, chunk by chunk, without heartbeats.
QList<QByteArray> chunksOf(const RawClient &client)
{
    QList<QByteArray> chunks;
    QByteArray rest = client.rawBody();
    while (true) {
        const qsizetype line = rest.indexOf("\r\n");
        const qsizetype size = line < 0 ? -1 : rest.left(line).toLongLong(nullptr, 16);
        if (size < 0 || rest.size() < line + 2 + size + 2)
            return chunks;
        if (const QByteArray chunk = rest.mid(line + 2, size); chunk != ":\n\n")
            chunks << chunk;
        rest = rest.mid(line + 2 + size + 2);
    }
}

ReplayOptions asReceived(bool keepsReads)
{
    ReplayOptions options;
    options.pace = ReplayOptions::Pace::Fastest;
    options.form = ReplayOptions::Form::AsReceived;
    options.keepsReads = keepsReads;
    return options;
}

} // namespace

void ReplayTest::sendsTheBytesToAClient_data()
{
    QTest::addColumn<bool>("keepsReads");
    QTest::newRow("blocks") << false;
    QTest::newRow("reads") << true;
}

void ReplayTest::sendsTheBytesToAClient()
{
    QFETCH(bool, keepsReads);
    Recording recording;
    QList<QByteArray> reads;
    for (int i = 0; i < 200; ++i)
        reads << "data: " + QByteArray::number(i) + "\n"
              << "\nid: " + QByteArray::number(i) << "\ndata:\xff\n\n: x\n";
    for (const QByteArray &read : reads)
        recording.read(read, 1);
    Replaying replaying;
    QTRY_COMPARE(replaying.publisher.clientCount(), 1);
    replaying.player.open(recording.all(), {}, asReceived(keepsReads));
    replaying.player.play();
    QTRY_VERIFY(replaying.hasEnded());
    QCOMPARE(replaying.last.problem, QString());
    QCOMPARE(replaying.last.events, 400U);
    const QByteArray stream = reads.join();
    QTRY_COMPARE(chunksOf(replaying.client).join(), stream);
    if (keepsReads)
        QCOMPARE(chunksOf(replaying.client), reads);
    else
        QCOMPARE(replaying.last.writes, 600U);
}

void ReplayTest::encodesAgainWithIds_data()
{
    QTest::addColumn<bool>("newIds");
    QTest::newRow("new") << true;
    QTest::newRow("as they were") << false;
}

void ReplayTest::encodesAgainWithIds()
{
    QFETCH(bool, newIds);
    Recording recording;
    recording.read("id: a1\ndata: 1\n\ndata: 2\n\nid: a3\rdata: 3\r\r");
    Replaying replaying;
    QTRY_COMPARE(replaying.publisher.clientCount(), 1);
    ReplayOptions options;
    options.pace = ReplayOptions::Pace::Fastest;
    options.newIds = newIds;
    replaying.player.open(recording.all(), {}, options);
    replaying.player.play();
    QTRY_VERIFY(replaying.hasEnded());
    QTRY_COMPARE(replaying.client.body().count("data: "), 3);
    QByteArray body = chunksOf(replaying.client).join();
    if (!newIds) {
        QCOMPARE(body, QByteArray("id: a1\ndata: 1\n\ndata: 2\n\nid: a3\ndata: 3\n\n"));
        // They can be resumed from.
        RawClient back(replaying.publisher.port(), get("/events", "Last-Event-ID: a1\r\n"));
        QTRY_VERIFY(back.body().contains("data: 3\n\n"));
        QVERIFY(!back.body().contains("weir-gap") && !back.body().contains("data: 1\n"));
        return;
    }
    static const QRegularExpression own(
        u"^id: [0-9a-f]+-1\ndata: 1\n\nid: [0-9a-f]+-2\ndata: 2\n\nid: [0-9a-f]+-3\ndata: 3\n\n$"_s);
    QVERIFY2(own.match(QString::fromUtf8(body)).hasMatch(), body.constData());
}

void ReplayTest::keepsTheTimes_data()
{
    QTest::addColumn<int>("gapMs");
    QTest::addColumn<double>("factor");
    QTest::addColumn<int>("leastMs");
    QTest::newRow("as it came") << 40 << 1.0 << 400;
    QTest::newRow("half as fast") << 20 << 0.5 << 400;
    QTest::newRow("a thousand times") << 40'000 << 1000.0 << 400;
}

void ReplayTest::keepsTheTimes()
{
    QFETCH(int, gapMs);
    QFETCH(double, factor);
    QFETCH(int, leastMs);
    Recording recording;
    for (int i = 0; i <= 10; ++i)
        recording.read("data: x\n\n", gapMs);
    Replaying replaying;
    ReplayOptions options;
    options.factor = factor;
    QElapsedTimer timer;
    replaying.player.open(recording.all(), {}, options);
    QTRY_VERIFY(replaying.isPaused());
    QCOMPARE(replaying.last.totalMs, qint64{10} * gapMs);
    timer.start();
    replaying.player.play();
    QTRY_VERIFY(replaying.hasEnded());
    QVERIFY2(timer.elapsed() >= leastMs - 1, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(timer.elapsed() < leastMs + 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(replaying.last.timeMs, replaying.last.totalMs);
    QCOMPARE(replaying.last.events, 11U);
}

void ReplayTest::goesStepByStep()
{
    Recording recording;
    recording.read("data: 1\n\nda");
    recording.read("ta: 2\n\n", 100'000);
    recording.read(": c\n\ndata: 3\n\n", 100'000);
    Replaying replaying;
    QTRY_COMPARE(replaying.publisher.clientCount(), 1);
    replaying.player.open(recording.all(), {}, asReceived(true));
    replaying.player.stepWrite();
    QTRY_COMPARE(chunksOf(replaying.client), QList<QByteArray>{"data: 1\n\nda"});
    QTRY_VERIFY(replaying.isPaused());
    replaying.player.stepWrite();
    QTRY_COMPARE(chunksOf(replaying.client).size(), 2);
    QTRY_VERIFY(replaying.isPaused() && replaying.last.events == 2);
    ReplayOptions blocks = asReceived(false);
    replaying.player.setOptions(blocks);
    replaying.player.stepEvent();
    QTRY_COMPARE(replaying.last.events, 3U);
    QTRY_COMPARE(chunksOf(replaying.client).mid(2), (QList<QByteArray>{": c\n", "data: 3\n\n"}));
    QTRY_VERIFY(replaying.isPaused());
    replaying.player.stepEvent();
    QTRY_VERIFY(replaying.hasEnded());
}

void ReplayTest::loopsAndMoves()
{
    Recording recording;
    for (int i = 0; i < 100; ++i)
        recording.read("data: " + QByteArray::number(i) + "\n\n", 5);
    Replaying replaying;
    QTRY_COMPARE(replaying.publisher.clientCount(), 1);
    ReplayOptions options = asReceived(false);
    options.pace = ReplayOptions::Pace::FixedRate;
    options.eventsPerSecond = 2000;
    options.loops = true;
    replaying.player.open(recording.all(), {}, options);
    replaying.player.play();
    QTRY_VERIFY(replaying.last.rounds >= 3);
    QVERIFY(replaying.last.state == ReplayProgress::State::Playing);
    replaying.player.pause();
    QTRY_VERIFY(replaying.isPaused());
    replaying.player.seek({recording.all().begin.value + 97});
    options.loops = false;
    replaying.player.setOptions(options);
    const auto before = replaying.last.events;
    replaying.player.play();
    QTRY_VERIFY(replaying.hasEnded());
    QCOMPARE(replaying.last.events, before + 3);
    QTRY_VERIFY(chunksOf(replaying.client).join().endsWith("data: 97\n\ndata: 98\n\ndata: 99\n\n"));
    // From the beginning again.
    replaying.player.play();
    QTRY_VERIFY(replaying.last.events == before + 103 && replaying.hasEnded());
    replaying.player.close();
    QTRY_VERIFY(replaying.last.state == ReplayProgress::State::Closed);
}

void ReplayTest::goesOnWhenTheSlowestLeaves()
{
    constexpr int count = 1000;
    Recording recording;
    for (int i = 0; i < count; ++i)
        recording.read("data: " + QByteArray(1000, 'x') + "\n\n");
    Replaying replaying;
    ClientControl control(*replaying.publisher);
    QTRY_COMPARE(replaying.publisher.clientCount(), 1);
    const RawClient other(replaying.publisher.port(), get("/events"));
    QTRY_COMPARE(replaying.publisher.clientCount(), 2);
    const std::uint64_t slowest = replaying.publisher.clients().at(0).id;
    control.setPaused(slowest, true);
    replaying.player.open(recording.all(), {}, asReceived(false));
    replaying.player.play();
    QTRY_VERIFY(replaying.publisher.clients().at(0).bytesQueued > 256 << 10);
    QTRY_VERIFY(replaying.last.events > 0 && !replaying.last.remark.isEmpty());
    QTRY_COMPARE(static_cast<quint64>(other.body().count("data: ")), replaying.last.events);
    QVERIFY(replaying.last.events < count);
    control.reset(slowest);
    QTRY_VERIFY(replaying.hasEnded());
    QCOMPARE(replaying.last.problem, QString());
    QTRY_COMPARE(other.body().count("data: "), count);
}

void ReplayTest::endsWithTheChannel_data()
{
    QTest::addColumn<bool>("isAsReceived");
    QTest::newRow("as received") << true;
    QTest::newRow("encoded") << false;
}

void ReplayTest::endsWithTheChannel()
{
    QFETCH(bool, isAsReceived);
    Recording recording;
    recording.read("data: x\n\n");
    Replaying replaying;
    ReplayOptions options = asReceived(false);
    options.form = isAsReceived ? ReplayOptions::Form::AsReceived : ReplayOptions::Form::Encoded;
    options.pace = ReplayOptions::Pace::FixedRate;
    options.eventsPerSecond = 100;
    options.loops = true;
    replaying.player.open(recording.all(), {}, options);
    replaying.player.play();
    QTRY_VERIFY(replaying.last.events > 0);
    replaying.publisher->onServer(
        [](Server &server) { server.removeChannel(u"/events"_s, ChannelSet::Answer::NotFound); });
    QTRY_VERIFY(replaying.last.problem.contains(u"has been removed"_s));
    QTRY_VERIFY(replaying.isPaused());
}

void ReplayTest::saysWhatCannotBeReplayed()
{
    Recording recording;
    recording.read("data: 1\n\n");
    Replaying replaying;
    ReplaySource nothing = recording.all();
    nothing.subscription = store::SubscriptionId{9};
    replaying.player.open(nothing, {}, {});
    replaying.player.play();
    QTRY_VERIFY(replaying.hasEnded());
    QVERIFY(replaying.last.problem.contains(u"nothing"_s));
    Target gone;
    gone.client = 4711;
    replaying.player.open(recording.all(), gone, {});
    QTRY_VERIFY(replaying.last.problem.contains(u"no client"_s));
    QVERIFY(replaying.last.state == ReplayProgress::State::Closed);
    replaying.publisher->stop();
    replaying.player.open(recording.all(), {}, {});
    QTRY_VERIFY(replaying.last.problem.contains(u"does not run"_s));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ReplayTest)
#include "tst_replay.moc"
