// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/playing.h"

#include "publish/scenariopresets.h"
#include "publish/server.h"
#include "sse/parser.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace weir::publish {

using State = ScenarioProgress::State;

/// Runs that are paused, gone through step by step, stopped, beside each other, held up; and the presets.
class ScenarioControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void pausesAndGoesOn();
    void goesStepByStep();
    void stopsAtOnce();
    void endsWithTheServer();
    void endsWithTheChannel_data();
    void endsWithTheChannel();
    void spinsNotForEver_data();
    void spinsNotForEver();
    void mayBeDestroyedAtAnyTime();
    void runsBesideEachOther();
    void tellsHowFarItIs();
    void sendsToOneClientOnly();
    void waitsForASlowClientWhereNothingMayBeLost();
    void presetsAreScenarios_data();
    void presetsAreScenarios();
    void languageModelAnswersAreWhatClientsExpect_data();
    void languageModelAnswersAreWhatClientsExpect();
};

namespace {

struct Dispatched
{
    QString type;
    QByteArray data;
};

std::vector<Dispatched> dispatchedBy(const QByteArray &stream)
{
    std::vector<Dispatched> events;
    sse::Parser parser;
    sse::Batch batch;
    parser.feed({stream.constData(), static_cast<std::size_t>(stream.size())}, batch);
    for (const sse::Item &item : batch.items()) {
        if (item.kind == sse::ItemKind::Event)
            events.push_back({QString::fromUtf8(item.type.data(), static_cast<qsizetype>(item.type.size())),
                QByteArray(item.data.data(), static_cast<qsizetype>(item.data.size()))});
        else if (item.kind == sse::ItemKind::Diagnostic)
            qWarning("diagnostic");
    }
    return events;
}

} // namespace

void ScenarioControlTest::pausesAndGoesOn()
{
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    const int run = playing.start(R"({"do":"waitClients"},{"do":"generate","rate":200,"count":40})");
    QTRY_VERIFY(client.body().count("data: ") > 5);
    playing.player.pause(run);
    QTRY_VERIFY(playing.last.at(run).state == State::Paused);
    const auto elapsed = playing.last.at(run).elapsedMs;
    const auto events = playing.last.at(run).events;
    QVERIFY(events < 40);
    playing.publisher.publish("mark");
    QTRY_VERIFY(client.body().endsWith("data: mark\n\n"));
    playing.player.pause(run);
    playing.player.resume(run);
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).events, 40U);
    QVERIFY(playing.last.at(run).elapsedMs >= 200 && playing.last.at(run).elapsedMs > elapsed);
    QTRY_COMPARE(client.body().count("data: "), 41);
}

void ScenarioControlTest::goesStepByStep()
{
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 1);
    const int run = playing.start(R"({"do":"comment","text":"1"},{"do":"wait","ms":3600000},
        {"do":"repeat","times":2,"steps":[{"do":"comment","text":"r"}]},{"do":"comment","text":"4"})",
        true);
    QTRY_VERIFY(playing.last.count(run) > 0);
    QVERIFY(playing.last.at(run).state == State::Paused);
    const QList<QList<int>> places{{1}, {2, 0}, {2, 0}, {3}};
    for (const auto &place : places) {
        const auto rounds = playing.last.at(run).rounds;
        playing.player.step(run);
        QTRY_VERIFY(playing.last.at(run).step == place && playing.last.at(run).state == State::Paused &&
                    (place.size() == 1 || rounds != playing.last.at(run).rounds));
    }
    QTRY_COMPARE(streamOf(client), QByteArray(": 1\n\n: r\n\n: r\n\n"));
    playing.player.step(run);
    QTRY_COMPARE(streamOf(client), QByteArray(": 1\n\n: r\n\n: r\n\n: 4\n\n"));
    playing.player.resume(run);
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).problem, QString());
}

void ScenarioControlTest::stopsAtOnce()
{
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 1);
    for (const char *step : {R"({"do":"wait","ms":3600000})", R"({"do":"generate","rate":100})",
             R"({"do":"repeat","times":0,"steps":[{"do":"comment","text":"x"}]})", R"({"do":"waitResume"})"}) {
        const int run = playing.start(step);
        QTRY_VERIFY(playing.last.count(run) > 0);
        playing.player.stop(run);
        QTRY_VERIFY(playing.hasEnded(run));
        QCOMPARE(playing.last.at(run).problem, QString());
    }
    playing.publisher.publish("end");
    QTRY_VERIFY(client.isClosed() || client.body().endsWith("data: end\n\n"));
}

void ScenarioControlTest::endsWithTheServer()
{
    Playing playing;
    const int run = playing.start(R"({"do":"generate","rate":100})");
    QTRY_VERIFY(playing.last.count(run) > 0);
    playing.publisher->stop();
    QTRY_VERIFY(playing.hasEnded(run));
}

void ScenarioControlTest::endsWithTheChannel_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::newRow("burst") << QByteArray(R"({"do":"burst","count":1000000000,"rate":1000})");
    QTest::newRow("generate") << QByteArray(R"({"do":"generate","rate":1000})");
    QTest::newRow("burst afterwards") << QByteArray(R"({"do":"wait","ms":300},{"do":"burst","count":5})");
    QTest::newRow("bytes afterwards") << QByteArray(R"({"do":"wait","ms":300},{"do":"raw","bytes":"x"})");
}

