// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/secretedit.h"
#include "gui/subscriptiondialog.h"
#include "gui/subscriptionheaders.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace weir;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using gui::SubscriptionDialog;
using subscribe::SubscriptionSettings;

namespace {

enum Page { Query, Headers, Body, Authentication, Connection, Tls, Reconnection, Reading };

struct Bench
{
    explicit Bench(const SubscriptionSettings &settings = good())
        : dialog(new SubscriptionDialog(settings, u"OK"_s))
    {
        dialog->show();
    }

    static SubscriptionSettings good()
    {
        SubscriptionSettings settings;
        settings.url = QUrl(u"http://127.0.0.1:1/a"_s);
        settings.name = u"a"_s;
        return settings;
    }
    template <typename Widget>
    Widget *find(const char *name) const
    {
        return dialog->findChild<Widget *>(QLatin1String(name));
    }
    QLineEdit *line(const char *name) const { return find<QLineEdit>(name); }
    QString note(const char *name) const
    {
        const auto *note = find<QLabel>(name);
        return note->isVisible() ? note->text() : QString();
    }
    QString page(int page) const { return find<QListWidget>("pageList")->item(page)->text(); }
    bool isMarked(int index) const { return page(index).startsWith(u"✕"_s); }

    std::unique_ptr<SubscriptionDialog> dialog;
};

/// Nothing in it is as by default, and some of it is finer than the fields can show.
SubscriptionSettings everything()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"https://user:pass@example.org/a%20b?x=%26&&y=%2f&flag"_s);
    settings.name = u"name"_s;
    settings.group = u"shop"_s;
    settings.method = "REPORT";
    settings.body = "line\r\n\xFF";
    settings.headers = {{"X-A", "b", true, false}, {"Authorization", "c", true, true}};
    settings.authentication = {subscribe::AuthenticationKind::Basic, u"me"_s, u"secret"_s};
    settings.keepsCookies = true;
    settings.colourIndex = 5;
    settings.lastEventId = "42";
    settings.transport.tls.acceptInvalid = true;
    settings.transport.proxy = {subscribe::ProxyKind::Socks5, u"proxy"_s, 1080, u"u"_s, u"p"_s};
    settings.transport.addressFamily = subscribe::AddressFamily::IPv6;
    settings.codings = {true, false, true, true};
    settings.reconnect = {false, true, true, 1234ms, 17ms, 2500ms, 7777ms, 1.37, 0.333, 9};
    settings.bodyFormat = subscribe::BodyFormat::JsonLines;
    settings.acceptsAnyContentType = true;
    settings.headerDeadline = 1999ms;
    settings.idleTimeout = 1500ms;
    settings.maxEventBytes = 1000;
    settings.maxDecodedBytesPerRead = 1'234'567;
    settings.http2MemoryCeiling = 3'456'789;
    settings.consumption = {12'345, 6'789, 1500ms, 41};
    return settings;
}

} // namespace

class SubscriptionDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void untouchedIsUnchanged_data();
    void untouchedIsUnchanged();
    void dialogEdits();
    void editsEveryPage();
    void queryFollowsTheUrl();
    void urlFollowsTheQuery_data();
    void urlFollowsTheQuery();
    void dialogMasksSecrets();
    void headersCanBeSwitchedOff();
    void secretsAreDots();
    void errorsStandAtTheirFields_data();
    void errorsStandAtTheirFields();
    void looksAtTlsFiles();
    void invalidCertificatesAreWarnedOf();
    void bodySaysWhatIsWrongWithItsJson();
    void addressWithVariables();
    void suggestedNameHoldsNoSecret();
};

void SubscriptionDialogTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
}

void SubscriptionDialogTest::untouchedIsUnchanged_data()
{
    QTest::addColumn<SubscriptionSettings>("settings");
    QTest::newRow("defaults") << Bench::good();
    QTest::newRow("everything") << everything();
    auto odd = everything();
    odd.reconnect.reconnectionTime = -1ms;
    odd.reconnect.ceiling = std::chrono::hours(1000);
    odd.maxEventBytes = std::size_t{1} << 40;
    odd.authentication = {subscribe::AuthenticationKind::None, u"kept"_s, u"kept too"_s};
    odd.headers = {{"X-Space", " kept ", false, true}};
    QTest::newRow("beyond the fields") << odd;
    auto open = Bench::good();
    open.url = QUrl();
    open.address = u"{{scheme}}://{{host}}/x?a={{b}}"_s;
    QTest::newRow("variables") << open;
}

