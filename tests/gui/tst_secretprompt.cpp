// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/environmentdialog.h"
#include "gui/inlinenote.h"
#include "gui/profilebench.h"
#include "gui/subscriptiondialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QTableWidget>

using namespace weir;
using namespace weir::test;
using namespace Qt::StringLiterals;

class SecretPromptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<ProfileFolder>(); }
    void curlIsCopiedWithoutSecrets();
    void savesWithoutSecrets();
    void missingSecretIsAskedFor();
    void cancelledQuestionComesAgain();
    void keyStoreAnswers();
    void keyStoreSecretGoesNowhereElse_data();
    void keyStoreSecretGoesNowhereElse();
    void secretVariableIsAskedFor();
    void oneQuestionForAllThatIsMissing();
    void keyInPlaceOfALoginIsNotSaved();
    void environmentDialogHidesSecrets();
    void environmentDialogRefusesNames();

private:
    QString write(const QByteArray &content, const QString &name = u"test.weir.json"_s) const
    {
        return m_folder->write(content, name);
    }

    std::unique_ptr<ProfileFolder> m_folder;
};

void SecretPromptTest::curlIsCopiedWithoutSecrets()
{
    WindowBench bench;
    paste(bench, u"curl 'http://127.0.0.1:1/x?token=%1' -H 'Cookie: %1' -u 'me:%1'"_s.arg(planted));
    const auto masked = copiedCurl(bench, 0, "copyCurlAction");
    QVERIFY2(!masked.contains(planted) && masked.contains(u"$WEIR_SECRET_3"_s), qPrintable(masked));
    QCOMPARE(copiedCurl(bench, 0, "copyCurlSecretsAction").count(planted), 3);
    QVERIFY(!visibleTexts(bench).contains(planted));
}

void SecretPromptTest::savesWithoutSecrets()
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

void SecretPromptTest::missingSecretIsAskedFor()
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

void SecretPromptTest::cancelledQuestionComesAgain()
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

void SecretPromptTest::keyStoreAnswers()
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

void SecretPromptTest::keyStoreSecretGoesNowhereElse_data()
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

void SecretPromptTest::keyStoreSecretGoesNowhereElse()
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

void SecretPromptTest::secretVariableIsAskedFor()
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

void SecretPromptTest::oneQuestionForAllThatIsMissing()
{
    WindowBench bench;
    const auto url = bench.channel(bench.serve(), u"/events"_s);
    const auto subscription =
        "{\"url\": \"" + url.toEncoded() + R"(", "headers": [{"name": "X-Key", "value": "{{key}}"}],
        "authentication": {"kind": "bearer", "token": {"secret": true}}})";
    bench.window->openProfile(write(profileOf(subscription,
        R"("activeEnvironment": "e", "environments": [{"name": "e", "variables": {"key": {"secret": true}}}], )")));
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
    auto *prompt = bench.find<gui::SecretPrompt>("secretPrompt");
    const auto edits = prompt->findChildren<QLineEdit *>();
    QCOMPARE(edits.size(), 2);
    for (auto *edit : edits)
        QTest::keyClicks(edit, planted);
    QTest::keyClick(edits.last(), Qt::Key_Return);
    for (auto *other : bench.window->findChildren<gui::SecretPrompt *>())
        QCOMPARE(other, prompt);
    QTRY_COMPARE(stateOf(bench, 0), u"open"_s);
    QTRY_VERIFY(!bench.find<gui::SecretPrompt>("secretPrompt"));
    QVERIFY(copiedCurl(bench, 0, "copyCurlSecretsAction").contains(u"X-Key: "_s + planted));
}

void SecretPromptTest::keyInPlaceOfALoginIsNotSaved()
{
    WindowBench bench;
    bench.window->openProfile(write(profileOf(R"({"url": "http://127.0.0.1:1/", "authentication":
        {"kind": "basic", "userName": "someone", "password": {"secret": true}}})")));
    QTRY_VERIFY(bench.find<gui::SecretPrompt>("secretPrompt"));
    bench.find<gui::SecretPrompt>("secretPrompt")->reject();
    select(bench, 0);
    bench.action("editAction")->trigger();
    auto *dialog = bench.window->findChild<gui::SubscriptionDialog *>();
    dialog->findChild<QLineEdit *>(u"userNameEdit"_s)->setText(planted);
    dialog->accept();
    profiles(bench)->saveFile(m_folder->filePath(u"b.json"_s));
    QTRY_VERIFY(QFile::exists(m_folder->filePath(u"b.json"_s)));
    QVERIFY(contentOf(m_folder->filePath(u"b.json"_s)).contains("127.0.0.1"));
    QVERIFY(!contentOf(m_folder->filePath(u"b.json"_s)).contains(planted.toUtf8()));
}

void SecretPromptTest::environmentDialogHidesSecrets()
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

void SecretPromptTest::environmentDialogRefusesNames()
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

QTEST_MAIN(SecretPromptTest)
#include "tst_secretprompt.moc"
