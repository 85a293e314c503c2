// SPDX-License-Identifier: GPL-3.0-or-later
// The page on which a user tests a client.
#include "gui/clienttestpane.h"
#include "models/clienttestmodel.h"
#include "publish/faultyclient.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using weir::gui::ClientTestPane;
using weir::models::ClientTestModel;
using weir::publish::ClientFault;
using weir::publish::FaultyClient;

class TestClientTestPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void leadsThroughARun();
    void runsSelectedCasesAgain();
    void showsTheFirstFailure();
    void refusesACommandWithoutAddress();
    void runsACommand();
    void savesTheReport();
    void stopsWhenClosed();
    void fitsIntoEveryDock();

private:
    template <typename Part>
    Part *find(const char *name)
    {
        auto *part = m_pane->findChild<Part *>(QString::fromLatin1(name));
        Q_ASSERT(part);
        return part;
    }
    void click(const char *button) { QTest::mouseClick(find<QToolButton>(button), Qt::LeftButton); }
    QString note() { return find<QLabel>("taskNote")->text(); }
    QAbstractItemModel *cases() { return find<QTableView>("caseView")->model(); }
    int rowOf(const QString &name)
    {
        for (int row = 0; row < cases()->rowCount(); ++row) {
            if (cases()->index(row, 0).data(ClientTestModel::NameRole).toString() == name)
                return row;
        }
        return -1;
    }
    QString verdict(const QString &name) { return cases()->index(rowOf(name), 0).data().toString(); }
    void select(const QString &name) { find<QTableView>("caseView")->selectRow(rowOf(name)); }
    bool isRunning() { return find<QToolButton>("skipButton")->isVisible(); }
    QUrl address() { return QUrl(find<QLineEdit>("addressEdit")->text()); }
    void runOne(const QString &name, ClientFault fault);

    std::unique_ptr<ClientTestPane> m_pane;
};

void TestClientTestPane::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    m_pane = std::make_unique<ClientTestPane>();
    new QAbstractItemModelTester(cases(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_pane.get());
    m_pane->resize(320, 640);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
}

void TestClientTestPane::cleanup()
{
    m_pane.reset();
}

void TestClientTestPane::runOne(const QString &name, ClientFault fault)
{
    select(name);
    click("testAgainButton");
    QTRY_VERIFY(note().contains(u"Start your client"_s));
    const FaultyClient client(address(), fault);
    QTRY_VERIFY_WITH_TIMEOUT(!isRunning(), 20000);
}

void TestClientTestPane::leadsThroughARun()
{
    QVERIFY(!find<QLineEdit>("addressEdit")->isVisible());
    click("runButton");
    QTRY_VERIFY(note().contains(u"Start your client with this address"_s));
    QVERIFY(find<QLineEdit>("addressEdit")->isVisible());
    click("copyButton");
    QCOMPARE(QGuiApplication::clipboard()->text(), address().toString());
    {
        const FaultyClient client(address(), ClientFault::None);
        QTRY_COMPARE_WITH_TIMEOUT(verdict(u"reconnect-cut"_s), u"✓ pass"_s, 20000);
        QVERIFY(note().contains(u"Nothing to do"_s));
    }
    QVERIFY(isRunning());
    click("runButton");
    QTRY_VERIFY(!isRunning());
    QVERIFY2(note().contains(u"Passed: "_s), qPrintable(note()));
    QCOMPARE(verdict(u"redirect-loop"_s), u"– not run"_s);
    QVERIFY(!find<QLineEdit>("addressEdit")->isVisible());
}

void TestClientTestPane::runsSelectedCasesAgain()
{
    runOne(u"bom"_s, ClientFault::KeepsBom);
    QCOMPARE(verdict(u"bom"_s), u"✕ fail"_s);
    QVERIFY(note().startsWith(u"✕ "_s));
    const auto evidence = find<QPlainTextEdit>("evidenceView")->toPlainText();
    QVERIFY2(
        evidence.contains(u"HTML Standard"_s) && evidence.contains(u"Last-Event-ID: before"_s), qPrintable(evidence));
    runOne(u"bom"_s, ClientFault::None);
    QCOMPARE(verdict(u"bom"_s), u"✓ pass"_s);
    QVERIFY(verdict(u"comments"_s).isEmpty());
}

void TestClientTestPane::showsTheFirstFailure()
{
    select(u"bom"_s);
    click("testAgainButton");
    QTRY_VERIFY(note().contains(u"Start your client"_s));
    auto *view = find<QTableView>("caseView");
    view->clearSelection();
    const FaultyClient client(address(), ClientFault::KeepsBom);
    QTRY_VERIFY_WITH_TIMEOUT(!isRunning(), 20000);
    const auto rows = view->selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().row(), rowOf(u"bom"_s));
    QVERIFY(find<QPlainTextEdit>("evidenceView")->toPlainText().contains(u"Verdict: fail"_s));
}

void TestClientTestPane::refusesACommandWithoutAddress()
{
    find<QLineEdit>("testCommandEdit")->setText(u"node client.mjs"_s);
    click("runButton");
    QVERIFY2(note().contains(u"{url}"_s), qPrintable(note()));
    QVERIFY(!isRunning());
}

void TestClientTestPane::runsACommand()
{
    find<QLineEdit>("testCommandEdit")->setText(u"/no/such/program {url}"_s);
    select(u"accept"_s);
    click("testAgainButton");
    QVERIFY(!find<QLineEdit>("testCommandEdit")->isEnabled());
    QTRY_VERIFY(!isRunning());
    QCOMPARE(verdict(u"accept"_s), u"? unclear"_s);
    const auto evidence = find<QPlainTextEdit>("evidenceView")->toPlainText();
    QVERIFY2(evidence.contains(u"could not be started"_s), qPrintable(evidence));
}

void TestClientTestPane::savesTheReport()
{
    QVERIFY(!find<QToolButton>("reportButton")->isEnabled());
    runOne(u"comments"_s, ClientFault::None);
    const auto actions = find<QToolButton>("reportButton")->menu()->actions();
    QCOMPARE(actions.size(), 3);
    actions.first()->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"Passed: 1"_s));

    const QTemporaryDir folder;
    const auto path = folder.filePath(u"report.json"_s);
    actions.last()->trigger();
    auto *dialog = m_pane->findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(path);
    dialog->reject();
    QTRY_VERIFY2(note().contains(u"Saved"_s), qPrintable(note()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readAll()).object()[u"kind"_s].toString(), u"client-test"_s);
}

void TestClientTestPane::stopsWhenClosed()
{
    click("runButton");
    QTRY_VERIFY(!address().isEmpty());
    const FaultyClient client(address(), ClientFault::None);
    QTRY_COMPARE(verdict(u"accept"_s), u"✓ pass"_s);
    m_pane.reset();
}

void TestClientTestPane::fitsIntoEveryDock()
{
    const int narrow = 50 * m_pane->fontMetrics().averageCharWidth();
    QVERIFY2(m_pane->minimumSizeHint().width() <= narrow, "the page does not fit into a narrow dock");
    m_pane->resize(1200, 220);
    const auto isBeside = [this] {
        return find<QWidget>("evidenceView")->x() >= find<QWidget>("caseView")->geometry().right();
    };
    QTRY_VERIFY(isBeside());
    QVERIFY2(m_pane->minimumSizeHint().height() <= 200, "the page does not fit into a low dock");
}

QTEST_MAIN(TestClientTestPane)
#include "tst_clienttestpane.moc"
