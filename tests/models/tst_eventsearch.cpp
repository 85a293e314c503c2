// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventsearch.h"
#include "models/searchquery.h"
#include "support/eventstream.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;
using store::EventNumber;

// Searching within a view: what is found while events come and go and the view changes, and what is pointed out.
class EventSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsWithinTheRowsOfTheView();
    void goesFromMatchToMatch();
    void findsNewEvents();
    void followsTheFilterOfTheView();
    void followsScopeKindsAndClearing();
    void restsWhileTheViewIsPaused();
    void losesWhatIsEvicted();
    void followsNewNames();
    void keepsTheLastSearchOnAnError();
    void stops();
    void understandsItsModes_data();
    void understandsItsModes();
    void pointsOutWhatItFound_data();
    void pointsOutWhatItFound();
};

namespace {

filter::Filter filterOf(const char *expression)
{
    return filter::Filter::compile(expression).value();
}

store::LogLimits smallLog()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 200 * 1024;
    return limits;
}

struct Bench
{
    explicit Bench(store::LogLimits limits = {})
        : streams(limits)
        , feed(streams.log)
        , model(feed)
        , search(model)
    {}

    bool isDone() const { return search.isComplete() && search.examinedEnd() == streams.log.snapshot().end(); }

    test::EventStreams streams;
    LogFeed feed;
    EventModel model;
    EventSearch search;
};

QString shown(const QList<TextRange> &ranges)
{
    QStringList texts;
    for (const auto &range : ranges)
        texts << u"%1+%2"_s.arg(range.begin).arg(range.length);
    return texts.join(u' ');
}

} // namespace

void EventSearchTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void EventSearchTest::findsWithinTheRowsOfTheView()
{
    Bench bench;
    bench.streams.feedEvents(1, 2000);
    bench.model.setFilter(filterOf("7"));
    QVERIFY(bench.search.setExpression("19"));
    QVERIFY(bench.search.isActive());
    QTRY_VERIFY(bench.isDone());
    std::uint64_t expected = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto text = QByteArray::number(i);
        if (text.contains("7") && text.contains("19"))
            ++expected;
    }
    QCOMPARE(bench.search.count(), expected);
    QVERIFY(bench.search.contains({198}));
    QVERIFY(!bench.search.contains({20}));
    QVERIFY(bench.model.rowCount() > 500);
}

void EventSearchTest::goesFromMatchToMatch()
{
    Bench bench;
    bench.streams.feedEvents(1, 500);
    QVERIFY(bench.search.setExpression("\"event 99\" or \"event 199\" or \"event 299\""));
    QTRY_VERIFY(bench.isDone());
    QCOMPARE(bench.search.count(), 3U);
    QCOMPARE(bench.search.next({}), EventNumber{100});
    QCOMPARE(bench.search.next({100}), EventNumber{200});
    QCOMPARE(bench.search.next({300}), EventNumber{});
    QCOMPARE(bench.search.previous({300}), EventNumber{200});
    QCOMPARE(bench.search.previous({500}), EventNumber{300});
    QCOMPARE(bench.search.previous({100}), EventNumber{});
    QCOMPARE(bench.search.countBefore({200}), 1U);
}

void EventSearchTest::findsNewEvents()
{
    Bench bench;
    bench.streams.feedEvents(1, 100);
    QVERIFY(bench.search.setExpression("99"));
    QTRY_COMPARE(bench.search.count(), 1U);
    QSignalSpy changed(&bench.search, &EventSearch::changed);
    bench.streams.feedEvents(1, 100, "event", 100);
    QTRY_COMPARE(bench.search.count(), 2U);
    QVERIFY(!changed.isEmpty());
}

void EventSearchTest::followsTheFilterOfTheView()
{
    Bench bench;
    bench.streams.feedEvents(1, 2000);
    QVERIFY(bench.search.setExpression("99"));
    QTRY_VERIFY(bench.isDone());
    const auto all = bench.search.count();
    bench.model.setFilter(filterOf("199"));
    QTRY_COMPARE(bench.search.count(), 12U);
    bench.model.setFilter(filterOf(""));
    QTRY_COMPARE(bench.search.count(), all);
}

