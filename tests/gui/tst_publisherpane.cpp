// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/publisherbar.h"
#include "publisherbench.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>

using namespace Qt::StringLiterals;
using weir::gui::PageStack;
using weir::gui::PublisherPane;
using weir::test::PublisherBench;
using weir::test::StreamClient;

/// The switch, the path, the address and the shape of the publisher panel.
class TestPublisherPane : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void openPage(const QUrl &url) { m_opened = url; }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void startsStopsAndStartsAgain();
    void checksThePath_data();
    void checksThePath();
    void offersTheAddress();
    void followsAPathThatChanges();
    void saysWhenThePortIsInUse();
    void savesItsState();
    void refusesForeignState_data();
    void refusesForeignState();
    void turnsWithItsShape();
    void leavesRoomForTheData();

private:
    QUrl m_opened;
};

void TestPublisherPane::startsStopsAndStartsAgain()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QCOMPARE(bench.find<QSpinBox>("portBox")->text(), u"any"_s);
    QCOMPARE(pane.windowTitle(), u"Publisher"_s);
    QVERIFY(pane.address().isEmpty());
    QVERIFY(bench.start());
    const auto address = pane.address();
    QCOMPARE(address.toString(), u"http://127.0.0.1:%1/events"_s.arg(address.port()));
    QCOMPARE(pane.windowTitle(), u"Publisher ● :%1"_s.arg(address.port()));
    QVERIFY(!bench.find<QSpinBox>("portBox")->isEnabled());
    QCOMPARE(bench.find<QToolButton>("toggleButton")->text(), u"S&top"_s);

    bench.click("toggleButton");
    QTRY_COMPARE(pane.windowTitle(), u"Publisher"_s);
    QVERIFY(pane.address().isEmpty());
    QVERIFY(bench.find<QWidget>("addressPanel")->isHidden());
    QVERIFY(bench.find<QSpinBox>("portBox")->isEnabled());
    QVERIFY(bench.start());
}

void TestPublisherPane::checksThePath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("cause");
    QTest::newRow("usual") << u"/events"_s << QString();
    QTest::newRow("deep") << u"/a/b.c/~d;e=1,2/@:!$&'()*+"_s << QString();
    QTest::newRow("empty") << QString() << u"starts with “/”"_s;
    QTest::newRow("relative") << u"events"_s << u"starts with “/”"_s;
    QTest::newRow("the page") << u"/"_s << u"page for browsers"_s;
    QTest::newRow("host") << u"//x"_s << u"one “/” only"_s;
    QTest::newRow("space") << u"/a b"_s << u"A space cannot be in a path (character 3)"_s;
    QTest::newRow("query") << u"/a?b"_s << u"“?” cannot be in a path (character 3)"_s;
    QTest::newRow("fragment") << u"/a#b"_s << u"“#”"_s;
    QTest::newRow("escape") << u"/a%20"_s << u"“%”"_s;
    QTest::newRow("control") << u"/a\tb"_s << u"A control character"_s;
    QTest::newRow("beyond ASCII") << u"/é"_s << u"“é”"_s;
    QTest::newRow("dots") << u"/a/../b"_s << u"“..”"_s;
    QTest::newRow("longest") << QString(u"/"_s + QString(1023, u'x')) << QString();
    QTest::newRow("too long") << QString(u"/"_s + QString(1024, u'x')) << u"at most 1024"_s;
}

void TestPublisherPane::checksThePath()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QFETCH(QString, path);
    QFETCH(QString, cause);
    QVERIFY(bench.start());
    bench.find<QLineEdit>("pathEdit")->setText(path);
    const bool isValid = cause.isEmpty();
    QVERIFY2(isValid ? bench.note("pathNote").isEmpty() : bench.note("pathNote").contains(cause),
        qPrintable(bench.note("pathNote")));
    QCOMPARE(!pane.address().isEmpty(), isValid);
    QCOMPARE(bench.find<QToolButton>("sendButton")->isEnabled(), isValid);
    QCOMPARE(bench.find<QToolButton>("subscribeButton")->isEnabled(), isValid);
    QCOMPARE(bench.note("sendNote").isEmpty(), isValid);
}

void TestPublisherPane::offersTheAddress()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QVERIFY(bench.start());
    const auto address = pane.address();
    QCOMPARE(bench.find<QLineEdit>("addressEdit")->text(), address.toString());
    QVERIFY(bench.find<QLineEdit>("addressEdit")->isReadOnly());
    bench.click("copyButton");
    QCOMPARE(QGuiApplication::clipboard()->text(), address.toString());

    const QSignalSpy subscribed(&pane, &PublisherPane::subscribeRequested);
    bench.click("subscribeButton");
    QCOMPARE(subscribed.count(), 1);
    QCOMPARE(subscribed.first().first().toUrl(), address);

    QDesktopServices::setUrlHandler(u"http"_s, this, "openPage");
    bench.click("browserButton");
    QDesktopServices::unsetUrlHandler(u"http"_s);
    QCOMPARE(m_opened, address.resolved(QUrl(u"/"_s)));
}

