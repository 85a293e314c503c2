// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inlinenote.h"
#include "gui/profilebench.h"

#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

using namespace weir;
using namespace weir::test;
using namespace Qt::StringLiterals;

class ProfilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<ProfileFolder>(); }
    void pastedCurlSubscribes();
    void pastedIntoTheLine();
    void badCurlIsRefusedWithItsPlace();
    void marksUnsavedChanges();
    void opensInPlaceOfTheList();
    void tellsWhatIsWrongAndLoadsTheRest();
    void refusesWhatIsNoProfile();
    void unsavableFileIsTold();
    void workspaceConnects();
    void environmentFillsVariables();
    void importsHar();
    void importsCurlFile();
    void undoneOpeningBringsTheEnvironmentBack();
    void sessionIsKept();
    void sessionIsRestoredFirst();
    void remembersRecentProfiles();

private:
    QString write(const QByteArray &content, const QString &name = u"test.weir.json"_s) const
    {
        return m_folder->write(content, name);
    }

    std::unique_ptr<ProfileFolder> m_folder;
};

void ProfilesTest::pastedCurlSubscribes()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    paste(bench, u"curl '%1' \\\n  -H 'X-One: 1' \\\n  --compressed"_s.arg(url.toString()));
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    QVERIFY(!bench.find<QLabel>("urlNote")->isVisible());
    QVERIFY(copiedCurl(bench, 0, "copyCurlAction").contains(u"-H 'X-One: 1'"_s));
    bench.action("undoAction")->trigger();
    QCOMPARE(bench.subscriptions()->rowCount(), 0);
}

void ProfilesTest::pastedIntoTheLine()
{
    WindowBench bench;
    QGuiApplication::clipboard()->setText(u"curl http://127.0.0.1:1/x \\\n  -H 'X-One: 1'\n"_s);
    auto *line = bench.find<QLineEdit>("urlEdit");
    line->paste();
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
    QVERIFY(copiedCurl(bench, 0, "copyCurlAction").contains(u"-H 'X-One: 1'"_s));
    QVERIFY(line->text().isEmpty());
}

void ProfilesTest::badCurlIsRefusedWithItsPlace()
{
    WindowBench bench;
    paste(bench, u"curl http://127.0.0.1:1/x\ncurl http://127.0.0.1:1/y -d @planted.json"_s);
    QCOMPARE(bench.subscriptions()->rowCount(), 1);
    const auto note = bench.find<QLabel>("urlNote")->text();
    QVERIFY2(note.contains(u"line 2, column 27: -d cannot be taken over: it reads the file planted.json"_s),
        qPrintable(note));
    QVERIFY(!bench.find<QLineEdit>("urlEdit")->text().isEmpty());
}

void ProfilesTest::marksUnsavedChanges()
{
    WindowBench bench;
    QVERIFY(!bench.window->isWindowModified());
    const auto path = m_folder->filePath(u"a.weir.json"_s);
    profiles(bench)->saveFile(path);
    QTRY_COMPARE(bench.window->windowTitle(), u"a.weir.json[*] – Weir"_s);
    QVERIFY(!bench.window->isWindowModified());
    paste(bench, u"http://127.0.0.1:1/x"_s);
    QVERIFY(bench.window->isWindowModified());
    bench.action("saveProfileAction")->trigger();
    QTRY_VERIFY(!bench.window->isWindowModified());
    QVERIFY(contentOf(path).contains("127.0.0.1:1/x"));
    // Closing asks nothing.
    paste(bench, u"http://127.0.0.1:1/y"_s);
    QVERIFY(bench.window->close());
}

