// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"
#include "gui/pagestack.h"
#include "gui/publisherbar.h"
#include "gui/publisherpane.h"
#include "models/clientmodel.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using weir::gui::PageStack;
using weir::gui::PublisherPane;

namespace {

/// A client that keeps the exact bytes of the stream. It speaks HTTP/1.0, so that nothing is chunked.
class StreamClient
{
public:
    bool open(const QUrl &url)
    {
        m_socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        m_socket.write("GET " + url.path().toUtf8() + " HTTP/1.0\r\nHost: 127.0.0.1:" + QByteArray::number(url.port()) +
                       "\r\nLast-Event-ID: old\r\nUser-Agent: test\r\n\r\n");
        // The first comment tells that the client is on the channel.
        m_isOnChannel = QTest::qWaitFor([this] { return received().contains("\r\n\r\n:\n\n"); });
        return m_isOnChannel;
    }

    void forget() { m_received.clear(); }

    /// Without the heartbeats, which come as soon as a stream is idle for long on a busy machine.
    const QByteArray &received()
    {
        m_received += m_socket.readAll();
        if (m_isOnChannel) {
            while (m_received.startsWith(":\n\n"))
                m_received.remove(0, 3);
            m_received.replace("\n\n:\n\n", "\n\n");
        }
        return m_received;
    }

    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_isOnChannel = false;
};

} // namespace

class TestPublisherPane : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void openPage(const QUrl &url) { m_opened = url; }

private Q_SLOTS:
    void init();
    void cleanup();
    void startsStopsAndStartsAgain();
    void checksThePath_data();
    void checksThePath();
    void offersTheAddress();
    void followsAPathThatChanges();
    void saysWhenThePortIsInUse();
    void sendsNothingWhileStopped();
    void sendsExactBlocks_data();
    void sendsExactBlocks();
    void numbersMessagesAutomatically();
    void repeatsUntilStopped();
    void sendsAgain();
    void editsACopy();
    void listsAndDisconnectsClients();
    void tellsHowToConnect();
    void savesItsState();
    void refusesForeignState_data();
    void refusesForeignState();
    void turnsWithItsShape();

private:
    template <typename Widget>
    Widget *find(const char *name)
    {
        auto *widget = m_pane->findChild<Widget *>(QLatin1String(name));
        if (!widget)
            qFatal("no widget %s", name);
        return widget;
    }
    QString note(const char *name)
    {
        const auto *label = find<QLabel>(name);
        return label->isHidden() ? QString() : label->text();
    }
    void click(const char *name) { find<QToolButton>(name)->click(); }
    bool start()
    {
        click("toggleButton");
        return QTest::qWaitFor([this] { return !m_pane->address().isEmpty(); });
    }
    void showPage(const QString &name) { QVERIFY(find<PageStack>("pages")->showPage(name)); }
    QString pageTitle(const QString &name)
    {
        const auto *pages = find<PageStack>("pages");
        for (int i = 0; i < pages->count(); ++i) {
            if (pages->page(i)->objectName() == name)
                return find<QComboBox>("pageBox")->itemText(i);
        }
        return {};
    }
    void compose(const QString &data) { find<QPlainTextEdit>("dataEdit")->setPlainText(data); }
    QAbstractItemModel *sent() { return find<QTableView>("sentView")->model(); }
    QAbstractItemModel *clients() { return find<QTableView>("clientView")->model(); }

    std::unique_ptr<weir::publish::Publisher> m_publisher;
    std::unique_ptr<PublisherPane> m_pane;
    QUrl m_opened;
};

void TestPublisherPane::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    m_publisher = std::make_unique<weir::publish::Publisher>();
    m_pane = std::make_unique<PublisherPane>(*m_publisher);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
}

void TestPublisherPane::cleanup()
{
    m_pane.reset();
    m_publisher.reset();
}

