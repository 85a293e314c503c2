// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/filtersuggestions.h"

#include "filter/filter.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace Qt::StringLiterals;

// What may be written at a place of a filter, from what was seen.
class FilterSuggestionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void suggests_data();
    void suggests();
    void replacesWhatIsThere_data();
    void replacesWhatIsThere();
    void isUnaskedOnlyWhereSomethingIsWritten_data();
    void isUnaskedOnlyWhereSomethingIsWritten();
    void saysWhatItOffers();
    void offersTimes();
    void leadsToFiltersThatCompile();
};

namespace {

filter::SeenPath seenPath(const char *path, std::uint64_t count, std::vector<std::string> examples)
{
    return {filter::JsonPath::compile(path).value(), count, std::move(examples)};
}

const Sources sources{{{1}, {u"prices"_s, 0, true}}, {{2}, {u"my log"_s, 0, true}}};
const store::WallTime now{std::chrono::seconds{1'790'000'000}};

Seen seen()
{
    Seen seen;
    seen.types = {{"trade", 1204}, {"two words", 7}, {"quote", 3}};
    seen.ids = {"42", "41"};
    seen.paths = {seenPath("data.price", 900, {"101.5", "99"}), seenPath("data.user.name", 5, {"\"al\"", "\"Bo b\""})};
    return seen;
}

/// `typed` has a bar at the cursor.
FilterSuggestions suggestionsAt(QString typed)
{
    const auto cursor = typed.indexOf(u'|');
    typed.remove(cursor, 1);
    return filterSuggestions(typed, cursor, seen(), sources, now);
}

QString textsOf(const FilterSuggestions &suggestions)
{
    QStringList texts;
    for (const auto &suggestion : suggestions.list)
        texts << suggestion.text;
    return texts.join(u' ');
}

} // namespace

void FilterSuggestionsTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void FilterSuggestionsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void FilterSuggestionsTest::suggests_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *typed, const char *expected) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(expected);
    };
    row("|", "type: id: source: kind: has: size gap time attempt data.price data.user.name");
    row("ty|", "type:");
    row("pri|", "data.price");
    row("e|", "data.price data.user.name");
    row("type:|", "trade two words quote");
    row("type:T|", "trade two words quote");
    row("type:\"tw|", "two words");
    row("id:|", "42 41");
    row("source:|", "my log prices");
    row("kind:c|", "comment connection");
    row("has:|", "id type data data.price data.user.name");
    row("data.price |", "= != < <= > >= ~");
    row("size |", "= != < <= > >=");
    row("size > 10k|", "kB KiB");
    row("data.price > |", "101.5 99");
    row("data.user.name = |", "al Bo b");
    row("data.user.name = \"b|", "Bo b");
    row("trade a|", "attempt and data.price data.user.name");
    row("\"open |", "");
    row("zzz|", "");
    row("type:trade|", "");
}

void FilterSuggestionsTest::suggests()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    QCOMPARE(textsOf(suggestionsAt(typed)), expected);
}

void FilterSuggestionsTest::replacesWhatIsThere_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *typed, const char *expected) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(expected);
    };
    row("a ty|", "a type:");
    row("a si|", "a size ");
    row("pri|", "data.price ");
    row("has:pri|", "has:data.price");
    row("type:tr|", "type:trade");
    row("type:tw|", "type:\"two words\"");
    row("type:\"tw|", "type:\"two words\"");
    row("type:q|ade x", "type:quote x");
    row("\"grün\" type:q| x", "\"grün\" type:quote x");
    row("data.user.name = al|", "data.user.name = \"al\"");
    row("size > 10k|", "size > 10kB");
}

void FilterSuggestionsTest::replacesWhatIsThere()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    const auto suggestions = suggestionsAt(typed);
    QVERIFY(!suggestions.list.empty());
    const auto text = QString(typed).remove(u'|');
    QCOMPARE(text.left(suggestions.begin) + suggestions.list.front().insertion + text.mid(suggestions.end), expected);
}

void FilterSuggestionsTest::isUnaskedOnlyWhereSomethingIsWritten_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nothing yet") << u"|"_s << false;
    QTest::newRow("behind a term") << u"type:trade |"_s << false;
    QTest::newRow("a word") << u"ty|"_s << true;
    QTest::newRow("a value") << u"type:|"_s << true;
    QTest::newRow("a comparison") << u"data.price |"_s << true;
}

void FilterSuggestionsTest::isUnaskedOnlyWhereSomethingIsWritten()
{
    QFETCH(QString, typed);
    QFETCH(bool, expected);
    QCOMPARE(suggestionsAt(typed).isObvious, expected);
}

void FilterSuggestionsTest::saysWhatItOffers()
{
    QCOMPARE(suggestionsAt(u"type:tr|"_s).list.front().remark, u"1,204 events"_s);
    QCOMPARE(suggestionsAt(u"pri|"_s).list.front().remark, u"900 seen: 101.5, 99"_s);
    QCOMPARE(suggestionsAt(u"typ|"_s).list.front().remark, u"event type"_s);
}

void FilterSuggestionsTest::offersTimes()
{
    const auto local = QDateTime::fromSecsSinceEpoch(1'790'000'000);
    const auto suggestions = suggestionsAt(u"time >= |"_s);
    QVERIFY(suggestions.list.size() >= 3);
    QCOMPARE(suggestions.list[0].insertion, local.toString(u"HH:mm:ss"_s));
    QVERIFY(textsOf(suggestions).contains(local.toString(u"yyyy-MM-ddTHH:mm:ss"_s)));
}

void FilterSuggestionsTest::leadsToFiltersThatCompile()
{
    for (const auto *start : {"type:|", "id:|", "source:|", "kind:|", "has:|", "time < |", "data.price > |",
             "data.user.name = |", "size > 3|", "gap > 3|"}) {
        const auto typed = QString::fromUtf8(start);
        const auto suggestions = suggestionsAt(typed);
        QVERIFY2(!suggestions.list.empty(), start);
        for (const auto &suggestion : suggestions.list) {
            const auto expression = typed.left(suggestions.begin) + suggestion.insertion;
            const auto filter = filter::Filter::compile(expression.toStdString());
            QVERIFY2(filter.has_value(), qPrintable(expression));
        }
    }
}

QTEST_GUILESS_MAIN(FilterSuggestionsTest)
#include "tst_filtersuggestions.moc"
