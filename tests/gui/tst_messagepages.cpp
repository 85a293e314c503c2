// SPDX-License-Identifier: GPL-3.0-or-later
// The library, the list of what was sent and the page that sends files, as the publisher panel has them.
#include "gui/feedpage.h"
#include "gui/librarypage.h"
#include "gui/publisherpane.h"
#include "gui/sentstore.h"
#include "models/libraryfile.h"
#include "publisherbench.h"
#include "support/faultserver.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace weir::gui;
using namespace weir::test;
using weir::models::LibraryItem;
using weir::publish::Publication;

namespace {

Publication message(const std::string &data)
{
    Publication publication;
    publication.message.data = data;
    return publication;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

} // namespace

class TestMessagePages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void saysHowToFillTheLibrary();
    void keepsTheLibrary();
    void neverOverwritesWhatItCannotRead();
    void findsLoadsAndSends();
    void removesByKeyAndPutsBack();
    void savesFromTheComposer();
    void keepsWhatWasSentOnRequestOnly();
    void sendsToAHub();
    void showsAndSendsAFile();
    void showsAFileInALowPanel();
};

void TestMessagePages::saysHowToFillTheLibrary()
{
    LibraryPage page;
    page.show();
    const auto *view = find<QTreeView>(page, "libraryView");
    const auto *hint = view->viewport()->findChild<QLabel *>();
    QVERIFY(hint->isVisible() && hint->text().contains(u"Save in library"_s));
    page.add(u"one"_s, message("x"));
    QVERIFY(!hint->isVisible());
    find<QTreeView>(page, "libraryView")->setCurrentIndex(view->model()->index(0, 0));
    action(page, u"Remove"_s)->trigger();
    QVERIFY(hint->isVisible());
}

void TestMessagePages::keepsTheLibrary()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(u"sub/messages.json"_s);
    {
        LibraryPage page;
        page.useFile(path);
        page.add(u"one"_s, message("x"));
        action(page, u"New folder"_s)->trigger();
        QTRY_VERIFY(contentOf(path).contains("New folder"));
    }
    LibraryPage later;
    later.useFile(path);
    QTRY_COMPARE(find<QTreeView>(later, "libraryView")->model()->rowCount(), 2);
    QVERIFY(!action(later, u"Save over the file"_s)->isVisible());
    {
        // What was changed just before the end is kept too.
        LibraryPage last;
        last.useFile(path);
        QTRY_COMPARE(find<QTreeView>(last, "libraryView")->model()->rowCount(), 2);
        last.add(u"late"_s, message("y"));
    }
    QTRY_VERIFY(contentOf(path).contains("late"));
}

void TestMessagePages::neverOverwritesWhatItCannotRead()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(u"messages.json"_s);
    const QByteArray broken = "{\"weirMessages\": 1, \"items\": [\n{\"name\": \"a\", \"message\": {}},\n{\"nme\": 1}]}";
    write(path, broken);
    LibraryPage page;
    page.useFile(path);
    QTRY_VERIFY2(said(page).contains(u"messages.json was not read as a whole: Line 3"_s), qPrintable(said(page)));
    QCOMPARE(find<QTreeView>(page, "libraryView")->model()->rowCount(), 1);
    page.add(u"new"_s, message("x"));
    // Longer than it waits before it saves.
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 900);
    QCOMPARE(contentOf(path), broken);
    action(page, u"Save over the file"_s)->trigger();
    QTRY_VERIFY(contentOf(path).contains("\"new\""));
}

