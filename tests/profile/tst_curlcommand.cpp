// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/curlcommand.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace profile;
using namespace subscribe;
using namespace Qt::StringLiterals;

/// Reading curl commands. What it should give is written as a curl command again, in the form that curlText() has.
class CurlCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void looks_data();
    void looks();
    void words_data();
    void words();
    void options_data();
    void options();
    void refusals_data();
    void refusals();
    void notes_data();
    void notes();
    void chromeForBash();
    void chromeForCmd();
    void olderChromeForCmd();
    void firefox();
    void severalCommands();
    void secretsAreMarked();
    void secretsInTheRefererAreMarked();
};

namespace {

CurlCommand read(const QString &text)
{
    const auto commands = readCurlCommands(text);
    return commands.isEmpty() ? CurlCommand() : commands.first();
}

QString headers(const SubscriptionSettings &settings)
{
    QStringList lines;
    for (const auto &header : settings.headers)
        lines << QString::fromUtf8(header.name + ": " + header.value);
    return lines.join(u'|');
}

/// All that differs from the defaults, on one line.
QString summary(const SubscriptionSettings &settings)
{
    QStringList parts{QString::fromUtf8(settings.method),
        settings.address.isEmpty() ? settings.url.toString(QUrl::FullyEncoded) : settings.address};
    const auto add = [&parts](const QString &name, const QString &value) {
        if (!value.isEmpty())
            parts << name + u'=' + value;
    };
    add(u"headers"_s, headers(settings));
    add(u"body"_s, QString::fromUtf8(settings.body));
    const auto &authentication = settings.authentication;
    if (authentication.kind != AuthenticationKind::None)
        add(authentication.kind == AuthenticationKind::Basic ? u"basic"_s : u"bearer"_s,
            authentication.userName + u'/' + authentication.secret);
    add(u"id"_s, QString::fromUtf8(settings.lastEventId));
    add(u"cookies"_s, settings.keepsCookies ? u"kept"_s : QString());
    const auto &[gzip, deflate, brotli, zstd] = settings.codings;
    add(u"codings"_s, QString(gzip, u'g') + QString(deflate, u'd') + QString(brotli, u'b') + QString(zstd, u'z'));
    const auto &[tls, proxy, version, family] = settings.transport;
    add(u"ca"_s, tls.caFile);
    add(u"cert"_s, tls.certificateFile);
    add(u"key"_s, tls.keyFile);
    add(u"pass"_s, tls.keyPassphrase);
    add(u"insecure"_s, tls.acceptInvalid ? u"yes"_s : QString());
    if (proxy.kind != ProxyKind::System)
        add(u"proxy"_s, u"%1 %2:%3 %4/%5"_s.arg(static_cast<int>(proxy.kind))
                            .arg(proxy.host)
                            .arg(proxy.port)
                            .arg(proxy.userName, proxy.password));
    add(u"http"_s, version == HttpVersion::Http2 ? u"2"_s : QString());
    add(u"ip"_s, family == AddressFamily::Any ? QString() : QString::number(static_cast<int>(family)));
    return parts.join(u' ');
}

} // namespace

void CurlCommandTest::looks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isCurl");
    QTest::newRow("plain") << u"curl http://h"_s << true;
    QTest::newRow("capitals") << u"Curl http://h"_s << true;
    QTest::newRow("exe") << u"curl.exe \"http://h\""_s << true;
    QTest::newRow("prompt") << u"  $ curl x"_s << true;
    QTest::newRow("path") << u"/usr/bin/curl x"_s << true;
    QTest::newRow("alone") << u"curl"_s << true;
    QTest::newRow("line end") << u"curl\\\n x"_s << false;
    QTest::newRow("host") << u"curl.example.org/x"_s << false;
    QTest::newRow("address") << u"http://h/curl x"_s << false;
    QTest::newRow("other word") << u"curly x"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void CurlCommandTest::looks()
{
    QFETCH(QString, text);
    QFETCH(bool, isCurl);
    QCOMPARE(looksLikeCurl(text), isCurl);
}

