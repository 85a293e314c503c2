// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/profile.h"

#include "profile/randomsettings.h"
#include "profile/secretplaces.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace profile;
using namespace subscribe;
using namespace Qt::StringLiterals;

/// Profile files.
class ProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void looksLikeThis();
    void comesBackTheSame();
    void textIsStable();
    void secretsAreNotWritten();
    void secretsLeftOutStayMarked();
    void keyAsUserNameIsNotWritten();
    void variablesInSecretPlacesAreWritten();
    void wrongMembers_data();
    void wrongMembers();
    void notProfiles_data();
    void notProfiles();
    void tellsWhatItDoesNotKnow();
    void handWrittenSecretsAreRead();
    void coloursComeInTurn();
};

namespace {

QByteArray file(const QByteArray &members)
{
    return "{\"weirProfile\": 1, " + members + "}";
}

QByteArray subscription(const QByteArray &members)
{
    return file("\"subscriptions\": [{\"url\": \"http://h/x\"" + members + "}]");
}

/// As it is after the way through a file, secrets apart.
ProfileSubscription expected(const SubscriptionSettings &settings)
{
    ProfileSubscription subscription{withoutSecrets(settings), secretPlaces(settings)};
    const auto places = headerPlaces(settings.headers);
    for (qsizetype i = 0; i < places.size(); ++i)
        subscription.settings.headers[i].isSecret |= subscription.secrets.contains(places[i]);
    subscription.secrets.sort();
    return subscription;
}

} // namespace

void ProfileTest::looksLikeThis()
{
    Profile profile;
    profile.groups = {u"shop"_s};
    profile.activeEnvironment = u"local"_s;
    profile.environments = {
        {u"local"_s, {{u"host"_s, {u"localhost:8080"_s, false}}, {u"token"_s, {u"s3cret"_s, true}}}}};
    SubscriptionSettings settings;
    settings.name = u"prices"_s;
    settings.group = u"shop"_s;
    settings.address = u"http://{{host}}/prices"_s;
    settings.headers = {{"Authorization", "s3cret", true}, {"X-Off", "1", false, false}};
    settings.codings.gzip = true;
    settings.transport.proxy = {ProxyKind::Socks5, u"p"_s, 9050, u"u"_s, u"s3cret"_s};
    profile.subscriptions = {{settings, {}}};
    QCOMPARE(QString::fromUtf8(profileText(profile)), uR"({
  "activeEnvironment": "local",
  "environments": [
    {
      "name": "local",
      "variables": {
        "host": "localhost:8080",
        "token": {
          "secret": true
        }
      }
    }
  ],
  "groups": [
    "shop"
  ],
  "subscriptions": [
    {
      "address": "http://{{host}}/prices",
      "codings": [
        "gzip"
      ],
      "colour": 0,
      "group": "shop",
      "headers": [
        {
          "name": "Authorization",
          "secret": true
        },
        {
          "enabled": false,
          "name": "X-Off",
          "value": "1"
        }
      ],
      "name": "prices",
      "proxy": {
        "host": "p",
        "kind": "socks5",
        "password": {
          "secret": true
        },
        "port": 9050,
        "userName": "u"
      }
    }
  ],
  "weirProfile": 1
}
)"_s);
}