void EventSearchTest::followsScopeKindsAndClearing()
{
    Bench bench;
    bench.streams.feedEvents(1, 10);
    bench.streams.feed(2, ":event\ndata: event\n\n");
    QVERIFY(bench.search.setExpression("event"));
    QTRY_COMPARE(bench.search.count(), 11U);
    bench.model.setScope(store::SubscriptionId{2});
    QTRY_COMPARE(bench.search.count(), 1U);
    auto kinds = defaultKinds();
    kinds.set(bit(store::Kind::Comment));
    bench.model.setKinds(kinds);
    QTRY_COMPARE(bench.search.count(), 2U);
    bench.model.setScope({});
    QTRY_COMPARE(bench.search.count(), 12U);
    bench.model.setClearedBefore({6});
    QCOMPARE(bench.search.count(), 7U);
    bench.model.setClearedBefore({});
    QTRY_COMPARE(bench.search.count(), 12U);
}

void EventSearchTest::restsWhileTheViewIsPaused()
{
    Bench bench;
    bench.streams.feedEvents(1, 10);
    QVERIFY(bench.search.setExpression("event"));
    QTRY_COMPARE(bench.search.count(), 10U);
    bench.model.setPaused(true);
    bench.streams.feedEvents(1, 10);
    QTRY_COMPARE(bench.model.waitingWhilePaused(), 10U);
    QCOMPARE(bench.search.count(), 10U);
    bench.model.setPaused(false);
    QTRY_COMPARE(bench.search.count(), 20U);
}

void EventSearchTest::losesWhatIsEvicted()
{
    Bench bench(smallLog());
    QVERIFY(bench.search.setExpression("event"));
    bench.streams.feedEvents(1, 100);
    QTRY_COMPARE(bench.search.count(), 100U);
    for (int i = 1; i < 60; ++i)
        bench.streams.feedEvents(1, 100, "event", i * 100);
    QTRY_VERIFY(bench.isDone());
    const auto begin = bench.streams.log.snapshot().begin();
    QVERIFY(begin.value > 100);
    QTRY_COMPARE(bench.search.next({}), begin);
    QCOMPARE(bench.search.count(), bench.streams.log.snapshot().end().value - begin.value);
}

void EventSearchTest::followsNewNames()
{
    Bench bench;
    bench.streams.feedEvents(1, 3);
    bench.model.setSources({{{1}, {u"old"_s, 0, true}}});
    QVERIFY(bench.search.setExpression("source:new"));
    QTRY_VERIFY(bench.isDone());
    QCOMPARE(bench.search.count(), 0U);
    bench.model.setSources({{{1}, {u"new"_s, 0, true}}});
    QTRY_COMPARE(bench.search.count(), 3U);
}

void EventSearchTest::keepsTheLastSearchOnAnError()
{
    Bench bench;
    bench.streams.feedEvents(1, 100);
    QVERIFY(bench.search.setExpression("99"));
    QTRY_COMPARE(bench.search.count(), 1U);
    const auto wrong = bench.search.setExpression("99 and (");
    QVERIFY(!wrong);
    QVERIFY(wrong.error().position > 0);
    QCOMPARE(bench.search.expression(), std::string("99"));
    QCOMPARE(bench.search.count(), 1U);
    const std::string longest(9'990, 'x');
    bench.model.setFilter(filter::Filter::compile(longest).value());
    QVERIFY(!bench.search.setExpression("\"a phrase of its own\""));
}

void EventSearchTest::stops()
{
    Bench bench;
    bench.streams.feedEvents(1, 100);
    QVERIFY(bench.search.setExpression("9"));
    QTRY_COMPARE(bench.search.count(), 19U);
    QVERIFY(bench.search.setExpression(""));
    QVERIFY(!bench.search.isActive());
    QCOMPARE(bench.search.count(), 0U);
    bench.streams.feedEvents(1, 100);
    QTRY_COMPARE(bench.model.rowCount(), 200);
    QCOMPARE(bench.search.count(), 0U);
    QVERIFY(bench.search.setExpression("9"));
    QTRY_COMPARE(bench.search.count(), 38U);
}

void EventSearchTest::understandsItsModes_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("text");
    QTest::addColumn<quint64>("matches");
    const auto row = [](const char *name, SearchMode mode, const QString &text, quint64 matches) {
        QTest::newRow(name) << int(mode) << text << matches;
    };
    row("text with quotes", SearchMode::Text, u"\"a\": 1"_s, 1);
    row("text with a backslash", SearchMode::Text, u"c:\\x"_s, 1);
    row("text is no expression", SearchMode::Text, u"1 or 2"_s, 0);
    row("text ignores case", SearchMode::Text, u"path"_s, 2);
    row("a capital counts", SearchMode::Text, u"Path"_s, 1);
    row("pattern", SearchMode::RegularExpression, u"\\d+ apples?"_s, 2);
    row("pattern with a slash", SearchMode::RegularExpression, u"^a/b"_s, 1);
    row("pattern ignores case", SearchMode::RegularExpression, u"^p\\S+"_s, 2);
    row("pattern with a capital", SearchMode::RegularExpression, u"^P"_s, 1);
    row("expression", SearchMode::Expression, u"apples or /^a/"_s, 2);
}