void CurlCommandTest::words_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("body");
    const auto row = [](const char *name, const QString &word, const QString &body) {
        QTest::newRow(name) << word << body;
    };
    row("plain", u"a=b"_s, u"a=b"_s);
    row("single quotes", u"'a \"$x\" \\n'"_s, u"a \"$x\" \\n"_s);
    row("double quotes", u"\"a '\\$x\\\" \\\\ \\n\""_s, u"a '$x\" \\ \\n"_s);
    row("backslashes", u"a\\ b\\'c\\\\"_s, u"a b'c\\"_s);
    row("joined", u"'a'\"b\"c\\ $'\\t'"_s, u"abc \t"_s);
    row("line joined", u"a\\\nb"_s, u"ab"_s);
    row("line joined with CR", u"a\\\r\nb"_s, u"ab"_s);
    row("line joined in quotes", u"\"a\\\nb\""_s, u"ab"_s);
    row("line end in quotes", u"'a\nb'"_s, u"a\nb"_s);
    row("bash escapes", u"$'\\n\\r\\t\\\\\\'\\\"\\x41\\101\\u0041\\u20ac'"_s, u"\n\r\t\\'\"AAA€"_s);
    row("bash: short hex", u"$'\\x9z\\u41z\\1z'"_s, u"\tzAz\001z"_s);
    row("bash: UTF-8 as bytes", u"$'\\xe2\\x82\\xac'"_s, u"€"_s);
    row("bash: halves of a pair", u"$'\\ud83d\\ude00'"_s, u"😀"_s);
    row("bash: long code", u"$'\\U0001F600'"_s, u"😀"_s);
    row("bash: unknown escape", u"$'\\z'"_s, u"\\z"_s);
    row("a character beyond the first plane", u"'😀'"_s, u"😀"_s);
    row("ampersand inside", u"a=1&b=2"_s, u"a=1&b=2"_s);
    row("hash inside", u"a#b"_s, u"a#b"_s);
    row("comment behind", u"a #b"_s, u"a"_s);
    row("dollar alone", u"a$ "_s, u"a$"_s);
    row("shell variable", u"\"x${A_1}y\"$B"_s, u"x{{A_1}}y{{B}}"_s);
    row("empty", u"''"_s, QString());
    row("value with a dash", u"-x"_s, u"-x"_s);
}

void CurlCommandTest::words()
{
    QFETCH(QString, word);
    QFETCH(QString, body);
    const auto command = read(u"curl http://h -H a:b --data-raw "_s + word);
    QCOMPARE(command.problem, QString());
    QCOMPARE(QString::fromUtf8(command.settings->body), body);
}