void ProfileTest::comesBackTheSame()
{
    for (quint32 seed = 0; seed < 1000; ++seed) {
        RandomSettings random(seed);
        Profile profile;
        for (int i = random.below(4); i > 0; --i)
            profile.subscriptions.append({random.settings(), {}});
        for (int i = random.below(3); i > 0; --i)
            profile.environments.append({u"e%1"_s.arg(i), {{random.word(), {random.text(), false}}}});
        profile.activeEnvironment = profile.environments.isEmpty() ? QString() : profile.environments.last().name;
        profile.groups = {random.text()};
        auto reading = readProfile(profileText(profile));
        QCOMPARE(reading.problems, QStringList());
        QCOMPARE(reading.notes, QStringList());
        QCOMPARE(reading.profile.environments, profile.environments);
        QCOMPARE(reading.profile.activeEnvironment, profile.activeEnvironment);
        QCOMPARE(reading.profile.groups, profile.groups);
        QCOMPARE(reading.profile.subscriptions.size(), profile.subscriptions.size());
        for (qsizetype i = 0; i < profile.subscriptions.size(); ++i) {
            auto &read = reading.profile.subscriptions[i];
            read.secrets.sort();
            const auto want = expected(profile.subscriptions[i].settings);
            QCOMPARE(read.secrets, want.secrets);
            QVERIFY2(read.settings == want.settings, profileText(profile).constData());
            // With the secrets put back it is what it was.
            for (const auto &place : std::as_const(read.secrets))
                QVERIFY(setSecretAt(read.settings, place, secretAt(profile.subscriptions[i].settings, place)));
            QCOMPARE(read.settings, profile.subscriptions[i].settings);
        }
    }
}

void ProfileTest::textIsStable()
{
    for (quint32 seed = 0; seed < 100; ++seed) {
        Profile profile;
        profile.subscriptions.append({RandomSettings(seed).settings(), {}});
        const auto text = profileText(profile);
        QCOMPARE(profileText(readProfile(text).profile), text);
        QVERIFY(text.endsWith("}\n"));
    }
}

void ProfileTest::secretsAreNotWritten()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"https://me:planted-1@h/?token=planted-2&sig=planted-3&token=planted-4"_s);
    settings.headers = {{"Authorization", "Bearer planted-5"}, {"Cookie", "planted-6"}, {"X-Mine", "planted-7", true},
        {"X-Mine", "planted-8", true, false}};
    settings.authentication = {AuthenticationKind::Basic, u"me"_s, u"planted-9"_s};
    settings.transport.tls.keyPassphrase = u"planted-10"_s;
    settings.transport.proxy = {ProxyKind::HttpConnect, u"p"_s, 1, u"me"_s, u"planted-11"_s};
    auto inAddress = settings;
    inAddress.address = u"https://planted-12@{{host}}/?api_key=planted-13{{x}}#planted"_s.chopped(8);
    auto bearer = settings;
    bearer.authentication = {AuthenticationKind::Bearer, {}, u"planted-14"_s};
    Profile profile;
    profile.subscriptions = {{settings, {}}, {inAddress, {}}, {bearer, {}}};
    profile.environments = {{u"e"_s, {{u"t"_s, {u"planted-15"_s, true}}}}};
    const auto text = profileText(profile);
    QVERIFY2(!text.contains("planted"), text.constData());
    const auto reading = readProfile(text);
    QCOMPARE(reading.problems, QStringList());
    QCOMPARE(reading.profile.subscriptions[0].secrets.size(), 11);
    QCOMPARE(reading.profile.subscriptions[0].settings.url, QUrl(u"https://me:***@h/?token=***&sig=***&token=***"_s));
    QVERIFY(reading.profile.environments[0].variables[u"t"_s].isSecret);
}

void ProfileTest::secretsLeftOutStayMarked()
{
    const auto text = profileText(readProfile(
        subscription(
            R"(, "headers": [{"name": "X-A", "secret": true}], "authentication": {"kind": "bearer", "token": {"secret": true}})"))
                                      .profile);
    const auto again = readProfile(text);
    QCOMPARE(again.profile.subscriptions[0].secrets, (QStringList{u"authentication"_s, u"header:X-A"_s}));
    QCOMPARE(profileText(again.profile), text);
}

