// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composer.h"
#include "publisherbench.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using weir::gui::Composer;
using weir::publish::Publication;
using weir::test::find;
using weir::test::note;

namespace {

void paste(QLineEdit *edit, const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    edit->selectAll();
    edit->paste();
}

} // namespace

class TestPublisherComposer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void makesAMessageOfItsFields();
    void tellsThreeKindsOfId();
    void takesBackWhatItGave_data();
    void takesBackWhatItGave();
    void keepsUnusualCharacters();
    void refusesAtTheField_data();
    void refusesAtTheField();
    void sendsNothingWithoutContent();
    void judgesJson();
    void showsTheBytes();
    void sendsByKeyboardOnly();
    void repeatsWhatItWas();
    void stopsRepeatingWhenItCannotSend();
    void foldsFieldsThatAreNotUsed();
};

void TestPublisherComposer::makesAMessageOfItsFields()
{
    Composer composer;
    QTest::keyClicks(find<QLineEdit>(composer, "typeEdit"), u"trade"_s);
    QTest::keyClicks(find<QLineEdit>(composer, "retryEdit"), u"1500"_s);
    QTest::keyClicks(find<QLineEdit>(composer, "commentEdit"), u"hello"_s);
    QTest::keyClicks(find<QPlainTextEdit>(composer, "dataEdit"), u"a"_s);
    QTest::keyClick(find<QPlainTextEdit>(composer, "dataEdit"), Qt::Key_Return);
    QTest::keyClicks(find<QPlainTextEdit>(composer, "dataEdit"), u"b"_s);
    const auto publication = composer.publication();
    QCOMPARE(publication.message.type, std::string("trade"));
    QCOMPARE(publication.message.data.value(), std::string("a\nb"));
    QCOMPARE(publication.message.comment.value(), std::string("hello"));
    QCOMPARE(publication.message.retry.value(), std::chrono::milliseconds(1500));
    QVERIFY(publication.automaticId);
    QVERIFY(!publication.message.id);
}

void TestPublisherComposer::tellsThreeKindsOfId()
{
    Composer composer;
    auto *kind = find<QComboBox>(composer, "idBox");
    auto *own = find<QLineEdit>(composer, "idEdit");
    QVERIFY(!own->isEnabled());
    kind->setCurrentIndex(1);
    QVERIFY(own->isEnabled());
    QVERIFY(composer.publication().message.id.value().empty());
    QCOMPARE(note(composer, "idNote"), u"An empty ID resets the client."_s);
    QTest::keyClicks(own, u"7"_s);
    QCOMPARE(composer.publication().message.id.value(), std::string("7"));
    QCOMPARE(note(composer, "idNote"), QString());
    kind->setCurrentIndex(2);
    QVERIFY(!composer.publication().message.id);
    QVERIFY(!composer.publication().automaticId);
    kind->setCurrentIndex(0);
    QVERIFY(!composer.publication().message.id);
    QVERIFY(composer.publication().automaticId);
}

void TestPublisherComposer::takesBackWhatItGave_data()
{
    QTest::addColumn<Publication>("publication");
    Publication full;
    full.message = {"t", "7", "a\nb", std::chrono::milliseconds(0), "c"};
    QTest::newRow("all fields") << full;
    QTest::newRow("automatic, empty data") << Publication{u"/events"_s, {"", {}, "", {}, {}}, true};
    QTest::newRow("no id, no data") << Publication{u"/events"_s, {"", {}, {}, std::chrono::milliseconds(9), {}}, false};
    QTest::newRow("empty own id") << Publication{u"/events"_s, {"", "", "x", {}, {}}, true};
}

void TestPublisherComposer::takesBackWhatItGave()
{
    QFETCH(Publication, publication);
    Composer composer;
    composer.setPublication(publication);
    const auto again = composer.publication();
    QCOMPARE(again.message.type, publication.message.type);
    QVERIFY(again.message.id == publication.message.id);
    QVERIFY(again.message.data == publication.message.data);
    QVERIFY(again.message.retry == publication.message.retry);
    QVERIFY(again.message.comment == publication.message.comment);
    QVERIFY(publication.message.id || again.automaticId == publication.automaticId);
}

void TestPublisherComposer::keepsUnusualCharacters()
{
    const auto text = u"no\u00a0break \u2028 \u0085 \U0001f600\ttab  "_s;
    Composer composer;
    find<QPlainTextEdit>(composer, "dataEdit")->insertPlainText(text);
    QCOMPARE(composer.publication().message.data.value(), text.toStdString());
}