void CurlCommandTest::options_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString &words, const QString &expected) {
        QTest::newRow(words.toUtf8().constData()) << words << expected;
    };
    const auto form = u"headers=Content-Type: application/x-www-form-urlencoded body="_s;
    const auto json = u"headers=Content-Type: application/json|Accept: application/json body="_s;
    row(u"h/x"_s, u"GET http://h/x"_s);
    row(u"--url h/x"_s, u"GET http://h/x"_s);
    row(u"-sSN http://h"_s, u"GET http://h"_s);
    row(u"-XPOST http://h"_s, u"POST http://h"_s);
    row(u"-X REPORT http://h"_s, u"REPORT http://h"_s);
    row(u"--request PUT http://h"_s, u"PUT http://h"_s);
    row(u"-sXPOST http://h"_s, u"POST http://h"_s);
    row(u"-H'a: b' -H 'c:d' --header \"e:  f \" h"_s, u"GET http://h headers=a: b|c: d|e: f"_s);
    row(u"-H 'Empty;' h"_s, u"GET http://h headers=Empty: "_s);
    row(u"-H 'Accept:' h"_s, u"GET http://h"_s);
    row(u"-H 'Accept: text/event-stream' h"_s, u"GET http://h"_s);
    row(u"-H 'Accept: */*' h"_s, u"GET http://h headers=Accept: */*"_s);
    row(u"-H 'Last-Event-ID: 7' h"_s, u"GET http://h id=7"_s);
    row(u"-d a=1 h"_s, u"POST http://h "_s + form + u"a=1"_s);
    row(u"-d a=1 --data b=2 --data-ascii c --data-binary 'd e' h"_s, u"POST http://h "_s + form + u"a=1&b=2&c&d e"_s);
    row(u"--data-raw @x h"_s, u"POST http://h "_s + form + u"@x"_s);
    row(u"--data-urlencode 'a b=c&d' --data-urlencode '=e f' --data-urlencode g+h h"_s,
        u"POST http://h "_s + form + u"a b=c%26d&e%20f&g%2Bh"_s);
    row(u"-d '{}' -H 'content-type: application/json' h"_s,
        u"POST http://h headers=content-type: application/json body={}"_s);
    row(u"-d x -H 'Content-Type:' h"_s, u"POST http://h body=x"_s);
    row(u"-X PUT -d x -H 'Content-Type:' h"_s, u"PUT http://h body=x"_s);
    row(u"-G -d a=1 -d b h"_s, u"GET http://h?a=1&b"_s);
    row(u"-G -d a=1 'h/?x#f'"_s, u"GET http://h/?x&a=1#f"_s);
    row(u"--json '{\"a\":' --json '1}' h"_s, u"POST http://h "_s + json + u"{\"a\":1}"_s);
    row(u"--json '{}' -H 'Accept: text/event-stream' h"_s,
        u"POST http://h headers=Content-Type: application/json|Accept: application/json body={}"_s);
    row(u"-u user:pa:ss h"_s, u"GET http://h basic=user/pa:ss"_s);
    row(u"-uuser:p h"_s, u"GET http://h basic=user/p"_s);
    row(u"--oauth2-bearer t0k h"_s, u"GET http://h bearer=/t0k"_s);
    row(u"-H 'Authorization: Bearer t0k' h"_s, u"GET http://h bearer=/t0k"_s);
    row(u"-H 'authorization: Basic dXNlcjpwYXNz' h"_s, u"GET http://h basic=user/pass"_s);
    row(u"-H 'Authorization: Basic $$$' h"_s, u"GET http://h headers=Authorization: Basic $$$"_s);
    row(u"-H 'Authorization: Bearer a b' h"_s, u"GET http://h headers=Authorization: Bearer a b"_s);
    row(u"-b 'a=b; c=d' h"_s, u"GET http://h headers=Cookie: a=b; c=d"_s);
    row(u"-b '' h"_s, u"GET http://h cookies=kept"_s);
    row(u"-A agent -e http://from/ h"_s, u"GET http://h headers=User-Agent: agent|Referer: http://from/"_s);
    row(u"-k h"_s, u"GET http://h insecure=yes"_s);
    row(u"--compressed h"_s, u"GET http://h codings=gdbz"_s);
    row(u"-H 'Accept-Encoding: gzip, br' h"_s, u"GET http://h codings=gb"_s);
    row(u"-H 'Accept-Encoding: gzip;q=0.5' h"_s, u"GET http://h headers=Accept-Encoding: gzip;q=0.5"_s);
    row(u"-x proxy:8080 h"_s, u"GET http://h proxy=2 proxy:8080 /"_s);
    row(u"-x http://u:p%40@proxy h"_s, u"GET http://h proxy=2 proxy:1080 u/p@"_s);
    row(u"-x socks5h://[::1]:9050 -U u:p h"_s, u"GET http://h proxy=3 ::1:9050 u/p"_s);
    row(u"--socks5-hostname p:1 h"_s, u"GET http://h proxy=3 p:1 /"_s);
    row(u"--noproxy '*' -x p:1 h"_s, u"GET http://h proxy=1 :0 /"_s);
    row(u"--cacert ca.pem -E 'c\\:1.pem:pw' --key k.pem h"_s,
        u"GET http://h ca=ca.pem cert=c:1.pem key=k.pem pass=pw"_s);
    row(u"--cert c.p12 --pass pw h"_s, u"GET http://h cert=c.p12 pass=pw"_s);
    row(u"--http2 h"_s, u"GET http://h http=2"_s);
    row(u"--http2 --http1.1 h"_s, u"GET http://h"_s);
    row(u"-4 h"_s, u"GET http://h ip=1"_s);
    row(u"-6 h"_s, u"GET http://h ip=2"_s);
    row(u"-- h"_s, u"GET http://h"_s);
    row(u"--no-compressed --no-buffer h"_s, u"GET http://h"_s);
    row(u"-o out.txt -w '%{http_code}' --retry 3 h"_s, u"GET http://h"_s);
    row(u"'http://{{host}}/x'"_s, u"GET http://{{host}}/x"_s);
    row(u"http://h/?a=1&b=2"_s, u"GET http://h/?a=1&b=2"_s);
    row(u"h &"_s, u"GET http://h"_s);
    row(u"h | jq ."_s, u"GET http://h"_s);
    row(u"h 2>/dev/null"_s, u"GET http://h"_s);
}

