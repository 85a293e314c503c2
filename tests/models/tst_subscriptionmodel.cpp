// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptionmodel.h"
#include "publish/publisher.h"
#include "store/eventlog.h"
#include "subscribe/ingest.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::SubscriptionModel;

namespace {

store::MonotonicTime at(std::chrono::nanoseconds time)
{
    return store::MonotonicTime(time);
}

/// Engine, model and model tester, in the order in which they depend on one another.
struct Bench
{
    store::EventLog log;
    subscribe::Ingest ingest{log};
    SubscriptionModel model{ingest};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    store::SubscriptionId add(const QString &url) { return model.add(model.suggest(QUrl(url))); }
    QString text(int row, int column) const { return model.index(row, column).data().toString(); }
    store::ConnectionState state(store::SubscriptionId id) const { return model.find(id)->status.state; }
};

} // namespace

class SubscriptionModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addsRows();
    void namesAreNotTakenTwice();
    void coloursComeInTurn();
    void showsNothingBeyondItsRows();
    void receives();
    void editingActsAtOnce();
    void removedSubscriptionsKeepTheirNames();
    void restoreGoesOnAtTheLastEventId();
    void forgottenOnesDoNotComeBack();
    void mutedIsNotShown();
    void manyAreMutedAtOnce();
    void soloHidesTheOthers();
    void tellsFailure();
    void rateIsOverASecond();
    void describesStates_data();
    void describesStates();
    void agesOfTheLastByte_data();
    void agesOfTheLastByte();
};

void SubscriptionModelTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void SubscriptionModelTest::addsRows()
{
    Bench bench;
    QSignalSpy inserted(&bench.model, &SubscriptionModel::rowsInserted);
    QSignalSpy sources(&bench.model, &SubscriptionModel::sourcesChanged);
    const auto id = bench.add(u"http://localhost:1/prices?token=secret"_s);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(sources.size(), 1);
    QCOMPARE(bench.text(0, SubscriptionModel::NameColumn), u"prices"_s);
    QCOMPARE(bench.text(0, SubscriptionModel::StateColumn), u"idle"_s);
    QCOMPARE(bench.text(0, SubscriptionModel::EventsColumn), u"0"_s);
    QCOMPARE(bench.model.rowOf(id), 0);
    QCOMPARE(bench.model.columnCount(bench.model.index(0, 0)), 0);
}

void SubscriptionModelTest::namesAreNotTakenTwice()
{
    Bench bench;
    for (int i = 0; i < 3; ++i)
        bench.add(u"http://localhost:1/prices"_s);
    QCOMPARE(bench.text(0, SubscriptionModel::NameColumn), u"prices"_s);
    QCOMPARE(bench.text(1, SubscriptionModel::NameColumn), u"prices 2"_s);
    QCOMPARE(bench.text(2, SubscriptionModel::NameColumn), u"prices 3"_s);
}

void SubscriptionModelTest::coloursComeInTurn()
{
    Bench bench;
    for (int i = 0; i < 8; ++i)
        bench.add(u"http://localhost:1/x"_s);
    QCOMPARE(bench.model.at(1).settings.colourIndex, 1);
    QCOMPARE(bench.model.at(7).settings.colourIndex, 0);
}

void SubscriptionModelTest::showsNothingBeyondItsRows()
{
    Bench bench;
    bench.add(u"http://localhost:1/x"_s);
    QVERIFY(!bench.model.data({}).isValid());
    QVERIFY(!bench.model.index(1, 0).isValid());
    QVERIFY(!bench.model.index(0, SubscriptionModel::columns).isValid());
    QVERIFY(!bench.model.headerData(SubscriptionModel::columns, Qt::Horizontal).isValid());
}

void SubscriptionModelTest::receives()
{
    Bench bench;
    publish::Publisher publisher;
    QSignalSpy started(&publisher, &publish::Publisher::started);
    publisher.start({});
    QTRY_COMPARE(started.size(), 1);
    auto url = started.first().first().toUrl();
    url.setPath(u"/events"_s);
    publisher.addChannel(u"/events"_s);
    const auto id = bench.add(url.toString());
    bench.model.connectNow(id);
    QTRY_COMPARE(bench.state(id), store::ConnectionState::Open);
    QSignalSpy changed(&bench.model, &SubscriptionModel::dataChanged);
    publish::Publication publication;
    publication.message.data = "hello";
    publisher.publish(publication);
    QTRY_COMPARE(bench.text(0, SubscriptionModel::EventsColumn), u"1"_s);
    QTRY_VERIFY(!bench.text(0, SubscriptionModel::RateColumn).isEmpty());
    QVERIFY(bench.text(0, SubscriptionModel::LastByteColumn).endsWith(u" s"_s));
    QVERIFY(!changed.isEmpty());
    bench.model.disconnectNow(id);
    QTRY_COMPARE(bench.state(id), store::ConnectionState::Closed);
    QVERIFY(!models::hasFailed(bench.model.at(0).status));
}

