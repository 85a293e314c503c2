// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/curlcommand.h"

#include "profile/randomsettings.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace profile;
using namespace subscribe;
using namespace Qt::StringLiterals;

/// Writing curl commands.
class CurlTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void plain();
    void everything();
    void comesBackTheSame();
    void masksSecrets();
    void masksKeyAsUserName();
    void jsonLinesAreAskedFor();
    void disabledHeadersAreLeftOut();
    void variablesStay();
};

void CurlTextTest::plain()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/x?a=1&b=2"_s);
    QCOMPARE(curlText(settings), u"curl -N 'http://h/x?a=1&b=2' \\\n  -H 'Accept: text/event-stream'"_s);
}

void CurlTextTest::everything()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"https://[::1]/it's"_s);
    settings.method = "REPORT";
    settings.body = "a\n'b'";
    settings.headers = {{"Accept", "*/*"}, {"X-Empty", ""}, {"Content-Type", "text/plain"}};
    settings.authentication = {AuthenticationKind::Basic, u"me"_s, u"p w"_s};
    settings.lastEventId = "7";
    settings.codings.gzip = true;
    settings.transport.tls = {u"ca.pem"_s, u"C:\\c.pem"_s, u"k.pem"_s, u"pp"_s, true};
    settings.transport.proxy = {ProxyKind::Socks5, u"::2"_s, 9050, u"u"_s, u"p"_s};
    QCOMPARE(curlText(settings, SecretsShown::Yes),
        u"curl -N -g $'https://[::1]/it\\'s' \\\n  -X REPORT \\\n  --data-raw $'a\\n\\'b\\'' \\\n"
        "  -H 'Accept-Encoding: gzip' \\\n  -H 'Accept: */*' \\\n  -H 'X-Empty;' \\\n"
        "  -H 'Content-Type: text/plain' \\\n  -H 'Last-Event-ID: 7' \\\n  -u 'me:p w' \\\n  --cacert ca.pem \\\n"
        "  --cert 'C\\:\\\\c.pem' \\\n  --key k.pem \\\n  --pass pp \\\n  --insecure \\\n  --http1.1 \\\n"
        "  -x 'socks5h://[::2]:9050' \\\n  -U u:p"_s);
}

void CurlTextTest::comesBackTheSame()
{
    for (quint32 seed = 0; seed < 2000; ++seed) {
        const auto settings = RandomSettings(seed).request();
        const auto text = curlText(settings, SecretsShown::Yes);
        const auto commands = readCurlCommands(text);
        QVERIFY2(commands.size() == 1 && commands[0].settings, qPrintable(text));
        QVERIFY2(*commands[0].settings == settings, qPrintable(u"seed %1: %2\n---\n%3"_s.arg(seed).arg(
                                                        text, curlText(*commands[0].settings, SecretsShown::Yes))));
    }
}

void CurlTextTest::masksSecrets()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://u:planted1@h/x?a=1&token=planted2&b=2"_s);
    settings.headers = {{"Cookie", "planted3"}, {"X-Mine", "planted4", true}};
    settings.authentication = {AuthenticationKind::Bearer, {}, u"planted5"_s};
    settings.transport.tls.keyPassphrase = u"planted6"_s;
    settings.transport.proxy = {ProxyKind::HttpConnect, u"p"_s, 1, u"pu"_s, u"planted7"_s};
    const auto text = curlText(settings);
    QVERIFY(!text.contains(u"planted"_s));
    QVERIFY(text.startsWith(u"curl -N http://u:\"$WEIR_SECRET_1\"'@h/x?a=1&token='\"$WEIR_SECRET_2\"'&b=2' "_s));
    QVERIFY(text.contains(u"-H 'Cookie: '\"$WEIR_SECRET_3\" "_s));
    QVERIFY(text.contains(u"-H 'Authorization: Bearer '\"$WEIR_SECRET_5\""_s));
    QVERIFY(text.contains(u"-U pu:\"$WEIR_SECRET_7\""_s));
    const auto back = readCurlCommands(text);
    QVERIFY(back[0].settings);
    QCOMPARE(back[0].settings->headers[0].value, QByteArray("{{WEIR_SECRET_3}}"));
    const auto shown = curlText(settings, SecretsShown::Yes);
    for (int i = 1; i <= 7; ++i)
        QVERIFY(shown.contains(u"planted%1"_s.arg(i)));
}

void CurlTextTest::masksKeyAsUserName()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    settings.authentication = {AuthenticationKind::Basic, u"planted"_s, {}};
    const auto text = curlText(settings);
    QVERIFY2(!text.contains(u"planted"_s) && text.endsWith(u"-u \"$WEIR_SECRET_1\":"_s), qPrintable(text));
    QVERIFY(curlText(settings, SecretsShown::Yes).endsWith(u"-u planted:"_s));
}

void CurlTextTest::jsonLinesAreAskedFor()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    settings.name = suggestedName(settings.url);
    settings.bodyFormat = BodyFormat::JsonLines;
    const auto text = curlText(settings);
    QVERIFY2(text.endsWith(u"-H 'Accept: application/x-ndjson, application/jsonl'"_s), qPrintable(text));
    QCOMPARE(*readCurlCommands(text)[0].settings, settings);
}

void CurlTextTest::disabledHeadersAreLeftOut()
{
    SubscriptionSettings settings;
    settings.url = QUrl(u"http://h/"_s);
    settings.headers = {{"X-Off", "v", false, false}, {"X-On", "v"}};
    QVERIFY(!curlText(settings).contains(u"X-Off"_s));
    QVERIFY(curlText(settings).contains(u"X-On"_s));
}

void CurlTextTest::variablesStay()
{
    SubscriptionSettings settings;
    settings.address = u"http://{{host}}/x?token={{token}}"_s;
    settings.headers = {{"Authorization", "Bearer {{token}}", true}};
    const auto text = curlText(settings);
    QVERIFY(text.startsWith(u"curl -N -g 'http://{{host}}/x?token={{token}}' "_s));
    QVERIFY(text.contains(u"'Authorization: Bearer {{token}}'"_s));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::CurlTextTest)
#include "tst_curltext.moc"
