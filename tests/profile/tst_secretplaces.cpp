// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/secretplaces.h"

#include "profile/randomsettings.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace profile;
using namespace subscribe;
using namespace Qt::StringLiterals;

/// Where secrets stand in settings.
class SecretPlacesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void addresses_data();
    void addresses();
    void onlyVariables_data();
    void onlyVariables();
    void headersAreNumbered();
    void takenOutAndPutBack();
    void typedSecretsAreEncoded();
    void keyAsUserName();
    void unknownPlaces();
};

void SecretPlacesTest::addresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("places");
    QTest::addColumn<QString>("masked");
    const auto row = [](const char *name, const QString &address, const QString &places, const QString &masked) {
        QTest::newRow(name) << address << places << masked;
    };
    row("none", u"http://h/x?a=b"_s, QString(), u"http://h/x?a=b"_s);
    row("password", u"http://u:p@h/"_s, u"urlPassword"_s, u"http://u:***@h/"_s);
    row("password with @ and :", u"http://u:p@:q@h/"_s, u"urlPassword"_s, u"http://u:***@h/"_s);
    row("name alone", u"http://TOKEN@h/"_s, u"urlUser"_s, u"http://***@h/"_s);
    row("name and empty password", u"http://TOKEN:@h/"_s, u"urlUser"_s, u"http://***:@h/"_s);
    row("without scheme", u"u:p@{{h}}"_s, u"urlPassword"_s, u"u:***@{{h}}"_s);
    row("@ in the path", u"http://h/a:b@c"_s, QString(), u"http://h/a:b@c"_s);
    row("@ in the query", u"http://h?a:b@c"_s, QString(), u"http://h?a:b@c"_s);
    row("query", u"http://h/?a=1&token=t&b=2#token=f"_s, u"query:token"_s, u"http://h/?a=1&token=***&b=2#token=f"_s);
    row("two of a name", u"h?key=1&key=2"_s, u"query:key query:key#2"_s, u"h?key=***&key=***"_s);
    row("encoded name", u"h?%74oken=1"_s, u"query:token"_s, u"h?%74oken=***"_s);
    row("empty value", u"h?token="_s, QString(), u"h?token="_s);
    row("no value", u"h?token"_s, QString(), u"h?token"_s);
    row("variables", u"http://u:{{p}}@{{h}}/?token={{t}}"_s, QString(), u"http://u:{{p}}@{{h}}/?token={{t}}"_s);
    row("variable and text", u"http://u:x{{p}}@h/"_s, u"urlPassword"_s, u"http://u:***@h/"_s);
    row("marks inside braces", u"http://u:p@{{a?b/c}}/?token=1"_s, u"urlPassword query:token"_s,
        u"http://u:***@{{a?b/c}}/?token=***"_s);
    row("URL in a query", u"h?u=http://a:b@c&token=1"_s, u"query:token"_s, u"h?u=http://a:b@c&token=***"_s);
}

void SecretPlacesTest::addresses()
{
    QFETCH(QString, address);
    QFETCH(QString, places);
    QFETCH(QString, masked);
    SubscriptionSettings settings;
    settings.address = address;
    QCOMPARE(secretPlaces(settings).join(u' '), places);
    QCOMPARE(withoutSecrets(settings).address, masked);
}

void SecretPlacesTest::onlyVariables_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isOnly");
    QTest::newRow("one") << u"{{a}}"_s << true;
    QTest::newRow("blanks") << u" {{ a-b.c }} "_s << true;
    QTest::newRow("scheme") << u"Bearer {{a}}"_s << true;
    QTest::newRow("cookies") << u"a={{a}}; b={{b}}"_s << true;
    QTest::newRow("text before") << u"planted{{a}}"_s << false;
    QTest::newRow("word before") << u"planted {{a}}"_s << false;
    QTest::newRow("text behind") << u"{{a}}planted"_s << false;
    QTest::newRow("cookie with text") << u"a={{a}}; b=planted"_s << false;
    QTest::newRow("line end") << u"{{a}}\nplanted"_s << false;
    QTest::newRow("no name") << u"{{planted secret}}"_s << false;
    QTest::newRow("text") << u"planted"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void SecretPlacesTest::onlyVariables()
{
    QFETCH(QString, value);
    QFETCH(bool, isOnly);
    QCOMPARE(isOnlyVariables(value), isOnly);
}

