// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionlog.h"
#include "store/eventlog.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::ConnectionLog;
using subscribe::AttemptReport;

namespace {

struct Bench
{
    store::EventLog log;
    subscribe::Ingest ingest{log};
    ConnectionLog model{ingest, log.clock()};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    store::SubscriptionId id = ingest.add({});

    Bench() { model.setSubscription(id); }

    AttemptReport running(std::uint32_t attempt) const
    {
        AttemptReport report;
        report.subscription = id;
        report.attempt = attempt;
        report.started = std::chrono::steady_clock::now();
        return report;
    }
    AttemptReport over(std::uint32_t attempt) const
    {
        auto report = running(attempt);
        report.ended = 1500ms;
        report.ending = u"the server ended the stream"_s;
        return report;
    }
    void run(std::uint32_t attempt, const QByteArray &body = {})
    {
        model.take(running(attempt));
        auto report = over(attempt);
        report.bodyExcerpt = body;
        model.take(report);
    }
    QString text(int row, int column) const { return model.index(row, column).data().toString(); }
    subscribe::Counters &counters() const { return const_cast<subscribe::Counters &>(*ingest.counters(id)); }
};

} // namespace

class ConnectionLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void showsTheAttemptsOfOneSubscription();
    void newsReplaceTheRow();
    void lateWordsChangeNothing();
    void runningAttemptCountsLive();
    void statusesOfRedirects();
    void keepsTheLastOnes();
    void keepsLittleOfOldBodies();
    void forgets();
    void readsBodies_data();
    void readsBodies();
};

void ConnectionLogTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void ConnectionLogTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void ConnectionLogTest::showsTheAttemptsOfOneSubscription()
{
    Bench bench;
    bench.run(1);
    bench.model.take(bench.running(2));
    auto other = bench.running(1);
    other.subscription = bench.ingest.add({});
    bench.model.take(other);
    QCOMPARE(bench.model.rowCount(), 2);
    QCOMPARE(bench.text(0, ConnectionLog::AttemptColumn), u"1"_s);
    QCOMPARE(bench.text(0, ConnectionLog::EndingColumn), u"the server ended the stream"_s);
    QCOMPARE(bench.text(0, ConnectionLog::DurationColumn), u"1.500 s"_s);
    QCOMPARE(bench.text(1, ConnectionLog::EndingColumn), u"connecting"_s);
    bench.model.setSubscription(other.subscription);
    QCOMPARE(bench.model.rowCount(), 1);
    bench.model.setSubscription({});
    QCOMPARE(bench.model.rowCount(), 0);
}

void ConnectionLogTest::newsReplaceTheRow()
{
    Bench bench;
    QSignalSpy inserted(&bench.model, &QAbstractItemModel::rowsInserted);
    bench.model.take(bench.running(1));
    auto open = bench.running(1);
    open.opened = 30ms;
    bench.model.take(open);
    QCOMPARE(bench.text(0, ConnectionLog::EndingColumn), u"open"_s);
    bench.model.take(bench.over(1));
    QCOMPARE(inserted.size(), 1);
    QVERIFY(bench.model.at(0).isOver());
    QCOMPARE(bench.model.rowOf(1), 0);
    QCOMPARE(bench.model.rowOf(2), -1);
}

void ConnectionLogTest::lateWordsChangeNothing()
{
    Bench bench;
    bench.run(1);
    bench.model.take(bench.running(2));
    auto late = bench.over(1);
    late.ending = u"late"_s;
    bench.model.take(late);
    QCOMPARE(bench.model.rowCount(), 2);
    QCOMPARE(bench.text(0, ConnectionLog::EndingColumn), u"the server ended the stream"_s);
    QVERIFY(!bench.model.at(1).isOver());
}

void ConnectionLogTest::runningAttemptCountsLive()
{
    Bench bench;
    bench.counters().events = 7;
    bench.model.take(bench.running(1));
    auto first = bench.over(1);
    first.events = 7;
    bench.model.take(first);
    bench.model.take(bench.running(2));
    bench.counters().events = 12;
    bench.counters().comments = 4;
    QCOMPARE(bench.text(0, ConnectionLog::EventsColumn), u"7"_s);
    QCOMPARE(bench.text(1, ConnectionLog::EventsColumn), u"5"_s);
    QCOMPARE(bench.model.at(1).comments, 4U);
    QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(changed.first().first().toModelIndex().row(), 1);
}

void ConnectionLogTest::statusesOfRedirects()
{
    Bench bench;
    auto report = bench.running(1);
    report.hops.resize(2);
    report.hops[0].status = 307;
    report.hops[1].status = 200;
    bench.model.take(report);
    QCOMPARE(bench.text(0, ConnectionLog::StatusColumn), u"307 → 200"_s);
}

void ConnectionLogTest::keepsTheLastOnes()
{
    Bench bench;
    for (std::uint32_t attempt = 1; attempt <= 25; ++attempt)
        bench.run(attempt);
    QCOMPARE(bench.model.rowCount(), int(ConnectionLog::keptAttempts));
    QCOMPARE(bench.model.goneAttempts(), 5U);
    QCOMPARE(bench.text(0, ConnectionLog::AttemptColumn), u"6"_s);
}

void ConnectionLogTest::keepsLittleOfOldBodies()
{
    Bench bench;
    const QByteArray body(64 << 10, 'x');
    for (std::uint32_t attempt = 1; attempt <= 10; ++attempt)
        bench.run(attempt, body);
    QCOMPARE(bench.model.at(9).bodyExcerpt.size(), body.size());
    QVERIFY(!bench.model.isExcerptCut(9));
    QCOMPARE(bench.model.at(8).bodyExcerpt.size(), ConnectionLog::keptExcerpt);
    QVERIFY(bench.model.isExcerptCut(8));
    QCOMPARE(bench.model.rowCount(), 10);
}

void ConnectionLogTest::forgets()
{
    Bench bench;
    bench.run(1);
    bench.model.forget(bench.id);
    QCOMPARE(bench.model.rowCount(), 0);
    bench.model.setSubscription(bench.id);
    QCOMPARE(bench.model.rowCount(), 0);
}

void ConnectionLogTest::readsBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("not here\n") << u"not here\n"_s;
    QTest::newRow("JSON") << QByteArray(R"({"error":"no","at":[1,2]})")
                          << u"{\n  \"error\": \"no\",\n  \"at\": [\n    1,\n    2\n  ]\n}"_s;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << u"a\u2400b"_s;
    QTest::newRow("no UTF-8") << QByteArray("\xFF") << u"\uFFFD"_s;
    QTest::newRow("a long line") << QByteArray(1500, 'x') << QString(1000, u'x') + u'\n' + QString(500, u'x');
    QTest::newRow("empty") << QByteArray() << QString();
}

void ConnectionLogTest::readsBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, text);
    QCOMPARE(models::excerptText(body), text);
}

QTEST_GUILESS_MAIN(ConnectionLogTest)
#include "tst_connectionlog.moc"