void CurlCommandTest::options()
{
    QFETCH(QString, words);
    QFETCH(QString, expected);
    const auto command = read(u"curl "_s + words);
    QCOMPARE(command.problem, QString());
    QCOMPARE(summary(*command.settings), expected);
}

void CurlCommandTest::refusals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("place");
    const auto row = [](const QString &text, const QString &problem, const QString &place) {
        QTest::newRow(text.toUtf8().constData()) << text << problem << place;
    };
    const auto file = u"%1 cannot be taken over: it reads the file %2, and importing reads no files; put its content "
                      "in its place"_s;
    row(u"curl"_s, u"The command has no address."_s, u"1:1"_s);
    row(u"wget http://h"_s, u"This is no curl command."_s, u"1:1"_s);
    row(u"curl h --frobnicate"_s, u"The option --frobnicate is not known."_s, u"1:8"_s);
    row(u"curl h \\\n  -sJ"_s, u"The option -J is not known."_s, u"2:5"_s);
    row(u"curl h '--planted secret'"_s, u"This option is not known."_s, u"1:8"_s);
    row(u"curl h -H"_s, u"-H needs a value."_s, u"1:8"_s);
    row(u"curl h -d @body.json"_s, file.arg(u"-d"_s, u"body.json"_s), u"1:8"_s);
    row(u"curl h --data-binary @-"_s, file.arg(u"--data-binary"_s, u"-"_s), u"1:8"_s);
    row(u"curl h --json @b"_s, file.arg(u"--json"_s, u"b"_s), u"1:8"_s);
    row(u"curl h --data-urlencode a@b"_s, file.arg(u"--data-urlencode"_s, u"b"_s), u"1:8"_s);
    row(u"curl h -H @headers"_s, file.arg(u"-H"_s, u"headers"_s), u"1:8"_s);
    row(u"curl h -b jar.txt"_s, file.arg(u"-b"_s, u"jar.txt"_s), u"1:8"_s);
    row(u"curl h -H planted"_s, u"-H cannot be taken over: a header is written 'Name: value'"_s, u"1:8"_s);
    row(u"curl h -I"_s, u"-I cannot be taken over: such a request gives no stream."_s, u"1:8"_s);
    row(u"curl h -F a=b"_s, u"-F cannot be taken over: it sends a file, and importing reads no files."_s, u"1:8"_s);
    row(u"curl h --http2-prior-knowledge"_s,
        u"--http2-prior-knowledge cannot be taken over: this version of HTTP cannot be chosen; --http1.1 and --http2 "
        "can."_s,
        u"1:8"_s);
    row(u"curl h -X 'A B'"_s, u"-X cannot be taken over: "_s + text(SettingsError::MethodInvalid), u"1:8"_s);
    row(u"curl h -x socks4://p"_s, u"-x cannot be taken over: only http, socks5 and socks5h proxies can be used"_s,
        u"1:8"_s);
    row(u"curl -s ftp://h"_s, text(SettingsError::UrlSchemeUnsupported), u"1:9"_s);
    row(u"curl 'h"_s, u"The quotation mark ' is not closed."_s, u"1:6"_s);
    row(u"curl h -H \"x"_s, u"The quotation mark \" is not closed."_s, u"1:11"_s);
    row(u"curl h -H $'x"_s, u"The quotation mark ' is not closed."_s, u"1:11"_s);
    row(u"curl h -H \"x: $(cat y)\""_s, u"The output of another command cannot be put in here."_s, u"1:15"_s);
    row(u"curl h -H `x`"_s, u"The output of another command cannot be put in here."_s, u"1:11"_s);
    row(u"curl h -H \"x: ${y:-z}\""_s, u"This substitution is not understood."_s, u"1:15"_s);
    row(u"curl --http2 -4 h"_s, text(SettingsError::Http2WithAddressFamily), u"1:17"_s);
}

