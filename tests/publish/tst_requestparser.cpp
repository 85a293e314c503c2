// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/httprequest.h"

#include <QTest>

namespace weir::publish {

/// RequestParser alone: what it makes of well-formed requests, however they are cut.
class RequestParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void readsRequests_data();
    void readsRequests();
    void leavesTheNextRequest();
    void dropsBodies();
    void readsLastEventId_data();
    void readsLastEventId();
    void joinsRepeatedHeaders();
};

namespace {

/// Feeds in pieces; empty if the request did not become complete exactly at the end.
std::optional<Request> parse(const QByteArray &bytes, qsizetype pieceSize)
{
    RequestParser parser;
    RequestParser::State state = RequestParser::State::NeedMore;
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize) {
        if (state != RequestParser::State::NeedMore)
            return std::nullopt;
        QByteArray piece = bytes.mid(at, pieceSize);
        state = parser.feed(piece);
    }
    return state == RequestParser::State::Complete ? std::optional(parser.takeRequest()) : std::nullopt;
}

} // namespace

void RequestParserTest::readsRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isHttp10");
    QTest::addColumn<bool>("keepsAlive");
    const int getMethod = static_cast<int>(Method::Get);
    const int optionsMethod = static_cast<int>(Method::Options);
    const int otherMethod = static_cast<int>(Method::Other);
    const QByteArray none;

    QTest::newRow("plain") << QByteArray("GET /s HTTP/1.1\r\nHost: x\r\n\r\n") << getMethod << QByteArray("/s") << none
                           << QByteArray("x") << false << true;
    QTest::newRow("empty lines first") << QByteArray("\r\n\r\nGET /s HTTP/1.1\r\nHost: x\r\n\r\n") << getMethod
                                       << QByteArray("/s") << none << QByteArray("x") << false << true;
    QTest::newRow("obs-text") << QByteArray("GET /s HTTP/1.1\r\nHost: x\r\nLast-Event-ID: \xe2\x80\xa6\r\n\r\n")
                              << getMethod << QByteArray("/s") << none << QByteArray("x") << false << true;
    QTest::newRow("1.0 without Host") << QByteArray("GET /s HTTP/1.0\r\n\r\n") << getMethod << QByteArray("/s") << none
                                      << none << true << false;
    QTest::newRow("1.9 is 1.1") << QByteArray("GET /s HTTP/1.9\r\nHost: x\r\n\r\n") << getMethod << QByteArray("/s")
                                << none << QByteArray("x") << false << true;
    QTest::newRow("absolute form") << QByteArray("GET http://h:8/s?a=1 HTTP/1.1\r\nHost: x\r\n\r\n") << getMethod
                                   << QByteArray("/s") << QByteArray("a=1") << QByteArray("h:8") << false << true;
    QTest::newRow("absolute form without path") << QByteArray("GET HTTP://h HTTP/1.1\r\nHost: x\r\n\r\n") << getMethod
                                                << QByteArray("/") << none << QByteArray("h") << false << true;
    QTest::newRow("OPTIONS *") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n") << optionsMethod
                               << QByteArray("*") << none << QByteArray("x") << false << true;
    QTest::newRow("escaped path") << QByteArray("GET /%73%C3%A9 HTTP/1.1\r\nHost: x\r\n\r\n") << getMethod
                                  << QByteArray("/s\xc3\xa9") << none << QByteArray("x") << false << true;
    QTest::newRow("Connection: close") << QByteArray("GET /s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                       << getMethod << QByteArray("/s") << none << QByteArray("x") << false << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET /s HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << getMethod
                                    << QByteArray("/s") << none << none << true << true;
    QTest::newRow("upgrade") << QByteArray(
                                    "GET /s HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
                             << getMethod << QByteArray("/s") << none << QByteArray("x") << false << true;
    QTest::newRow("IPv6 host") << QByteArray("GET /s HTTP/1.1\r\nHost: [::1]:80\r\n\r\n") << getMethod
                               << QByteArray("/s") << none << QByteArray("[::1]:80") << false << true;
    QTest::newRow("DELETE") << QByteArray("DELETE /s HTTP/1.1\r\nHost: x\r\n\r\n") << otherMethod << QByteArray("/s")
                            << none << QByteArray("x") << false << true;
}

void RequestParserTest::readsRequests()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype pieceSize : {bytes.size(), qsizetype(1), qsizetype(7)}) {
        const std::optional<Request> request = parse(bytes, pieceSize);
        QVERIFY2(request, qPrintable(QStringLiteral("pieces of %1").arg(pieceSize)));
        QTEST(static_cast<int>(request->method), "method");
        QTEST(request->path, "path");
        QTEST(request->query, "query");
        QTEST(request->host, "host");
        QTEST(request->isHttp10, "isHttp10");
        QTEST(request->keepsAlive, "keepsAlive");
    }
}