void SubscriptionModelTest::editingActsAtOnce()
{
    Bench bench;
    publish::Publisher publisher;
    QSignalSpy started(&publisher, &publish::Publisher::started);
    publisher.start({});
    QTRY_COMPARE(started.size(), 1);
    auto url = started.first().first().toUrl();
    url.setPath(u"/a"_s);
    publisher.addChannel(u"/a"_s);
    const auto id = bench.add(url.toString());
    bench.model.connectNow(id);
    QTRY_COMPARE(bench.state(id), store::ConnectionState::Open);
    auto settings = bench.model.at(0).settings;

    settings.name = u"renamed"_s;
    bench.model.setSettings(id, settings);
    QCOMPARE(bench.model.sources().at(id).name, u"renamed"_s);
    QCOMPARE(models::reconnects(bench.model.at(0)), 0U);

    publisher.addChannel(u"/b"_s);
    settings.url.setPath(u"/b"_s);
    bench.model.setSettings(id, settings);
    QTRY_COMPARE(models::reconnects(bench.model.at(0)), 1U);
    QTRY_VERIFY2(
        bench.state(id) == store::ConnectionState::Open, qPrintable(subscribe::text(bench.model.at(0).status)));
}

void SubscriptionModelTest::removedSubscriptionsKeepTheirNames()
{
    Bench bench;
    const auto first = bench.add(u"http://localhost:1/a"_s);
    bench.add(u"http://localhost:1/b"_s);
    QSignalSpy removed(&bench.model, &SubscriptionModel::rowsRemoved);
    QCOMPARE(bench.model.park(first), 0);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(bench.model.rowCount(), 1);
    QVERIFY(!bench.model.find(first));
    QCOMPARE(bench.model.sources().at(first).name, u"a"_s);
    QCOMPARE(bench.model.park(first), -1);
}

void SubscriptionModelTest::restoreGoesOnAtTheLastEventId()
{
    Bench bench;
    publish::Publisher publisher;
    QSignalSpy started(&publisher, &publish::Publisher::started);
    publisher.start({});
    QTRY_COMPARE(started.size(), 1);
    auto url = started.first().first().toUrl();
    url.setPath(u"/events"_s);
    publisher.addChannel(u"/events"_s);
    const auto id = bench.add(url.toString());
    bench.model.connectNow(id);
    QTRY_COMPARE(bench.state(id), store::ConnectionState::Open);
    publish::Publication publication;
    publication.message.data = "one";
    QSignalSpy published(&publisher, &publish::Publisher::published);
    publisher.publish(publication);
    QTRY_COMPARE(published.size(), 1);
    QTRY_COMPARE(bench.text(0, SubscriptionModel::EventsColumn), u"1"_s);

    bench.model.park(id);
    publisher.publish(publication);
    publisher.publish(publication);
    QTRY_COMPARE(published.size(), 3);
    bench.model.restore(id, 0);
    QTRY_COMPARE(bench.text(0, SubscriptionModel::EventsColumn), u"3"_s);
}

void SubscriptionModelTest::forgottenOnesDoNotComeBack()
{
    Bench bench;
    const auto id = bench.add(u"http://localhost:1/a"_s);
    bench.model.park(id);
    bench.model.forget(id);
    bench.model.restore(id, 0);
    QCOMPARE(bench.model.rowCount(), 0);
    QVERIFY(bench.model.sources().contains(id));
}

void SubscriptionModelTest::mutedIsNotShown()
{
    Bench bench;
    const auto id = bench.add(u"http://localhost:1/a"_s);
    QSignalSpy sources(&bench.model, &SubscriptionModel::sourcesChanged);
    bench.model.setMuted(id, true);
    QCOMPARE(sources.size(), 1);
    QVERIFY(!bench.model.sources().at(id).isShown);
    bench.model.setMuted(id, true);
    QCOMPARE(sources.size(), 1);
    bench.model.setMuted(id, false);
    QVERIFY(bench.model.sources().at(id).isShown);
}

void SubscriptionModelTest::manyAreMutedAtOnce()
{
    Bench bench;
    const QList ids{bench.add(u"http://localhost:1/a"_s), bench.add(u"http://localhost:1/b"_s)};
    QSignalSpy sources(&bench.model, &SubscriptionModel::sourcesChanged);
    bench.model.setMuted(ids, true);
    QCOMPARE(sources.size(), 1);
    for (const auto id : ids)
        QVERIFY(!bench.model.sources().at(id).isShown);
    bench.model.setMuted(ids, false);
    bench.model.setSolo(ids, true);
    QVERIFY(bench.model.at(0).isSolo && bench.model.at(1).isSolo);
    // One only is shown while the other is solo no more.
    bench.model.setSolo(ids[0], false);
    QVERIFY(!bench.model.sources().at(ids[0]).isShown);
}

