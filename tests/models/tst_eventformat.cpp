// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventfields.h"
#include "models/eventformat.h"
#include "support/eventstream.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace weir::models;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::chrono::nanoseconds)

class EventFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void gaps_data();
    void gaps();
    void times();
    void oneLines_data();
    void oneLines();
    void kinds_data();
    void kinds();
    void cells();
    void fields();
};

void EventFormatTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    qputenv("TZ", "UTC-2");
}

void EventFormatTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void EventFormatTest::gaps_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("gap");
    QTest::addColumn<QString>("expected");
    const auto row = [](std::chrono::nanoseconds gap, const QString &expected) {
        QTest::newRow(qPrintable(expected)) << gap << expected;
    };
    row(0ns, u"0 µs"_s);
    row(123us, u"123 µs"_s);
    row(1230us, u"1.23 ms"_s);
    row(12ms, u"12.0 ms"_s);
    row(999ms, u"999 ms"_s);
    row(1204ms, u"1.204 s"_s);
    row(125s, u"2 min 05 s"_s);
    row(3720s, u"1 h 02 min"_s);
    row(49h, u"2 d 01 h"_s);
}

void EventFormatTest::gaps()
{
    QFETCH(std::chrono::nanoseconds, gap);
    QTEST(formatGap(gap), "expected");
}

void EventFormatTest::times()
{
    const store::WallTime time{std::chrono::seconds(1'795'356'301) + 123'456'789ns};
    QCOMPARE(formatTime(time), u"16:05:01.123456"_s);
    QCOMPARE(formatDateTime(time), u"2026-11-22 16:05:01.123456"_s);
}

void EventFormatTest::oneLines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QByteArray("abc") << u"abc"_s;
    QTest::newRow("line feed") << QByteArray("a\nb") << u"a↵b"_s;
    QTest::newRow("tab, NUL, DEL") << QByteArray("\t\0\x7f", 3) << u"⇥␀␡"_s;
    QTest::newRow("direction override") << QByteArray("a\xE2\x80\xAE"
                                                      "b")
                                        << u"a\uFFFDb"_s;
    QTest::newRow("line separator") << QByteArray("\xE2\x80\xA8") << u"↵"_s;
    QTest::newRow("cut") << QByteArray("abcdefghij") << u"abcdefgh…"_s;
    QTest::newRow("not cut inside a character") << QByteArray("abcdefg€") << u"abcdefg…"_s;
    QTest::newRow("as long as fits") << QByteArray("abcdefgh") << u"abcdefgh"_s;
}

void EventFormatTest::oneLines()
{
    QFETCH(QByteArray, text);
    QTEST(oneLine(text.toStdString(), 8), "expected");
}

void EventFormatTest::kinds_data()
{
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("data");
    QTest::newRow("event") << QByteArray("event: trade\ndata: x\n\n") << u"trade"_s << u"x"_s;
    QTest::newRow("no type") << QByteArray("data: x\n\n") << u"message"_s << u"x"_s;
    QTest::newRow("two lines") << QByteArray("data: x\ndata: y\n\n") << u"message"_s << u"x↵y"_s;
    QTest::newRow("comment") << QByteArray(":ping\n") << u"comment"_s << u"ping"_s;
    QTest::newRow("fields only") << QByteArray("id: 7\n\n") << u"fields only"_s << u"id: 7↵↵"_s;
    QTest::newRow("diagnostic") << QByteArray("retry: soon\n\n") << u"diagnostic: invalid retry"_s << u"retry: soon"_s;
}

void EventFormatTest::kinds()
{
    QFETCH(QByteArray, block);
    test::EventStreams streams;
    streams.feed(1, block.toStdString());
    const auto snapshot = streams.log.snapshot();
    const auto event = snapshot.at(snapshot.begin());
    QTEST(typeText(event), "type");
    QTEST(oneLine(dataText(event)), "data");
}

void EventFormatTest::cells()
{
    test::EventStreams streams;
    streams.feed(1, "id: 42\ndata: " + std::string(1234, 'x') + "\n\n");
    streams.connection(1, store::ConnectionState::Closed, "ended");
    const auto snapshot = streams.log.snapshot();
    const Sources sources{{{1}, {u"prices"_s, 0, true}}};
    const auto event = snapshot.at({1});
    const auto cell = [&](ColumnKind kind) { return cellText(event, kind, sources, streams.log.clock()); };
    QCOMPARE(cell(ColumnKind::Source), u"prices"_s);
    QCOMPARE(cell(ColumnKind::Id), u"42"_s);
    QCOMPARE(cell(ColumnKind::Size), u"1,249"_s); // with both field names and line ends
    QCOMPARE(cell(ColumnKind::Gap), QString());
    QCOMPARE(cell(ColumnKind::Data).size(), 301);
    QVERIFY(QRegularExpression(u"^\\d\\d:\\d\\d:\\d\\d\\.\\d{6}$"_s).match(cell(ColumnKind::Time)).hasMatch());
    const auto connection = snapshot.at({2});
    QCOMPARE(typeText(connection), u"connection closed"_s);
    QCOMPARE(cellText(connection, ColumnKind::Data, sources, streams.log.clock()), u"ended"_s);
}

void EventFormatTest::fields()
{
    test::EventStreams streams;
    streams.feed(1, "data: a\n\nevent: trade\nid: 42\nretry: 3000\ndata: retry: 5\n\n");
    const auto snapshot = streams.log.snapshot();
    std::map<QString, QString> values;
    for (const auto &field : eventFields(snapshot.at({2}), {{{1}, {u"prices"_s, 0, true}}}, streams.log.clock()))
        values[field.name] = field.value;
    QCOMPARE(values[u"Number"_s], u"2"_s);
    QCOMPARE(values[u"Source"_s], u"prices"_s);
    QCOMPARE(values[u"Event type"_s], u"trade"_s);
    QCOMPARE(values[u"Last event ID"_s], u"42"_s);
    QCOMPARE(values[u"Data size"_s], u"8 bytes"_s);
    QVERIFY2(values[u"Network read"_s].contains(u"begins at byte 9 of it"_s), qPrintable(values[u"Network read"_s]));
    QVERIFY(values.contains(u"Gap"_s));
    QVERIFY(values.contains(u"Monotonic clock"_s));
    QCOMPARE(values[u"Reconnection time"_s], u"3000 ms"_s);
}

QTEST_GUILESS_MAIN(EventFormatTest)
#include "tst_eventformat.moc"