void TestPublisherPane::startsStopsAndStartsAgain()
{
    QCOMPARE(find<QSpinBox>("portBox")->text(), u"any"_s);
    QCOMPARE(m_pane->windowTitle(), u"Publisher"_s);
    QVERIFY(m_pane->address().isEmpty());
    QVERIFY(start());
    const auto address = m_pane->address();
    QCOMPARE(address.toString(), u"http://127.0.0.1:%1/events"_s.arg(address.port()));
    QCOMPARE(m_pane->windowTitle(), u"Publisher ● :%1"_s.arg(address.port()));
    QVERIFY(!find<QSpinBox>("portBox")->isEnabled());
    QCOMPARE(find<QToolButton>("toggleButton")->text(), u"S&top"_s);

    click("toggleButton");
    QTRY_COMPARE(m_pane->windowTitle(), u"Publisher"_s);
    QVERIFY(m_pane->address().isEmpty());
    QVERIFY(find<QWidget>("addressPanel")->isHidden());
    QVERIFY(find<QSpinBox>("portBox")->isEnabled());
    QVERIFY(start());
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
    QFETCH(QString, path);
    QFETCH(QString, cause);
    QVERIFY(start());
    find<QLineEdit>("pathEdit")->setText(path);
    const bool isValid = cause.isEmpty();
    QVERIFY2(isValid ? note("pathNote").isEmpty() : note("pathNote").contains(cause), qPrintable(note("pathNote")));
    QCOMPARE(!m_pane->address().isEmpty(), isValid);
    QCOMPARE(find<QToolButton>("sendButton")->isEnabled(), isValid);
    QCOMPARE(find<QToolButton>("subscribeButton")->isEnabled(), isValid);
    QCOMPARE(note("sendNote").isEmpty(), isValid);
}

void TestPublisherPane::offersTheAddress()
{
    QVERIFY(start());
    const auto address = m_pane->address();
    QCOMPARE(find<QLineEdit>("addressEdit")->text(), address.toString());
    QVERIFY(find<QLineEdit>("addressEdit")->isReadOnly());
    click("copyButton");
    QCOMPARE(QGuiApplication::clipboard()->text(), address.toString());

    const QSignalSpy subscribed(m_pane.get(), &PublisherPane::subscribeRequested);
    click("subscribeButton");
    QCOMPARE(subscribed.count(), 1);
    QCOMPARE(subscribed.first().first().toUrl(), address);

    QDesktopServices::setUrlHandler(u"http"_s, this, "openPage");
    click("browserButton");
    QDesktopServices::unsetUrlHandler(u"http"_s);
    QCOMPARE(m_opened, address.resolved(QUrl(u"/"_s)));
}

void TestPublisherPane::followsAPathThatChanges()
{
    QVERIFY(start());
    auto *path = find<QLineEdit>("pathEdit");
    path->selectAll();
    QTest::keyClicks(path, u"/other"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QCOMPARE(m_pane->address().path(), u"/other"_s);
    StreamClient client;
    QVERIFY(client.open(m_pane->address()));
    client.forget();
    compose(u"x"_s);
    find<QComboBox>("idBox")->setCurrentIndex(2);
    click("sendButton");
    QTRY_COMPARE(client.received(), QByteArray("data: x\n\n"));
}

void TestPublisherPane::saysWhenThePortIsInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    find<QSpinBox>("portBox")->setValue(other.serverPort());
    click("toggleButton");
    QTRY_VERIFY2(note("stateNote").contains(u"in use"_s), qPrintable(note("stateNote")));
    QVERIFY(note("stateNote").startsWith(u"✕ "_s));
    QVERIFY(note("stateNote").contains(QString::number(other.serverPort())));
    QVERIFY(m_pane->address().isEmpty());

    other.close();
    QVERIFY(start());
    QCOMPARE(note("stateNote"), QString());
}

void TestPublisherPane::sendsNothingWhileStopped()
{
    QVERIFY(!find<QToolButton>("sendButton")->isEnabled());
    QVERIFY(!find<QToolButton>("repeatButton")->isEnabled());
    QCOMPARE(note("sendNote"), u"Start the publisher first."_s);
    QVERIFY(start());
    QVERIFY(find<QToolButton>("sendButton")->isEnabled());
    QCOMPARE(note("sendNote"), QString());
}

void TestPublisherPane::sendsExactBlocks_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("idKind");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("data");
    QTest::addColumn<QByteArray>("block");
    QTest::newRow("S01 own id") << u"t"_s << 1 << u"7"_s << u"x"_s << QByteArray("id: 7\nevent: t\ndata: x\n\n");
    QTest::newRow("S17 empty own id") << QString() << 1 << QString() << u"x"_s << QByteArray("id: \ndata: x\n\n");
    QTest::newRow("S17 no id") << QString() << 2 << QString() << u"x"_s << QByteArray("data: x\n\n");
    QTest::newRow("S02 lines") << QString() << 2 << QString() << u"a\nb"_s << QByteArray("data: a\ndata: b\n\n");
    QTest::newRow("S03 line break at the end")
        << QString() << 2 << QString() << u"a\n"_s << QByteArray("data: a\ndata: \n\n");
    QTest::newRow("S05 empty data") << QString() << 2 << QString() << QString() << QByteArray("data: \n\n");
    QTest::newRow("S06 leading space") << QString() << 2 << QString() << u" x"_s << QByteArray("data:  x\n\n");
    QTest::newRow("S07 looks like a field")
        << QString() << 2 << QString() << u"id: 9\n\n:c"_s << QByteArray("data: id: 9\ndata: \ndata: :c\n\n");
}