void ProfilesTest::opensInPlaceOfTheList()
{
    WindowBench bench;
    paste(bench, u"http://127.0.0.1:1/old"_s);
    profiles(bench)->openFile(write(profileOf(R"({"name": "new", "url": "http://127.0.0.1:1/new"})")));
    QTRY_COMPARE(shown(bench, 0, SubscriptionModel::NameColumn), u"new"_s);
    QCOMPARE(bench.subscriptions()->rowCount(), 1);
    QCOMPARE(stateOf(bench, 0), u"idle"_s);
    QVERIFY(!bench.window->isWindowModified());
    bench.action("undoAction")->trigger();
    QCOMPARE(bench.subscriptions()->rowCount(), 1);
    QCOMPARE(shown(bench, 0, SubscriptionModel::NameColumn), u"old"_s);
}

void ProfilesTest::tellsWhatIsWrongAndLoadsTheRest()
{
    WindowBench bench;
    profiles(bench)->openFile(write(profileOf(
        R"({"name": "a", "url": "http://h/", "colour": 9}, 7, {"name": "b", "url": "http://h/", "zap": 1})")));
    QTRY_VERIFY(bench.find<QMessageBox>("profileReport"));
    const auto told = bench.find<QMessageBox>("profileReport")->informativeText();
    QVERIFY(told.contains(u"subscriptions[0].colour: must be a whole number from 0 to 6"_s));
    QVERIFY(told.contains(u"subscriptions[1]: must be an object"_s));
    QVERIFY(told.contains(u"subscriptions[2].zap is not known"_s));
    QVERIFY(bench.find<QMessageBox>("profileReport")->text().contains(u"test.weir.json"_s));
    QCOMPARE(bench.subscriptions()->rowCount(), 2);
}

void ProfilesTest::refusesWhatIsNoProfile()
{
    WindowBench bench;
    paste(bench, u"http://127.0.0.1:1/old"_s);
    profiles(bench)->openFile(write("{\n  \"weirProfile\": ,\n}"));
    QTRY_VERIFY(bench.find<QMessageBox>("profileReport"));
    QVERIFY(bench.find<QMessageBox>("profileReport")->informativeText().contains(u"line 2, column 18"_s));
    QCOMPARE(shown(bench, 0, SubscriptionModel::NameColumn), u"old"_s);
    QCOMPARE(bench.window->windowTitle(), u"Weir"_s);
}

void ProfilesTest::unsavableFileIsTold()
{
    WindowBench bench;
    profiles(bench)->saveFile(write({}, u"file"_s) + u"/below.json"_s);
    QTRY_VERIFY(bench.find<QMessageBox>("profileReport"));
    QVERIFY(bench.find<QMessageBox>("profileReport")->text().contains(u"below.json cannot be saved"_s));
    QCOMPARE(bench.window->windowTitle(), u"Weir"_s);
}

void ProfilesTest::workspaceConnects()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    bench.window->openProfile(
        write(profileOf("{\"url\": \"" + url.toEncoded() + "\"}, {\"url\": \"" + url.toEncoded() + "\"}")));
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 2);
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    QTRY_COMPARE(stateOf(bench, 1), u"open"_s);
}

void ProfilesTest::environmentFillsVariables()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    bench.window->openProfile(write(profileOf(R"({"address": "http://{{host}}/events"})", environment(url))));
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    profiles(bench)->setActiveEnvironment(u"bare"_s);
    QTRY_COMPARE(stateOf(bench, 0), u"failed"_s);
    const auto told = shown(bench, 0, SubscriptionModel::NameColumn, Qt::ToolTipRole);
    QVERIFY2(told.contains(u"The variable {{host}} in the address is not set."_s), qPrintable(told));
    QVERIFY(bench.window->isWindowModified());
    // The menu chooses too, and what could not connect does now.
    auto *menu = bench.find<QMenu>("environmentMenu");
    Q_EMIT menu->aboutToShow();
    const auto actions = menu->actions();
    QCOMPARE(actions[2]->text(), u"bare"_s);
    QVERIFY(actions[2]->isChecked());
    actions[1]->trigger();
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
}

void ProfilesTest::importsHar()
{
    WindowBench bench;
    profiles(bench)->importFile(write(R"({"log": {"entries": [
        {"request": {"url": "http://h/a"}, "response": {"content": {"mimeType": "text/event-stream"}}},
        {"request": {}, "response": {"content": {"mimeType": "text/event-stream"}}}]}})"));
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
    QCOMPARE(stateOf(bench, 0), u"idle"_s);
    QVERIFY(bench.find<QMessageBox>("profileReport")
                ->informativeText()
                .contains(u"log.entries[1].request.url: is missing"_s));
}

void ProfilesTest::importsCurlFile()
{
    WindowBench bench;
    profiles(bench)->importFile(write("# mine\ncurl http://h/a\n\ncurl http://h/b -I\n", u"x.sh"_s));
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
    QVERIFY(bench.find<QMessageBox>("profileReport")->informativeText().contains(u"line 4, column 17: -I"_s));
}

void ProfilesTest::undoneOpeningBringsTheEnvironmentBack()
{
    WindowBench bench;
    const auto file = [](const QByteArray &host, const QByteArray &token) {
        return profileOf(
            R"({"address": "http://{{host}}/", "authentication": {"kind": "bearer", "token": "{{token}}"}})",
            R"("activeEnvironment": "e", "environments": [{"name": "e", "variables": {"host": ")" + host +
                R"(", "token": ")" + token + R"("}}], )");
    };
    profiles(bench)->openFile(write(file("127.0.0.1:1", "of-a"), u"a.json"_s));
    QTRY_COMPARE(bench.window->windowTitle(), u"a.json[*] – Weir"_s);
    const auto before = profiles(bench)->environments();
    profiles(bench)->openFile(write(file("127.0.0.1:2", "of-b"), u"b.json"_s));
    QTRY_COMPARE(bench.window->windowTitle(), u"b.json[*] – Weir"_s);
    const auto after = profiles(bench)->environments();

    bench.action("undoAction")->trigger();
    QCOMPARE(profiles(bench)->environments(), before);
    QCOMPARE(bench.window->windowTitle(), u"a.json[*] – Weir"_s);
    const auto undone = copiedCurl(bench, 0, "copyCurlSecretsAction");
    QVERIFY2(undone.contains(u"127.0.0.1:1"_s) && undone.contains(u"of-a"_s), qPrintable(undone));
    bench.action("redoAction")->trigger();
    QCOMPARE(profiles(bench)->environments(), after);
    QCOMPARE(bench.window->windowTitle(), u"b.json[*] – Weir"_s);
    const auto redone = copiedCurl(bench, 0, "copyCurlSecretsAction");
    QVERIFY2(redone.contains(u"127.0.0.1:2"_s) && redone.contains(u"of-b"_s), qPrintable(redone));
}

