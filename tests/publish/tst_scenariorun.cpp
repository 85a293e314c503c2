// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/playing.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace weir::publish {

using State = ScenarioProgress::State;

/// Every kind of step, as a client on a raw socket sees it.
class ScenarioRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void writesWhatTheStepsSay_data();
    void writesWhatTheStepsSay();
    void numbersEventsWithTheChannel();
    void waitsAsLongAsItSays_data();
    void waitsAsLongAsItSays();
    void generatesForATime();
    void endsConnections();
    void resetsConnections();
    void dropsTheOldestOnly();
    void goesSilent();
    void answersTheNextWithAStatus();
    void setsFaults();
    void waitsForClients();
    void waitsForAClientThatResumes();
    void tellsWhyAStepFailed();
};

void ScenarioRunTest::writesWhatTheStepsSay_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("send") << QByteArray(R"({"do":"send","type":"a","data":"{{seq}}\nx","ids":"none"})")
                          << QByteArray("event: a\ndata: 1\ndata: x\n\n");
    QTest::newRow("own id") << QByteArray(R"({"do":"send","data":"x","ids":"own","id":"n{{seq}}"})")
                            << QByteArray("id: n1\ndata: x\n\n");
    QTest::newRow("raw") << QByteArray(R"({"do":"raw","bytes":"data: x\r"},{"do":"raw","bytes":{"base64":"/w0NCg=="}})")
                         << QByteArray("data: x\r\xff\r\r\n");
    QTest::newRow("comment") << QByteArray(R"({"do":"comment","text":"one\ntwo"})") << QByteArray(": one\n: two\n\n");
    QTest::newRow("retry") << QByteArray(R"({"do":"retry","ms":250})") << QByteArray("retry: 250\n\n");
    QTest::newRow("pieces")
        << QByteArray(
               R"({"do":"pieces","text":"a {{seq}} “b”","type":"t","data":"{\"n\":{{seq}},\"d\":{{piece json}},\"r\":\"{{piece}}\"}","ms":1,"toMs":2})")
        << QByteArray("event: t\ndata: {\"n\":1,\"d\":\"a\",\"r\":\"a\"}\n\n"
                      "event: t\ndata: {\"n\":2,\"d\":\" {{seq}}\",\"r\":\" {{seq}}\"}\n\n"
                      "event: t\ndata: {\"n\":3,\"d\":\" “b”\",\"r\":\" “b”\"}\n\n");
    QTest::newRow("repeat") << QByteArray(
                                   R"({"do":"repeat","times":2,"steps":[{"do":"send","data":"{{seq}}","ids":"none"},
        {"do":"repeat","times":2,"steps":[{"do":"comment","text":"c"}]}]},{"do":"send","data":"{{seq}}","ids":"none"})")
                            << QByteArray("data: 1\n\n: c\n\n: c\n\ndata: 2\n\n: c\n\n: c\n\ndata: 3\n\n");
}

void ScenarioRunTest::writesWhatTheStepsSay()
{
    QFETCH(QByteArray, steps);
    QFETCH(QByteArray, stream);
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    const int run = playing.start(R"({"do":"waitClients","count":1},)" + steps);
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).problem, QString());
    QTRY_COMPARE(streamOf(client), stream);
}

void ScenarioRunTest::numbersEventsWithTheChannel()
{
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    const int run =
        playing.start(R"({"do":"waitClients"},{"do":"send","data":"a"},{"do":"burst","count":3,"data":"{{seq}}"},
        {"do":"send","data":"{{seq}}"},{"do":"burst","count":2,"rate":100,"data":"{{seq}}"})");
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).events, 7U);
    QTRY_COMPARE(client.body().count("data: "), 7);
    static const QRegularExpression event(u"id: [0-9a-f]+-(\\d+)\ndata: (\\S+)\n\n"_s);
    QStringList seen;
    for (auto match = event.globalMatch(QString::fromUtf8(streamOf(client))); match.hasNext();) {
        const auto one = match.next();
        seen << one.captured(1) + u'=' + one.captured(2);
    }
    QCOMPARE(seen.join(u' '), u"1=a 2=2 3=3 4=4 5=5 6=6 7=7"_s);
}