void SubscriptionDialogTest::untouchedIsUnchanged()
{
    QFETCH(SubscriptionSettings, settings);
    const Bench bench(settings);
    QVERIFY(bench.dialog->settings() == settings);
    // One change is one change.
    bench.line("nameEdit")->setText(u"other"_s);
    auto renamed = settings;
    renamed.name = u"other"_s;
    QVERIFY(bench.dialog->settings() == renamed);
}

void SubscriptionDialogTest::dialogEdits()
{
    SubscriptionDialog dialog({}, u"OK"_s);
    dialog.findChild<QLineEdit *>(u"urlEdit"_s)->setText(u"127.0.0.1:1/a"_s);
    dialog.findChild<QLineEdit *>(u"nameEdit"_s)->setText(u"mine"_s);
    dialog.findChild<QComboBox *>(u"colourCombo"_s)->setCurrentIndex(3);
    dialog.findChild<QLineEdit *>(u"lastEventIdEdit"_s)->setText(u"7"_s);
    dialog.findChild<QSpinBox *>(u"idleTimeoutSpin"_s)->setValue(30);
    dialog.findChild<QCheckBox *>(u"slowCheck"_s)->setChecked(true);
    dialog.findChild<QSpinBox *>(u"rateSpin"_s)->setValue(500);
    dialog.findChild<QSpinBox *>(u"connectionsSpin"_s)->setValue(10);
    dialog.findChild<QSpinBox *>(u"ceilingSpin"_s)->setValue(10);
    const auto settings = dialog.settings();
    QCOMPARE(settings.url, QUrl(u"http://127.0.0.1:1/a"_s));
    QCOMPARE(settings.name, u"mine"_s);
    QCOMPARE(settings.colourIndex, 3);
    QCOMPARE(settings.lastEventId, "7");
    QCOMPARE(settings.idleTimeout, std::chrono::milliseconds(30'000));
    QCOMPARE(settings.consumption.bytesPerSecond, 500u);
    QCOMPARE(settings.consumption.extraConnections, 9);
    QCOMPARE(settings.reconnect.ceiling, std::chrono::milliseconds(10'000));
}

void SubscriptionDialogTest::editsEveryPage()
{
    const Bench bench;
    bench.find<QComboBox>("methodCombo")->setEditText(u"POST"_s);
    bench.line("groupEdit")->setText(u" shop "_s);
    bench.find<QPlainTextEdit>("bodyEdit")->setPlainText(u"{\"ü\":1}"_s);
    bench.find<QComboBox>("kindCombo")->setCurrentIndex(2);
    bench.line("tokenEdit")->setText(u"abc"_s);
    bench.find<QCheckBox>("gzipCheck")->setChecked(true);
    bench.find<QComboBox>("proxyCombo")->setCurrentIndex(2);
    bench.line("proxyHostEdit")->setText(u"127.0.0.1"_s);
    bench.find<QSpinBox>("proxyPortSpin")->setValue(3128);
    bench.find<QComboBox>("rulesCombo")->setCurrentIndex(1);
    bench.find<QSpinBox>("attemptsSpin")->setValue(3);
    bench.find<QComboBox>("formatCombo")->setCurrentIndex(1);
    bench.find<QSpinBox>("maxEventSpin")->setValue(2048);
    auto expected = Bench::good();
    expected.method = "POST";
    expected.group = u"shop"_s;
    expected.body = "{\"ü\":1}";
    expected.authentication = {subscribe::AuthenticationKind::Bearer, {}, u"abc"_s};
    expected.codings.gzip = true;
    expected.transport.proxy = {subscribe::ProxyKind::HttpConnect, u"127.0.0.1"_s, 3128, {}, {}};
    expected.reconnect.isStrict = true;
    expected.reconnect.maxAttempts = 3;
    expected.bodyFormat = subscribe::BodyFormat::JsonLines;
    expected.maxEventBytes = std::size_t{2} << 20;
    QVERIFY(bench.dialog->isValid());
    QVERIFY(bench.dialog->settings() == expected);
}

void SubscriptionDialogTest::queryFollowsTheUrl()
{
    const Bench bench;
    const auto *table = bench.find<QTableWidget>("queryTable");
    QCOMPARE(table->rowCount(), 1);
    bench.line("urlEdit")->setText(u"http://h/p?b=1&a=%C3%BC%2f&flag#part"_s);
    QCOMPARE(table->rowCount(), 4);
    QCOMPARE(table->item(1, 1)->text(), u"ü/"_s);
    QCOMPARE(table->item(2, 0)->text(), u"flag"_s);
    QCOMPARE(bench.page(Query), u"Query (3)"_s);
    bench.line("urlEdit")->setText(u"http://h/p"_s);
    QCOMPARE(table->rowCount(), 1);
}

void SubscriptionDialogTest::urlFollowsTheQuery_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("after");
    QTest::newRow("others keep their spelling")
        << u"http://h/?a=%2f&b=1&c=%2F+x&flag#f"_s << 1 << 1 << u"2"_s << u"http://h/?a=%2f&b=2&c=%2F+x&flag#f"_s;
    QTest::newRow("first item") << u"http://h/p"_s << 0 << 0 << u"a"_s << u"http://h/p?a"_s;
    QTest::newRow("new item") << u"http://h/p?x=1"_s << 1 << 0 << u"a b"_s << u"http://h/p?x=1&a%20b"_s;
    QTest::newRow("separators") << u"http://h/?a=1"_s << 0 << 1 << u"x&y=z+w#%"_s
                                << u"http://h/?a=x%26y%3Dz%2Bw%23%25"_s;
    QTest::newRow("variable") << u"http://h/?a=1"_s << 0 << 1 << u"{{key}}"_s << u"http://h/?a={{key}}"_s;
    QTest::newRow("emptied value") << u"http://h/?a=1&b=2"_s << 0 << 1 << u""_s << u"http://h/?a=&b=2"_s;
}

void SubscriptionDialogTest::urlFollowsTheQuery()
{
    QFETCH(QString, before);
    QFETCH(int, row);
    QFETCH(int, column);
    QFETCH(QString, typed);
    QFETCH(QString, after);
    const Bench bench;
    bench.line("urlEdit")->setText(before);
    bench.find<QTableWidget>("queryTable")->item(row, column)->setText(typed);
    QCOMPARE(bench.line("urlEdit")->text(), after);
}

void SubscriptionDialogTest::dialogMasksSecrets()
{
    gui::SubscriptionHeaders table;
    table.setHeaders({{"Authorization", "Bearer abc", false}, {"X-Plain", "abc", false}});
    QCOMPARE(table.rowCount(), 3);
    QCOMPARE(table.item(0, 2)->checkState(), Qt::Checked);
    QVERIFY(!table.item(0, 2)->flags().testFlag(Qt::ItemIsUserCheckable));
    QCOMPARE(table.item(1, 2)->checkState(), Qt::Unchecked);
    QVERIFY(table.headers().first().isSecret);
    // What is painted may not be what the cell holds.
    table.resize(600, 200);
    const auto secret = table.visualItemRect(table.item(0, 1));
    const auto before = table.viewport()->grab(secret).toImage();
    table.item(0, 1)->setText(u"Bearer something else entirely"_s);
    QCOMPARE(table.viewport()->grab(secret).toImage(), before);
}

void SubscriptionDialogTest::headersCanBeSwitchedOff()
{
    gui::SubscriptionHeaders table;
    table.setHeaders({{"X-A", "1"}, {"X-B", "2", false, false}});
    QVERIFY(table.headers()[0].isEnabled);
    QVERIFY(!table.headers()[1].isEnabled);
    table.item(0, 3)->setCheckState(Qt::Unchecked);
    QVERIFY(!table.headers()[0].isEnabled);
}

void SubscriptionDialogTest::secretsAreDots()
{
    const Bench bench;
    const auto fields = bench.dialog->findChildren<gui::SecretEdit *>();
    QCOMPARE(fields.size(), 4);
    for (auto *field : fields) {
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        auto *reveal = field->findChild<QAction *>(u"revealAction"_s);
        QVERIFY(!reveal->toolTip().isEmpty());
        reveal->trigger();
        QCOMPARE(field->echoMode(), QLineEdit::Normal);
        reveal->trigger();
        QCOMPARE(field->echoMode(), QLineEdit::Password);
    }
}

void SubscriptionDialogTest::errorsStandAtTheirFields_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<QByteArray>("note");
    QTest::addColumn<SubscriptionSettings>("settings");
    auto settings = Bench::good();
    settings.method = "TRACE";
    QTest::newRow("method") << -1 << QByteArray("methodNote") << settings;
    settings = Bench::good();
    settings.headers = {{"Host", "x"}};
    QTest::newRow("header") << int(Headers) << QByteArray("headersNote") << settings;
    settings = Bench::good();
    settings.authentication.kind = subscribe::AuthenticationKind::Bearer;
    QTest::newRow("token") << int(Authentication) << QByteArray("authenticationNote") << settings;
    settings = Bench::good();
    settings.transport.proxy.kind = subscribe::ProxyKind::Socks5;
    QTest::newRow("proxy") << int(Connection) << QByteArray("proxyNote") << settings;
    settings = Bench::good();
    settings.transport.httpVersion = subscribe::HttpVersion::Http2;
    settings.transport.addressFamily = subscribe::AddressFamily::IPv4;
    QTest::newRow("HTTP/2 with a family") << int(Connection) << QByteArray("familyNote") << settings;
    settings = Bench::good();
    settings.reconnect.floor = 2000ms;
    settings.reconnect.ceiling = 1000ms;
    QTest::newRow("floor") << int(Reconnection) << QByteArray("floorNote") << settings;
}

void SubscriptionDialogTest::errorsStandAtTheirFields()
{
    QFETCH(int, page);
    QFETCH(QByteArray, note);
    QFETCH(SubscriptionSettings, settings);
    const Bench bench(settings);
    QVERIFY(!bench.dialog->isValid());
    for (int each = 0; each < bench.dialog->pageCount(); ++each)
        QCOMPARE(bench.isMarked(each), each == page);
    bench.dialog->showPage(std::max(page, 0));
    QVERIFY(!bench.note(note.constData()).isEmpty());
}

void SubscriptionDialogTest::looksAtTlsFiles()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(u"no certificate.pem"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nothing\n");
    file.close();
    const Bench bench;
    bench.dialog->showPage(Tls);
    bench.line("caFileEdit")->setText(path);
    QVERIFY(!bench.dialog->isValid());
    QTRY_VERIFY(bench.note("authoritiesNote").contains(u"no certificate.pem"_s));
    QVERIFY(bench.isMarked(Tls));
    bench.line("caFileEdit")->setText(folder.filePath(u"missing.pem"_s));
    QTRY_VERIFY(bench.note("authoritiesNote").contains(u"missing.pem"_s));
    bench.line("caFileEdit")->clear();
    QTRY_VERIFY(bench.dialog->isValid());
    QVERIFY(!bench.isMarked(Tls));
}

void SubscriptionDialogTest::invalidCertificatesAreWarnedOf()
{
    const Bench bench;
    bench.dialog->showPage(Tls);
    QVERIFY(bench.note("acceptInvalidNote").isEmpty());
    bench.find<QCheckBox>("acceptInvalidCheck")->setChecked(true);
    QVERIFY(bench.note("acceptInvalidNote").contains(u"Not safe"_s));
    QVERIFY(bench.dialog->isValid());
    QVERIFY(bench.dialog->settings().transport.tls.acceptInvalid);
}

void SubscriptionDialogTest::bodySaysWhatIsWrongWithItsJson()
{
    const Bench bench;
    bench.dialog->showPage(Body);
    auto *body = bench.find<QPlainTextEdit>("bodyEdit");
    body->setPlainText(u"{\n  \"ü\": 1,,\n}"_s);
    QTRY_VERIFY(bench.note("bodyNote").contains(u"Content-Type"_s));
    bench.find<QPushButton>("jsonTypeButton")->click();
    QCOMPARE(bench.dialog->settings().headers.value(0).value, "application/json");
    QTRY_VERIFY2(bench.note("bodyNote").contains(u"line 2, column 11"_s), qPrintable(bench.note("bodyNote")));
    QVERIFY(bench.dialog->isValid());
    body->setPlainText(u"[1]"_s);
    QTRY_VERIFY(bench.note("bodyNote").contains(u"Valid JSON"_s));
}

void SubscriptionDialogTest::addressWithVariables()
{
    const Bench bench;
    bench.line("urlEdit")->setText(u"http://{{host}}/x"_s);
    QVERIFY(bench.dialog->isValid());
    QCOMPARE(bench.dialog->settings().address, u"http://{{host}}/x"_s);
    bench.line("urlEdit")->setText(u"http://127.0.0.1:2/x"_s);
    QCOMPARE(bench.dialog->settings().address, QString());
    QCOMPARE(bench.dialog->settings().url, QUrl(u"http://127.0.0.1:2/x"_s));
}

void SubscriptionDialogTest::suggestedNameHoldsNoSecret()
{
    const Bench bench;
    bench.line("nameEdit")->clear();
    bench.line("urlEdit")->setText(u"http://me:planted@{{host}}/x?token=planted&a=b"_s);
    QVERIFY(bench.dialog->isValid());
    QCOMPARE(bench.dialog->settings().name, u"http://me:***@{{host}}/x?token=***&a=b"_s);
}

QTEST_MAIN(SubscriptionDialogTest)
#include "tst_subscriptiondialog.moc"