void CurlCommandTest::refusals()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    QFETCH(QString, place);
    const auto command = read(text);
    QCOMPARE(command.problem, problem);
    QVERIFY(!command.settings);
    QCOMPARE(u"%1:%2"_s.arg(command.line).arg(command.column), place);
    QVERIFY(!command.problem.contains(u"planted"_s));
}

void CurlCommandTest::notes_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("note");
    QTest::newRow("silent") << u"-sSN h"_s << QString();
    QTest::newRow("verbose") << u"-v h"_s << u"-v is left out: it says how curl prints."_s;
    QTest::newRow("location") << u"-L h"_s << u"-L is left out: Weir follows redirects by its own rules."_s;
    QTest::newRow("resolve") << u"--resolve a:1:b h"_s
                             << u"--resolve is left out: the connection may go another way than curl's."_s;
    QTest::newRow("second address") << u"h planted"_s << u"Only the first address of a command is taken."_s;
    QTest::newRow("variable")
        << u"h/$X"_s << u"The shell variable X becomes the variable {{X}}: give it a value in an environment."_s;
    QTest::newRow("host") << u"-H 'Host: planted' h"_s
                          << u"The header Host is left out: This header is set by Weir itself."_s;
    QTest::newRow("password") << u"-u planted h"_s << u"The password, which curl would ask for, is still missing."_s;
    QTest::newRow("pipe") << u"h | planted"_s << u"What the command's output would go to is left out."_s;
    QTest::newRow("socks5") << u"-x socks5://p:1 h"_s << u"The proxy looks names up, as with socks5h."_s;
    QTest::newRow("next") << u"h --next planted"_s << u"What follows --next is left out: it is another request."_s;
}

void CurlCommandTest::notes()
{
    QFETCH(QString, words);
    QFETCH(QString, note);
    const auto command = read(u"curl "_s + words);
    QCOMPARE(command.problem, QString());
    QCOMPARE(command.notes.join(u'|'), note);
    QVERIFY(!command.notes.join(u' ').contains(u"planted"_s));
}

void CurlCommandTest::chromeForBash()
{
    const auto command = read(u"curl 'https://api.example.org/v1/chat?x=1' \\\n"
                              "  -H 'accept: text/event-stream' \\\n"
                              "  -H 'accept-language: en-GB,en;q=0.9' \\\n"
                              "  -H 'authorization: Bearer abc.def' \\\n"
                              "  -H 'content-type: application/json' \\\n"
                              "  -b 'sid=1; theme=dark' \\\n"
                              "  -H 'sec-ch-ua: \"Chromium\";v=\"128\"' \\\n"
                              "  --data-raw $'{\"q\":\"it\\'s \\u0021\\n\\ud83d\\ude00\"}' \\\n"
                              "  --compressed"_s);
    QCOMPARE(command.problem, QString());
    QVERIFY(command.notes.isEmpty());
    QCOMPARE(summary(*command.settings),
        u"POST https://api.example.org/v1/chat?x=1 headers=accept-language: en-GB,en;q=0.9|content-type: "
        "application/json|Cookie: sid=1; theme=dark|sec-ch-ua: \"Chromium\";v=\"128\" body={\"q\":\"it's !\n😀\"} "
        "bearer=/abc.def codings=gdbz"_s);
    QCOMPARE(command.settings->name, u"chat"_s);
}