void TestMessagePages::findsLoadsAndSends()
{
    LibraryPage page;
    page.add(u"prices"_s, message("{\"symbol\":\"CEDR\"}"));
    page.add(u"log"_s, message("cache miss"));
    auto *view = find<QTreeView>(page, "libraryView");
    find<QLineEdit>(page, "librarySearch")->setText(u"cedr"_s);
    QCOMPARE(view->model()->rowCount(), 1);
    QSignalSpy loaded(&page, &LibraryPage::loadRequested);
    QSignalSpy sent(&page, &LibraryPage::sendRequested);
    view->setCurrentIndex(view->model()->index(0, 0));
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(loaded.count(), 1);
    QCOMPARE(loaded[0][0].value<Publication>().message.data.value(), std::string("{\"symbol\":\"CEDR\"}"));
    auto *send = action(page, u"Send"_s);
    QVERIFY(!send->isEnabled());
    page.setSendingEnabled(true);
    send->trigger();
    QCOMPARE(sent.count(), 1);
    find<QLineEdit>(page, "librarySearch")->setText(u"nothing like it"_s);
    QCOMPARE(view->model()->rowCount(), 0);
}

void TestMessagePages::removesByKeyAndPutsBack()
{
    LibraryPage page;
    page.show();
    page.add(u"a"_s, message("x"));
    auto *view = find<QTreeView>(page, "libraryView");
    view->setCurrentIndex({});
    view->setCurrentIndex(view->model()->index(0, 0));
    QVERIFY(QTest::qWaitForWindowActive(&page));
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Delete);
    QCOMPARE(view->model()->rowCount(), 0);
    QVERIFY(said(page).contains(u"Removed: a. “Put back”"_s));
    action(page, u"Put back"_s)->trigger();
    QCOMPARE(view->model()->rowCount(), 1);
    QCOMPARE(said(page), QString());
}

void TestMessagePages::savesFromTheComposer()
{
    weir::publish::Publisher publisher;
    PublisherPane pane(publisher);
    find<QLineEdit>(pane, "typeEdit")->setText(u"tick"_s);
    find<QPlainTextEdit>(pane, "dataEdit")->setPlainText(u"{{seq}}"_s);
    action(pane, u"Save in library"_s)->trigger();
    auto *view = find<QTreeView>(pane, "libraryView");
    QCOMPARE(view->model()->rowCount(), 1);
    QCOMPARE(view->currentIndex().data().toString(), u"tick"_s);
    find<QPlainTextEdit>(pane, "dataEdit")->clear();
    action(*find<QWidget>(pane, "library"), u"Load"_s)->trigger();
    QCOMPARE(find<QPlainTextEdit>(pane, "dataEdit")->toPlainText(), u"{{seq}}"_s);
}

void TestMessagePages::keepsWhatWasSentOnRequestOnly()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(u"sent.json"_s);
    weir::models::SentMessageModel model;
    {
        SentStore store(model);
        store.useFile(path);
        model.add({QDateTime::currentDateTime(), "1", message("never on disk")});
    }
    QVERIFY(!QFile::exists(path));
    {
        SentStore store(model);
        store.useFile(path);
        store.setKept(true);
        QTRY_VERIFY(contentOf(path).contains("never on disk"));
        model.add({QDateTime::currentDateTime(), "2", message("second")});
    }
    QTRY_VERIFY(contentOf(path).contains("second"));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

    weir::models::SentMessageModel later;
    SentStore store(later);
    QSignalSpy kept(&store, &SentStore::keptChanged);
    store.useFile(path);
    QTRY_COMPARE(later.rowCount(), 2);
    QCOMPARE(kept.last()[0].toBool(), true);
    QCOMPARE(later.at(0).publication.message.data.value(), std::string("second"));
    store.setKept(false);
    QTRY_VERIFY(!QFile::exists(path));
}

