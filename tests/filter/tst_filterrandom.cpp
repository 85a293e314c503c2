// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/naivefilter.h"
#include "filter/syntax.h"
#include "filter/testlog.h"

#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::filter;

// The compiled filter against a naive one, and against input that nobody would type.
class FilterRandomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void agreesWithNaiveFilter_data();
    void agreesWithNaiveFilter();
    void survivesAnything_data();
    void survivesAnything();
};

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

QByteArray randomBlock(QRandomGenerator &random)
{
    const char *const texts[] = {"a", "b", "B", "ä", "Ä", "ж", "Ж", "σ", "ς", "Σ", "é", "\"", " ", "\\", "\xFF", "😀"};
    const auto text = [&](int most) {
        QByteArray result;
        for (int length = random.bounded(most + 1); length > 0; --length)
            result += texts[random.bounded(16)];
        return result;
    };
    QByteArray block;
    if (random.bounded(8) == 0)
        block += ':' + text(5) + '\n';
    if (random.bounded(2) == 0)
        block += "event:" + text(2) + '\n';
    if (random.bounded(3) == 0)
        block += "id:" + text(2) + '\n';
    if (random.bounded(20) == 0)
        block += "retry:" + text(1) + '\n';
    for (int lines = random.bounded(4); lines > 0; --lines)
        block += "data:" + text(random.bounded(10) == 0 ? 60 : 6) + '\n';
    return block + '\n';
}

QByteArray randomJson(QRandomGenerator &random, int depth)
{
    const char *const scalars[] = {"0", "1", "-2.5", "1.50", "3", "4e0", "true", "null", "\"a\"", "\"B\"",
        "\"\\u0061b\"", "\"ж\"", "\"1\"", "\"\\ud83d\\ude00a\"", "\"\"", "false"};
    const int shape = depth == 0 ? 2 : random.bounded(5);
    if (shape > 1)
        return scalars[random.bounded(16)];
    const char *const keys[] = {"\"a\"", "\"b\"", "\"\\u0061b\""};
    QByteArrayList parts;
    for (int part = 0, count = random.bounded(4); part < count; ++part)
        parts += (shape == 0 && part < 3 ? keys[part] + QByteArray(":") : QByteArray()) + randomJson(random, depth - 1);
    return shape == 0 ? '{' + parts.join(',') + '}' : '[' + parts.join(',') + ']';
}

QByteArray randomJsonBlock(QRandomGenerator &random)
{
    const QByteArray value = "{\"a\":" + randomJson(random, 2) + ",\"b\":" + randomJson(random, 3) + '}';
    return (random.bounded(2) == 0 ? "event:a\n" : "") + QByteArray("data:") +
           (random.bounded(8) == 0 ? value.mid(1) : value) + "\n\n";
}

void fill(TestLog &log, QRandomGenerator &random)
{
    for (int read = 0; read < 40; ++read) {
        QByteArray stream;
        for (int block = 0; block < 10; ++block)
            stream += random.bounded(2) == 0 ? randomBlock(random) : randomJsonBlock(random);
        log.receive(view(stream), static_cast<std::uint32_t>(1 + random.bounded(4)),
            std::chrono::milliseconds(read * 40), static_cast<std::uint32_t>(1 + read / 20));
        if (read % 10 == 0)
            log.connect("aBä", 2);
    }
}

} // namespace

void FilterRandomTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void FilterRandomTest::agreesWithNaiveFilter_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void FilterRandomTest::agreesWithNaiveFilter()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    TestLog log(store::LogLimits{.recordsPerSegment = 150});
    fill(log, random);
    const store::Snapshot snapshot = log.snapshot();
    const SourceNames names{{1, "a"}, {2, "Bж"}, {3, "äb"}};
    QVERIFY(snapshot.segmentCount() > 2);

    int between = 0;
    for (int round = 0; round < 50; ++round) {
        const NaiveFilter naive = NaiveFilter::random(random, 3);
        const QByteArray expression = naive.written(random);
        const auto filter = Filter::compile(view(expression));
        QVERIFY2(filter, expression.constData());
        std::vector<std::uint64_t> expected;
        for (store::EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value) {
            if (naive.matches(snapshot.at(number), names))
                expected.push_back(number.value);
        }
        QVERIFY2(matchedOneByOne(*filter, snapshot, names) == expected, expression.constData());
        const auto step = static_cast<std::uint32_t>(1 + random.bounded(200));
        QVERIFY2(matchedByScan(*filter, snapshot, names, step) == expected, expression.constData());
        between += !expected.empty() && expected.size() < snapshot.end().value - 1;
    }
    QVERIFY2(between > 15, "too few expressions distinguish anything");
}

void FilterRandomTest::survivesAnything_data()
{
    QTest::addColumn<QList<QByteArray>>("pieces");
    QList<QByteArray> bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += QByteArray(1, static_cast<char>(byte));
    QTest::newRow("bytes") << bytes;
    QTest::newRow("syntax") << QList<QByteArray>{"(", ")", "\"", "\\", "-", "/", "~", "size", "type", "kind", "data",
        ":", "<", "=", "!", ".", "[", "]", "[\"", "12", "kB", "and ", " or", " not ", " ", "*", "?", "event", "x",
        "\xC3", "é", "gap", "has:", "data.a", "data[\"a\"]", " = ", " ~ ", "/a/", "/i", "(a|b)+", "^", "time", "14:05",
        "2026-11-22", "attempt", "1.5s", "null", "-5"};
}

void FilterRandomTest::survivesAnything()
{
    QFETCH(QList<QByteArray>, pieces);
    QRandomGenerator random(42);
    TestLog log;
    fill(log, random);
    const store::Snapshot snapshot = log.snapshot();
    int compiled = 0;
    for (int round = 0; round < 4000; ++round) {
        QByteArray expression;
        for (int count = random.bounded(12); count >= 0; --count)
            expression += pieces[random.bounded(static_cast<int>(pieces.size()))];
        std::size_t end = 0;
        for (const Token &token : tokens(view(expression))) {
            QVERIFY2(token.begin >= end && token.end > token.begin, expression.constData());
            end = token.end;
        }
        QVERIFY2(end <= view(expression).size(), expression.constData());

        const auto filter = Filter::compile(view(expression));
        if (filter) {
            ++compiled;
            if (round % 8 == 0)
                QCOMPARE(matchedByScan(*filter, snapshot, {}), matchedOneByOne(*filter, snapshot, {}));
            continue;
        }
        QVERIFY2(filter.error().position + filter.error().length <= view(expression).size(), expression.constData());
        QVERIFY2(
            filter.error().length > 0 || filter.error().position == view(expression).size(), expression.constData());
        QVERIFY2(!text(filter.error()).empty(), expression.constData());
    }
    QVERIFY2(compiled > 100, "too few of them are expressions");
}

QTEST_GUILESS_MAIN(FilterRandomTest)
#include "tst_filterrandom.moc"