void ProfileTest::keyAsUserNameIsNotWritten()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    settings.authentication = {AuthenticationKind::Basic, u"planted"_s, {}};
    Profile profile;
    profile.subscriptions = {{settings, {}}};
    const auto text = profileText(profile);
    QVERIFY2(!text.contains("planted"), text.constData());
    const auto reading = readProfile(text);
    QCOMPARE(reading.problems, QStringList());
    QCOMPARE(reading.profile.subscriptions[0].secrets, QStringList{u"authenticationUser"_s});
    QCOMPARE(profileText(reading.profile), text);
    // A name whose password was left out is none.
    const auto named = profileText(readProfile(
        subscription(R"(, "authentication": {"kind": "basic", "userName": "me", "password": {"secret": true}})"))
                                       .profile);
    QVERIFY2(named.contains("\"userName\": \"me\""), named.constData());
}

void ProfileTest::variablesInSecretPlacesAreWritten()
{
    SubscriptionSettings settings;
    settings.address = u"http://{{user}}:{{password}}@h/?token={{token}}"_s;
    settings.headers = {{"Authorization", "Bearer {{token}}", true}, {"Cookie", "a={{x}}; b={{y}}"}};
    settings.authentication = {AuthenticationKind::Basic, u"u"_s, u"{{password}}"_s};
    Profile profile;
    profile.subscriptions = {{settings, {}}};
    const auto reading = readProfile(profileText(profile));
    QCOMPARE(reading.profile.subscriptions[0].secrets, QStringList());
    QCOMPARE(reading.profile.subscriptions[0].settings, settings);
}

void ProfileTest::wrongMembers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<int>("subscriptions");
    const auto row = [](const char *name, const QByteArray &text, const QString &problem, int subscriptions = 1) {
        QTest::newRow(name) << text << problem << subscriptions;
    };
    const auto place = u"subscriptions[0]."_s;
    row("name", subscription(R"(, "name": 1)"), place + u"name: must be a text"_s);
    row("colour", subscription(R"(, "colour": 7)"), place + u"colour: must be a whole number from 0 to 6"_s);
    row("fraction", subscription(R"(, "idleTimeoutMs": 1.5)"),
        place + u"idleTimeoutMs: must be a whole number from 0 to 2147483647"_s);
    row("switch", subscription(R"(, "keepsCookies": "yes")"), place + u"keepsCookies: must be true or false"_s);
    row("word", subscription(R"(, "bodyFormat": "xml")"),
        place + u"bodyFormat: must be one of eventStream, jsonLines"_s);
    row("jitter", subscription(R"(, "reconnect": {"jitter": 2})"),
        place + u"reconnect.jitter: must be a number from 0 to 1"_s);
    row("object", subscription(R"(, "tls": [])"), place + u"tls: must be an object"_s);
    row("coding", subscription(R"(, "codings": ["lzw", "gzip"])"),
        place + u"codings: must name only gzip, deflate, br and zstd"_s);
    row("coding is no text", subscription(R"(, "codings": [1])"), place + u"codings[0]: must be a text"_s);
    row("header without name", subscription(R"(, "headers": [{"value": "planted"}])"),
        place + u"headers[0].name: is missing"_s);
    row("header name", subscription(R"(, "headers": [{"name": "X"}, {"name": "a b", "value": "planted"}])"),
        place + u"headers[1].name: "_s + text(SettingsError::HeaderNameInvalid));
    row("header value", subscription(R"(, "headers": [{"name": "X", "value": "a\nplanted"}])"),
        place + u"headers[0].value: "_s + text(SettingsError::HeaderValueInvalid));
    row("base64", subscription(R"(, "body": {"base64": "%"})"),
        place + u"body: must be a text, or an object with \"base64\""_s);
    row("method", subscription(R"(, "method": "A B")"), place + u"method: "_s + text(SettingsError::MethodInvalid));
    row("address", file(R"("subscriptions": [{"url": "ftp://planted@h"}])"),
        place + u"url: "_s + text(SettingsError::UrlSchemeUnsupported));
    row("no address", file(R"("subscriptions": [{"name": "x"}])"), place + u"url: is missing"_s);
    row("no object", file(R"("subscriptions": [7, {"url": "http://h"}])"), u"subscriptions[0]: must be an object"_s);
    row("no list", file(R"("subscriptions": {})"), u"subscriptions: must be a list"_s, 0);
    row("group", file(R"("groups": [1], "subscriptions": [])"), u"groups[0]: must be a text"_s, 0);
    row("variable name", file(R"("environments": [{"name": "e", "variables": {"a b": "x"}}])"),
        u"environments[0].variables.a b: a name may hold only letters, digits and _ - ."_s, 0);
    row("variable value", file(R"("environments": [{"name": "e", "variables": {"a": 1}}])"),
        u"environments[0].variables.a: must be a text"_s, 0);
    row("environment twice", file(R"("environments": [{"name": "e"}, {"name": "e"}])"),
        u"environments[1].name: there are two environments of this name; the first counts"_s, 0);
    row("active environment", file(R"("activeEnvironment": "e")"),
        u"activeEnvironment: there is no environment of this name"_s, 0);
}

void ProfileTest::wrongMembers()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    QFETCH(int, subscriptions);
    const auto reading = readProfile(text);
    QCOMPARE(reading.problems, QStringList{problem});
    QVERIFY(reading.isReadable);
    QCOMPARE(reading.profile.subscriptions.size(), subscriptions);
}

void ProfileTest::notProfiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("syntax") << QByteArray("{\n\"weirProfile\": 1,\n\"groups\": [\"a\" \"b\"]\n}")
                            << u"line 3, column 16: missing value separator"_s;
    QTest::newRow("other") << QByteArray("{\"log\": {}}") << u"weirProfile: is missing; this is no profile of Weir"_s;
    QTest::newRow("newer") << QByteArray("{\"weirProfile\": 2}")
                           << u"weirProfile: the file was written by a newer Weir (format 2; this one reads 1)"_s;
    QTest::newRow("no number") << QByteArray("{\"weirProfile\": \"1\"}")
                               << u"weirProfile: must be a whole number from 1 to 2147483647"_s;
}