void ScenarioRunTest::waitsAsLongAsItSays_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<int>("least");
    QTest::newRow("fixed") << QByteArray(R"({"do":"wait","ms":300})") << 300;
    QTest::newRow("random") << QByteArray(R"({"do":"wait","how":"random","ms":200,"toMs":210})") << 200;
    QTest::newRow("exponential")
        << QByteArray(R"({"do":"repeat","times":200,"steps":[{"do":"wait","how":"exponential","ms":2}]})") << 200;
    // Each may be late by the timer's doing; that must not add up.
    QTest::newRow("many short ones")
        << QByteArray(R"({"do":"repeat","times":1000,"steps":[{"do":"wait","ms":0.4},{"do":"comment","text":"x"}]})")
        << 400;
    QTest::newRow("even generator") << QByteArray(R"({"do":"generate","rate":50,"count":20})") << 400;
    QTest::newRow("burst at a rate") << QByteArray(R"({"do":"burst","rate":50,"count":20})") << 400;
}

void ScenarioRunTest::waitsAsLongAsItSays()
{
    QFETCH(QByteArray, steps);
    QFETCH(int, least);
    Playing playing;
    const int run = playing.start(steps);
    QTRY_VERIFY_WITH_TIMEOUT(playing.hasEnded(run), 15'000);
    const auto elapsed = playing.last.at(run).elapsedMs;
    QVERIFY2(elapsed >= least, qPrintable(QString::number(elapsed)));
    QVERIFY2(elapsed < least + 1500, qPrintable(QString::number(elapsed)));
}

void ScenarioRunTest::generatesForATime()
{
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    const int run = playing.start(R"({"do":"waitClients"},{"do":"generate","rate":1000,"ms":300,"type":"t"},
        {"do":"generate","rate":2000,"spacing":"random","count":50,"data":"r"})");
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).events, 350U);
    QTRY_COMPARE(client.body().count("event: t\n"), 300);
    QTRY_COMPARE(client.body().count("data: r\n"), 50);
}

void ScenarioRunTest::endsConnections()
{
    Playing playing;
    RawClient first(playing.publisher.port(), get("/events"));
    RawClient second(playing.publisher.port(), get("/events"));
    const int run = playing.start(R"({"do":"waitClients","count":2},{"do":"send","data":"x"},{"do":"drop"})");
    QTRY_VERIFY(playing.hasEnded(run));
    QTRY_VERIFY(first.isClosed() && second.isClosed());
    QVERIFY(first.hasEndChunk() && second.hasEndChunk());
    QCOMPARE(first.body().count("data: x\n"), 1);
}

void ScenarioRunTest::resetsConnections()
{
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    const int run = playing.start(R"({"do":"waitClients"},{"do":"drop","how":"reset"})");
    QTRY_VERIFY(playing.hasEnded(run));
    QTRY_VERIFY(client.isClosed());
    QVERIFY(!client.hasEndChunk());
    QCOMPARE(client.socket().error(), QAbstractSocket::RemoteHostClosedError);
}

void ScenarioRunTest::dropsTheOldestOnly()
{
    Playing playing;
    RawClient first(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 1);
    RawClient second(playing.publisher.port(), get("/events"));
    const int run = playing.start(
        R"({"do":"waitClients","count":2},{"do":"drop","who":"one"},{"do":"wait","ms":50},{"do":"send","data":"x"})");
    QTRY_VERIFY(playing.hasEnded(run));
    QTRY_VERIFY(first.isClosed());
    QTRY_VERIFY(second.body().contains("data: x\n"));
    QVERIFY(!first.body().contains("data: x\n"));
}