void TestPublisherPane::sendsExactBlocks()
{
    QFETCH(QString, type);
    QFETCH(int, idKind);
    QFETCH(QString, id);
    QFETCH(QString, data);
    QVERIFY(start());
    StreamClient client;
    QVERIFY(client.open(m_pane->address()));
    client.forget();
    find<QLineEdit>("typeEdit")->setText(type);
    find<QComboBox>("idBox")->setCurrentIndex(idKind);
    find<QLineEdit>("idEdit")->setText(id);
    compose(data);
    find<QPlainTextEdit>("dataEdit")->setFocus();
    QTest::keyClick(find<QPlainTextEdit>("dataEdit"), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(sent()->rowCount(), 1);
    QTRY_VERIFY(client.received().endsWith("\n\n"));
    QTEST(client.received(), "block");
}

void TestPublisherPane::numbersMessagesAutomatically()
{
    QVERIFY(start());
    StreamClient client;
    QVERIFY(client.open(m_pane->address()));
    client.forget();
    compose(u"x"_s);
    click("sendButton");
    click("sendButton");
    QTRY_COMPARE(client.received().count("\n\n"), 2);
    QTRY_COMPARE(sent()->rowCount(), 2);
    const auto newest = sent()->index(0, 1).data().toString();
    const auto oldest = sent()->index(1, 1).data().toString();
    QVERIFY(!newest.isEmpty() && newest != oldest);
    QCOMPARE(client.received(), "id: " + oldest.toUtf8() + "\ndata: x\n\nid: " + newest.toUtf8() + "\ndata: x\n\n");
}

void TestPublisherPane::repeatsUntilStopped()
{
    QVERIFY(start());
    StreamClient client;
    QVERIFY(client.open(m_pane->address()));
    client.forget();
    compose(u"tick"_s);
    find<QComboBox>("idBox")->setCurrentIndex(2);
    find<QSpinBox>("intervalBox")->setValue(10);
    click("repeatButton");
    QTRY_VERIFY(client.received().count("data: tick\n\n") >= 5);
    click("repeatButton");
    QVERIFY(!find<weir::gui::Composer>("composer")->isRepeating());
    compose(u"last"_s);
    click("sendButton");
    QTRY_VERIFY(client.received().endsWith("data: last\n\n"));
    QTRY_COMPARE(client.received().count("\n\n"), sent()->rowCount());

    click("repeatButton");
    click("toggleButton");
    QTRY_VERIFY(m_pane->address().isEmpty());
    QVERIFY(!find<weir::gui::Composer>("composer")->isRepeating());
}

void TestPublisherPane::sendsAgain()
{
    QVERIFY(start());
    StreamClient client;
    QVERIFY(client.open(m_pane->address()));
    compose(u"first"_s);
    click("sendButton");
    QTRY_COMPARE(sent()->rowCount(), 1);
    compose(u"second"_s);
    find<QComboBox>("idBox")->setCurrentIndex(1);
    find<QLineEdit>("idEdit")->setText(u"own"_s);
    click("sendButton");
    QTRY_COMPARE(sent()->rowCount(), 2);
    QTRY_VERIFY(client.received().endsWith("id: own\ndata: second\n\n"));
    showPage(u"sentPane"_s);
    QVERIFY(!find<QToolButton>("againButton")->isEnabled());

    find<QTableView>("sentView")->selectRow(1);
    client.forget();
    click("againButton");
    QTRY_COMPARE(sent()->rowCount(), 3);
    const auto newId = sent()->index(0, 1).data().toString();
    QVERIFY(newId != sent()->index(2, 1).data().toString());
    QTRY_COMPARE(client.received(), "id: " + newId.toUtf8() + "\ndata: first\n\n");

    find<QTableView>("sentView")->selectRow(1);
    client.forget();
    click("againButton");
    QTRY_COMPARE(client.received(), QByteArray("id: own\ndata: second\n\n"));
    QCOMPARE(find<QPlainTextEdit>("dataEdit")->toPlainText(), u"second"_s);
}

void TestPublisherPane::editsACopy()
{
    QVERIFY(start());
    find<QLineEdit>("typeEdit")->setText(u"t"_s);
    compose(u"first"_s);
    click("sendButton");
    QTRY_COMPARE(sent()->rowCount(), 1);
    find<QLineEdit>("typeEdit")->clear();
    compose(u"other"_s);
    showPage(u"sentPane"_s);
    auto *view = find<QTableView>("sentView");
    const auto cell = view->visualRect(view->model()->index(0, 0)).center();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, cell);
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, cell);
    QCOMPARE(find<PageStack>("pages")->currentPage(), u"composer"_s);
    QCOMPARE(find<QLineEdit>("typeEdit")->text(), u"t"_s);
    QCOMPARE(find<QPlainTextEdit>("dataEdit")->toPlainText(), u"first"_s);
}