void TestPublisherComposer::refusesAtTheField_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, const char *field, const QString &text, const char *cause) {
        QTest::newRow(name) << QByteArray(field) << text << QString::fromUtf8(cause);
    };
    row("S10 line break in type", "type", u"x\ndata: injected\n\n"_s, "line break");
    row("CR in type", "type", u"x\rdata: injected"_s, "line break");
    row("S11 CR in id", "id", u"1\rdata: injected"_s, "line break");
    row("CRLF in id", "id", u"1\r\ndata: injected"_s, "line break");
    row("S14 NUL in id", "id", u"1"_s + QChar(u'\0') + u"2"_s, "NUL");
    row("S15 control in id", "id", u"1\u0001"_s, "control");
    row("S16 space around id", "id", u" 1"_s, "white space");
    row("S18 negative", "retry", u"-1"_s, "whole number");
    row("S18 fraction", "retry", u"1.5"_s, "whole number");
    row("S18 not a number", "retry", u"NaN"_s, "whole number");
    row("S18 too large", "retry", u"100000000000000000000"_s, "whole number");
    row("line break in reconnection time", "retry", u"1\ndata: x"_s, "whole number");
}

void TestPublisherComposer::refusesAtTheField()
{
    QFETCH(QByteArray, field);
    QFETCH(QString, text);
    QFETCH(QString, cause);
    Composer composer;
    find<QComboBox>(composer, "idBox")->setCurrentIndex(1);
    QVERIFY(composer.sendAction()->isEnabled());
    auto *edit = find<QLineEdit>(composer, (field + "Edit").constData());
    paste(edit, text);

    const auto said = note(composer, (field + "Note").constData());
    QVERIFY2(said.startsWith(u"✕ "_s) && said.contains(cause), qPrintable(said));
    QVERIFY(!composer.sendAction()->isEnabled());
    QVERIFY(!composer.repeatAction()->isEnabled());
    for (const auto *other : {"type", "id", "retry"}) {
        if (field != other)
            QVERIFY(!note(composer, (QByteArray(other) + "Note").constData()).startsWith(u"✕"_s));
    }
    edit->clear();
    QVERIFY(composer.sendAction()->isEnabled());
}

void TestPublisherComposer::sendsNothingWithoutContent()
{
    Composer composer;
    QVERIFY(composer.sendAction()->isEnabled());
    find<QCheckBox>(composer, "dataBox")->setChecked(false);
    QVERIFY(!composer.sendAction()->isEnabled());
    QVERIFY(note(composer, "sendNote").contains(u"empty"_s));
    QVERIFY(!find<QPlainTextEdit>(composer, "dataEdit")->isEnabled());
    find<QLineEdit>(composer, "commentEdit")->setText(u"only a comment"_s);
    QVERIFY(composer.sendAction()->isEnabled());
    QVERIFY(!composer.publication().message.data);
}

void TestPublisherComposer::judgesJson()
{
    Composer composer;
    auto *data = find<QPlainTextEdit>(composer, "dataEdit");
    data->setPlainText(u"{\"a\": [1, 2]}"_s);
    QTRY_COMPARE(note(composer, "jsonNote"), u"✓ valid JSON"_s);
    data->setPlainText(u"{\n  a: 1}"_s);
    QTRY_VERIFY(note(composer, "jsonNote").startsWith(u"not JSON: at line 2, column 3"_s));
    QVERIFY(composer.sendAction()->isEnabled());
    // What is not meant to be JSON is not blamed.
    data->setPlainText(u"hello, [world]"_s);
    QTRY_COMPARE(note(composer, "jsonNote"), QString());
    data->setPlainText(u" [hello"_s);
    QTRY_VERIFY(note(composer, "jsonNote").startsWith(u"not JSON"_s));
    data->clear();
    QTRY_COMPARE(note(composer, "jsonNote"), QString());
}

void TestPublisherComposer::showsTheBytes()
{
    Composer composer;
    auto *preview = find<QPlainTextEdit>(composer, "previewEdit");
    QVERIFY(preview->isHidden());
    find<QLineEdit>(composer, "typeEdit")->setText(u"t"_s);
    find<QPlainTextEdit>(composer, "dataEdit")->setPlainText(u"a\n b"_s);
    find<QCheckBox>(composer, "previewBox")->setChecked(true);
    QVERIFY(!preview->isHidden());
    QTRY_COMPARE(preview->toPlainText(), u"id: (the next number)\nevent: t\ndata: a\ndata:  b\n\n"_s);
    find<QComboBox>(composer, "idBox")->setCurrentIndex(2);
    QTRY_COMPARE(preview->toPlainText(), u"event: t\ndata: a\ndata:  b\n\n"_s);
    find<QPlainTextEdit>(composer, "dataEdit")->setPlainText(QString(100000, u'x'));
    QTRY_VERIFY(preview->toPlainText().contains(u"… more bytes: "_s));
    QVERIFY(preview->toPlainText().size() < 70000);
}