void SecretPlacesTest::headersAreNumbered()
{
    SubscriptionSettings settings;
    settings.headers = {{"Cookie", "a"}, {"X-Plain", "b"}, {"cookie", "c"}, {"X-Mine", "d", true}};
    QCOMPARE(headerPlaces(settings.headers),
        (QStringList{u"header:Cookie"_s, QString(), u"header:cookie#2"_s, u"header:X-Mine"_s}));
    QCOMPARE(secretAt(settings, u"header:Cookie#2"_s), u"c"_s);
    QVERIFY(setSecretAt(settings, u"header:Cookie#2"_s, u"é"_s));
    QCOMPARE(settings.headers[2].value, u"é"_s.toUtf8());
    QCOMPARE(settings.headers[0].value, QByteArray("a"));
}

void SecretPlacesTest::takenOutAndPutBack()
{
    for (quint32 seed = 0; seed < 1000; ++seed) {
        const auto settings = RandomSettings(seed).settings();
        auto bare = withoutSecrets(settings);
        auto left = secretPlaces(bare);
        // Without its password a user name could be the secret.
        if (settings.authentication.kind == AuthenticationKind::Basic && !settings.authentication.secret.isEmpty())
            left.removeAll(u"authenticationUser"_s);
        QCOMPARE(left, QStringList());
        for (const auto &place : secretPlaces(settings)) {
            QVERIFY(isLeftOut(bare, place));
            QVERIFY(setSecretAt(bare, place, secretAt(settings, place)));
            QVERIFY(!placeText(place).isEmpty());
        }
        QCOMPARE(bare.url, settings.url);
        QCOMPARE(bare.headers, settings.headers);
        QVERIFY(bare == settings);
    }
}

void SecretPlacesTest::typedSecretsAreEncoded()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://u:***@h/?token=***&a=b"_s);
    QVERIFY(setSecretAt(settings, u"urlPassword"_s, u"p@/:ß"_s));
    QVERIFY(setSecretAt(settings, u"query:token"_s, u"a&b#c d"_s));
    QCOMPARE(settings.url.password(QUrl::FullyDecoded), u"p@/:ß"_s);
    QCOMPARE(settings.url.query(QUrl::FullyEncoded), u"token=a%26b%23c%20d&a=b"_s);
    QCOMPARE(settings.url.host(), u"h"_s);
}

void SecretPlacesTest::keyAsUserName()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    settings.authentication = {AuthenticationKind::Basic, u"planted"_s, {}};
    QCOMPARE(secretPlaces(settings), QStringList{u"authenticationUser"_s});
    QCOMPARE(withoutSecrets(settings).authentication.userName, QString());
    settings.authentication.userName = u"{{key}}"_s;
    QCOMPARE(secretPlaces(settings), QStringList());
    settings.authentication = {AuthenticationKind::Basic, u"me"_s, u"planted"_s};
    QCOMPARE(secretPlaces(settings), QStringList{u"authentication"_s});
    QCOMPARE(withoutSecrets(settings).authentication.userName, u"me"_s);
}

void SecretPlacesTest::unknownPlaces()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    for (const auto &place : {u"urlPassword"_s, u"query:token"_s, u"header:Cookie"_s, u"authentication"_s, u"x"_s}) {
        QVERIFY(!setSecretAt(settings, place, u"v"_s));
        QCOMPARE(secretAt(settings, place), QString());
    }
    QCOMPARE(settings.url, QUrl(u"http://h/"_s));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::SecretPlacesTest)
#include "tst_secretplaces.moc"
