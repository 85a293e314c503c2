// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailpane.h"
#include "gui/detailtext.h"
#include "gui/hexview.h"
#include "models/hexdump.h"
#include "support/eventstream.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>
#include <QTreeWidget>

using namespace weir;
using namespace weir::gui;
using namespace Qt::StringLiterals;
using Tab = DetailPane::Tab;

class DetailPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void hexLines_data();
    void hexLines();
    void showsFields();
    void indentsJson();
    void showsOtherDataAsItIs();
    void showsExactBytes();
    void saysNothingWithoutEvent();
    void followsTheSelectionQuickly();
    void showsTheBeginningOfLargeData();
    void breaksLongLines();
    void copiesExactly();
    void keepsAnEvictedEvent();
    void showsTheReadsThatBroughtIt();
};

namespace {

struct Bench
{
    explicit Bench(std::string_view bytes = {}, store::LogLimits limits = {})
        : streams(limits)
    {
        if (!bytes.empty())
            streams.feed(1, bytes);
        pane.setSources({{{1}, {u"prices"_s, 0, true}}});
        pane.resize(800, 300);
        pane.show();
    }

    void show(std::uint64_t number, Tab tab)
    {
        pane.setTab(tab);
        pane.setEvent(streams.log.snapshot(), {number});
    }

    DetailText *text(const QString &name) const { return pane.findChild<DetailText *>(name); }
    QString shown(const QString &name) const { return text(name)->findChild<QPlainTextEdit *>()->toPlainText(); }

    test::EventStreams streams;
    DetailPane pane;
};

} // namespace

void DetailPaneTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void DetailPaneTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void DetailPaneTest::hexLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("none") << QByteArray() << QStringList();
    QTest::newRow("one") << QByteArray("\0", 1) << QStringList{u"00000000  00"_s + QString(3 * 15 + 2, u' ') + u" ."_s};
    QTest::newRow("full") << QByteArray("data: 0123456\n\xff\x80")
                          << QStringList{
                                 u"00000000  64 61 74 61 3a 20 30 31  32 33 34 35 36 0a ff 80  data: 0123456..."_s};
    QTest::newRow("second line")
        << QByteArray(17, 'x')
        << QStringList{u"00000000  78 78 78 78 78 78 78 78  78 78 78 78 78 78 78 78  xxxxxxxxxxxxxxxx"_s,
               u"00000010  78"_s + QString(3 * 15 + 2, u' ') + u" x"_s};
}

void DetailPaneTest::hexLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, lines);
    const auto text = bytes.toStdString();
    QCOMPARE(models::hexLineCount(text), std::size_t(lines.size()));
    for (qsizetype line = 0; line < lines.size(); ++line)
        QCOMPARE(models::hexLine(text, std::size_t(line)), lines[line]);
    QCOMPARE(models::hexDump(text).count(u'\n'), lines.size());
}

void DetailPaneTest::showsFields()
{
    Bench bench("event: trade\nid: 42\ndata: x\n\n");
    bench.show(1, Tab::Fields);
    const auto *tree = bench.pane.findChild<QTreeWidget *>(u"fieldsTree"_s);
    QCOMPARE(tree->findItems(u"Event type"_s, Qt::MatchExactly).value(0)->text(1), u"trade"_s);
    QCOMPARE(tree->findItems(u"Exact bytes"_s, Qt::MatchExactly).value(0)->text(1), u"29 bytes"_s);
    const QString title = bench.pane.findChild<QLabel *>(u"titleLabel"_s)->text();
    QVERIFY2(title.startsWith(u"Event 1 · "_s) && title.endsWith(u" · prices · trade"_s), qPrintable(title));
}

void DetailPaneTest::indentsJson()
{
    Bench bench("data: {\"b\":12345678901234567890,\"a\":[]}\n\n");
    bench.show(1, Tab::Pretty);
    QTRY_COMPARE(bench.shown(u"prettyText"_s), u"{\n  \"b\": 12345678901234567890,\n  \"a\": []\n}"_s);
}

void DetailPaneTest::showsOtherDataAsItIs()
{
    Bench bench("data: {oops\ndata: two\n\n");
    bench.show(1, Tab::Pretty);
    QTRY_COMPARE(bench.shown(u"prettyText"_s), u"{oops\ntwo"_s);
    bench.pane.setTab(Tab::Text);
    QTRY_COMPARE(bench.shown(u"dataText"_s), u"{oops\ntwo"_s);
}

void DetailPaneTest::showsExactBytes()
{
    Bench bench("data:a\r\n\r\n");
    bench.show(1, Tab::Hex);
    const auto bytes = bench.pane.findChild<HexView *>(u"hexView"_s)->bytes();
    QVERIFY(bytes.starts_with("data:a\r\n\r"));
}

