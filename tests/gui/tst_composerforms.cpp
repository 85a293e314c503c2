// SPDX-License-Identifier: GPL-3.0-or-later
// Templates, raw bytes, hubs and drops in the composer.
#include "gui/composer.h"
#include "gui/hubbook.h"
#include "gui/hubdialog.h"
#include "models/messagemime.h"
#include "profile/secretstore.h"
#include "publisherbench.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace weir::gui;
using namespace weir::test;
using weir::publish::HubSettings;
using weir::publish::Publication;

namespace {

NamedHub mercure(const QString &name)
{
    NamedHub hub;
    hub.name = name;
    hub.settings.url = QUrl(u"https://hub.example/.well-known/mercure"_s);
    hub.settings.topics = QStringList{u"https://example.com/1"_s, u"two"_s};
    hub.settings.isPrivate = true;
    return hub;
}

} // namespace

class TestComposerForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void showsWhatATemplateGives();
    void namesWrongTemplatesAtTheField();
    void sendsBracesAsTheyAre();
    void insertsPlaceholders();
    void startsBytesFromTheMessage();
    void saysWhatClientsMakeOfBytes_data();
    void saysWhatClientsMakeOfBytes();
    void namesWrongEscapes();
    void takesBackBytes();
    void choosesHubs();
    void saysWhatAHubDoesNotTake();
    void takesDroppedMessages();
    void asksForHubs();
    void keepsTokensInTheKeyStoreOnly();
};

void TestComposerForms::showsWhatATemplateGives()
{
    Composer composer;
    find<QLineEdit>(composer, "typeEdit")->setText(u"t{{seq}}"_s);
    find<QPlainTextEdit>(composer, "dataEdit")->setPlainText(u"{\"n\":{{seq}},\"x\":{{json \"}}}"_s);
    find<QCheckBox>(composer, "previewBox")->setChecked(true);
    auto *preview = find<QPlainTextEdit>(composer, "previewEdit");
    QTRY_COMPARE(preview->toPlainText(), u"id: (the next number)\nevent: t1\ndata: {\"n\":1,\"x\":\"\\\"\"}\n\n"_s);
    QCOMPARE(note(composer, "jsonNote"), u"✓ valid JSON"_s);
    QVERIFY(composer.publication().isTemplate);
    QCOMPARE(composer.publication().message.type, std::string("t{{seq}}"));
}

void TestComposerForms::namesWrongTemplatesAtTheField()
{
    Composer composer;
    auto *type = find<QLineEdit>(composer, "typeEdit");
    type->setText(u"a{{x}}"_s);
    QVERIFY(note(composer, "typeNote").contains(u"column 2: “x” is unknown"_s));
    QVERIFY(!composer.sendAction()->isEnabled());
    type->clear();
    find<QComboBox>(composer, "idBox")->setCurrentIndex(1);
    find<QLineEdit>(composer, "idEdit")->setText(u"{{seq"_s);
    QVERIFY(note(composer, "idNote").contains(u"“}}” is missing"_s));
    find<QComboBox>(composer, "idBox")->setCurrentIndex(0);
    QVERIFY(composer.sendAction()->isEnabled());
    auto *data = find<QPlainTextEdit>(composer, "dataEdit");
    data->setPlainText(u"a\nbc{{rand 2 1}}"_s);
    QTRY_VERIFY(note(composer, "jsonNote").contains(u"line 2, column 3: “rand”"_s));
    QVERIFY(!composer.sendAction()->isEnabled());
    data->setPlainText(u"{{rand 1 2}}"_s);
    QVERIFY(composer.sendAction()->isEnabled());
    QTRY_COMPARE(note(composer, "jsonNote"), u"✓ valid JSON"_s);
}

void TestComposerForms::sendsBracesAsTheyAre()
{
    Composer composer;
    find<QCheckBox>(composer, "templateBox")->setChecked(false);
    find<QLineEdit>(composer, "typeEdit")->setText(u"{{x}}"_s);
    find<QPlainTextEdit>(composer, "dataEdit")->setPlainText(u"{{nope"_s);
    find<QCheckBox>(composer, "previewBox")->setChecked(true);
    QTRY_VERIFY(
        find<QPlainTextEdit>(composer, "previewEdit")->toPlainText().endsWith(u"event: {{x}}\ndata: {{nope\n\n"_s));
    QVERIFY(composer.sendAction()->isEnabled());
    QVERIFY(!composer.publication().isTemplate);
    Composer other;
    other.setPublication(composer.publication());
    QVERIFY(other.publication() == composer.publication());
}

