// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/completion.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QTest>

using namespace weir::filter;

// What may stand where the cursor is; | marks it, [ ] what a completion replaces.
class FilterCompletionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void offers_data();
    void offers();
    void staysInside();
};

namespace {

QByteArray nameOf(Completion completion)
{
    constexpr const char *names[] = {
        "field", "operator", "path", "comparison", "kind", "presence", "fieldvalue", "pathvalue", "unit", "time"};
    return names[static_cast<std::size_t>(completion)];
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

void FilterCompletionTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
}

void FilterCompletionTest::offers_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *typed, const char *expected) {
        QTest::newRow(typed) << QByteArray(typed) << QByteArray(expected);
    };
    row("|", "field path in []");
    row("ty|", "field path operator in [ty]");
    row("t|y", "field path operator in [ty]");
    row("a |", "field path operator in []");
    row("a and |", "field path in []");
    row("a (|", "field path in []");
    row("(a)|", "field path operator in []");
    row("-|", "field path in []");
    row("a ty|pe:x", "field in [type:]");
    row("type:|", "fieldvalue of type in []");
    row("type:tr|", "fieldvalue of type in [tr]");
    row("type:tr| x", "fieldvalue of type in [tr]");
    row("id:4|", "fieldvalue of id in [4]");
    row("source:\"my s|", "fieldvalue of source in [\"my s]");
    row("kind:|", "kind in []");
    row("kind:ev|", "kind in [ev]");
    row("has:|", "presence path in []");
    row("has:i|", "presence path in [i]");
    row("has:data.pr|", "path in [data.pr]");
    row("has:data.pr |", "field path operator in []");
    row("size |", "comparison of size in []");
    row("size > |", " in []");
    row("size > 10|", "unit of size in []");
    row("size > 10k|", "unit of size in [k]");
    row("gap > 10 m|", "field path operator in [m]");
    row("gap > 1.5m|", "unit of gap in [m]");
    row("attempt > 1|", " in []");
    row("time >= |", "time of time in []");
    row("time >= 14:|", "time of time in [14:]");
    row("data.pr|", "path in [data.pr]");
    row("data.price |", "comparison of data.price in []");
    row("data.price >|", "comparison in [>]");
    row("data.price >| 5", "pathvalue of data.price in []");
    row("data.price > |", "pathvalue of data.price in []");
    row("data.price > 1|", "pathvalue of data.price in [1]");
    row("data.price > -5|", "pathvalue of data.price in [-5]");
    row("data.user = al|", "pathvalue of data.user in [al]");
    row("data.user = \"al|", "pathvalue of data.user in [\"al]");
    row("data.a = 1 |", "field path operator in []");
    row("\"a |b\"", " in []");
    row("/a|/", " in []");
    row("\"a|", " in []");
    row("tpye|:x", "field path operator in [tpye]");
}

void FilterCompletionTest::offers()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, expected);
    const auto position = static_cast<std::size_t>(typed.indexOf('|'));
    const QByteArray expression = QByteArray(typed).remove(static_cast<qsizetype>(position), 1);
    const CompletionPlace place = completionsAt(view(expression), position);
    QByteArrayList offers;
    for (const Completion offer : place.offers)
        offers += nameOf(offer);
    QByteArray described = offers.join(' ');
    if (!place.subject.empty())
        described += " of " + QByteArray::fromStdString(place.subject);
    described += " in [" +
                 expression.mid(static_cast<qsizetype>(place.begin), static_cast<qsizetype>(place.end - place.begin)) +
                 ']';
    QCOMPARE(described, expected);
    QVERIFY(place.begin <= position && position <= place.end);
}

// Of anything at all.
void FilterCompletionTest::staysInside()
{
    const QByteArrayList pieces{"data.a", "data", "[", "\"", " ", " > ", "size", "gap", "time", "5", "m",
        "has:", "type:", "~", "/x/", "(", ")", "-", "and", "é", "not", ":"};
    for (int first = 0; first < pieces.size(); ++first) {
        for (int seed = 0; seed < 200; ++seed) {
            QByteArray expression = pieces[first];
            for (int at = seed; at > 0; at /= 6)
                expression += pieces[(first * 7 + at * 5) % pieces.size()];
            for (std::size_t position = 0; position <= view(expression).size(); ++position) {
                const CompletionPlace place = completionsAt(view(expression), position);
                QVERIFY2(place.begin <= position && position <= place.end && place.end <= view(expression).size(),
                    expression.constData());
            }
        }
    }
}

QTEST_GUILESS_MAIN(FilterCompletionTest)
#include "tst_filtercompletion.moc"
