// SPDX-License-Identifier: GPL-3.0-or-later
// The test of clients, against clients that are right or wrong in one thing.
#include "publish/clienttest.h"
#include "publish/clienttestreport.h"
#include "publish/faultyclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <iterator>
#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace weir::publish;

namespace {

/// A run against FaultyClients that are started whenever the test asks for it.
struct Run
{
    explicit Run(ClientFault what)
        : fault(what)
    {
        QObject::connect(&test, &ClientTest::started, &test, [this](const QUrl &address) { url = address; });
        QObject::connect(&test, &ClientTest::phaseChanged, &test, [this](ClientTestPhase phase) { serve(phase); });
        QObject::connect(
            &test, &ClientTest::caseFinished, &test, [this](const ClientTestResult &result) { report.add(result); });
    }
    void start(const QStringList &cases)
    {
        ClientTestSettings settings;
        settings.cases = cases;
        settings.timeout = 2500ms;
        settings.startTimeout = 20s;
        test.start(settings);
    }
    bool isDone() const { return !test.isRunning(); }
    bool run(const QStringList &cases)
    {
        start(cases);
        return awaitEnd();
    }
    bool awaitEnd()
    {
        return QTest::qWaitFor([this] { return isDone(); }, 240'000);
    }
    void serve(ClientTestPhase phase)
    {
        if (phase == ClientTestPhase::AwaitingClient || phase == ClientTestPhase::AwaitingRestart)
            client = std::make_unique<FaultyClient>(url, fault);
    }
    QString verdict(const QString &name) const
    {
        for (const auto &result : report.results) {
            if (result.name == name)
                return word(result.judgement.verdict);
        }
        return {};
    }

    ClientFault fault;
    QUrl url;
    std::unique_ptr<FaultyClient> client;
    ClientTestReport report;
    ClientTest test;
};

} // namespace

class TestClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_runs.clear(); }
    void findsFaults_data();
    void findsFaults();
    void passesAGoodClient();
    void endsStreamsAsTheClientNeedsIt();
    void stopsAtOnce();
    void mayBeDestroyedAtAnyTime();
    void skipsACase();
    void saysWhenNobodyComes();
    void saysWhenThePortIsInUse();
    void failsOnceWhenItIsStopped();
    void hidesSecrets();
    void reportsForProgramsAndPeople();

private:
    /// Runs wait most of the time, so they wait together.
    std::map<QString, std::unique_ptr<Run>> m_runs;
};

namespace {

struct Expectation
{
    const char *title;
    ClientFault fault;
    const char *name;
    ClientTestVerdict verdict = ClientTestVerdict::Fail;
};

using F = ClientFault;
constexpr Expectation expectations[] = {
    {"post", F::UsesPost, "method-get"},
    {"json", F::AcceptsJsonOnly, "accept"},
    {"cache", F::AllowsCaches, "cache-control"},
    {"first id", F::InventsFirstId, "no-id-at-first"},
    {"bad request", F::SendsBadRequest, "method-get"},
    {"clean end", F::NeverReturns, "reconnect-clean-end"},
    {"cut", F::NeverReturns, "reconnect-cut"},
    {"reset", F::NeverReturns, "reconnect-reset"},
    {"close", F::NeverReturns, "reconnect-close"},
    {"length", F::WaitsForClose, "reconnect-content-length"},
    {"no answer", F::GivesUpWithoutAnswer, "reconnect-no-answer"},
    {"twice", F::ReturnsTwice, "reconnect-once"},
    {"not even once", F::NeverReturns, "id-kept", ClientTestVerdict::Unclear},
    {"longer", F::IgnoresRetry, "retry-changed"},
    {"atoi", F::ReadsRetryLikeAtoi, "retry-invalid"},
    {"with event", F::TakesRetryWithEvent, "retry-at-once"},
    {"forgets retry", F::ForgetsRetry, "retry-kept"},
    {"wraps retry", F::WrapsRetry, "retry-huge"},
    {"no id", F::NeverBringsId, "last-event-id"},
    {"no id, so no proof", F::NeverBringsId, "bom", ClientTestVerdict::Unclear},
    {"first id for ever", F::KeepsFirstId, "last-event-id"},
    {"several ids", F::KeepsFirstId, "id-last-of-several"},
    {"forgets id", F::ForgetsId, "id-kept-next-connection"},
    {"empty id", F::KeepsIdWhenEmpty, "id-empty"},
    {"no colon", F::KeepsIdWhenEmpty, "id-without-colon"},
    {"NUL", F::TakesNulInId, "id-nul"},
    {"Latin-1", F::SendsLatin1, "id-utf8"},
    {"no data", F::NeedsDataForId, "id-without-data"},
    {"incomplete event", F::TakesIncompleteEvent, "id-incomplete-event"},
    {"incomplete line", F::TakesIncompleteEvent, "id-incomplete-line"},
    {"id at once", F::TakesIdAtOnce, "id-incomplete-event"},
    {"id at once, so no proof", F::TakesIdAtOnce, "split-crlf", ClientTestVerdict::Unclear},
    {"space", F::NeedsSpace, "no-space"},
    {"colon", F::SplitsAtLastColon, "colons-in-value"},
    {"names", F::FoldsNames, "field-names"},
    {"comments", F::ReadsComments, "comments"},
    {"bom", F::KeepsBom, "bom"},
    {"every bom", F::DropsEveryBom, "bom-inside"},
    {"CR", F::KnowsOnlyLf, "line-ends-cr"},
    {"CR at the end", F::HoldsCrBack, "cr-at-once"},
    {"CR LF", F::KnowsOnlyLf, "line-ends-crlf"},
    {"mixed", F::KnowsOnlyLf, "line-ends-mixed"},
    {"split", F::CountsSplitCrLfTwice, "split-crlf"},
    {"more line ends", F::KnowsMoreLineEnds, "other-line-ends"},
    {"big", F::LimitsEvents, "big-event"},
    {"type", F::ComparesTypeExactly, "type-parameters"},
    {"lookalike", F::ComparesTypeStart, "type-lookalike"},
    {"any type", F::AcceptsEveryType, "type-wrong"},
    {"no type", F::AcceptsEveryType, "type-missing"},
    {"html", F::AcceptsEveryType, "type-html"},
    {"202", F::AcceptsEveryStatus, "status-202"},
    {"404", F::AcceptsEveryStatus, "status-404"},
    {"500", F::RetriesServerErrors, "status-500"},
    {"503", F::RetriesServerErrors, "status-503"},
    {"interim", F::TakesInterimForAnswer, "interim-response"},
    {"silence", F::HangsUpWhenSilent, "silence"},
    {"on and on", F::SendsOnAndOn, "silence"},
    {"no redirect", F::FollowsNothing, "redirect-301"},
    {"loop", F::FollowsForEver, "redirect-loop"},
};
} // namespace

