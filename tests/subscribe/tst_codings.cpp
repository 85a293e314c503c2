// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/encoding.h"
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using store::ConnectionState;
using subscribe::Cause;
using subscribe::SubscriptionSettings;

namespace {

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

QByteArray codingHead(std::string_view coding)
{
    return "Content-Encoding: " + bytes(std::string(coding == "raw" ? "deflate" : coding)) + "\r\n";
}

} // namespace

/// Compressed bodies: C38, and everything about what they may grow to.
class CodingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void offersWhatIsChosen();
    void eventsComeAsFlushed_data();
    void eventsComeAsFlushed();
    void countsBoth();
    void cutIsNamed_data();
    void cutIsNamed();
    void damageIsNamed();
    void limitPerRead();
    void refusalIsDecoded();
};

void CodingsTest::offersWhatIsChosen()
{
    FaultServer server;
    server.on("/", {Script::stream()});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.codings = {true, false, true, false};
    watcher.watch(settings);
    QTRY_COMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().constFirst().value("Accept-Encoding"), QByteArray("gzip, br"));
}

void CodingsTest::eventsComeAsFlushed_data()
{
    QTest::addColumn<QByteArray>("coding");
    for (const char *coding : {"gzip", "deflate", "raw", "br", "zstd"})
        QTest::newRow(coding) << QByteArray(coding);
}

void CodingsTest::eventsComeAsFlushed()
{
    QFETCH(QByteArray, coding);
    const auto encoder = test::encoder(coding.toStdString());
    const QByteArray first = bytes(encoder->flush("id: 1\ndata: a\n\n"));
    const QByteArray second = bytes(encoder->flush("data: b\n\n"));
    const QByteArray rest = bytes(encoder->end());
    FaultServer server;
    server.on("/", {Script::stream(first, codingHead(coding.toStdString()))
                           .awaitGo()
                           .sendInPieces(second)
                           .awaitGo()
                           .send(rest)
                           .finish(),
                       Script::stream()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"a"});
    QTRY_COMPARE(server.waitingCount(), 1);
    QTRY_VERIFY(watcher.last().warning.contains(u"identity"_s)); // it was not asked for
    server.go();
    QTRY_COMPARE(watcher.data(), (QList<QByteArray>{"a", "b"}));
    QTRY_COMPARE(server.waitingCount(), 1);
    server.go();
    QTRY_COMPARE(server.requests().size(), 2);
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::EndOfStream);
    QCOMPARE(server.requests()[1].value("Last-Event-ID"), QByteArray("1"));
}

void CodingsTest::countsBoth()
{
    const std::string text = "data: " + std::string(50'000, 'x') + "\n\n";
    const std::string body = encoded("gzip", text);
    FaultServer server;
    server.on("/", {Script::stream(bytes(body), codingHead("gzip"))});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.events().size(), 1);
    QTRY_COMPARE(watcher.ingest().counters(id)->wireBytes.load(), body.size());
    QCOMPARE(watcher.ingest().counters(id)->bytes.load(), text.size());
    QTRY_COMPARE(watcher.last().contentCoding, u"gzip"_s);
}

void CodingsTest::cutIsNamed_data()
{
    eventsComeAsFlushed_data();
}

void CodingsTest::cutIsNamed()
{
    QFETCH(QByteArray, coding);
    const auto encoder = test::encoder(coding.toStdString());
    FaultServer server;
    server.on("/", {Script::stream(bytes(encoder->flush("data: a\n\n")), codingHead(coding.toStdString())).finish()});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::DecodingFailed);
    QVERIFY(!watcher.first(ConnectionState::Waiting).detail.isEmpty());
    QCOMPARE(watcher.data().constFirst(), QByteArray("a"));
}

void CodingsTest::damageIsNamed()
{
    const auto encoder = test::encoder("gzip");
    FaultServer server;
    server.on("/", {Script::stream(bytes(encoder->flush("data: a\n\n")) + "\xff\xff\xff\xff\xff", codingHead("gzip"))});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_VERIFY(watcher.count(ConnectionState::Waiting) > 0);
    QCOMPARE(watcher.first(ConnectionState::Waiting).cause, Cause::DecodingFailed);
    QCOMPARE(watcher.data().constFirst(), QByteArray("a"));
    QTRY_VERIFY(server.openCount() <= 1);
}

void CodingsTest::limitPerRead()
{
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "data: " + std::string(100'000, 'x') + "\n\n";
    FaultServer server;
    server.on("/", {Script::stream(bytes(encoded("gzip", text)), codingHead("gzip"))});
    Watcher watcher;
    SubscriptionSettings settings = Watcher::quick(server.url("/"));
    settings.maxDecodedBytesPerRead = std::size_t{2} << 20;
    watcher.watch(settings);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().cause, Cause::DecodedTooLarge);
    QVERIFY2(watcher.last().detail.contains(u"2 MiB"_s), qPrintable(watcher.last().detail));
    QVERIFY(watcher.events().size() >= 20 && watcher.events().size() < 30);
}

void CodingsTest::refusalIsDecoded()
{
    FaultServer server;
    server.on("/", {Script::response("400 Bad", "Content-Encoding: br\r\n", bytes(encoded("br", "{\"error\":1}")))});
    Watcher watcher;
    watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QCOMPARE(watcher.last().bodyExcerpt, QByteArray("{\"error\":1}"));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::CodingsTest)
#include "tst_codings.moc"