void ScenarioControlTest::endsWithTheChannel()
{
    QFETCH(QByteArray, steps);
    Playing playing;
    const int run = playing.start(steps);
    QTRY_VERIFY(playing.last.count(run) > 0);
    playing.publisher->onServer(
        [](Server &server) { server.removeChannel(u"/events"_s, ChannelSet::Answer::NotFound); });
    QTRY_VERIFY(playing.hasEnded(run));
    const QString problem = playing.last.at(run).problem;
    QVERIFY2(problem.startsWith(u"Step "_s) && problem.contains(u"channel"_s), qPrintable(problem));
}

void ScenarioControlTest::spinsNotForEver_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<double>("leastPerMs");
    QTest::addColumn<double>("mostPerMs");
    QTest::newRow("retry") << QByteArray(R"({"do":"retry","ms":5})") << 0.0 << 1.1;
    QTest::newRow("event") << QByteArray(R"({"do":"send","data":"x"})") << 0.0 << 1.1;
    QTest::newRow("wait for what is there") << QByteArray(R"({"do":"waitClients"})") << 0.0 << 2.2;
    QTest::newRow("repeat of no waits") << QByteArray(R"({"do":"repeat","times":3,"steps":[{"do":"wait","ms":0}]})")
                                        << 0.0 << 1.1;
    // Who says how long it takes gets that.
    QTest::newRow("short wait") << QByteArray(R"({"do":"comment","text":"x"},{"do":"wait","ms":0.2})") << 2.0 << 5.1;
}

void ScenarioControlTest::spinsNotForEver()
{
    QFETCH(QByteArray, steps);
    QFETCH(double, leastPerMs);
    QFETCH(double, mostPerMs);
    Playing playing;
    const RawClient client(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 1);
    const int run = playing.start(R"({"do":"repeat","times":0,"steps":[)" + steps + "]}");
    QTRY_VERIFY(playing.last[run].elapsedMs > 400);
    const ScenarioProgress &progress = playing.last.at(run);
    const auto rounds = static_cast<double>(progress.rounds.first());
    const auto elapsed = static_cast<double>(progress.elapsedMs);
    QVERIFY2(rounds > 20 && rounds >= leastPerMs * elapsed && rounds <= mostPerMs * elapsed + 2,
        qPrintable(u"%1 rounds in %2 ms"_s.arg(rounds).arg(elapsed)));
}

void ScenarioControlTest::mayBeDestroyedAtAnyTime()
{
    for (int i = 0; i < 20; ++i) {
        Playing playing;
        RawClient client(playing.publisher.port(), get("/events"));
        playing.start(R"({"do":"silence","ms":3600000})");
        playing.start(R"({"do":"generate","rate":100000})");
        const int run = playing.start(R"({"do":"repeat","steps":[{"do":"send","data":"x"}]})");
        if (i % 2 == 0)
            QTRY_VERIFY(playing.last.count(run) > 0);
    }
}

void ScenarioControlTest::runsBesideEachOther()
{
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    const int first = playing.start(R"({"do":"waitClients"},{"do":"generate","rate":300,"count":60,"type":"a"})");
    const int second = playing.start(R"({"do":"waitClients"},{"do":"generate","rate":300,"count":60,"type":"b"})");
    QTRY_VERIFY(playing.hasEnded(first) && playing.hasEnded(second));
    QTRY_COMPARE(client.body().count("event: a\n"), 60);
    QTRY_COMPARE(client.body().count("event: b\n"), 60);
    // Beside, not one after the other.
    QVERIFY(client.body().indexOf("event: b\n") < client.body().lastIndexOf("event: a\n"));
    QVERIFY(client.body().indexOf("event: a\n") < client.body().lastIndexOf("event: b\n"));
}

void ScenarioControlTest::tellsHowFarItIs()
{
    Playing playing;
    const int run = playing.start(
        R"({"do":"burst","count":5},{"do":"repeat","times":7,"steps":[{"do":"wait","ms":100},{"do":"wait","ms":100}]})");
    QTRY_VERIFY(playing.last.count(run) > 0 && playing.last.at(run).rounds == QList<quint64>{2});
    const ScenarioProgress progress = playing.last.at(run);
    QCOMPARE(progress.name, u"test"_s);
    QCOMPARE(progress.target, u"/events"_s);
    QCOMPARE(progress.events, 5U);
    QCOMPARE(progress.step.size(), 2);
    QVERIFY(progress.elapsedMs >= 200);
    playing.player.stop(run);
    QTRY_VERIFY(playing.hasEnded(run));
}

