// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandline.h"

#include <QTemporaryFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace weir::cli;

namespace {

Command parseWords(const QStringList &words)
{
    QList<QByteArray> bytes{"weir"};
    for (const auto &word : words)
        bytes.append(word.toUtf8());
    std::vector<const char *> arguments;
    for (const auto &word : bytes)
        arguments.push_back(word.constData());
    return parse(static_cast<int>(arguments.size()), arguments.data());
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data();
    void refusals();
    void window();
    void watch();
    void request();
    void headersFromFile();
    void publish();
    void helpAndVersion();
};

void TestCommandLine::refusals_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("unknown option") << QStringList{u"--frobnicate"_s};
    QTest::newRow("watch without URL") << QStringList{u"watch"_s};
    QTest::newRow("bad URL") << QStringList{u"watch"_s, u"http://this is invalid/"_s};
    QTest::newRow("scheme") << QStringList{u"watch"_s, u"ftp://example.org/x"_s};
    QTest::newRow("format") << QStringList{u"watch"_s, u"h/x"_s, u"--format"_s, u"xml"_s};
    QTest::newRow("filter") << QStringList{u"watch"_s, u"h/x"_s, u"--filter"_s, u"(a"_s};
    QTest::newRow("header without colon") << QStringList{u"watch"_s, u"h/x"_s, u"--header"_s, u"abc"_s};
    QTest::newRow("header with line break") << QStringList{u"watch"_s, u"h/x"_s, u"--header"_s, u"a: b\r\nc: d"_s};
    QTest::newRow("header file") << QStringList{u"watch"_s, u"h/x"_s, u"--header"_s, u"@/no/such/file"_s};
    QTest::newRow("negative retry") << QStringList{u"watch"_s, u"h/x"_s, u"--retry"_s, u"-1"_s};
    QTest::newRow("max-events word") << QStringList{u"watch"_s, u"h/x"_s, u"--max-events"_s, u"many"_s};
    QTest::newRow("method") << QStringList{u"watch"_s, u"h/x"_s, u"--method"_s, u"GE T"_s};
    QTest::newRow("CONNECT") << QStringList{u"watch"_s, u"h/x"_s, u"--method"_s, u"CONNECT"_s};
    QTest::newRow("body file") << QStringList{u"watch"_s, u"h/x"_s, u"--body"_s, u"@/no/such/file"_s};
    QTest::newRow("token with line break") << QStringList{u"watch"_s, u"h/x"_s, u"--bearer"_s, u"a b"_s};
    QTest::newRow("certificate file") << QStringList{u"watch"_s, u"h/x"_s, u"--cacert"_s, u"/no/such/file"_s};
    QTest::newRow("key alone") << QStringList{u"watch"_s, u"h/x"_s, u"--key"_s, u"/no/such/file"_s};
    QTest::newRow("proxy scheme") << QStringList{u"watch"_s, u"h/x"_s, u"--proxy"_s, u"ftp://h:1"_s};
    QTest::newRow("proxy port") << QStringList{u"watch"_s, u"h/x"_s, u"--proxy"_s, u"http://h"_s};
    QTest::newRow("both families") << QStringList{u"watch"_s, u"h/x"_s, u"--ipv4"_s, u"--ipv6"_s};
    QTest::newRow("family with HTTP/2") << QStringList{u"watch"_s, u"h/x"_s, u"--ipv4"_s, u"--http2"_s};
    QTest::newRow("not yet: record") << QStringList{u"watch"_s, u"h/x"_s, u"--record"_s, u"f"_s};
    QTest::newRow("certificate without key") << QStringList{u"publish"_s, u"--tls-cert"_s, u"f"_s};
    QTest::newRow("not yet: export") << QStringList{u"export"_s, u"f"_s};
    QTest::newRow("screenshot without end") << QStringList{u"--screenshot"_s, u"f.png"_s};
    QTest::newRow("port") << QStringList{u"publish"_s, u"--port"_s, u"70000"_s};
    QTest::newRow("port with host") << QStringList{u"publish"_s, u"--host"_s, u"weir.example:80"_s};
    QTest::newRow("origin with path") << QStringList{u"publish"_s, u"--cors"_s, u"https://a.example/"_s};
    QTest::newRow("no number") << QStringList{u"publish"_s, u"--heartbeat"_s, u"nan"_s};
    QTest::newRow("no rate") << QStringList{u"publish"_s, u"--generate"_s, u"nan"_s};
    QTest::newRow("empty token") << QStringList{u"publish"_s, u"--publish-token"_s, u""_s};
    QTest::newRow("folder as token") << QStringList{u"publish"_s, u"--publish-token"_s, u"@/"_s};
    QTest::newRow("bind") << QStringList{u"publish"_s, u"--bind"_s, u"nowhere"_s};
    QTest::newRow("path") << QStringList{u"publish"_s, u"--path"_s, u"events"_s};
    QTest::newRow("hub address") << QStringList{u"publish"_s, u"--hub"_s, u"ftp://h"_s, u"--topic"_s, u"t"_s};
    QTest::newRow("hub without topic") << QStringList{u"publish"_s, u"--hub"_s, u"http://h/"_s};
    QTest::newRow("topic without hub") << QStringList{u"publish"_s, u"--topic"_s, u"t"_s};
    QTest::newRow("clients of a hub") << QStringList{
        u"publish"_s, u"--hub"_s, u"http://h/"_s, u"--topic"_s, u"t"_s, u"--wait-clients"_s, u"1"_s};
    const QStringList hub{u"publish"_s, u"--hub"_s, u"http://h/"_s};
    QTest::newRow("port of a hub") << hub + QStringList{u"--topic"_s, u"t"_s, u"--port"_s, u"8080"_s};
    QTest::newRow("path of a hub") << hub + QStringList{u"--topic"_s, u"t"_s, u"--path"_s, u"/x"_s};
    QTest::newRow("topic at nchan") << hub + QStringList{u"--hub-kind"_s, u"nchan"_s, u"--topic"_s, u"t"_s};
    for (const char *option : {"--tls-self-signed", "--tls-cert", "--hub", "--cors", "--scenario"})
        QTest::addRow("empty %s", option) << QStringList{u"publish"_s, QString::fromLatin1(option), QString()};
    QTest::newRow("template") << QStringList{u"publish"_s, u"--generate"_s, u"1"_s, u"--template"_s, u"{{seq"_s};
    QTest::newRow("type") << QStringList{u"publish"_s, u"--generate"_s, u"1"_s, u"--type"_s, u"{{nonsense}}"_s};
    QTest::newRow("no such preset") << QStringList{u"publish"_s, u"--print-scenario"_s, u"nonsense"_s};
    QTest::newRow("no such program") << QStringList{u"test-client"_s, u"--command"_s, u"no-such-program {url}"_s};
    QTest::newRow("open quote") << QStringList{u"test-client"_s, u"--command"_s, u"curl \"{url}"_s};
    QTest::newRow("port of a test") << QStringList{u"test-client"_s, u"--port"_s, u"99999"_s};
    QTest::newRow("count without generator") << QStringList{u"publish"_s, u"--count"_s, u"5"_s};
}