void RequestParserTest::leavesTheNextRequest()
{
    RequestParser parser;
    const QByteArray second = "HEAD /b HTTP/1.1\r\nHost: y\r\n\r\n";
    QByteArray input = "GET /a HTTP/1.1\r\nHost: x\r\nA: 1\r\n\r\n" + second;
    QCOMPARE(parser.feed(input), RequestParser::State::Complete);
    QCOMPARE(parser.takeRequest().path, QByteArray("/a"));
    QVERIFY(!parser.hasBegun());
    QCOMPARE(input, second);
    QCOMPARE(parser.feed(input), RequestParser::State::Complete);
    const Request request = parser.takeRequest();
    QCOMPARE(request.path, QByteArray("/b"));
    QVERIFY(request.header("a").isNull());
    QVERIFY(input.isEmpty());
}

void RequestParserTest::dropsBodies()
{
    const QByteArray next = "GET /b HTTP/1.1\r\nHost: y\r\n\r\n";
    const QByteArray framings[] = {
        "Content-Length: 5\r\n\r\nGET /", "Transfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n0\r\nTrailer: x\r\n\r\n"};
    for (const QByteArray &framing : framings) {
        RequestParser parser;
        QByteArray input = "GET /a HTTP/1.1\r\nHost: x\r\n" + framing + next;
        QCOMPARE(parser.feed(input), RequestParser::State::Complete);
        const Request request = parser.takeRequest();
        QCOMPARE(request.path, QByteArray("/a"));
        QVERIFY(request.header("trailer").isNull());
        QCOMPARE(input, next);
    }
}

void RequestParserTest::readsLastEventId_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("lastEventId");
    QTest::newRow("lastEventId") << QByteArray("/s?lastEventId=a-5") << QByteArray() << QByteArray("a-5");
    QTest::newRow("last_event_id") << QByteArray("/s?x=1&last_event_id=5") << QByteArray() << QByteArray("5");
    QTest::newRow("the header wins") << QByteArray("/s?lastEventId=5") << QByteArray("Last-Event-ID: 6\r\n")
                                     << QByteArray("6");
    QTest::newRow("empty header") << QByteArray("/s?lastEventId=5") << QByteArray("Last-Event-ID:  \r\n")
                                  << QByteArray("5");
    QTest::newRow("escaped") << QByteArray("/s?lastEventId=%0d%0aX:%20y") << QByteArray() << QByteArray("\r\nX: y");
    QTest::newRow("plus stays") << QByteArray("/s?lastEventId=a+b") << QByteArray() << QByteArray("a+b");
    QTest::newRow("none") << QByteArray("/s") << QByteArray() << QByteArray();
}

void RequestParserTest::readsLastEventId()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    const QByteArray bytes = "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    const std::optional<Request> request = parse(bytes, bytes.size());
    QVERIFY(request);
    QTEST(request->lastEventId(), "lastEventId");
}

void RequestParserTest::joinsRepeatedHeaders()
{
    const QByteArray bytes = "GET / HTTP/1.1\r\nHost: x\r\nAccept: a/b\r\nACCEPT:  c/d \r\n\r\n";
    const std::optional<Request> request = parse(bytes, bytes.size());
    QVERIFY(request);
    QCOMPARE(request->header("accept"), QByteArray("a/b, c/d"));
    QVERIFY(request->header("origin").isNull());
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::RequestParserTest)
#include "tst_requestparser.moc"