void TestClientTest::initTestCase()
{
    for (const auto &expected : expectations) {
        auto &run = m_runs[QString::fromLatin1(expected.title)];
        run = std::make_unique<Run>(expected.fault);
        run->start({QString::fromLatin1(expected.name)});
    }
    auto &good = m_runs[u"good"_s];
    good = std::make_unique<Run>(ClientFault::None);
    good->start({});
}

void TestClientTest::passesAGoodClient()
{
    auto &good = *m_runs.at(u"good"_s);
    QVERIFY(good.awaitEnd());
    for (const auto &result : good.report.results) {
        const bool isNotAsked = result.name == u"gzip"_s;
        QVERIFY2(result.judgement.verdict == (isNotAsked ? ClientTestVerdict::NotRun : ClientTestVerdict::Pass),
            qPrintable(result.name + u": "_s + result.judgement.reason + u'\n' + evidenceText(result)));
    }
    QCOMPARE(good.report.results.size(), ClientTest::cases().size());
}

void TestClientTest::findsFaults_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::size(expectations)); ++i)
        QTest::newRow(expectations[i].title) << i;
}

void TestClientTest::findsFaults()
{
    QFETCH(int, index);
    const auto &expected = expectations[index];
    auto &run = *m_runs.at(QString::fromLatin1(expected.title));
    QVERIFY(run.awaitEnd());
    QCOMPARE(run.report.results.size(), 1);
    const auto &result = run.report.results.first();
    QVERIFY2(result.judgement.verdict == expected.verdict,
        qPrintable(word(result.judgement.verdict) + u": "_s + result.judgement.reason + u'\n' + evidenceText(result)));
    QVERIFY(!result.judgement.reason.isEmpty());
}

void TestClientTest::endsStreamsAsTheClientNeedsIt()
{
    Run run(ClientFault::NeverReturnsFromCleanEnd);
    QVERIFY(run.run({u"reconnect-clean-end"_s, u"reconnect-cut"_s, u"bom"_s}));
    QCOMPARE(run.verdict(u"reconnect-clean-end"_s), u"fail"_s);
    QCOMPARE(run.verdict(u"reconnect-cut"_s), u"pass"_s);
    QCOMPARE(run.verdict(u"bom"_s), u"pass"_s);
}

void TestClientTest::stopsAtOnce()
{
    Run run(ClientFault::None);
    QObject::connect(&run.test, &ClientTest::caseStarted, &run.test, [&run](const QString &name) {
        if (name == u"silence"_s)
            run.test.stop();
    });
    QVERIFY(run.run({u"bom"_s, u"silence"_s, u"comments"_s}));
    QVERIFY(!run.test.isRunning());
    QCOMPARE(run.verdict(u"bom"_s), u"pass"_s);
    QCOMPARE(run.verdict(u"silence"_s), u"not run"_s);
    QCOMPARE(run.verdict(u"comments"_s), u"not run"_s);
    QVERIFY(run.run({u"comments"_s}));
    QCOMPARE(run.verdict(u"comments"_s), u"pass"_s);
}