void TestCommandLine::refusals()
{
    QFETCH(QStringList, words);
    const auto command = parseWords(words);
    QVERIFY(std::holds_alternative<int>(command));
    QCOMPARE(std::get<int>(command), static_cast<int>(WrongUsage));
}

void TestCommandLine::window()
{
    const auto command = parseWords({u"localhost:8080/x"_s, u"https://example.org/y"_s, u"--demo"_s, u"--quit-after"_s,
        u"2.5"_s, u"--measure"_s, u"m.json"_s, u"--workspace"_s, u"p.weir.json"_s});
    const auto options = std::get<WindowOptions>(command);
    QCOMPARE(options.workspaceFile, "p.weir.json");
    QCOMPARE(options.urls, QList<QUrl>({QUrl(u"http://localhost:8080/x"_s), QUrl(u"https://example.org/y"_s)}));
    QVERIFY(options.demo);
    QCOMPARE(options.quitAfter, 2500ms);
    QCOMPARE(options.measureFile, "m.json");
}

void TestCommandLine::watch()
{
    const auto command = parseWords({u"watch"_s, u"h/a"_s, u"h/b"_s, u"--header"_s, u"X-A: 1"_s, u"--header"_s,
        u"Authorization: Bearer t"_s, u"--last-event-id"_s, u"7"_s, u"--retry"_s, u"250"_s, u"--idle-timeout"_s,
        u"900"_s, u"--no-reconnect"_s, u"--strict"_s, u"--format"_s, u"text"_s, u"--max-events"_s, u"3"_s,
        u"--duration"_s, u"1.5"_s, u"--comments"_s, u"--states"_s, u"--quiet"_s, u"--filter"_s, u"type:t"_s});
    const auto options = std::get<WatchOptions>(command);
    QCOMPARE(options.subscriptions.size(), 2);
    const auto &settings = options.subscriptions.first();
    QCOMPARE(settings.url, QUrl(u"http://h/a"_s));
    QCOMPARE(settings.headers.size(), 2);
    QCOMPARE(settings.headers[0].value, QByteArray("1"));
    QVERIFY(!settings.headers[0].isSecret);
    QVERIFY(settings.headers[1].isSecret);
    QCOMPARE(settings.lastEventId, QByteArray("7"));
    QCOMPARE(settings.reconnect.reconnectionTime, 250ms);
    QCOMPARE(settings.idleTimeout, 900ms);
    QVERIFY(!settings.reconnect.isEnabled);
    QVERIFY(settings.reconnect.isStrict);
    QCOMPARE(options.format, Format::Text);
    QCOMPARE(options.maxEvents, 3U);
    QCOMPARE(options.duration, 1500ms);
    QVERIFY(options.comments && options.states && options.quiet);
}

