// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptioncommands.h"
#include "gui/subscriptiondialog.h"
#include "gui/subscriptionheaders.h"
#include "gui/subscriptionpane.h"
#include "store/eventlog.h"
#include "subscribe/ingest.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <QUndoStack>

using namespace weir;
using namespace Qt::StringLiterals;
using gui::SubscriptionDialog;
using gui::SubscriptionPane;
using models::SubscriptionModel;

namespace {

struct Bench
{
    store::EventLog log;
    subscribe::Ingest ingest{log};
    SubscriptionModel model{ingest};
    QUndoStack undo;
    QWidget window;
    gui::SubscriptionCommands commands{model, undo, &window};
    SubscriptionPane pane{model};

    Bench()
    {
        QObject::connect(
            &pane, &SubscriptionPane::subscribeRequested, &commands, &gui::SubscriptionCommands::subscribe);
        pane.show();
        window.show();
    }

    void type(const QString &text)
    {
        QTest::keyClicks(urlEdit(), text);
        QTest::keyClick(urlEdit(), Qt::Key_Return);
    }
    QLineEdit *urlEdit() const { return pane.findChild<QLineEdit *>(u"urlEdit"_s); }
    QLabel *note() const { return pane.findChild<QLabel *>(u"urlNote"_s); }
    QString name(int row) const { return model.at(row).settings.name; }
    SubscriptionDialog *dialog() const { return window.findChild<SubscriptionDialog *>(); }
    template <typename Widget>
    Widget *inDialog(const char *name) const
    {
        return dialog()->findChild<Widget *>(QLatin1String(name));
    }
    QPushButton *ok() const { return inDialog<QDialogButtonBox>("buttonBox")->button(QDialogButtonBox::Ok); }
};

} // namespace

class SubscriptionPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void subscribesByReturn_data();
    void subscribesByReturn();
    void refusedUrlStaysWithItsReason();
    void severalUrlsAtOnce();
    void goodOnesAmongBadOnes();
    void dropAddsUrls();
    void buttonNeedsText();
    void selectionComesFromTopToBottom();
    void removeAndUndo();
    void undoneAddIsForgotten();
    void duplicateHasItsOwnName();
    void copiedUrlHasNoPassword();
    void dialogChecksWhileTyping();
    void editIsUndoable();
    void removedWhileEdited();
};

void SubscriptionPaneTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void SubscriptionPaneTest::subscribesByReturn_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    QTest::newRow("whole") << u"https://example.org/a?b=c"_s << u"https://example.org/a?b=c"_s;
    QTest::newRow("bare with port") << u"127.0.0.1:1/x"_s << u"http://127.0.0.1:1/x"_s;
    QTest::newRow("spaces around") << u"  127.0.0.1:1/x "_s << u"http://127.0.0.1:1/x"_s;
}

void SubscriptionPaneTest::subscribesByReturn()
{
    QFETCH(QString, typed);
    QFETCH(QString, url);
    Bench bench;
    QSignalSpy requested(&bench.pane, &SubscriptionPane::subscribeRequested);
    bench.pane.disconnect(&bench.commands);
    bench.type(typed);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.first().first().value<QList<QUrl>>(), QList<QUrl>{QUrl(url)});
    QVERIFY(bench.urlEdit()->text().isEmpty());
    QVERIFY(bench.note()->isHidden());
}

void SubscriptionPaneTest::refusedUrlStaysWithItsReason()
{
    Bench bench;
    bench.type(u"ftp://example.org/x"_s);
    QCOMPARE(bench.model.rowCount(), 0);
    QCOMPARE(bench.urlEdit()->text(), u"ftp://example.org/x"_s);
    QVERIFY(bench.note()->isVisible());
    QVERIFY(bench.note()->text().contains(subscribe::text(subscribe::SettingsError::UrlSchemeUnsupported)));
    QTest::keyClick(bench.urlEdit(), Qt::Key_Backspace);
    QVERIFY(bench.note()->isHidden());
}

void SubscriptionPaneTest::severalUrlsAtOnce()
{
    Bench bench;
    bench.pane.subscribeToText(u"127.0.0.1:1/a\n127.0.0.1:1/b\r\n\n 127.0.0.1:1/c"_s);
    QCOMPARE(bench.model.rowCount(), 3);
    QCOMPARE(bench.name(2), u"c"_s);
    bench.undo.undo();
    QCOMPARE(bench.model.rowCount(), 0);
}

void SubscriptionPaneTest::goodOnesAmongBadOnes()
{
    Bench bench;
    bench.pane.subscribeToText(u"127.0.0.1:1/a ftp://x/y 127.0.0.1:1/b"_s);
    QCOMPARE(bench.model.rowCount(), 2);
    QCOMPARE(bench.urlEdit()->text(), u"ftp://x/y"_s);
    QVERIFY(bench.note()->isVisible());
}