void TestComposerForms::insertsPlaceholders()
{
    Composer composer;
    find<QCheckBox>(composer, "templateBox")->setChecked(false);
    auto *placeholders = find<QToolButton>(composer, "moreButton")->menu()->actions().first()->menu();
    placeholders->actions().first()->trigger();
    QCOMPARE(find<QPlainTextEdit>(composer, "dataEdit")->toPlainText(), u"{{seq}}"_s);
    QVERIFY(find<QCheckBox>(composer, "templateBox")->isChecked());
    // Each of them is right.
    for (auto *action : placeholders->actions())
        action->trigger();
    find<QCheckBox>(composer, "previewBox")->setChecked(true);
    QTRY_VERIFY(find<QPlainTextEdit>(composer, "previewEdit")->toPlainText().contains(u"data: "_s));
    QVERIFY2(composer.sendAction()->isEnabled(), qPrintable(note(composer, "jsonNote")));
}

void TestComposerForms::startsBytesFromTheMessage()
{
    Composer composer;
    find<QLineEdit>(composer, "typeEdit")->setText(u"t"_s);
    find<QPlainTextEdit>(composer, "dataEdit")->setPlainText(u"a\\b\nc"_s);
    find<QComboBox>(composer, "formBox")->setCurrentIndex(1);
    auto *raw = find<QPlainTextEdit>(composer, "rawEdit");
    QCOMPARE(raw->toPlainText(), u"event: t\ndata: a\\\\b\ndata: c\n\n"_s);
    QVERIFY(find<QWidget>(composer, "typeEdit")->isHidden() && find<QWidget>(composer, "dataEdit")->isHidden());
    QCOMPARE(composer.publication().rawText.value(), std::string("event: t\ndata: a\\\\b\ndata: c\n\n"));
    find<QComboBox>(composer, "formBox")->setCurrentIndex(0);
    QVERIFY(!composer.publication().rawText);
    QCOMPARE(composer.publication().message.type, std::string("t"));
    QVERIFY(!find<QWidget>(composer, "typeEdit")->isHidden());
}

void TestComposerForms::saysWhatClientsMakeOfBytes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::newRow("two events, a comment")
        << u"data: a\n\n:c\ndata: b\\r\\n\\r\\n"_s << u"✓ Bytes: 23; events dispatched: 2, comments: 1."_s;
    QTest::newRow("unfinished") << u"data: a\n\ndata: b\n"_s << u"The last block has no blank line"_s;
    QTest::newRow("no data") << u"id: 1\n\n"_s << u"events dispatched: 0, blocks without data: 1"_s;
    QTest::newRow("invalid UTF-8") << u"data: \\xff\n\n"_s << u"U+FFFD"_s;
    QTest::newRow("unknown field") << u"dta: x\n\n"_s << u"do not know is ignored"_s;
    QTest::newRow("retry") << u"retry: 1s\ndata\n\n"_s << u"not all digits"_s;
    QTest::newRow("NUL in id") << u"id: \\0\ndata\n\n"_s << u"NUL"_s;
}

void TestComposerForms::saysWhatClientsMakeOfBytes()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    Composer composer;
    find<QComboBox>(composer, "formBox")->setCurrentIndex(1);
    find<QPlainTextEdit>(composer, "rawEdit")->setPlainText(text);
    QTRY_VERIFY2(note(composer, "jsonNote").contains(said), qPrintable(note(composer, "jsonNote")));
    QVERIFY(composer.sendAction()->isEnabled());
}

void TestComposerForms::namesWrongEscapes()
{
    Composer composer;
    find<QComboBox>(composer, "formBox")->setCurrentIndex(1);
    auto *raw = find<QPlainTextEdit>(composer, "rawEdit");
    raw->clear();
    QVERIFY(!composer.sendAction()->isEnabled());
    raw->setPlainText(u"data: a\n\\q"_s);
    QTRY_VERIFY(note(composer, "jsonNote").contains(u"Line 2, column 1"_s));
    QVERIFY(!composer.sendAction()->isEnabled());
    find<QCheckBox>(composer, "previewBox")->setChecked(true);
    raw->setPlainText(u"a\\x0D\\n\\u{e4}\n\\x80"_s);
    QTRY_COMPARE(find<QPlainTextEdit>(composer, "previewEdit")->toPlainText(), u"a\\r\\n\nä\\n\n\\x80"_s);
    QVERIFY(composer.sendAction()->isEnabled());
}

void TestComposerForms::takesBackBytes()
{
    Publication raw;
    raw.rawText = "data: x\\n\n";
    Composer composer;
    composer.setPublication(raw);
    QVERIFY(composer.publication() == raw);
    Publication message;
    message.message.data = "y";
    composer.setPublication(message);
    QVERIFY(composer.publication() == message);
}

void TestComposerForms::choosesHubs()
{
    Composer composer;
    composer.setObstacle(u"Start the publisher first."_s);
    QSignalSpy chosen(&composer, &Composer::hubChosen);
    auto *box = find<QComboBox>(composer, "destinationBox");
    QCOMPARE(box->count(), 1);
    composer.setServerName(u"/events"_s);
    composer.setHubs({u"one"_s, u"two"_s}, -1);
    QCOMPARE(box->itemText(0), u"/events"_s);
    QCOMPARE(composer.hub(), -1);
    QVERIFY(!composer.sendAction()->isEnabled());
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(composer.hub(), 0);
    QCOMPARE(chosen.count(), 1);
    // A hub needs no server here.
    QVERIFY(composer.sendAction()->isEnabled());
    composer.repeatAction()->trigger();
    QVERIFY(!box->isEnabled());
    composer.repeatAction()->trigger();
    find<QComboBox>(composer, "formBox")->setCurrentIndex(1);
    QVERIFY(!composer.sendAction()->isEnabled());
    QCOMPARE(note(composer, "sendNote"), u"A hub takes events, not bytes."_s);
}