void EventSearchTest::understandsItsModes()
{
    QFETCH(int, mode);
    QFETCH(QString, text);
    QFETCH(quint64, matches);
    Bench bench;
    bench.streams.feed(1, "data: {\"a\": 1}\n\ndata: c:\\x\n\ndata: Path\n\ndata: path\n\ndata: 12 apples\n\n"
                          "data: 1 apple\n\ndata: a/b\n\n");
    const auto set = bench.search.setExpression(searchExpression({SearchMode(mode), text}));
    QVERIFY2(set, set ? "" : filter::text(set.error()).c_str());
    QTRY_VERIFY(bench.isDone());
    QCOMPARE(bench.search.count(), matches);
}

void EventSearchTest::pointsOutWhatItFound_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("place");
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("ranges");
    const auto row = [](const char *name, SearchMode mode, const QString &text, SearchPlace place, const QString &cell,
                         const QString &ranges) {
        QTest::newRow(name) << int(mode) << text << int(place) << cell << ranges;
    };
    const auto data = SearchPlace::Data;
    row("every occurrence", SearchMode::Text, u"an"_s, data, u"Banana AN"_s, u"1+2 3+2 7+2"_s);
    row("capital", SearchMode::Text, u"AN"_s, data, u"Banana AN"_s, u"7+2"_s);
    row("signs", SearchMode::Text, u"a.b(*"_s, data, u"axb a.b(*"_s, u"4+5"_s);
    row("pattern", SearchMode::RegularExpression, u"b.?"_s, data, u"abc b"_s, u"1+2 4+1"_s);
    row("pattern is for data", SearchMode::RegularExpression, u"b"_s, SearchPlace::Type, u"abc"_s, u""_s);
    row("empty matches", SearchMode::RegularExpression, u"x*"_s, data, u"axa"_s, u"1+1"_s);
    row("hopeless pattern", SearchMode::RegularExpression, u"(a+)+$"_s, data, QString(60, u'a') + u'b', u""_s);
    row("words", SearchMode::Expression, u"abc or \"d e\""_s, data, u"d e abcd e"_s, u"0+3 4+3 7+3"_s);
    row("touching", SearchMode::Expression, u"abc or cde"_s, data, u"abcde"_s, u"0+5"_s);
    row("not what is excluded", SearchMode::Expression, u"abc -bcd not x"_s, data, u"abcd x"_s, u"0+3"_s);
    row("regular expression", SearchMode::Expression, u"/B+/i"_s, data, u"abba"_s, u"1+2"_s);
    row("type", SearchMode::Expression, u"type:trade"_s, SearchPlace::Type, u"trade"_s, u"0+5"_s);
    row("type only there", SearchMode::Expression, u"type:trade"_s, data, u"trade"_s, u""_s);
    row("nothing to see", SearchMode::Expression, u"size > 10"_s, data, u"size 10"_s, u""_s);
}

void EventSearchTest::pointsOutWhatItFound()
{
    QFETCH(int, mode);
    QFETCH(QString, text);
    QFETCH(int, place);
    QFETCH(QString, cell);
    QFETCH(QString, ranges);
    const SearchHighlights highlights({SearchMode(mode), text});
    QCOMPARE(shown(highlights.in(cell, SearchPlace(place))), ranges);
}

QTEST_GUILESS_MAIN(EventSearchTest)
#include "tst_eventsearch.moc"