void TestCommandLine::request()
{
    const auto command = parseWords({u"watch"_s, u"h/a"_s, u"--body"_s, u"{}"_s, u"--user"_s, u"me:pa:ss"_s,
        u"--cookies"_s, u"--proxy"_s, u"socks5://u:p%40@h:1080"_s, u"--insecure"_s, u"--http2"_s, u"--compressed"_s,
        u"--max-attempts"_s, u"4"_s, u"--max-delay"_s, u"900"_s, u"--connect-timeout"_s, u"800"_s, u"--finish-at-end"_s,
        u"--any-content-type"_s, u"--ndjson"_s, u"--max-event"_s, u"0.5"_s});
    const auto settings = std::get<WatchOptions>(command).subscriptions.first();
    QCOMPARE(settings.method, QByteArray("POST"));
    QCOMPARE(settings.body, QByteArray("{}"));
    const weir::subscribe::Authentication user{weir::subscribe::AuthenticationKind::Basic, u"me"_s, u"pa:ss"_s};
    QCOMPARE(settings.authentication, user);
    QVERIFY(settings.keepsCookies);
    const weir::subscribe::ProxySettings proxy{weir::subscribe::ProxyKind::Socks5, u"h"_s, 1080, u"u"_s, u"p@"_s};
    QCOMPARE(settings.transport.proxy, proxy);
    QVERIFY(settings.transport.tls.acceptInvalid);
    QVERIFY(settings.transport.httpVersion == weir::subscribe::HttpVersion::Http2);
    const weir::subscribe::ContentCodings all{true, true, true, true};
    QCOMPARE(settings.codings, all);
    QCOMPARE(settings.reconnect.maxAttempts, 4);
    QCOMPARE(settings.reconnect.ceiling, 900ms);
    QVERIFY(settings.reconnect.isFinishedAtEnd);
    QCOMPARE(settings.headerDeadline, 800ms);
    QVERIFY(settings.acceptsAnyContentType);
    QVERIFY(settings.bodyFormat == weir::subscribe::BodyFormat::JsonLines);
    QCOMPARE(settings.maxEventBytes, std::size_t{512} << 10);
}

void TestCommandLine::headersFromFile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("Authorization: Bearer secret\n\nX-B: 2\n");
    file.close();
    const auto command = parseWords({u"watch"_s, u"h/a"_s, u"--header"_s, u"@"_s + file.fileName()});
    const auto headers = std::get<WatchOptions>(command).subscriptions.first().headers;
    QCOMPARE(headers.size(), 2);
    QCOMPARE(headers[0].value, QByteArray("Bearer secret"));
    QCOMPARE(headers[1].name, QByteArray("X-B"));
}

void TestCommandLine::publish()
{
    const auto command = parseWords(
        {u"publish"_s, u"--port"_s, u"8081"_s, u"--path"_s, u"/p"_s, u"--generate"_s, u"0"_s, u"--count"_s, u"10"_s,
            u"--wait-clients"_s, u"2"_s, u"--template"_s, u"x{{seq}}"_s, u"--heartbeat"_s, u"0.5"_s, u"--retry"_s,
            u"100"_s, u"--spread-return"_s, u"2.5"_s, u"--cors"_s, u"https://a"_s, u"--exit-when-done"_s});
    const auto options = std::get<PublishOptions>(command);
    QCOMPARE(options.publisher.port, quint16{8081});
    QCOMPARE(options.publisher.heartbeat, 500ms);
    QCOMPARE(options.publisher.retry, 100ms);
    QCOMPARE(options.publisher.channels.first().returnSpread, 2500ms);
    QCOMPARE(options.publisher.corsOrigin, QByteArray("https://a"));
    QVERIFY(options.publisher.address.isLoopback());
    QVERIFY(options.generator.has_value());
    QCOMPARE(options.generator->path, u"/p"_s);
    QCOMPARE(options.generator->count, 10U);
    QCOMPARE(options.generator->waitForClients, 2);
    QCOMPARE(options.generator->eventsPerSecond, 0.0);
    QVERIFY(options.exitWhenDone);
}

void TestCommandLine::helpAndVersion()
{
    for (const auto &word : {u"--help"_s, u"--version"_s}) {
        const auto command = parseWords({word});
        QCOMPARE(std::get<int>(command), static_cast<int>(Success));
    }
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
