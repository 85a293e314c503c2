// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/environmentdialog.h"
#include "gui/inlinenote.h"
#include "gui/profilecommands.h"
#include "gui/secretprompt.h"
#include "gui/windowbench.h"
#include "models/subscriptionmodel.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableWidget>

using namespace weir;
using namespace Qt::StringLiterals;
using gui::ProfileCommands;
using models::SubscriptionModel;
using test::WindowBench;

namespace {

const auto planted = u"planted-secret"_s;

/// A key store that works.
class LastingSecrets : public profile::SessionSecrets
{
public:
    bool isLasting() const override { return true; }
};

ProfileCommands *profiles(const WindowBench &bench)
{
    return bench.window->findChild<ProfileCommands *>();
}

QString shown(const WindowBench &bench, int row, int column, int role = Qt::DisplayRole)
{
    return bench.subscriptions()->index(row, column).data(role).toString();
}

QString stateOf(const WindowBench &bench, int row)
{
    return shown(bench, row, SubscriptionModel::StateColumn);
}

void select(const WindowBench &bench, int row)
{
    auto *view = bench.find<QTreeView>("subscriptionView");
    view->setCurrentIndex(bench.subscriptions()->index(row, SubscriptionModel::NameColumn));
}

QString copiedCurl(const WindowBench &bench, int row, const char *action)
{
    select(bench, row);
    bench.action(action)->trigger();
    return QGuiApplication::clipboard()->text();
}

void paste(const WindowBench &bench, const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    bench.action("pasteUrlsAction")->trigger();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray profileOf(const QByteArray &subscription, const QByteArray &rest = {})
{
    return "{\"weirProfile\": 1, " + rest + "\"subscriptions\": [" + subscription + "]}";
}

QByteArray environment(const QUrl &server)
{
    return "\"activeEnvironment\": \"here\", \"environments\": [{\"name\": \"here\", \"variables\": {\"host\": \"" +
           server.authority().toUtf8() + "\"}}, {\"name\": \"bare\"}], ";
}

/// Waits for the question.
void answerToBeKept(const WindowBench &bench)
{
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
    auto *prompt = bench.find<gui::SecretPrompt>("secretPrompt");
    for (auto *button : prompt->findChildren<QAbstractButton *>())
        if (button->isCheckable())
            button->setChecked(true);
    auto *edit = prompt->findChild<QLineEdit *>();
    QTest::keyClicks(edit, planted);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_VERIFY(!bench.find<gui::SecretPrompt>("secretPrompt"));
}

/// All that the window shows of subscriptions and of itself.
QString visibleTexts(const WindowBench &bench)
{
    QStringList texts{bench.window->windowTitle()};
    for (int row = 0; row < bench.subscriptions()->rowCount(); ++row)
        for (int column = 0; column < SubscriptionModel::columns; ++column)
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                texts << shown(bench, row, column, role);
    for (const auto *label : bench.window->findChildren<QLabel *>())
        texts << label->text();
    return texts.join(u'\n');
}

} // namespace

class ProfilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pastedCurlSubscribes();
    void pastedIntoTheLine();
    void badCurlIsRefusedWithItsPlace();
    void curlIsCopiedWithoutSecrets();
    void savesWithoutSecrets();
    void marksUnsavedChanges();
    void opensInPlaceOfTheList();
    void tellsWhatIsWrongAndLoadsTheRest();
    void refusesWhatIsNoProfile();
    void unsavableFileIsTold();
    void workspaceConnects();
    void environmentFillsVariables();
    void missingSecretIsAskedFor();
    void cancelledQuestionComesAgain();
    void keyStoreAnswers();
    void keyStoreSecretGoesNowhereElse_data();
    void keyStoreSecretGoesNowhereElse();
    void secretVariableIsAskedFor();
    void environmentDialogHidesSecrets();
    void environmentDialogRefusesNames();
    void importsHar();
    void importsCurlFile();
    void undoneOpeningBringsTheEnvironmentBack();
    void sessionIsKept();
    void sessionIsRestoredFirst();
    void remembersRecentProfiles();

private:
    QString write(const QByteArray &content, const QString &name = u"test.weir.json"_s)
    {
        const auto path = m_folder->filePath(name);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? path : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void ProfilesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    QLocale::setDefault(QLocale::c());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    m_folder = std::make_unique<QTemporaryDir>();
}

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

void ProfilesTest::curlIsCopiedWithoutSecrets()
{
    WindowBench bench;
    paste(bench, u"curl 'http://127.0.0.1:1/x?token=%1' -H 'Cookie: %1' -u 'me:%1'"_s.arg(planted));
    const auto masked = copiedCurl(bench, 0, "copyCurlAction");
    QVERIFY2(!masked.contains(planted) && masked.contains(u"$WEIR_SECRET_3"_s), qPrintable(masked));
    QCOMPARE(copiedCurl(bench, 0, "copyCurlSecretsAction").count(planted), 3);
    QVERIFY(!visibleTexts(bench).contains(planted));
}

void ProfilesTest::savesWithoutSecrets()
{
    WindowBench bench(m_folder->filePath(u"data"_s));
    paste(bench, u"curl 'http://u:%1@127.0.0.1:1/x?token=%1' -H 'Cookie: %1' --oauth2-bearer %1 -x p:1 -U 'u:%1'"_s.arg(
                     planted));
    const auto path = m_folder->filePath(u"a.weir.json"_s);
    profiles(bench)->saveFile(path);
    QTRY_VERIFY(bench.window->windowTitle().contains(u"a.weir.json"_s));
    const auto text = contentOf(path);
    QVERIFY(text.contains("\"url\": \"http://u:***@127.0.0.1:1/x?token=***\""));
    QVERIFY2(!text.contains(planted.toUtf8()), text.constData());
    QVERIFY(!visibleTexts(bench).contains(planted));
    const auto kept = m_folder->filePath(u"data/session.weir.json"_s);
    QTRY_VERIFY(QFile::exists(kept));
    QVERIFY(!contentOf(kept).contains(planted.toUtf8()));
    // Nothing of it is gone from the window.
    QCOMPARE(copiedCurl(bench, 0, "copyCurlSecretsAction").count(planted), 5);
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

void ProfilesTest::missingSecretIsAskedFor()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    bench.window->openProfile(write(
        profileOf("{\"url\": \"" + url.toEncoded() + R"(", "headers": [{"name": "X-Api-Key", "secret": true}]})")));
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
    auto *prompt = bench.find<gui::SecretPrompt>("secretPrompt");
    QCOMPARE(stateOf(bench, 0), u"failed"_s);
    auto *edit = prompt->findChild<QLineEdit *>();
    QCOMPARE(edit->echoMode(), QLineEdit::Password);
    QTest::keyClicks(edit, planted);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    QVERIFY(copiedCurl(bench, 0, "copyCurlSecretsAction").contains(u"X-Api-Key: "_s + planted));
    QVERIFY(!visibleTexts(bench).contains(planted));
    QVERIFY(!bench.window->isWindowModified());
    profiles(bench)->saveFile(m_folder->filePath(u"b.json"_s));
    QTRY_VERIFY(QFile::exists(m_folder->filePath(u"b.json"_s)));
    QVERIFY(!contentOf(m_folder->filePath(u"b.json"_s)).contains(planted.toUtf8()));
}

void ProfilesTest::cancelledQuestionComesAgain()
{
    WindowBench bench;
    bench.window->openProfile(write(profileOf(
        R"({"url": "http://127.0.0.1:1/"  , "authentication": {"kind": "basic", "password": {"secret": true}}})")));
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
    bench.find<gui::SecretPrompt>("secretPrompt")->reject();
    QTRY_VERIFY(!bench.find<gui::SecretPrompt>("secretPrompt"));
    QCOMPARE(stateOf(bench, 0), u"failed"_s);
    select(bench, 0);
    bench.action("connectAction")->trigger();
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
}

void ProfilesTest::keyStoreAnswers()
{
    LastingSecrets secrets;
    // A secret belongs to its origin, so the server stays.
    WindowBench server;
    const auto url = server.channel(server.serve(), u"/events"_s);
    for (const bool isFirst : {true, false}) {
        WindowBench bench({}, &secrets);
        const auto path = write(profileOf(R"({"name": "n", "address": "http://{{host}}/events?token={{key}}"})",
            "\"activeEnvironment\": \"e\", \"environments\": [{\"name\": \"e\", \"variables\": {\"host\": \"" +
                url.authority().toUtf8() + "\", \"key\": {\"secret\": true}}}], "));
        bench.window->openProfile(path);
        if (isFirst)
            answerToBeKept(bench);
        QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
        QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
        QVERIFY(copiedCurl(bench, 0, "copyCurlSecretsAction").contains(u"token="_s + planted));
        QVERIFY(!copiedCurl(bench, 0, "copyCurlAction").contains(planted));
    }
}

void ProfilesTest::keyStoreSecretGoesNowhereElse_data()
{
    QTest::addColumn<QByteArray>("subscription");
    QTest::addColumn<QByteArray>("changed");
    const QByteArray url = R"("url": "http://127.0.0.1:1/")";
    const QByteArray other = R"("url": "http://127.0.0.1:2/")";
    const QList<std::pair<QByteArray, QByteArray>> changes{{"origin", other},
        {"proxy", url + R"(, "proxy": {"kind": "http", "host": "127.0.0.1", "port": 1})"},
        {"any certificate", url + R"(, "tls": {"acceptInvalid": true})"},
        {"authority", url + R"(, "tls": {"caFile": "mine.pem"})"}};
    const QByteArray value = R"({"name": "n", "headers": [{"name": "X-Api-Key", "secret": true}], )";
    const QByteArray variable = R"({"name": "n", "headers": [{"name": "X-Api-Key", "value": "{{key}}"}], )";
    for (const auto &[name, change] : changes) {
        QTest::newRow(("value: " + name).constData()) << value + url + "}" << value + change + "}";
        QTest::newRow(("variable: " + name).constData()) << variable + url + "}" << variable + change + "}";
    }
    const auto both = variable + url + "}, " + variable + other + "}";
    QTest::newRow("variable: one more origin") << variable + url + "}" << both;
}

void ProfilesTest::keyStoreSecretGoesNowhereElse()
{
    QFETCH(QByteArray, subscription);
    QFETCH(QByteArray, changed);
    const QByteArray variables = R"("activeEnvironment": "e", "environments": [{"name": "e", "variables":
        {"key": {"secret": true}}}], )";
    LastingSecrets secrets;
    for (const bool isFirst : {true, false}) {
        WindowBench bench({}, &secrets);
        bench.window->openProfile(write(profileOf(subscription, variables)));
        if (isFirst)
            answerToBeKept(bench);
        QTRY_VERIFY(bench.subscriptions()->rowCount() == 1 && stateOf(bench, 0) != u"idle"_s);
        QTRY_VERIFY(copiedCurl(bench, 0, "copyCurlSecretsAction").contains(planted));
        QVERIFY(!bench.find<gui::SecretPrompt>("secretPrompt"));
    }
    WindowBench bench({}, &secrets);
    bench.window->openProfile(write(profileOf(changed, variables)));
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
    QVERIFY(!copiedCurl(bench, 0, "copyCurlSecretsAction").contains(planted));
}

void ProfilesTest::secretVariableIsAskedFor()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    // Two that need the same: one question.
    const auto one =
        "{\"url\": \"" + url.toEncoded() + R"(", "authentication": {"kind": "bearer", "token": "{{token}}"}})";
    bench.window->openProfile(write(profileOf(one + ',' + one,
        R"("activeEnvironment": "e", "environments": [{"name": "e", "variables": {"token": {"secret": true}}}], )")));
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
    auto *edit = bench.find<gui::SecretPrompt>("secretPrompt")->findChild<QLineEdit *>();
    QTest::keyClicks(edit, planted);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    QTRY_COMPARE(stateOf(bench, 1), u"open"_s);
    QTRY_VERIFY(!bench.find<gui::SecretPrompt>("secretPrompt"));
    QVERIFY(!visibleTexts(bench).contains(planted));
}