void CurlCommandTest::chromeForCmd()
{
    const auto command = read(u"curl ^\"https://h.example/s?a=1^&b=^%^20c^\" ^\r\n"
                              "  -H ^\"accept: text/event-stream^\" ^\r\n"
                              "  -H ^\"x-quoted: ^\\^\"v^\\^\" \\\\path^\" ^\r\n"
                              "  -H ^\"content-type: text/plain^\" ^\r\n"
                              "  --data-raw ^\"one^\r\n\r\ntwo^\""_s);
    QCOMPARE(command.problem, QString());
    QCOMPARE(summary(*command.settings),
        u"POST https://h.example/s?a=1&b=%20c headers=x-quoted: \"v\" \\\\path|content-type: text/plain body=one\ntwo"_s);
}

void CurlCommandTest::olderChromeForCmd()
{
    const auto command = read(u"curl \"https://h.example/s?a=1&b=2\" ^\n"
                              "  -H \"x-quoted: \"\"v\"\" ^ \\\"w\\\"\" ^\n"
                              "  --compressed"_s);
    QCOMPARE(command.problem, QString());
    QCOMPARE(
        summary(*command.settings), u"GET https://h.example/s?a=1&b=2 headers=x-quoted: \"v\" ^ \"w\" codings=gdbz"_s);
}

void CurlCommandTest::firefox()
{
    const auto command = read(u"curl 'http://localhost:8080/events' --compressed -H 'User-Agent: Mozilla/5.0' "
                              "-H 'Accept: text/event-stream' -H 'Accept-Encoding: gzip, deflate, br, zstd' "
                              "-H 'Connection: keep-alive' -H 'Cache-Control: no-cache' -H 'Last-Event-ID: 12'"_s);
    QCOMPARE(command.problem, QString());
    QVERIFY(command.notes.isEmpty());
    QCOMPARE(summary(*command.settings),
        u"GET http://localhost:8080/events headers=User-Agent: Mozilla/5.0|Cache-Control: no-cache id=12 codings=gdbz"_s);
}

void CurlCommandTest::severalCommands()
{
    const auto commands = readCurlCommands(u"# streams\n\ncurl a ;\ncurl b --bad\n$ curl c & curl d\nls | curl e\n"_s);
    QCOMPARE(commands.size(), 5);
    QCOMPARE(commands[0].settings->url, QUrl(u"http://a"_s));
    QCOMPARE(commands[1].line, 4);
    QCOMPARE(commands[1].column, 8);
    QCOMPARE(commands[2].settings->url, QUrl(u"http://c"_s));
    QCOMPARE(commands[3].settings->url, QUrl(u"http://d"_s));
    QCOMPARE(commands[4].problem, u"This is no curl command."_s);
    QVERIFY(readCurlCommands(u" \n # nothing \n"_s).isEmpty());
}

void CurlCommandTest::secretsAreMarked()
{
    const auto command = read(u"curl h -b a=b -H 'X-Api-Key: k' -H 'X-Plain: p'"_s);
    QVERIFY(command.settings->headers[0].isSecret);
    QVERIFY(command.settings->headers[1].isSecret);
    QVERIFY(!command.settings->headers[2].isSecret);
}

void CurlCommandTest::secretsInTheRefererAreMarked()
{
    const auto command = read(u"curl h -e 'http://h/x?token=planted'"_s);
    QVERIFY(command.settings && command.settings->headers.size() == 1);
    QVERIFY(command.settings->headers[0].isSecret);
    const auto plain = read(u"curl h -e 'http://h/x?a=b'"_s);
    QVERIFY(plain.settings && !plain.settings->headers[0].isSecret);
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::CurlCommandTest)
#include "tst_curlcommand.moc"
