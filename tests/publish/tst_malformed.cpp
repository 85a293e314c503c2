// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <memory>
#include <vector>

namespace weir::publish {

/// Requests that a strict server refuses: the status, the close, and a server that serves on.
class MalformedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }
    void cleanup();

    void refuses_data();
    void refuses();
    void expires();
    void boundsSilentConnections();
    void boundsWhoNeverReadsAnswers();
    void servesManyThatComeAtOnce();
    void boundsEndlessHeads();
    void boundsInputOfStreams();
    void survivesRandomBytes();
    void survivesResets();

private:
    std::unique_ptr<RunningPublisher> m_publisher;
};

void MalformedTest::initTestCase()
{
    PublisherSettings settings;
    settings.requestDeadline = std::chrono::milliseconds(400);
    m_publisher = std::make_unique<RunningPublisher>(settings);
    QVERIFY(m_publisher->port() != 0);
}

void MalformedTest::cleanup()
{
    RawClient client(m_publisher->port(), "HEAD" + get("/events").mid(3));
    QTRY_COMPARE(client.status(), 200);
}

void MalformedTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto headers = [](const char *name, const QByteArray &lines, int status = 400) {
        QTest::newRow(name) << "GET /events HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n" << status;
    };
    const auto line = [](const char *name, const QByteArray &requestLine, int status = 400) {
        QTest::newRow(name) << requestLine + "\r\nHost: localhost\r\n\r\n" << status;
    };
    QTest::newRow("endless empty lines") << QByteArray("\r\n").repeated(20) << 400;
    QTest::newRow("bare LF") << QByteArray("GET /events HTTP/1.1\nHost: localhost\n\n") << 400;
    QTest::newRow("nothing but LF") << QByteArray("\n") << 400;
    headers("bare LF in a header", "A: b\n");
    headers("bare CR", "A: b\rX: y\r\n");
    headers("two CR", "A: b\r\r\n");
    line("space first", " GET /events HTTP/1.1");
    QTest::newRow("space before a header") << QByteArray("GET /events HTTP/1.1\r\n Host: localhost\r\n\r\n") << 400;
    headers("folded", "A: b\r\n c\r\n");
    headers("folded with a tab", "A: b\r\n\tc\r\n");
    headers("space before the colon", "A : b\r\n");
    headers("tab before the colon", "Transfer-Encoding\t: chunked\r\n");
    headers("no name", ": x\r\n");
    headers("bad name", "B@d: x\r\n");
    headers("space in a name", "A b: x\r\n");
    headers("no colon", "Abc\r\n");
    headers("NUL in a value", QByteArray("A: b\0c\r\n", 8));
    headers("control in a value", "A: b\x01\r\n");
    headers("DEL in a value", "A: b\x7f\r\n");
    QTest::newRow("no Host") << QByteArray("GET /events HTTP/1.1\r\n\r\n") << 400;
    headers("two Hosts", "Host: localhost\r\n");
    QTest::newRow("space in Host") << QByteArray("GET /events HTTP/1.1\r\nHost: a b\r\n\r\n") << 400;
    QTest::newRow("comma in Host") << QByteArray("GET /events HTTP/1.1\r\nHost: a,b\r\n\r\n") << 400;
    QTest::newRow("empty Host") << QByteArray("GET /events HTTP/1.1\r\nHost:\r\n\r\n") << 400;
    line("no version", "GET /events");
    line("behind the version", "GET /events HTTP/1.1x");
    line("version in lower case", "GET /events http/1.1");
    line("version without dot", "GET /events HTTP/11");
    line("two spaces", "GET  /events HTTP/1.1");
    line("space behind", "GET /events HTTP/1.1 ");
    line("tab for a space", "GET\t/events HTTP/1.1");
    line("HTTP/2.0", "GET /events HTTP/2.0", 505);
    line("HTTP/3.0", "GET /events HTTP/3.0", 505);
    line("HTTP/0.9", "GET /events HTTP/0.9", 505);
    QTest::newRow("preface of HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 505;
    line("method in lower case", "get /events HTTP/1.1", 501);
    line("unknown method", "FOO /events HTTP/1.1", 501);
    line("known to HTTP alone", "PROPFIND /events HTTP/1.1", 501);
    line("method of 300 letters", QByteArray(300, 'A') + " /events HTTP/1.1", 501);
    QTest::newRow("endless method") << QByteArray(20'000, 'A') << 501;
    line("CONNECT", "CONNECT localhost:1 HTTP/1.1", 405);
    line("GET *", "GET * HTTP/1.1");
    line("no slash", "GET events HTTP/1.1");
    line("space in the target", "GET /ev ents HTTP/1.1");
    line("control in the target", "GET /ev\x01 HTTP/1.1");
    line("raw UTF-8 in the target", "GET /\xc3\xa9 HTTP/1.1");
    line("fragment", "GET /events#f HTTP/1.1");
    line("bad escape", "GET /%zz HTTP/1.1");
    line("cut escape", "GET /%4 HTTP/1.1");
    line("escaped NUL", "GET /%00 HTTP/1.1");
    line("other scheme", "GET ftp://localhost/events HTTP/1.1");
    line("long target", "GET /" + QByteArray(9000, 'x') + " HTTP/1.1", 414);
    QTest::newRow("endless target") << "GET /" + QByteArray(40'000, 'x') << 414;
    headers("long line", "A: " + QByteArray(20'000, 'x') + "\r\n", 431);
    headers("many fields", QByteArray("A: b\r\n").repeated(200), 431);
    headers("large head", ("A: " + QByteArray(10'000, 'x') + "\r\n").repeated(4), 431);
    headers("length and coding", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n");
    headers("coding and length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n");
    headers("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n");
    headers("the same length twice", "Content-Length: 5\r\nContent-Length: 5\r\n");
    headers("list of lengths", "Content-Length: 5, 6\r\n");
    for (const char *length : {"+5", "-1", "0x5", "5 5", "5a", "", "99999999999999999999", "9223372036854775808"})
        headers(qPrintable(QStringLiteral("length '%1'").arg(QLatin1String(length))),
            QByteArray("Content-Length: ") + length + "\r\n");
    headers("coding gzip", "Transfer-Encoding: gzip\r\n", 501);
    headers("chunked not last", "Transfer-Encoding: chunked, gzip\r\n", 501);
    headers("coding identity", "Transfer-Encoding: identity\r\n", 501);
    headers("coding xchunked", "Transfer-Encoding: xchunked\r\n", 501);
    headers("control in a coding", "Transfer-Encoding: \x0b"
                                   "chunked\r\n");
    headers("two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 501);
    QTest::newRow("chunked in 1.0") << QByteArray("GET /events HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") << 400;
    for (const char *chunk : {"zz\r\n", "-1\r\n", "FFFFFFFFFFFFFFFFF\r\n", "1\r\nab\r\n", "1\r\nab0\r\n"})
        headers(qPrintable(QStringLiteral("chunk %1").arg(QString::fromLatin1(chunk).simplified())),
            QByteArray("Transfer-Encoding: chunked\r\n\r\n") + chunk);
    headers("long chunk extension", "Transfer-Encoding: chunked\r\n\r\n5;a=" + QByteArray(400'000, 'x'), 413);
    headers("long body", "Content-Length: 100000\r\n", 413);
    headers("long chunked body", "Transfer-Encoding: chunked\r\n\r\n20000\r\n" + QByteArray(0x20000, 'x'), 413);
    QTest::newRow("a TLS handshake") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) << 400;
    headers("two ids", "Last-Event-ID: 1\r\nLast-Event-ID: 2\r\n");
    QTest::newRow("not HTTP") << QByteArray("\xff\xfe\r\n\r\n") << 400;
}

void MalformedTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    RawClient client(m_publisher->port(), bytes);
    QTRY_COMPARE(client.status(), status);
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.header("Connection"), QByteArray("close"));
    QVERIFY(client.header("Content-Type").startsWith("text/plain"));
    QCOMPARE(client.rawBody().size(), client.header("Content-Length").toInt());
    QCOMPARE(client.received().count("\r\nDate: "), 1);
    QCOMPARE(m_publisher->clientCount(), 0);
}

void MalformedTest::expires()
{
    RawClient partial(m_publisher->port(), "GET /events HTTP/1.1\r\nHo");
    RawClient silent(m_publisher->port());
    QTRY_COMPARE(partial.status(), 408);
    QTRY_VERIFY(partial.isClosed());
    QTRY_VERIFY(silent.isClosed());
    QVERIFY(silent.received().isEmpty());
}

void MalformedTest::boundsSilentConnections()
{
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 600; ++i)
        silent.push_back(std::make_unique<RawClient>(m_publisher->port()));
    RawClient client(m_publisher->port(), get("/events"));
    QTRY_COMPARE(client.status(), 200);
    QTRY_VERIFY(std::all_of(silent.begin(), silent.end(), [](const auto &each) { return each->isClosed(); }));
    QVERIFY(!client.isClosed());
}

/// Its requests wait to be read, but that must not keep it, nor shield those that are silent, from making room.
void MalformedTest::boundsWhoNeverReadsAnswers()
{
    RunningPublisher publisher;
    RawClient sleeper(publisher.port());
    sleeper.socket().setReadBufferSize(1);
    sleeper.send(get("/none").repeated(100'000));
    QTRY_COMPARE(sleeper.socket().state(), QAbstractSocket::ConnectedState);
    qint64 before = 0;
    const auto stalls = [&sleeper, &before] {
        return std::exchange(before, sleeper.socket().bytesToWrite()) == sleeper.socket().bytesToWrite();
    };
    QTRY_VERIFY(stalls());
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 600; ++i)
        silent.push_back(std::make_unique<RawClient>(publisher.port()));
    RawClient client(publisher.port(), get("/events"));
    QTRY_COMPARE(client.status(), 200); // well before a request may take too long
}

void MalformedTest::servesManyThatComeAtOnce()
{
    RunningPublisher publisher;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 800; ++i)
        clients.push_back(std::make_unique<RawClient>(publisher.port(), get("/events")));
    QTRY_VERIFY(std::all_of(clients.begin(), clients.end(), [](const auto &each) { return each->status() == 200; }));
    QVERIFY(std::none_of(clients.begin(), clients.end(), [](const auto &each) { return each->isClosed(); }));
}

void MalformedTest::boundsEndlessHeads()
{
    RawClient client(m_publisher->port(), "GET /events HTTP/1.1\r\nHost: localhost\r\nA: ");
    QTRY_COMPARE(client.socket().state(), QAbstractSocket::ConnectedState);
    client.send(QByteArray(8 << 20, 'x'));
    QTRY_VERIFY(client.isClosed());
    QVERIFY(client.status() == 431 || client.received().isEmpty());
}

void MalformedTest::boundsInputOfStreams()
{
    RawClient client(m_publisher->port(), get("/events"));
    QTRY_COMPARE(client.status(), 200);
    client.send(QByteArray(32 << 10, 'x'));
    m_publisher->publish("still there");
    QTRY_VERIFY(client.received().contains("still there"));
    client.send(QByteArray(1 << 20, 'x'));
    QTRY_VERIFY(client.isClosed());
}

void MalformedTest::survivesRandomBytes()
{
    QRandomGenerator random(45);
    for (int round = 0; round < 10; ++round) {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 30; ++i) {
            QByteArray bytes(random.bounded(1, 200), Qt::Uninitialized);
            for (char &byte : bytes)
                byte = static_cast<char>(random.bounded(256));
            clients.push_back(std::make_unique<RawClient>(m_publisher->port(), bytes + "\r\n\r\n"));
        }
        QTRY_VERIFY(std::all_of(clients.begin(), clients.end(), [](const auto &each) { return each->isClosed(); }));
        for (const auto &client : clients)
            QVERIFY(client->received().isEmpty() || client->status() >= 400);
    }
}

void MalformedTest::survivesResets()
{
    for (const QByteArray &bytes :
        {QByteArray(), QByteArray("GE"), QByteArray("GET /events HTTP/1.1\r\nHo"), get("/none"), get("/events")}) {
        for (int i = 0; i < 20; ++i) {
            RawClient client(m_publisher->port(), bytes);
            QTRY_COMPARE(client.socket().state(), QAbstractSocket::ConnectedState);
            client.socket().flush();
            client.socket().abort();
        }
    }
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::MalformedTest)
#include "tst_malformed.moc"
