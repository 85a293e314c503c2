// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/variables.h"

#include "profile/randomsettings.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace weir::test {

using namespace profile;
using namespace subscribe;
using namespace Qt::StringLiterals;

/// `{{name}}` in settings.
class VariablesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void addresses_data();
    void addresses();
    void fillsEveryField();
    void bodiesKeepTheirBytes_data();
    void bodiesKeepTheirBytes();
    void secretsWithoutValueAreNamed();
    void problemsNeverHoldValues();
    void unchangedWithoutVariables();
    void listsWhatIsUsed();
    void secretsStandForThemselves();
};

namespace {

const Variables &set()
{
    static const Variables variables{{u"host"_s, {u"example.org:81"_s, false}},
        {u"base"_s, {u"https://h/api"_s, false}}, {u"token"_s, {u"planted-secret"_s, true}},
        {u"unknown-yet"_s, {{}, true}}, {u"empty"_s, {{}, false}}, {u"a.b-c_1"_s, {u"x"_s, false}},
        {u"nested"_s, {u"{{host}}"_s, false}}};
    return variables;
}

} // namespace

void VariablesTest::addresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("problem");
    const auto good = [](const char *name, const QString &address, const QString &url) {
        QTest::newRow(name) << address << url << QString();
    };
    const auto bad = [](const char *name, const QString &address, const QString &problem) {
        QTest::newRow(name) << address << QString() << problem;
    };
    good("host", u"http://{{host}}/x"_s, u"http://example.org:81/x"_s);
    good("without scheme", u"{{host}}/x"_s, u"http://example.org:81/x"_s);
    good("base", u"{{base}}/x"_s, u"https://h/api/x"_s);
    good("blanks", u"http://{{ host }}/"_s, u"http://example.org:81/"_s);
    good("twice", u"http://{{host}}/{{a.b-c_1}}?{{a.b-c_1}}"_s, u"http://example.org:81/x?x"_s);
    good("empty value", u"http://{{host}}/{{empty}}"_s, u"http://example.org:81/"_s);
    good("secret", u"http://h/?token={{token}}"_s, u"http://h/?token=planted-secret"_s);
    bad("unknown", u"http://{{nowhere}}/"_s, u"The variable {{nowhere}} in the address is not set."_s);
    bad("case counts", u"http://{{Host}}/"_s, u"The variable {{Host}} in the address is not set."_s);
    bad("unclosed", u"http://{{host/"_s, u"In the address braces {{ are opened and not closed."_s);
    bad("unclosed after a good one", u"http://{{host}}/{{"_s, u"In the address braces {{ are opened and not closed."_s);
    bad("no name", u"http://{{}}/"_s, u"In the address braces hold no variable name: only letters, digits and _ - ."_s);
    bad("not known yet", u"http://{{unknown-yet}}/"_s,
        u"The secret variable {{unknown-yet}} in the address has no value yet."_s);
    bad("no URL in the end", u"{{empty}}"_s, text(SettingsError::UrlEmpty));
    bad("values are not looked at", u"http://{{nested}}/"_s, text(SettingsError::UrlInvalid));
}

void VariablesTest::addresses()
{
    QFETCH(QString, address);
    QFETCH(QString, url);
    QFETCH(QString, problem);
    SubscriptionSettings settings;
    settings.address = address;
    const auto resolution = resolved(settings, set());
    QCOMPARE(resolution.problems.join(u'|'), problem);
    QCOMPARE(resolution.isComplete(), problem.isEmpty());
    if (problem.isEmpty()) {
        QCOMPARE(resolution.settings.url, QUrl(url));
        QVERIFY(resolution.settings.address.isEmpty());
    }
}