void ProfilesTest::sessionIsKept()
{
    const auto folder = m_folder->filePath(u"data"_s);
    const auto kept = folder + u"/session.weir.json"_s;
    {
        WindowBench bench(folder);
        paste(bench, u"http://127.0.0.1:1/first"_s);
    }
    QTRY_VERIFY(contentOf(kept).contains("/first"));
    WindowBench bench(folder);
    paste(bench, u"http://127.0.0.1:1/second"_s);
    QTRY_VERIFY(contentOf(kept).contains("/second"));
    bench.action("restoreSessionAction")->trigger();
    QTRY_COMPARE(shown(bench, 0, SubscriptionModel::NameColumn), u"first"_s);
    QCOMPARE(bench.subscriptions()->rowCount(), 1);
    QCOMPARE(bench.window->windowTitle(), u"Weir"_s);
}

void ProfilesTest::sessionIsRestoredFirst()
{
    const auto folder = m_folder->filePath(u"data"_s);
    const auto kept = folder + u"/session.weir.json"_s;
    for (const auto &name : {u"first"_s, u"second"_s}) {
        WindowBench bench(folder);
        paste(bench, u"http://127.0.0.1:1/"_s + name);
        QTRY_VERIFY(contentOf(kept).contains(name.toUtf8()));
    }
    WindowBench bench(folder);
    bench.action("restoreSessionAction")->trigger();
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
    QCOMPARE(shown(bench, 0, SubscriptionModel::NameColumn), u"second"_s);
}

void ProfilesTest::remembersRecentProfiles()
{
    WindowBench bench;
    const auto path = write(profileOf(R"({"url": "http://h/"})"));
    profiles(bench)->openFile(path);
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
    auto *menu = bench.find<QMenu>("recentMenu");
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().first()->text(), path);
    bench.action("undoAction")->trigger();
    QCOMPARE(bench.subscriptions()->rowCount(), 0);
    menu->actions().first()->trigger();
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
}

QTEST_MAIN(ProfilesTest)
#include "tst_profiles.moc"
