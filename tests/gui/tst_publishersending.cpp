// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"
#include "publisherbench.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using weir::gui::PageStack;
using weir::test::PublisherBench;
using weir::test::StreamClient;

/// What the composer and the list of what was sent put on the wire.
class TestPublisherSending : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void sendsNothingWhileStopped();
    void sendsExactBlocks_data();
    void sendsExactBlocks();
    void numbersMessagesAutomatically();
    void repeatsUntilStopped();
    void sendsAgain();
    void editsACopy();
};

void TestPublisherSending::sendsNothingWhileStopped()
{
    PublisherBench bench;
    QVERIFY(!bench.find<QToolButton>("sendButton")->isEnabled());
    QVERIFY(!bench.find<QToolButton>("repeatButton")->isEnabled());
    QCOMPARE(bench.note("sendNote"), u"Start the publisher first."_s);
    QVERIFY(bench.start());
    QVERIFY(bench.find<QToolButton>("sendButton")->isEnabled());
    QCOMPARE(bench.note("sendNote"), QString());
}

void TestPublisherSending::sendsExactBlocks_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("idKind");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("data");
    QTest::addColumn<QByteArray>("block");
    QTest::newRow("own id") << u"t"_s << 1 << u"7"_s << u"x"_s << QByteArray("id: 7\nevent: t\ndata: x\n\n");
    QTest::newRow("empty own id") << QString() << 1 << QString() << u"x"_s << QByteArray("id: \ndata: x\n\n");
    QTest::newRow("no id") << QString() << 2 << QString() << u"x"_s << QByteArray("data: x\n\n");
    QTest::newRow("lines") << QString() << 2 << QString() << u"a\nb"_s << QByteArray("data: a\ndata: b\n\n");
    QTest::newRow("line break at the end")
        << QString() << 2 << QString() << u"a\n"_s << QByteArray("data: a\ndata: \n\n");
    QTest::newRow("empty data") << QString() << 2 << QString() << QString() << QByteArray("data: \n\n");
    QTest::newRow("leading space") << QString() << 2 << QString() << u" x"_s << QByteArray("data:  x\n\n");
    QTest::newRow("looks like a field") << QString() << 2 << QString() << u"id: 9\n\n:c"_s
                                        << QByteArray("data: id: 9\ndata: \ndata: :c\n\n");
}

void TestPublisherSending::sendsExactBlocks()
{
    PublisherBench bench;
    QFETCH(QString, type);
    QFETCH(int, idKind);
    QFETCH(QString, id);
    QFETCH(QString, data);
    StreamClient client;
    QVERIFY(bench.start(client));
    bench.find<QLineEdit>("typeEdit")->setText(type);
    bench.find<QComboBox>("idBox")->setCurrentIndex(idKind);
    bench.find<QLineEdit>("idEdit")->setText(id);
    bench.compose(data);
    bench.find<QPlainTextEdit>("dataEdit")->setFocus();
    QTest::keyClick(bench.find<QPlainTextEdit>("dataEdit"), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(bench.sent()->rowCount(), 1);
    QTRY_VERIFY(client.received().endsWith("\n\n"));
    QTEST(client.received(), "block");
}

void TestPublisherSending::numbersMessagesAutomatically()
{
    PublisherBench bench;
    StreamClient client;
    QVERIFY(bench.start(client));
    bench.compose(u"x"_s);
    bench.click("sendButton");
    bench.click("sendButton");
    QTRY_COMPARE(client.received().count("\n\n"), 2);
    QTRY_COMPARE(bench.sent()->rowCount(), 2);
    const auto newest = bench.sent()->index(0, 1).data().toString();
    const auto oldest = bench.sent()->index(1, 1).data().toString();
    QVERIFY(!newest.isEmpty() && newest != oldest);
    QCOMPARE(client.received(), "id: " + oldest.toUtf8() + "\ndata: x\n\nid: " + newest.toUtf8() + "\ndata: x\n\n");
}

void TestPublisherSending::repeatsUntilStopped()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    StreamClient client;
    QVERIFY(bench.start(client));
    bench.compose(u"tick"_s);
    bench.find<QComboBox>("idBox")->setCurrentIndex(2);
    bench.find<QSpinBox>("intervalBox")->setValue(10);
    bench.click("repeatButton");
    QTRY_VERIFY(client.received().count("data: tick\n\n") >= 5);
    bench.click("repeatButton");
    QVERIFY(!bench.find<weir::gui::Composer>("composer")->isRepeating());
    bench.compose(u"last"_s);
    bench.click("sendButton");
    QTRY_VERIFY(client.received().endsWith("data: last\n\n"));
    QTRY_COMPARE(client.received().count("\n\n"), bench.sent()->rowCount());

    bench.click("repeatButton");
    bench.click("toggleButton");
    QTRY_VERIFY(pane.address().isEmpty());
    QVERIFY(!bench.find<weir::gui::Composer>("composer")->isRepeating());
}

void TestPublisherSending::sendsAgain()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QVERIFY(bench.start());
    StreamClient client;
    QVERIFY(client.open(pane.address()));
    bench.compose(u"first"_s);
    bench.click("sendButton");
    QTRY_COMPARE(bench.sent()->rowCount(), 1);
    bench.compose(u"second"_s);
    bench.find<QComboBox>("idBox")->setCurrentIndex(1);
    bench.find<QLineEdit>("idEdit")->setText(u"own"_s);
    bench.click("sendButton");
    QTRY_COMPARE(bench.sent()->rowCount(), 2);
    QTRY_VERIFY(client.received().endsWith("id: own\ndata: second\n\n"));
    QVERIFY(bench.showPage(u"sentPane"_s));
    QVERIFY(!bench.find<QToolButton>("againButton")->isEnabled());

    bench.find<QTableView>("sentView")->selectRow(1);
    client.forget();
    bench.click("againButton");
    QTRY_COMPARE(bench.sent()->rowCount(), 3);
    const auto newId = bench.sent()->index(0, 1).data().toString();
    QVERIFY(newId != bench.sent()->index(2, 1).data().toString());
    QTRY_COMPARE(client.received(), "id: " + newId.toUtf8() + "\ndata: first\n\n");

    bench.find<QTableView>("sentView")->selectRow(1);
    client.forget();
    bench.click("againButton");
    QTRY_COMPARE(client.received(), QByteArray("id: own\ndata: second\n\n"));
    QCOMPARE(bench.find<QPlainTextEdit>("dataEdit")->toPlainText(), u"second"_s);
}

void TestPublisherSending::editsACopy()
{
    PublisherBench bench;
    QVERIFY(bench.start());
    bench.find<QLineEdit>("typeEdit")->setText(u"t"_s);
    bench.compose(u"first"_s);
    bench.click("sendButton");
    QTRY_COMPARE(bench.sent()->rowCount(), 1);
    bench.find<QLineEdit>("typeEdit")->clear();
    bench.compose(u"other"_s);
    QVERIFY(bench.showPage(u"sentPane"_s));
    auto *view = bench.find<QTableView>("sentView");
    const auto cell = view->visualRect(view->model()->index(0, 0)).center();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, cell);
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, cell);
    QCOMPARE(bench.find<PageStack>("pages")->currentPage(), u"composer"_s);
    QCOMPARE(bench.find<QLineEdit>("typeEdit")->text(), u"t"_s);
    QCOMPARE(bench.find<QPlainTextEdit>("dataEdit")->toPlainText(), u"first"_s);
}

QTEST_MAIN(TestPublisherSending)
#include "tst_publishersending.moc"