void SubscriptionPaneTest::dropAddsUrls()
{
    Bench bench;
    QMimeData data;
    data.setUrls({QUrl(u"http://127.0.0.1:1/a"_s), QUrl(u"http://127.0.0.1:1/b"_s)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bench.pane, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bench.pane, &drop);
    QCOMPARE(bench.model.rowCount(), 2);
}

void SubscriptionPaneTest::buttonNeedsText()
{
    Bench bench;
    auto *button = bench.pane.findChild<QPushButton *>(u"subscribeButton"_s);
    QVERIFY(!button->isEnabled());
    QTest::keyClicks(bench.urlEdit(), u"127.0.0.1:1/a"_s);
    QVERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(bench.model.rowCount(), 1);
    QVERIFY(!button->isEnabled());
}

void SubscriptionPaneTest::selectionComesFromTopToBottom()
{
    Bench bench;
    bench.pane.subscribeToText(u"127.0.0.1:1/a 127.0.0.1:1/b 127.0.0.1:1/c"_s);
    auto *view = bench.pane.findChild<QTreeView *>(u"subscriptionView"_s);
    for (const int row : {2, 0})
        view->selectionModel()->select(
            view->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QCOMPARE(bench.pane.selection(), (QList{bench.model.at(0).id, bench.model.at(2).id}));
}

void SubscriptionPaneTest::removeAndUndo()
{
    Bench bench;
    bench.pane.subscribeToText(u"127.0.0.1:1/a 127.0.0.1:1/b 127.0.0.1:1/c 127.0.0.1:1/d"_s);
    const auto second = bench.model.at(1).id;
    bench.commands.remove({second, bench.model.at(2).id});
    QCOMPARE(bench.model.rowCount(), 2);
    bench.undo.undo();
    QCOMPARE(bench.model.rowCount(), 4);
    QCOMPARE(bench.model.at(1).id, second);
    QCOMPARE(bench.name(2), u"c"_s);
    bench.undo.redo();
    QCOMPARE(bench.name(1), u"d"_s);
    bench.undo.clear();
    QCOMPARE(bench.model.rowCount(), 2);
}

void SubscriptionPaneTest::undoneAddIsForgotten()
{
    Bench bench;
    bench.pane.subscribeToText(u"127.0.0.1:1/a"_s);
    const auto id = bench.model.at(0).id;
    bench.undo.undo();
    bench.pane.subscribeToText(u"127.0.0.1:1/b"_s);
    bench.model.restore(id, 0);
    QCOMPARE(bench.model.rowCount(), 1);
}

void SubscriptionPaneTest::duplicateHasItsOwnName()
{
    Bench bench;
    bench.pane.subscribeToText(u"127.0.0.1:1/a"_s);
    bench.commands.duplicate({bench.model.at(0).id});
    QCOMPARE(bench.name(1), u"a 2"_s);
    QCOMPARE(bench.model.at(1).settings.url, bench.model.at(0).settings.url);
    QVERIFY(bench.model.at(1).settings.colourIndex != bench.model.at(0).settings.colourIndex);
}

void SubscriptionPaneTest::copiedUrlHasNoPassword()
{
    Bench bench;
    bench.pane.subscribeToText(u"http://user:secret@127.0.0.1:1/a"_s);
    bench.commands.copyUrls({bench.model.at(0).id});
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:1/a"_s);
    QVERIFY(!bench.model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"secret"_s));
}

void SubscriptionPaneTest::dialogChecksWhileTyping()
{
    Bench bench;
    bench.commands.subscribeByDialog();
    auto *url = bench.inDialog<QLineEdit>("urlEdit");
    auto *note = bench.inDialog<QLabel>("urlNote");
    QVERIFY(!bench.ok()->isEnabled());
    QVERIFY(note->isHidden());
    QTest::keyClicks(url, u"ftp://x"_s);
    QVERIFY(note->isVisible());
    url->clear();
    QTest::keyClicks(url, u"127.0.0.1:1/a"_s);
    QVERIFY(note->isHidden());
    QVERIFY(bench.ok()->isEnabled());

    auto *headers = bench.inDialog<gui::SubscriptionHeaders>("headersTable");
    bench.dialog()->showPage(1);
    headers->item(0, 0)->setText(u"Bad Name"_s);
    QVERIFY(bench.inDialog<QLabel>("headersNote")->isVisible());
    QVERIFY(bench.inDialog<QListWidget>("pageList")->item(1)->text().startsWith(u"✕"_s));
    QVERIFY(!bench.ok()->isEnabled());
    headers->item(0, 0)->setText(u"X-Good"_s);
    QVERIFY(bench.ok()->isEnabled());
    bench.ok()->click();
    QCOMPARE(bench.model.rowCount(), 1);
    QCOMPARE(bench.name(0), u"a"_s);
    QCOMPARE(bench.model.at(0).settings.headers.first().name, "X-Good");
    QTRY_VERIFY(!bench.dialog());
}

void SubscriptionPaneTest::editIsUndoable()
{
    Bench bench;
    bench.pane.subscribeToText(u"127.0.0.1:1/a"_s);
    bench.commands.edit(bench.model.at(0).id);
    bench.inDialog<QLineEdit>("nameEdit")->setText(u"renamed"_s);
    bench.ok()->click();
    QCOMPARE(bench.name(0), u"renamed"_s);
    bench.undo.undo();
    QCOMPARE(bench.name(0), u"a"_s);
}

void SubscriptionPaneTest::removedWhileEdited()
{
    Bench bench;
    bench.pane.subscribeToText(u"127.0.0.1:1/a"_s);
    bench.commands.edit(bench.model.at(0).id);
    bench.commands.remove({bench.model.at(0).id});
    bench.inDialog<QLineEdit>("nameEdit")->setText(u"renamed"_s);
    bench.ok()->click();
    QCOMPARE(bench.model.rowCount(), 0);
}

QTEST_MAIN(SubscriptionPaneTest)
#include "tst_subscriptionpane.moc"