void TestPublisherComposer::sendsByKeyboardOnly()
{
    Composer composer;
    composer.show();
    QVERIFY(QTest::qWaitForWindowActive(&composer));
    const QSignalSpy submitted(&composer, &Composer::submitted);
    auto *data = find<QPlainTextEdit>(composer, "dataEdit");
    data->setFocus();
    QTest::keyClicks(data, u"x"_s);
    QTest::keyClick(data, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(submitted.count(), 1);
    QCOMPARE(submitted.first().first().value<Publication>().message.data.value(), std::string("x"));
    QTest::keyClick(data, Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
    QCOMPARE(submitted.count(), 2);
    composer.setObstacle(u"Start the publisher first."_s);
    QTest::keyClick(data, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(submitted.count(), 2);
    QCOMPARE(note(composer, "sendNote"), u"Start the publisher first."_s);
    QCOMPARE(data->toPlainText(), u"x"_s);
}

void TestPublisherComposer::repeatsWhatItWas()
{
    Composer composer;
    QSignalSpy submitted(&composer, &Composer::submitted);
    QCOMPARE(find<QSpinBox>(composer, "intervalBox")->minimum(), 10);
    find<QSpinBox>(composer, "intervalBox")->setValue(10);
    find<QPlainTextEdit>(composer, "dataEdit")->setPlainText(u"x"_s);
    composer.repeatAction()->trigger();
    QVERIFY(composer.isRepeating());
    QVERIFY(!find<QSpinBox>(composer, "intervalBox")->isEnabled());
    QCOMPARE(submitted.count(), 1);
    find<QPlainTextEdit>(composer, "dataEdit")->setPlainText(u"later"_s);
    QTRY_VERIFY(submitted.count() >= 5);
    composer.repeatAction()->trigger();
    QVERIFY(!composer.isRepeating());
    for (const auto &signal : submitted)
        QCOMPARE(signal.first().value<Publication>().message.data.value(), std::string("x"));
    submitted.clear();
    composer.sendAction()->trigger();
    QCOMPARE(submitted.count(), 1);
    QCOMPARE(submitted.first().first().value<Publication>().message.data.value(), std::string("later"));
}

void TestPublisherComposer::stopsRepeatingWhenItCannotSend()
{
    Composer composer;
    composer.repeatAction()->trigger();
    QVERIFY(composer.isRepeating());
    composer.showRefusal(u"Not sent."_s);
    QVERIFY(!composer.isRepeating());
    QCOMPARE(note(composer, "sendNote"), u"✕ Not sent."_s);
    composer.repeatAction()->trigger();
    QVERIFY(composer.isRepeating());
    composer.setObstacle(u"stopped"_s);
    QVERIFY(!composer.isRepeating());
    QVERIFY(!composer.repeatAction()->isEnabled());
}

void TestPublisherComposer::foldsFieldsThatAreNotUsed()
{
    Composer composer;
    composer.resize(44 * composer.fontMetrics().averageCharWidth(), 300);
    composer.show();
    auto *more = find<QToolButton>(composer, "moreFieldsButton");
    auto *comment = find<QLineEdit>(composer, "commentEdit");
    QVERIFY(more->isVisible() && !comment->isVisible());
    more->click();
    QVERIFY(comment->isVisible() && find<QComboBox>(composer, "idBox")->isVisible());
    more->click();
    QVERIFY(!comment->isVisible());
    // What goes out is seen.
    Publication publication;
    publication.message.comment = "x";
    composer.setPublication(publication);
    QVERIFY(comment->isVisible() && !more->isEnabled());
    // Nor does a field vanish under the cursor.
    comment->clear();
    QVERIFY(comment->isVisible() && more->isEnabled());
    more->click();
    composer.resize(120 * composer.fontMetrics().averageCharWidth(), 300);
    QTRY_VERIFY(comment->isVisible() && !more->isVisible());
    composer.resize(44 * composer.fontMetrics().averageCharWidth(), 300);
    QTRY_VERIFY(!comment->isVisible() && more->isVisible());
    composer.resize(44 * composer.fontMetrics().averageCharWidth(), 40 * composer.fontMetrics().height());
    QTRY_VERIFY(comment->isVisible() && !more->isVisible());
}

QTEST_MAIN(TestPublisherComposer)
#include "tst_publishercomposer.moc"