void TestClientTest::mayBeDestroyedAtAnyTime()
{
    for (int i = 0; i < 10; ++i) {
        auto test = std::make_unique<ClientTest>();
        const QSignalSpy started(test.get(), &ClientTest::started);
        test->start({});
        QTRY_COMPARE(started.count(), 1);
        QTcpSocket client;
        client.connectToHost(
            QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(started.first().first().toUrl().port()));
        client.write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
        QTRY_VERIFY(client.bytesAvailable() > 0);
        test.reset();
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    }
}

void TestClientTest::skipsACase()
{
    Run run(ClientFault::None);
    QObject::connect(&run.test, &ClientTest::caseStarted, &run.test, [&run](const QString &name) {
        if (name == u"silence"_s)
            run.test.skip();
    });
    QVERIFY(run.run({u"silence"_s, u"comments"_s}));
    QCOMPARE(run.verdict(u"silence"_s), u"not run"_s);
    QCOMPARE(run.verdict(u"comments"_s), u"pass"_s);
}

void TestClientTest::saysWhenNobodyComes()
{
    ClientTest test;
    const QSignalSpy finished(&test, &ClientTest::finished);
    const QSignalSpy results(&test, &ClientTest::caseFinished);
    ClientTestSettings settings;
    settings.cases = QStringList{u"bom"_s, u"comments"_s};
    settings.startTimeout = 50ms;
    test.start(settings);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(results.count(), 2);
    const auto last = results.last().first().value<ClientTestResult>();
    QCOMPARE(last.judgement.verdict, ClientTestVerdict::NotRun);
    QVERIFY2(last.judgement.reason.contains(u"No client was started"_s), qPrintable(last.judgement.reason));
}

void TestClientTest::saysWhenThePortIsInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ClientTest test;
    const QSignalSpy failed(&test, &ClientTest::failed);
    ClientTestSettings settings;
    settings.port = other.serverPort();
    test.start(settings);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().contains(QString::number(other.serverPort())));
    QVERIFY(!test.isRunning());
}

void TestClientTest::failsOnceWhenItIsStopped()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    ClientTest test;
    const QSignalSpy failed(&test, &ClientTest::failed);
    const QSignalSpy finished(&test, &ClientTest::finished);
    ClientTestSettings settings;
    settings.port = other.serverPort();
    test.start(settings);
    test.stop(); // before it can know that the port is in use
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!test.isRunning());
    // What the first run has to say comes before anything of the second.
    settings.port = 0;
    const QSignalSpy started(&test, &ClientTest::started);
    test.start(settings);
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(finished.count(), 0);
    test.stop();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(failed.count(), 1);
}

void TestClientTest::hidesSecrets()
{
    ClientTest test;
    const QSignalSpy results(&test, &ClientTest::caseFinished);
    QTcpSocket client;
    connect(&test, &ClientTest::started, &client, [&client](const QUrl &url) {
        client.connectToHost(url.host(), static_cast<quint16>(url.port()));
        client.write("GET /events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer s3cret\r\nCookie: s=s3cret\r\n\r\n");
    });
    ClientTestSettings settings;
    settings.cases = QStringList{u"method-get"_s};
    test.start(settings);
    QTRY_COMPARE(results.count(), 1);
    const auto text = evidenceText(results.first().first().value<ClientTestResult>());
    QVERIFY2(text.contains(u"Authorization: (hidden)"_s), qPrintable(text));
    QVERIFY2(!text.contains(u"s3cret"_s), qPrintable(text));
}

void TestClientTest::reportsForProgramsAndPeople()
{
    Run run(ClientFault::KeepsBom);
    QVERIFY(run.run({u"bom"_s, u"comments"_s}));
    const auto object = QJsonDocument::fromJson(run.report.toJson()).object();
    QCOMPARE(object[u"sum"_s].toObject()[u"fail"_s].toInt(), 1);
    QCOMPARE(object[u"sum"_s].toObject()[u"pass"_s].toInt(), 1);
    const auto bom = object[u"cases"_s].toArray().first().toObject();
    QCOMPARE(bom[u"name"_s].toString(), u"bom"_s);
    QCOMPARE(bom[u"verdict"_s].toString(), u"fail"_s);
    QVERIFY(bom[u"evidence"_s].toArray().size() > 5);
    const auto text = run.report.toText();
    QVERIFY2(text.contains(u"FAIL     bom "_s), qPrintable(text));
    QVERIFY2(text.contains(u"instead of “right”"_s), qPrintable(text));
    QVERIFY2(text.contains(u"\\xef\\xbb\\xbfid: right\\n"_s), qPrintable(text));
    QVERIFY2(text.contains(u"Passed: 1, failed: 1, unclear: 0, not run: 0"_s), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestClientTest)
#include "tst_clienttest.moc"