void ProfileTest::notProfiles()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    const auto reading = readProfile(text);
    QCOMPARE(reading.problems, QStringList{problem});
    QVERIFY(!reading.isReadable);
}

void ProfileTest::tellsWhatItDoesNotKnow()
{
    const auto reading = readProfile(file(R"("x": 1, "environments": [{"name": "e", "y": 1}], "subscriptions":
        [{"url": "http://h", "z": 1, "tls": {"q": 1}, "headers": [{"name": "A", "value": "", "w": 1}]}])"));
    QCOMPARE(reading.problems, QStringList());
    auto notes = reading.notes;
    notes.sort();
    QCOMPARE(notes, (QStringList{u"environments[0].y"_s, u"subscriptions[0].headers[0].w"_s,
                        u"subscriptions[0].tls.q"_s, u"subscriptions[0].z"_s, u"x"_s}));
}

void ProfileTest::handWrittenSecretsAreRead()
{
    const auto reading = readProfile(subscription(
        R"(, "headers": [{"name": "Cookie", "value": "a=b", "secret": true}], "authentication": {"kind": "basic", "password": "p"})"));
    QCOMPARE(reading.profile.subscriptions[0].secrets, QStringList());
    QCOMPARE(reading.profile.subscriptions[0].settings.headers[0].value, QByteArray("a=b"));
    QCOMPARE(reading.profile.subscriptions[0].settings.authentication.secret, u"p"_s);
    QVERIFY(!profileText(reading.profile).contains("a=b"));
}

void ProfileTest::coloursComeInTurn()
{
    const auto reading = readProfile(
        file(R"("subscriptions": [{"url": "http://h/"}, {"url": "http://h/", "colour": 5}, {"url": "http://h/"}])"));
    QList<int> colours;
    for (const auto &each : reading.profile.subscriptions)
        colours << each.settings.colourIndex;
    QCOMPARE(colours, (QList<int>{0, 5, 2}));
    const auto again = readProfile(profileText(reading.profile)).profile;
    QVERIFY(again == reading.profile);
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::ProfileTest)
#include "tst_profile.moc"