void TestComposerForms::saysWhatAHubDoesNotTake()
{
    Composer composer;
    composer.setHubNote(
        [](const weir::sse::Message &message) { return weir::publish::leftOut(HubSettings::Kind::Nchan, message); });
    composer.setHubs({u"one"_s}, 0);
    QCOMPARE(note(composer, "toNote"), QString());
    find<QLineEdit>(composer, "commentEdit")->setText(u"c"_s);
    QVERIFY(note(composer, "toNote").startsWith(u"▲ "_s) && note(composer, "toNote").contains(u"the comment"_s));
    QVERIFY(composer.sendAction()->isEnabled());
    composer.setHubs({u"one"_s}, -1);
    QCOMPARE(note(composer, "toNote"), QString());
}

void TestComposerForms::takesDroppedMessages()
{
    Publication first;
    first.message = {"tick", {}, "{{not a template}}\n", {}, {}};
    Publication second = first;
    const std::unique_ptr<QMimeData> content(weir::models::messagesToMime({{{}, first}, {{}, second}}));
    Composer composer;
    drop(*find<QPlainTextEdit>(composer, "dataEdit")->viewport(), *content);
    QVERIFY(composer.publication() == first);
    QVERIFY(note(composer, "sendNote").contains(u"the first message of 2"_s));
    composer.setPublication({});
    drop(composer, *content);
    QVERIFY(composer.publication() == first);
}

void TestComposerForms::asksForHubs()
{
    auto *dialog = new HubDialog({}, true, nullptr);
    QSignalSpy confirmed(dialog, &HubDialog::confirmed);
    dialog->open();
    auto *ok = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    find<QLineEdit>(*dialog, "nameEdit")->setText(u"news"_s);
    auto *url = find<QLineEdit>(*dialog, "urlEdit");
    url->setText(u"ftp://x"_s);
    QVERIFY(!ok->isEnabled());
    url->setText(u"http://hub.example/hub"_s);
    QVERIFY(!ok->isEnabled()); // no topic
    find<QPlainTextEdit>(*dialog, "topicsEdit")->setPlainText(u" a \n\nb"_s);
    QVERIFY(ok->isEnabled());
    find<QLineEdit>(*dialog, "tokenEdit")->setText(u"secret"_s);
    const auto labels = dialog->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel *label) { return label->text().contains(u"Without https the token can be read"_s); }));
    ok->click();
    QCOMPARE(confirmed.count(), 1);
    const auto hub = confirmed[0][0].value<NamedHub>();
    QCOMPARE(hub.settings.topics, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(hub.settings.token, QByteArray());
    QCOMPARE(confirmed[0][1].toByteArray(), QByteArray("secret"));
    QCOMPARE(confirmed[0][2].toBool(), true);
}

void TestComposerForms::keepsTokensInTheKeyStoreOnly()
{
    weir::profile::SessionSecrets store;
    HubBook book;
    book.setSecretStore(&store);
    book.set(-1, mercure(u"one"_s), "topsecret", true);
    QVERIFY(!QJsonDocument(book.toJson()).toJson().contains("topsecret"));

    HubBook later;
    later.setSecretStore(&store);
    later.setFromJson(book.toJson());
    QCOMPARE(later.names(), QStringList{u"one"_s});
    HubSettings found;
    later.withToken(0, this, [&found](const HubSettings &hub) { found = hub; });
    HubSettings expected = mercure({}).settings;
    expected.token = "topsecret";
    QVERIFY(found == expected);

    // Settings that somebody changed do not send it elsewhere.
    auto changed = book.toJson();
    auto hub = changed[0].toObject();
    hub[u"url"_s] = u"https://evil.example/hub"_s;
    changed[0] = hub;
    later.setFromJson(changed);
    later.withToken(0, this, [&found](const HubSettings &settings) { found = settings; });
    QCOMPARE(found.url.host(), u"evil.example"_s);
    QCOMPARE(found.token, QByteArray());

    book.remove(0);
    std::optional<QString> left;
    store.read(u"hub https://hub.example/.well-known/mercure"_s, this, [&left](const auto &value) { left = value; });
    QVERIFY(!left);
    later.setFromJson({QJsonValue(7), QJsonObject{{u"name"_s, u"x"_s}, {u"url"_s, u"file:///etc"_s}}});
    QVERIFY(later.hubs().isEmpty());
}

QTEST_MAIN(TestComposerForms)
#include "tst_composerforms.moc"