void SubscriptionModelTest::soloHidesTheOthers()
{
    Bench bench;
    const auto solo = bench.add(u"http://localhost:1/a"_s);
    const auto other = bench.add(u"http://localhost:1/b"_s);
    const auto removed = bench.add(u"http://localhost:1/c"_s);
    bench.model.park(removed);
    bench.model.setSolo(solo, true);
    QVERIFY(bench.model.sources().at(solo).isShown);
    QVERIFY(!bench.model.sources().at(other).isShown);
    QVERIFY(!bench.model.sources().at(removed).isShown);
    bench.model.park(solo);
    QVERIFY(bench.model.sources().at(other).isShown);
}

void SubscriptionModelTest::tellsFailure()
{
    Bench bench;
    auto settings = bench.model.suggest(QUrl(u"http://127.0.0.1:1/"_s));
    settings.reconnect.isEnabled = false;
    const auto id = bench.model.add(settings);
    bench.model.connectNow(id);
    QTRY_COMPARE(bench.state(id), store::ConnectionState::Closed);
    QVERIFY(bench.model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"127.0.0.1:1"_s));
}

void SubscriptionModelTest::rateIsOverASecond()
{
    models::SubscriptionRate rate;
    QCOMPARE(rate.perSecond(), 0.0);
    for (int quarter = 0; quarter <= 8; ++quarter)
        rate.sample(static_cast<std::uint64_t>(quarter) * 25, at(quarter * 250ms));
    QCOMPARE(rate.perSecond(), 100.0);
    for (int quarter = 9; quarter <= 12; ++quarter)
        rate.sample(200, at(quarter * 250ms));
    QCOMPARE(rate.perSecond(), 0.0);
}

void SubscriptionModelTest::describesStates_data()
{
    QTest::addColumn<store::ConnectionState>("state");
    QTest::addColumn<subscribe::Cause>("cause");
    QTest::addColumn<int>("httpStatus");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("hasFailed");
    using store::ConnectionState;
    using subscribe::Cause;
    QTest::newRow("idle") << ConnectionState::Idle << Cause::None << 0 << u"idle"_s << false;
    QTest::newRow("open") << ConnectionState::Open << Cause::Accepted << 200 << u"open"_s << false;
    QTest::newRow("waiting") << ConnectionState::Waiting << Cause::ConnectionLost << 0 << u"retry in 4 s"_s << false;
    QTest::newRow("204") << ConnectionState::Closed << Cause::StatusNoContent << 204 << u"closed: 204"_s << false;
    QTest::newRow("404") << ConnectionState::Closed << Cause::StatusRefused << 404 << u"closed: 404"_s << true;
    QTest::newRow("by user") << ConnectionState::Closed << Cause::AskedByUser << 200 << u"closed"_s << false;
    QTest::newRow("type") << ConnectionState::Closed << Cause::WrongContentType << 200 << u"failed"_s << true;
}

void SubscriptionModelTest::describesStates()
{
    QFETCH(store::ConnectionState, state);
    QFETCH(subscribe::Cause, cause);
    QFETCH(int, httpStatus);
    subscribe::ConnectionStatus status;
    status.state = state;
    status.cause = cause;
    status.httpStatus = httpStatus;
    status.nextAttempt = at(13'200ms);
    QTEST(models::stateText(status, at(10s)), "text");
    QTEST(models::hasFailed(status), "hasFailed");
}

void SubscriptionModelTest::agesOfTheLastByte_data()
{
    QTest::addColumn<qint64>("lastNs");
    QTest::addColumn<QString>("text");
    const auto hours = std::chrono::nanoseconds(10h).count();
    QTest::newRow("never") << qint64{0} << QString();
    QTest::newRow("now") << qint64{hours} << u"0.0 s"_s;
    QTest::newRow("from the future") << qint64{hours + 5} << u"0.0 s"_s;
    QTest::newRow("tenths") << qint64{hours - std::chrono::nanoseconds(1'240ms).count()} << u"1.2 s"_s;
    QTest::newRow("seconds") << qint64{hours - std::chrono::nanoseconds(42s).count()} << u"42 s"_s;
    QTest::newRow("minutes") << qint64{hours - std::chrono::nanoseconds(190s).count()} << u"3 min"_s;
    QTest::newRow("hours") << qint64{hours - std::chrono::nanoseconds(150min).count()} << u"2 h"_s;
}

void SubscriptionModelTest::agesOfTheLastByte()
{
    QFETCH(qint64, lastNs);
    auto counters = std::make_shared<subscribe::Counters>();
    counters->lastByteNs = lastNs;
    models::SubscriptionRow row;
    row.counters = counters;
    QTEST(models::lastByteText(row, at(10h)), "text");
}

QTEST_GUILESS_MAIN(SubscriptionModelTest)
#include "tst_subscriptionmodel.moc"