void TestMessagePages::sendsToAHub()
{
    weir::test::FaultServer hub;
    hub.on("/hub", {weir::test::Script::response("200 OK", {}, "urn:uuid:1"),
                       weir::test::Script::response("401 Unauthorized", {}, "bad token")});
    weir::publish::Publisher publisher;
    PublisherPane pane(publisher);
    const QJsonObject settings{{u"name"_s, u"news"_s}, {u"url"_s, hub.url("/hub").toString()},
        {u"kind"_s, u"mercure"_s}, {u"topics"_s, QJsonArray{u"a"_s}}};
    auto state = QJsonDocument::fromJson(pane.saveState()).object();
    state[u"hubs"_s] = QJsonArray{settings};
    state[u"hub"_s] = 0;
    QVERIFY(pane.restoreState(QJsonDocument(state).toJson()));
    QCOMPARE(find<QComboBox>(pane, "destinationBox")->currentText(), u"news"_s);
    // The server here is not running, and need not be.
    find<QPlainTextEdit>(pane, "dataEdit")->setPlainText(u"x{{seq}}"_s);
    auto *send = action(pane, u"Send message"_s);
    QVERIFY(send->isEnabled());
    send->trigger();
    auto *note = find<QLabel>(pane, "sendNote");
    QTRY_COMPARE(note->text(), u"✓ sent to news, ID urn:uuid:1"_s);
    QVERIFY(hub.requests().at(0).body.contains("data=x1"));
    QCOMPARE(find<QTableView>(pane, "sentView")->model()->rowCount(), 1);
    send->trigger();
    QTRY_VERIFY(note->text().contains(u"(401 Unauthorized): “bad token”"_s));
    QCOMPARE(find<QTableView>(pane, "sentView")->model()->rowCount(), 1);
}

void TestMessagePages::showsAndSendsAFile()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(u"events.csv"_s);
    write(path, "type,data\ntick,1\ntick\ntick,3\n");
    weir::publish::Publisher publisher;
    QSignalSpy started(&publisher, &weir::publish::Publisher::started);
    publisher.start({});
    QVERIFY(started.wait());
    FeedPage page(publisher);
    page.setDestinationSource([](const auto &use) { use(weir::publish::Destination{}); });
    page.setDestination(u"/events"_s, u"Start the publisher first."_s);
    page.openFile(path);
    QTRY_VERIFY(said(page).contains(u"Messages: 2."_s) && said(page).contains(u"line 3: fields: 1"_s));
    QCOMPARE(find<QComboBox>(page, "formatBox")->currentIndex(), 3);
    QCOMPARE(find<QTableView>(page, "exampleView")->model()->rowCount(), 2);
    auto *sendAll = action(page, u"Send all"_s);
    QVERIFY(!sendAll->isEnabled() && said(page).contains(u"Start the publisher first."_s));
    page.setDestination(u"/events"_s, {});
    find<QDoubleSpinBox>(page, "rateBox")->setValue(0);
    auto *step = action(page, u"Send one"_s);
    step->trigger();
    QTRY_VERIFY(said(page).contains(u"Sent: 1."_s));
    QVERIFY(!sendAll->isEnabled() && action(page, u"Stop"_s)->isEnabled());
    step->trigger();
    QTRY_VERIFY(sendAll->isEnabled());
    QVERIFY2(said(page).contains(u"Sent: 2. Not sent: 1."_s), qPrintable(said(page)));
    sendAll->trigger();
    QTRY_VERIFY(sendAll->isEnabled() && said(page).contains(u"Sent: 2."_s));
    page.openFile(folder.filePath(u"missing.csv"_s));
    QTRY_VERIFY(said(page).contains(u"cannot be read: No such file"_s));
    QVERIFY(!sendAll->isEnabled());
}

void TestMessagePages::showsAFileInALowPanel()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(u"events.csv"_s);
    write(path, "type,data\ntick,1\ntick\ntick\ntick\n");
    weir::publish::Publisher publisher;
    FeedPage page(publisher);
    page.resize(44 * page.fontMetrics().averageCharWidth(), 15 * page.fontMetrics().height());
    page.show();
    page.openFile(path);
    QTRY_VERIFY(said(page).contains(u"line 5"_s));
    for (const char *name : {"formatBox", "columnsBox", "rateBox"}) {
        const auto *field = find<QWidget>(page, name);
        QTRY_VERIFY2(field->height() >= field->minimumSizeHint().height(), name);
    }
}

QTEST_MAIN(TestMessagePages)
#include "tst_messagepages.moc"