void TestPublisherPane::followsAPathThatChanges()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QVERIFY(bench.start());
    auto *path = bench.find<QLineEdit>("pathEdit");
    path->selectAll();
    QTest::keyClicks(path, u"/other"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QCOMPARE(pane.address().path(), u"/other"_s);
    StreamClient client;
    QVERIFY(client.open(pane.address()));
    client.forget();
    bench.compose(u"x"_s);
    bench.find<QComboBox>("idBox")->setCurrentIndex(2);
    bench.click("sendButton");
    QTRY_COMPARE(client.received(), QByteArray("data: x\n\n"));
}

void TestPublisherPane::saysWhenThePortIsInUse()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    bench.find<QSpinBox>("portBox")->setValue(other.serverPort());
    bench.click("toggleButton");
    QTRY_VERIFY2(bench.note("stateNote").contains(u"in use"_s), qPrintable(bench.note("stateNote")));
    QVERIFY(bench.note("stateNote").startsWith(u"✕ "_s));
    QVERIFY(bench.note("stateNote").contains(QString::number(other.serverPort())));
    QVERIFY(pane.address().isEmpty());

    other.close();
    QVERIFY(bench.start());
    QCOMPARE(bench.note("stateNote"), QString());
}

void TestPublisherPane::savesItsState()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    bench.find<QSpinBox>("portBox")->setValue(4321);
    bench.find<QLineEdit>("pathEdit")->setText(u"/orders"_s);
    QVERIFY(bench.showPage(u"sentPane"_s));
    bench.compose(u"a secret"_s);
    const auto state = pane.saveState();
    QVERIFY(!state.contains("secret"));

    PublisherPane other(bench.publisher);
    QVERIFY(other.restoreState(state));
    QCOMPARE(other.findChild<QSpinBox *>(u"portBox"_s)->value(), 4321);
    QCOMPARE(other.findChild<QLineEdit *>(u"pathEdit"_s)->text(), u"/orders"_s);
    QCOMPARE(other.findChild<PageStack *>(u"pages"_s)->currentPage(), u"sentPane"_s);
}

void TestPublisherPane::refusesForeignState_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("noise") << QByteArray("\x00\xff{", 3);
    QTest::newRow("version") << QByteArray(R"({"version":1,"port":1,"path":"/x","page":"composer"})");
    QTest::newRow("port") << QByteArray(R"({"version":2,"port":65536,"path":"/x","page":"composer"})");
    QTest::newRow("path") << QByteArray(R"({"version":2,"port":1,"path":"/x\n","page":"composer"})");
    QTest::newRow("page") << QByteArray(R"({"version":2,"port":1,"path":"/x","page":"other"})");
}

void TestPublisherPane::refusesForeignState()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QFETCH(QByteArray, state);
    const auto before = pane.saveState();
    QVERIFY(!pane.restoreState(state));
    QCOMPARE(pane.saveState(), before);
}

void TestPublisherPane::turnsWithItsShape()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    const auto isBeside = [&bench] {
        return bench.find<QWidget>("pages")->x() >= bench.find<QWidget>("bar")->geometry().right();
    };
    pane.resize(320, 600);
    QTRY_VERIFY(!isBeside());
    // 54 average characters are 320 pixels in a usual font.
    const int narrow = 54 * pane.fontMetrics().averageCharWidth();
    QVERIFY2(pane.minimumSizeHint().width() <= narrow, "the panel does not fit into a narrow dock");
    pane.resize(1200, 250);
    QTRY_VERIFY(isBeside());
    QVERIFY2(pane.minimumSizeHint().width() <= narrow, "a wide panel could not become narrow again");
    QVERIFY2(pane.minimumSizeHint().height() <= 250, "the panel does not fit into a low dock");
}

void TestPublisherPane::leavesRoomForTheData()
{
    PublisherBench bench;
    const auto metrics = bench.pane.fontMetrics();
    // The usual dock of a window of 1280 × 800.
    bench.pane.resize(52 * metrics.averageCharWidth(), 25 * metrics.height());
    QVERIFY(bench.start());
    const auto *edit = bench.find<QPlainTextEdit>("dataEdit");
    const int line = QFontMetrics(edit->font()).lineSpacing();
    QTRY_VERIFY2(edit->visibleRegion().boundingRect().height() >= 5 * line,
        qPrintable(u"lines: %1"_s.arg(edit->visibleRegion().boundingRect().height() / line)));
    QVERIFY(bench.find<QToolButton>("subscribeButton")->isVisible());
    QVERIFY(!bench.find<QSpinBox>("portBox")->isVisible());
}

QTEST_MAIN(TestPublisherPane)
#include "tst_publisherpane.moc"