void VariablesTest::fillsEveryField()
{
    const auto reference = u"<{{host}}>"_s;
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    settings.headers = {{"X-Any", "<{{host}}>"}};
    settings.body = settings.lastEventId = "<{{host}}>";
    settings.authentication = {AuthenticationKind::Basic, reference, reference};
    settings.transport.proxy = {ProxyKind::Socks5, reference, 1, reference, reference};
    settings.transport.tls = {reference, reference, reference, reference, false};
    const auto resolution = resolved(settings, set());
    QVERIFY(resolution.isComplete());
    const auto &result = resolution.settings;
    const auto value = u"<example.org:81>"_s;
    QCOMPARE(result.headers[0].value, value.toUtf8());
    QCOMPARE(result.body, value.toUtf8());
    QCOMPARE(result.lastEventId, value.toUtf8());
    QCOMPARE(result.authentication, (Authentication{AuthenticationKind::Basic, value, value}));
    QCOMPARE(result.transport.proxy, (ProxySettings{ProxyKind::Socks5, value, 1, value, value}));
    QCOMPARE(result.transport.tls, (TlsSettings{value, value, value, value, false}));
    // Each field is told apart when a variable is missing.
    const auto problems = resolved(settings, {}).problems;
    QCOMPARE(problems.size(), 12);
    QCOMPARE(QSet<QString>(problems.begin(), problems.end()).size(), 12);
    QVERIFY(problems[0].contains(u"header X-Any"_s));
}

void VariablesTest::bodiesKeepTheirBytes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("filled");
    QTest::newRow("no UTF-8") << QByteArray("\xFF{{host}}\xFE\0x", 12)
                              << QByteArray("\xFF"
                                            "example.org:81\xFE\0x",
                                     18);
    QTest::newRow("braces of JSON") << QByteArray(R"({"a":{"b":{{}}})") << QByteArray(R"({"a":{"b":{{}}})");
    QTest::newRow("opened only") << QByteArray("x {{ y") << QByteArray("x {{ y");
    QTest::newRow("no name") << QByteArray("{{\"a\": 1}}") << QByteArray("{{\"a\": 1}}");
    QTest::newRow("behind braces") << QByteArray("{{{host}}}") << QByteArray("{example.org:81}");
    QTest::newRow("behind opened ones") << QByteArray("{{ {{host}}") << QByteArray("{{ example.org:81");
}

void VariablesTest::bodiesKeepTheirBytes()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, filled);
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    settings.body = body;
    const auto resolution = resolved(settings, set());
    QVERIFY(resolution.isComplete());
    QCOMPARE(resolution.settings.body, filled);
}

void VariablesTest::secretsWithoutValueAreNamed()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    settings.headers = {{"A", "{{unknown-yet}}"}, {"B", "{{unknown-yet}} {{token}}"}};
    const auto resolution = resolved(settings, set());
    QCOMPARE(resolution.missingSecrets, QStringList{u"unknown-yet"_s});
    QCOMPARE(resolution.problems.size(), 2);
}

void VariablesTest::problemsNeverHoldValues()
{
    SubscriptionSettings settings;
    settings.address = u"ftp://u:{{token}}@h/"_s;
    const auto resolution = resolved(settings, set());
    QVERIFY(!resolution.isComplete());
    QVERIFY(!resolution.problems.join(u' ').contains(u"planted-secret"_s));
}

void VariablesTest::unchangedWithoutVariables()
{
    for (quint32 seed = 0; seed < 200; ++seed) {
        const auto settings = RandomSettings(seed).settings();
        const auto resolution = resolved(settings, set());
        QVERIFY(resolution.isComplete());
        QCOMPARE(resolution.settings, settings);
    }
}

void VariablesTest::listsWhatIsUsed()
{
    SubscriptionSettings settings;
    settings.address = u"http://{{host}}/{{ host }}/{{x}}"_s;
    settings.body = "{{\xFF}} {{y}}";
    QCOMPARE(variablesIn(settings), (QStringList{u"host"_s, u"x"_s, u"y"_s}));
}

void VariablesTest::secretsStandForThemselves()
{
    SubscriptionSettings settings;
    settings.address = u"http://{{host}}/?a={{token}}&b={{unknown-yet}}"_s;
    const auto result = resolved(settings, withoutSecretValues(set()));
    QCOMPARE(result.settings.url.query(), u"a={{token}}&b={{unknown-yet}}"_s);
    QCOMPARE(result.settings.url.authority(), u"example.org:81"_s);
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::VariablesTest)
#include "tst_variables.moc"
