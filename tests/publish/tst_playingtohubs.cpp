// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/mercurehub.h"
#include "publish/playing.h"
#include "publish/recording.h"
#include "publish/replayplayer.h"

#include <QRegularExpression>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::FaultServer;
using test::Script;

/// Scenarios, generators and replays whose events go to the hub of somebody else.
class PlayingToHubsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void playsAScenarioToItsLastAnswer_data();
    void playsAScenarioToItsLastAnswer();
    void waitsForTheAnswersToAGenerator();
    void namesTheStepThatWasRefused();
    void stopsAtOnce();
    void outlastsTheServer();
    void refusesWhatAHubCannot_data();
    void refusesWhatAHubCannot();
    void replaysEvents();
    void saysWhyAReplayPaused();
};

namespace {

using State = ScenarioProgress::State;

Target hubAt(const QUrl &url, HubSettings::Kind kind = HubSettings::Kind::Mercure)
{
    Target target;
    target.destination.hub = hubSettings(url, kind);
    return target;
}

Script answer(const QByteArray &status = "200 OK", std::chrono::milliseconds after = 0ms)
{
    return Script().pause(after).send(
        "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\n7");
}

/// What a hub got, in its order; a request that it would refuse counts as its fault.
QList<QByteArray> dataOf(const FaultServer &hub, HubSettings::Kind kind)
{
    QList<QByteArray> data;
    for (const test::Request &request : hub.requests()) {
        if (kind == HubSettings::Kind::Nchan) {
            data << request.body;
            continue;
        }
        const MercureUpdate update = readUpdate(request, "a.b.c");
        data << (update.fault.isEmpty() ? update.data : update.fault.toUtf8());
    }
    return data;
}

} // namespace

void PlayingToHubsTest::playsAScenarioToItsLastAnswer_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("Mercure") << static_cast<int>(HubSettings::Kind::Mercure);
    QTest::newRow("nchan") << static_cast<int>(HubSettings::Kind::Nchan);
}

void PlayingToHubsTest::playsAScenarioToItsLastAnswer()
{
    QFETCH(int, kind);
    const auto hubKind = static_cast<HubSettings::Kind>(kind);
    FaultServer hub;
    hub.on("/", {answer("200 OK", 10ms)});
    Playing playing;
    const int run = playing.player.start(scenarioOf(R"({"do":"send","type":"t","data":"first"},{"do":"wait","ms":5},
        {"do":"repeat","times":2,"steps":[{"do":"burst","count":3,"data":"b{{seq}}"}]},
        {"do":"pieces","text":"x y","ms":0,"toMs":1},{"do":"send","data":"last"})"),
        hubAt(hub.url("/"), hubKind));
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).problem, QString());
    QCOMPARE(playing.last.at(run).events, 10U);
    QCOMPARE(dataOf(hub, hubKind), (QList<QByteArray>{"first", "b2", "b3", "b4", "b5", "b6", "b7", "x", " y", "last"}));
    QCOMPARE(hub.acceptedCount(), 1); // one after the other, or the order would not be kept
}

void PlayingToHubsTest::waitsForTheAnswersToAGenerator()
{
    FaultServer hub;
    hub.on("/", {answer("200 OK", 20ms)}); // slower than they are made
    Playing playing;
    const int run = playing.player.start(
        scenarioOf(R"({"do":"generate","rate":1000,"count":30,"data":"{{seq}}"})"), hubAt(hub.url("/")));
    QTRY_VERIFY(playing.last.count(run) > 0 && playing.last.at(run).events > 5);
    QVERIFY(playing.last.at(run).events < 30); // only what was answered counts
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).problem, QString());
    QCOMPARE(playing.last.at(run).events, 30U);
    QCOMPARE(dataOf(hub, HubSettings::Kind::Mercure).last(), QByteArray("30"));
}

void PlayingToHubsTest::namesTheStepThatWasRefused()
{
    FaultServer hub;
    hub.on("/", {answer(), answer("401 Unauthorized", 50ms)});
    Playing playing;
    const int run = playing.player.start(
        scenarioOf(R"({"do":"send","data":"a"},{"do":"send","data":"b"},{"do":"wait","ms":3600000})"),
        hubAt(hub.url("/")));
    QTRY_VERIFY(playing.hasEnded(run));
    const QString problem = playing.last.at(run).problem;
    QVERIFY2(problem.startsWith(u"Step 2 (Send event): "_s), qPrintable(problem));
    QVERIFY2(problem.contains(u"does not accept the token"_s), qPrintable(problem));
    QVERIFY(!problem.contains(u"a.b.c"_s));

    FaultServer closed;
    closed.on("/", {answer("500 Oops")});
    const int generator =
        playing.player.start(scenarioOf(R"({"do":"generate","rate":100,"data":"x"})"), hubAt(closed.url("/")));
    QTRY_VERIFY(playing.hasEnded(generator));
    QVERIFY(playing.last.at(generator).problem.startsWith(u"Step 1 (Generate): The hub failed"_s));
}