void TestPublisherPane::listsAndDisconnectsClients()
{
    QVERIFY(start());
    StreamClient one;
    StreamClient two;
    QVERIFY(one.open(m_pane->address()));
    QTRY_COMPARE(clients()->rowCount(), 1);
    QVERIFY(two.open(m_pane->address()));
    QTRY_COMPARE(clients()->rowCount(), 2);
    QCOMPARE(pageTitle(u"clientPane"_s), u"Clients (2)"_s);
    showPage(u"clientPane"_s);
    QCOMPARE(clients()->index(0, 1).data().toString(), u"/events"_s);
    QCOMPARE(clients()->index(0, weir::models::ClientModel::LastEventId).data().toString(), u"old"_s);
    QVERIFY(!find<QToolButton>("disconnectButton")->isEnabled());

    find<QTableView>("clientView")->selectRow(0);
    compose(u"x"_s);
    click("sendButton");
    QTRY_VERIFY(clients()->index(0, weir::models::ClientModel::SentEvents).data().toString() != u"0"_s);
    QVERIFY(find<QTableView>("clientView")->selectionModel()->isRowSelected(0));
    click("disconnectButton");
    QTRY_COMPARE(clients()->rowCount(), 1);
    QTRY_VERIFY(!one.isOpen());
    QVERIFY(two.isOpen());
    QTRY_COMPARE(pageTitle(u"clientPane"_s), u"Clients (1)"_s);

    click("toggleButton");
    QTRY_COMPARE(clients()->rowCount(), 0);
    QCOMPARE(pageTitle(u"clientPane"_s), u"Clients"_s);
}

void TestPublisherPane::tellsHowToConnect()
{
    showPage(u"clientPane"_s);
    auto *pane = find<QWidget>("clientPane");
    const auto text = [pane] { return pane->findChild<QLabel *>(u"emptyLabel"_s)->text(); };
    QVERIFY(text().contains(u"Start the publisher"_s));
    QVERIFY(find<QLineEdit>("commandEdit")->isHidden());
    QVERIFY(start());
    QVERIFY(text().contains(m_pane->address().resolved(QUrl(u"/"_s)).toString()));
    click("copyCommandButton");
    QCOMPARE(QGuiApplication::clipboard()->text(), u"curl -N '%1'"_s.arg(m_pane->address().toString()));
}

void TestPublisherPane::savesItsState()
{
    find<QSpinBox>("portBox")->setValue(4321);
    find<QLineEdit>("pathEdit")->setText(u"/orders"_s);
    showPage(u"sentPane"_s);
    compose(u"a secret"_s);
    const auto state = m_pane->saveState();
    QVERIFY(!state.contains("secret"));

    PublisherPane other(*m_publisher);
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
    QFETCH(QByteArray, state);
    const auto before = m_pane->saveState();
    QVERIFY(!m_pane->restoreState(state));
    QCOMPARE(m_pane->saveState(), before);
}

void TestPublisherPane::turnsWithItsShape()
{
    const auto isBeside = [this] { return find<QWidget>("pages")->x() >= find<QWidget>("bar")->geometry().right(); };
    m_pane->resize(320, 600);
    QTRY_VERIFY(!isBeside());
    // 54 average characters are 320 pixels in a usual font.
    const int narrow = 54 * m_pane->fontMetrics().averageCharWidth();
    QVERIFY2(m_pane->minimumSizeHint().width() <= narrow, "the panel does not fit into a narrow dock");
    m_pane->resize(1200, 250);
    QTRY_VERIFY(isBeside());
    QVERIFY2(m_pane->minimumSizeHint().width() <= narrow, "a wide panel could not become narrow again");
    QVERIFY2(m_pane->minimumSizeHint().height() <= 250, "the panel does not fit into a low dock");
}

QTEST_MAIN(TestPublisherPane)
#include "tst_publisherpane.moc"