void ProfilesTest::environmentDialogHidesSecrets()
{
    gui::EnvironmentDialog dialog(
        {{u"e"_s, {{u"host"_s, {u"h"_s, false}}, {u"key"_s, {planted, true}}}}}, u"e"_s, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    auto *table = dialog.findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 2);
    auto *item = table->item(1, 1);
    table->editItem(item);
    auto *editor = table->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    QCOMPARE(editor->echoMode(), QLineEdit::Password);
    QTest::keyClicks(editor, u"-2"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QSignalSpy confirmed(&dialog, &gui::EnvironmentDialog::confirmed);
    dialog.accept();
    QCOMPARE(confirmed.size(), 1);
    const auto environments = confirmed.first().first().value<QList<profile::Environment>>();
    QCOMPARE(environments.first().variables.size(), 2);
    QVERIFY(environments.first().variables[u"key"_s].isSecret);
    QCOMPARE(confirmed.first().last().toString(), u"e"_s);
}

void ProfilesTest::environmentDialogRefusesNames()
{
    gui::EnvironmentDialog dialog({}, {}, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    auto *box = dialog.findChild<QComboBox *>(u"environmentBox"_s);
    QCOMPARE(box->currentText(), u"environment"_s);
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), u"staging"_s);
    QTest::mouseClick(dialog.findChild<QPushButton *>(u"addVariableButton"_s), Qt::LeftButton);
    auto *table = dialog.findChild<QTableWidget *>();
    table->item(0, 0)->setText(u"a b"_s);
    QSignalSpy confirmed(&dialog, &gui::EnvironmentDialog::confirmed);
    dialog.accept();
    QCOMPARE(confirmed.size(), 0);
    QVERIFY(dialog.findChild<gui::InlineNote *>()->text().contains(u"a b"_s));
    table->item(0, 0)->setText(u"ab"_s);
    dialog.accept();
    QCOMPARE(confirmed.size(), 1);
    QCOMPARE(confirmed.first().last().toString(), u"staging"_s);
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
