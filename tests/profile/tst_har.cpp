// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/har.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace profile;
using namespace subscribe;
using namespace Qt::StringLiterals;

/// Event streams out of HAR files.
class HarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void takesStreamsOnly();
    void takesTheRequest();
    void badEntries_data();
    void badEntries();
    void theRestLoads();
    void noHar_data();
    void noHar();
};

namespace {

QByteArray har(const QByteArray &entries)
{
    return "\xEF\xBB\xBF{\"log\": {\"version\": \"1.2\", \"entries\": [" + entries + "]}}";
}

QByteArray stream(const QByteArray &request)
{
    return "{\"request\": " + request + ", \"response\": {\"content\": {\"mimeType\": \"text/event-stream\"}}}";
}

} // namespace

void HarTest::takesStreamsOnly()
{
    const auto import = readHar(har(
        R"({"request": {"url": "http://a/"}, "response": {"content": {"mimeType": "text/html"}}},
           {"request": {"url": "http://b/x"}, "response": {"content": {"mimeType": "Text/Event-Stream; charset=utf-8"}}},
           {"request": {"url": "http://c/"}, "response": {"headers": [{"name": "Content-Type", "value": "text/event-stream"}]}},
           {"request": {"url": "http://d/", "headers": [{"name": "ACCEPT", "value": "text/event-stream, */*"}]}},
           {"_resourceType": "eventsource", "request": {"url": "http://e/"}},
           {"request": 7}, 8)"));
    QCOMPARE(import.problems, QStringList());
    QCOMPARE(import.otherEntries, 3);
    QStringList urls;
    for (const auto &settings : import.subscriptions)
        urls << settings.url.toString();
    QCOMPARE(urls.join(u' '), u"http://b/x http://c/ http://d/ http://e/"_s);
    QCOMPARE(import.subscriptions[0].name, u"x"_s);
}

void HarTest::takesTheRequest()
{
    const auto import = readHar(har(stream(R"({"method": "POST", "url": "https://h/chat?a=1",
        "headers": [{"name": ":authority", "value": "h"}, {"name": "Host", "value": "h"},
            {"name": "content-length", "value": "5"}, {"name": "accept", "value": "text/event-stream"},
            {"name": "Cookie", "value": "a=b"}, {"name": "authorization", "value": "Bearer t"},
            {"name": "accept-encoding", "value": "gzip, br"}, {"name": "last-event-id", "value": "9"},
            {"name": "x-a", "value": "1"}, {"name": "expect", "value": "planted"}],
        "cookies": [{"name": "a", "value": "b"}],
        "postData": {"mimeType": "application/json", "text": "{\"é\":1}"}})")));
    QCOMPARE(import.problems, QStringList());
    QCOMPARE(import.notes,
        QStringList{
            u"log.entries[0].request.headers: The header expect is left out: This header is set by Weir itself."_s});
    const auto &settings = import.subscriptions.first();
    QCOMPARE(settings.method, QByteArray("POST"));
    QCOMPARE(settings.url, QUrl(u"https://h/chat?a=1"_s));
    QCOMPARE(
        settings.headers, (QList<Header>{{"Cookie", "a=b", true}, {"x-a", "1"}, {"Content-Type", "application/json"}}));
    QCOMPARE(settings.authentication, (Authentication{AuthenticationKind::Bearer, {}, u"t"_s}));
    QCOMPARE(settings.codings, (ContentCodings{true, false, true, false}));
    QCOMPARE(settings.lastEventId, QByteArray("9"));
    QCOMPARE(settings.body, u"{\"é\":1}"_s.toUtf8());
}

void HarTest::badEntries_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<bool>("isTaken");
    const auto row = [](const char *name, const QByteArray &request, const QString &problem, bool isTaken) {
        QTest::newRow(name) << request << problem << isTaken;
    };
    row("no request", "null", u"log.entries[0].request: must be an object"_s, false);
    row("no address", "{}", u"log.entries[0].request.url: is missing"_s, false);
    row("address is no text", R"({"url": 1})", u"log.entries[0].request.url: must be a text"_s, false);
    row("bad address", R"({"url": "ftp://h/"})",
        u"log.entries[0].request.url: "_s + text(SettingsError::UrlSchemeUnsupported), false);
    row("bad method", R"({"url": "http://h/", "method": "A B"})",
        u"log.entries[0].request.method: "_s + text(SettingsError::MethodInvalid), true);
    row("headers are no list", R"({"url": "http://h/", "headers": {}})",
        u"log.entries[0].request.headers: must be a list"_s, true);
    row("header is no object", R"({"url": "http://h/", "headers": [1]})",
        u"log.entries[0].request.headers[0]: must be an object"_s, true);
    row("value is no text", R"({"url": "http://h/", "headers": [{"name": "a", "value": 1}]})",
        u"log.entries[0].request.headers[0].value: must be a text"_s, true);
    row("body is no text", R"({"url": "http://h/", "postData": {"text": []}})",
        u"log.entries[0].request.postData.text: must be a text"_s, true);
}

void HarTest::badEntries()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, problem);
    QFETCH(bool, isTaken);
    const auto import = readHar(har(stream(request)));
    QCOMPARE(import.problems, QStringList{problem});
    QCOMPARE(import.subscriptions.size(), isTaken ? 1 : 0);
}

void HarTest::theRestLoads()
{
    const auto import =
        readHar(har(stream(R"({"url": "http://a/"})") + ',' + stream("{}") + ',' + stream(R"({"url": "http://c/"})")));
    QCOMPARE(import.problems, QStringList{u"log.entries[1].request.url: is missing"_s});
    QCOMPARE(import.subscriptions.size(), 2);
}

void HarTest::noHar_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("problem");
    QTest::newRow("empty") << QByteArray() << u"line 1, column 1: illegal value"_s;
    QTest::newRow("list") << QByteArray("[]") << u"line 1, column 1: an object { … } was expected"_s;
    QTest::newRow("comma") << QByteArray("{\n  \"é\": 1,,\n}") << u"line 2, column 10: unterminated object"_s;
    QTest::newRow("other") << QByteArray("{\"log\": {}}") << u"log.entries: a list was expected; this is no HAR file"_s;
}

void HarTest::noHar()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, problem);
    const auto import = readHar(bytes);
    QCOMPARE(import.problems, QStringList{problem});
    QVERIFY(import.subscriptions.isEmpty());
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::HarTest)
#include "tst_har.moc"
