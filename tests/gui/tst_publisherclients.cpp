// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clientmodel.h"
#include "publisherbench.h"

#include <QClipboard>
#include <QLineEdit>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using weir::test::PublisherBench;
using weir::test::StreamClient;

/// The list of the clients: who is there, what can be done to them, how to get one.
class TestPublisherClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void listsAndDisconnectsClients();
    void tellsHowToConnect();
};

void TestPublisherClients::listsAndDisconnectsClients()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QVERIFY(bench.start());
    StreamClient one;
    StreamClient two;
    QVERIFY(one.open(pane.address()));
    QTRY_COMPARE(bench.clients()->rowCount(), 1);
    QVERIFY(two.open(pane.address()));
    QTRY_COMPARE(bench.clients()->rowCount(), 2);
    QCOMPARE(bench.pageTitle(u"clientPane"_s), u"Clients (2)"_s);
    QVERIFY(bench.showPage(u"clientPane"_s));
    QCOMPARE(bench.clients()->index(0, 1).data().toString(), u"/events"_s);
    QCOMPARE(bench.clients()->index(0, weir::models::ClientModel::LastEventId).data().toString(), u"old"_s);
    QVERIFY(!bench.find<QToolButton>("disconnectButton")->isEnabled());

    bench.find<QTableView>("clientView")->selectRow(0);
    bench.compose(u"x"_s);
    bench.click("sendButton");
    QTRY_VERIFY(bench.clients()->index(0, weir::models::ClientModel::SentEvents).data().toString() != u"0"_s);
    QVERIFY(bench.find<QTableView>("clientView")->selectionModel()->isRowSelected(0));
    bench.click("disconnectButton");
    QTRY_COMPARE(bench.clients()->rowCount(), 1);
    QTRY_VERIFY(!one.isOpen());
    QVERIFY(two.isOpen());
    QTRY_COMPARE(bench.pageTitle(u"clientPane"_s), u"Clients (1)"_s);

    bench.click("toggleButton");
    QTRY_COMPARE(bench.clients()->rowCount(), 0);
    QCOMPARE(bench.pageTitle(u"clientPane"_s), u"Clients"_s);
}

void TestPublisherClients::tellsHowToConnect()
{
    PublisherBench bench;
    auto &pane = bench.pane;
    QVERIFY(bench.showPage(u"clientPane"_s));
    const auto *page = bench.find<QWidget>("clientPane");
    const auto text = [page] { return weir::test::find<QLabel>(*page, "emptyLabel")->text(); };
    QVERIFY(text().contains(u"Start the publisher"_s));
    QVERIFY(bench.find<QLineEdit>("commandEdit")->isHidden());
    QVERIFY(bench.start());
    QVERIFY(text().contains(pane.address().resolved(QUrl(u"/"_s)).toString()));
    bench.click("copyCommandButton");
    QCOMPARE(QGuiApplication::clipboard()->text(), u"curl -N '%1'"_s.arg(pane.address().toString()));
}

QTEST_MAIN(TestPublisherClients)
#include "tst_publisherclients.moc"