void ScenarioControlTest::sendsToOneClientOnly()
{
    Playing playing;
    RawClient first(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 1);
    RawClient second(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 2);
    Target target;
    target.client = playing.publisher.clients().at(1).id;
    const int run = playing.player.start(
        scenarioOf(
            R"({"do":"send","data":"x"},{"do":"raw","bytes":"data: y\n\n"},{"do":"burst","count":3},{"do":"drop"})"),
        target);
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).problem, QString());
    QTRY_VERIFY(second.isClosed());
    QCOMPARE(streamOf(second), QByteArray("data: x\n\ndata: y\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n"));
    playing.publisher.publish("end");
    QTRY_VERIFY(streamOf(first).endsWith("data: end\n\n"));
    QCOMPARE(first.body().count("data: "), 1);
    const int late = playing.player.start(scenarioOf(R"({"do":"send","data":"x"})"), target);
    QTRY_VERIFY(playing.hasEnded(late));
    QVERIFY(playing.last.at(late).problem.contains(u"no client"_s));
}

void ScenarioControlTest::waitsForASlowClientWhereNothingMayBeLost()
{
    PublisherSettings settings = Playing::quiet();
    settings.isLossless = true;
    settings.maxQueuedBytesPerClient = 1 << 20;
    Playing playing(settings);
    RawClient client(playing.publisher.port());
    client.socket().setReadBufferSize(1);
    client.send(get("/events"));
    const int run = playing.start(
        R"({"do":"waitClients"},{"do":"repeat","times":3000,"steps":[{"do":"send","data":")" + QByteArray(8000, 'x') +
        R"("}]},{"do":"generate","rate":1000000,"count":200000,"data":"{{seq}} )" + QByteArray(60, 'y') + R"("})");
    QTRY_VERIFY(playing.last.count(run) > 0 && playing.last.at(run).remark == u"Waits for the slowest client"_s);
    QVERIFY(!playing.hasEnded(run) && !client.isClosed());
    client.socket().setReadBufferSize(0);
    QTRY_VERIFY_WITH_TIMEOUT(playing.hasEnded(run), 30'000);
    QCOMPARE(playing.last.at(run).events, 203'000U);
    QTRY_VERIFY_WITH_TIMEOUT(client.received().contains("data: 203000 "), 30'000);
}

void ScenarioControlTest::presetsAreScenarios_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : scenarioPresets())
        QTest::newRow(qPrintable(name)) << name;
}

void ScenarioControlTest::presetsAreScenarios()
{
    QFETCH(QString, name);
    const ScenarioReading reading = readScenario(scenarioPreset(name));
    QVERIFY2(reading.scenario, qPrintable(reading.problem.sentence()));
    QVERIFY(!reading.scenario->name.isEmpty() && !reading.scenario->description.isEmpty());
    // They are as the editor would save them.
    QCOMPARE(toJson(*reading.scenario), scenarioPreset(name));
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    QTRY_COMPARE(playing.publisher.clientCount(), 1);
    const int run = playing.player.start(*reading.scenario, {});
    QTRY_VERIFY(streamOf(client).count("\n\n") >= 1);
    playing.player.stop(run);
    QTRY_VERIFY(playing.hasEnded(run));
    QCOMPARE(playing.last.at(run).problem, QString());
    dispatchedBy(streamOf(client));
}

void ScenarioControlTest::languageModelAnswersAreWhatClientsExpect_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("place"); // of a piece of text: JSON keys
    QTest::addColumn<QString>("last");  // event type, or data
    QTest::newRow("OpenAI chat") << u"openai-chat"_s << u"choices/0/delta/content"_s << u"[DONE]"_s;
    QTest::newRow("OpenAI Responses") << u"openai-responses"_s << u"delta"_s << u"response.completed"_s;
    QTest::newRow("Anthropic") << u"anthropic"_s << u"delta/text"_s << u"message_stop"_s;
}

void ScenarioControlTest::languageModelAnswersAreWhatClientsExpect()
{
    QFETCH(QString, name);
    QFETCH(QString, place);
    QFETCH(QString, last);
    Playing playing;
    RawClient client(playing.publisher.port(), get("/events"));
    playing.player.start(*readScenario(scenarioPreset(name)).scenario, {});
    QTRY_VERIFY_WITH_TIMEOUT(client.isClosed(), 30'000);
    QVERIFY(client.hasEndChunk());
    const auto events = dispatchedBy(streamOf(client));
    QString text;
    for (const Dispatched &event : events) {
        if (event.data == "[DONE]")
            continue;
        QJsonParseError error;
        QJsonValue value = QJsonDocument::fromJson(event.data, &error).object();
        QVERIFY2(error.error == QJsonParseError::NoError, event.data.constData());
        QVERIFY(event.type.isEmpty() || value.toObject().value(u"type"_s).toString() == event.type);
        for (const QString &key : place.split(u'/'))
            value = key == u"0" ? value.toArray().at(0) : value.toObject().value(key);
        text += value.toString();
    }
    QVERIFY2(text.startsWith(u"A weir is a low wall"_s) && text.endsWith(u"holds none back."_s), qPrintable(text));
    QVERIFY(text.contains(u"{braces}, Größe, 東京 and 🌊"_s));
    QVERIFY(events.back().type == last || QString::fromUtf8(events.back().data) == last);
    QVERIFY(events.size() > 60);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::ScenarioControlTest)
#include "tst_scenariocontrol.moc"