void DetailPaneTest::saysNothingWithoutEvent()
{
    Bench bench("data: x\n\n");
    bench.show(1, Tab::Text);
    QTRY_COMPARE(bench.shown(u"dataText"_s), u"x"_s);
    bench.pane.setEvent(bench.streams.log.snapshot(), {});
    QCOMPARE(bench.pane.eventNumber(), store::EventNumber{0});
    QVERIFY(bench.pane.findChild<QLabel *>(u"emptyLabel"_s)->isVisible());
    QCOMPARE(bench.shown(u"dataText"_s), QString());
}

void DetailPaneTest::followsTheSelectionQuickly()
{
    Bench bench;
    bench.streams.feedEvents(1, 200);
    bench.pane.setTab(Tab::Pretty);
    for (std::uint64_t number = 1; number <= 200; ++number)
        bench.pane.setEvent(bench.streams.log.snapshot(), {number});
    QTRY_COMPARE(bench.shown(u"prettyText"_s), u"event 199"_s);
}

void DetailPaneTest::showsTheBeginningOfLargeData()
{
    std::string block;
    while (block.size() < 3'000'000)
        block += "data: 0123456789012345678901234567890123456789012345678901234567890123456789\n";
    Bench bench(block + "\n");
    bench.show(1, Tab::Text);
    auto *text = bench.text(u"dataText"_s);
    QTRY_VERIFY(text->isComplete() && bench.shown(u"dataText"_s).size() == 1 << 20);
    auto *showAll = text->findChild<QPushButton *>();
    QVERIFY(showAll->isVisible());
    showAll->click();
    QTRY_VERIFY_WITH_TIMEOUT(text->isComplete() && bench.shown(u"dataText"_s).size() > 2'500'000, 20'000);
    QVERIFY(!showAll->isVisible());
}

void DetailPaneTest::breaksLongLines()
{
    Bench bench("data: " + std::string(5000, 'x') + "\n\n");
    bench.show(1, Tab::Text);
    QTRY_COMPARE(bench.shown(u"dataText"_s).count(u'\n'), 2);
    QCOMPARE(bench.shown(u"dataText"_s).remove(u'\n'), QString(5000, u'x'));
}

void DetailPaneTest::copiesExactly()
{
    Bench bench("data: " + std::string(5000, 'x') + "\n\n");
    bench.show(1, Tab::Text);
    bench.pane.copyData();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString(5000, u'x'));
    bench.pane.copyExactBytes();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"data: xxx"_s));
    bench.pane.copyHexDump();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"00000000  64 61 74 61 3a 20"_s));
}

void DetailPaneTest::keepsAnEvictedEvent()
{
    store::LogLimits limits;
    limits.recordsPerSegment = 100;
    limits.bytesPerSegment = 16 * 1024;
    limits.memoryBudget = 100 * 1024;
    Bench bench("data: first\n\n", limits);
    bench.show(1, Tab::Fields);
    bench.streams.feedEvents(1, 10'000);
    QVERIFY(!bench.streams.log.snapshot().contains({1}));
    bench.pane.setTab(Tab::Text);
    QTRY_COMPARE(bench.shown(u"dataText"_s), u"first"_s);
}

void DetailPaneTest::showsTheReadsThatBroughtIt()
{
    Bench bench;
    bench.streams.feed(1, ":ping\ndata: begun");
    bench.streams.feed(1, " and ended\n\ndata: whole\n\n");
    bench.show(2, Tab::Wire);
    const auto *table = bench.pane.findChild<QTreeWidget *>(u"wireTable"_s);
    const auto row = [table](int index) {
        QStringList texts;
        for (const int column : {0, 3, 4, 5})
            texts << table->topLevelItem(index)->text(column);
        return texts;
    };
    QCOMPARE(table->topLevelItemCount(), 2);
    QCOMPARE(row(0), (QStringList{u"0"_s, u"17"_s, u"6"_s, u"11"_s}));
    QCOMPARE(row(1), (QStringList{u"1"_s, u"25"_s, u"0"_s, u"12"_s}));
    bench.show(3, Tab::Wire);
    QCOMPARE(table->topLevelItemCount(), 1);
    QCOMPARE(row(0), (QStringList{u"1"_s, u"25"_s, u"12"_s, u"13"_s}));
    bench.streams.connection(1, store::ConnectionState::Closed);
    bench.show(4, Tab::Wire);
    QCOMPARE(table->topLevelItemCount(), 0);
    QVERIFY(!bench.pane.findChild<QLabel *>(u"wireSummary"_s)->text().isEmpty());
}

QTEST_MAIN(DetailPaneTest)
#include "tst_detailpane.moc"