void PlayingToHubsTest::stopsAtOnce()
{
    FaultServer hub;
    hub.on("/", {Script().awaitGo()});
    Playing playing;
    const int run =
        playing.player.start(scenarioOf(R"({"do":"burst","count":100000,"data":"x"})"), hubAt(hub.url("/")));
    QTRY_COMPARE(hub.waitingCount(), 1);
    QTRY_COMPARE(playing.last.at(run).remark, u"Waits for the hub’s answers: 1000"_s);
    playing.player.stop(run);
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).events, 0U);
    QTRY_COMPARE(hub.openCount(), 0);
}

void PlayingToHubsTest::outlastsTheServer()
{
    FaultServer hub;
    hub.on("/", {answer("200 OK", 5ms)});
    Playing playing;
    const int run = playing.player.start(
        scenarioOf(R"({"do":"repeat","times":20,"steps":[{"do":"send","data":"x"},{"do":"wait","ms":5}]})"),
        hubAt(hub.url("/")));
    const int local = playing.start(R"({"do":"wait","ms":3600000})");
    QTRY_VERIFY(hub.requests().size() > 2);
    playing.publisher->stop();
    QTRY_VERIFY(playing.hasEnded(local));
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).events, 20U);
    // Nor does it need one to begin.
    const int later = playing.player.start(scenarioOf(R"({"do":"send","data":"y"})"), hubAt(hub.url("/")));
    QTRY_VERIFY(playing.hasEnded(later));
    QCOMPARE(playing.last.at(later).problem, QString());
    QCOMPARE(hub.requests().size(), 21);
}

void PlayingToHubsTest::refusesWhatAHubCannot_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::newRow("bytes") << QByteArray(R"({"do":"raw","bytes":"data: x\n\n"})");
    QTest::newRow("comment") << QByteArray(R"({"do":"comment","text":"x"})");
    QTest::newRow("reconnection time") << QByteArray(R"({"do":"retry","ms":100})");
    QTest::newRow("silence") << QByteArray(R"({"do":"silence","ms":100})");
    QTest::newRow("status") << QByteArray(R"({"do":"answer","status":503})");
    QTest::newRow("inside") << QByteArray(R"({"do":"repeat","steps":[{"do":"comment","text":"x"}]})");
}

void PlayingToHubsTest::refusesWhatAHubCannot()
{
    QFETCH(QByteArray, step);
    FaultServer hub;
    hub.on("/", {answer()});
    Playing playing;
    const int run = playing.player.start(scenarioOf(R"({"do":"send","data":"x"},)" + step), hubAt(hub.url("/")));
    QTRY_VERIFY(playing.hasEnded(run));
    const QString problem = playing.last.at(run).problem;
    QVERIFY2(problem.startsWith(u"Step 2: "_s) && problem.contains(u"needs a channel"_s), qPrintable(problem));
    QVERIFY(hub.requests().isEmpty()); // before anything was sent
}

void PlayingToHubsTest::replaysEvents()
{
    Recording recording;
    recording.read("retry: 5\n\n: a comment\n\nevent: t\nid: 1\ndata: one\n\n");
    recording.read("data: two\n\n:\n\ndata: three\n\n", 20);
    FaultServer hub;
    hub.on("/", {answer()});
    RunningPublisher publisher;
    ReplayPlayer player(*publisher);
    ReplayProgress last;
    QObject::connect(&player, &ReplayPlayer::progressed, &player, [&](const ReplayProgress &now) { last = now; });
    player.open(recording.all(), hubAt(hub.url("/")), {});
    player.play();
    QTRY_COMPARE(last.events, 3U);
    QTRY_COMPARE(last.state, ReplayProgress::State::Ended);
    QCOMPARE(last.problem, QString());
    QCOMPARE(dataOf(hub, HubSettings::Kind::Mercure), (QList<QByteArray>{"one", "two", "three"}));
    QCOMPARE(readUpdate(hub.requests().at(0), "a.b.c").type, QByteArray("t"));
    // With the ids that they had, where that is wanted.
    ReplayOptions options;
    options.newIds = false;
    player.open(recording.all(), hubAt(hub.url("/")), options);
    player.play();
    QTRY_COMPARE(hub.requests().size(), 6);
    QCOMPARE(readUpdate(hub.requests().at(3), "a.b.c").id, QByteArray("1"));
}

void PlayingToHubsTest::saysWhyAReplayPaused()
{
    Recording recording;
    recording.read("data: one\n\n");
    FaultServer hub;
    hub.on("/", {answer("403 Forbidden")});
    RunningPublisher publisher;
    ReplayPlayer player(*publisher);
    ReplayProgress last;
    QObject::connect(&player, &ReplayPlayer::progressed, &player, [&](const ReplayProgress &now) { last = now; });
    ReplayOptions bytes;
    bytes.form = ReplayOptions::Form::AsReceived;
    player.open(recording.all(), hubAt(hub.url("/")), bytes);
    player.play();
    QTRY_COMPARE(last.problem, u"A hub takes events, not bytes."_s);
    QVERIFY(hub.requests().isEmpty());
    player.open(recording.all(), hubAt(hub.url("/")), {});
    player.play();
    QTRY_VERIFY2(last.problem.contains(u"403 Forbidden"_s), qPrintable(last.problem));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::PlayingToHubsTest)
#include "tst_playingtohubs.moc"