void ScenarioRunTest::goesSilent()
{
    PublisherSettings settings;
    settings.heartbeat = std::chrono::milliseconds(20);
    Playing playing(settings);
    RawClient client(playing.publisher.port(), get("/events"));
    const int run = playing.start(R"({"do":"waitClients"},{"do":"wait","ms":200},{"do":"send","data":"a","ids":"none"},
        {"do":"silence","ms":500},{"do":"send","data":"b","ids":"none"})");
    QTRY_VERIFY(playing.hasEnded(run));
    QVERIFY(playing.last.at(run).elapsedMs >= 700);
    QTRY_VERIFY(client.body().contains("data: b\n\n"));
    QVERIFY2(client.body().contains("data: a\n\ndata: b\n\n"), client.body().constData());
    QVERIFY(client.body().count(":\n\n") > 2);
    const auto heartbeats = client.body().count(":\n\n");
    QTRY_VERIFY(client.body().count(":\n\n") > heartbeats);
}

void ScenarioRunTest::answersTheNextWithAStatus()
{
    Playing playing;
    const int run = playing.start(R"({"do":"answer","status":503,"connections":2})");
    QTRY_VERIFY(playing.hasEnded(run));
    for (const int status : {503, 503, 200}) {
        RawClient client(playing.publisher.port(), get("/events"));
        QTRY_COMPARE(client.status(), status);
    }
}

void ScenarioRunTest::setsFaults()
{
    Playing playing;
    const int run = playing.start(R"({"do":"faults","faults":{"lineEnds":{"ends":"cr"}}},{"do":"waitClients"},
        {"do":"send","data":"x","ids":"none"})");
    QTRY_VERIFY(playing.last.count(run) > 0 && playing.last.at(run).remark.contains(u"clients"_s));
    RawClient client(playing.publisher.port(), get("/events"));
    QTRY_VERIFY(client.body().contains("data: x\r\r"));
}

void ScenarioRunTest::waitsForClients()
{
    Playing playing;
    const int run = playing.start(R"({"do":"waitClients","count":2},{"do":"send","data":"x","ids":"none"})");
    RawClient first(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 1);
    QCOMPARE(playing.last.at(run).remark, u"Waits for clients"_s);
    QCOMPARE(streamOf(first), QByteArray());
    RawClient second(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(streamOf(first), QByteArray("data: x\n\n"));
    QTRY_COMPARE(streamOf(second), QByteArray("data: x\n\n"));
}

void ScenarioRunTest::waitsForAClientThatResumes()
{
    Playing playing;
    const int run = playing.start(
        R"({"do":"send","data":"held","ids":"own","id":"one"},{"do":"waitResume"},{"do":"comment","text":"back"})");
    RawClient other(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 1);
    QVERIFY(!playing.hasEnded(run));
    RawClient back(playing.publisher.port(), get("/events", "Last-Event-ID: one\r\n"));
    QTRY_VERIFY(playing.hasEnded(run));
    QTRY_COMPARE(streamOf(back), QByteArray(": back\n\n"));
}

void ScenarioRunTest::tellsWhyAStepFailed()
{
    Playing playing;
    const int run = playing.start(
        R"({"do":"comment","text":"x"},{"do":"repeat","steps":[{"do":"send","ids":"own","id":" {{seq}}"}]})");
    QTRY_VERIFY(playing.hasEnded(run));
    QVERIFY2(playing.last.at(run).problem.startsWith(u"Step 2.1 (Send event): "_s),
        qPrintable(playing.last.at(run).problem));
    Target hub;
    hub.destination.hub.emplace();
    hub.destination.hub->url = QUrl(u"http://127.0.0.1:9/hub"_s);
    hub.destination.hub->topics = {u"t"_s};
    const int drop = playing.player.start(scenarioOf(R"({"do":"repeat","steps":[{"do":"drop"}]})"), hub);
    QTRY_VERIFY(playing.hasEnded(drop));
    QVERIFY2(playing.last.at(drop).problem.contains(u"needs a channel"_s), qPrintable(playing.last.at(drop).problem));
    playing.publisher->stop();
    const int late = playing.start(R"({"do":"comment","text":"x"})");
    QTRY_VERIFY(playing.hasEnded(late));
    QVERIFY(playing.last.at(late).problem.contains(u"does not run"_s));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ScenarioRunTest)
#include "tst_scenariorun.moc"
