// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/gzipbody.h"
#include "publish/negotiation.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "publish/server.h"

#include <QRegularExpression>
#include <QTest>

#include <zlib.h>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Compressed streams: what each client reads is one valid gzip body that says everything at once, and costs one
/// compression for all.
class CompressionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void partsFollowOneAnother();
    void isMadeOnceForAll();
    void arrivesAtOnce_data();
    void arrivesAtOnce();
    void isWholeWhenManyComeTogether();
    void isCompleteForEveryone();
    void replays();
    void beats();
    void asksTheClient_data();
    void asksTheClient();
    void marksTheHead();
};

namespace {

struct Unzipped
{
    QByteArray text;
    bool isComplete = false; ///< with the right checksum and size
    bool isBroken = false;
};

Unzipped unzip(QByteArray bytes)
{
    Unzipped result;
    z_stream stream{};
    inflateInit2(&stream, MAX_WBITS + 16);
    stream.next_in = reinterpret_cast<Bytef *>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    QByteArray part(1 << 16, Qt::Uninitialized);
    int status = Z_OK;
    while (status == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef *>(part.data());
        stream.avail_out = static_cast<uInt>(part.size());
        status = inflate(&stream, Z_SYNC_FLUSH);
        result.text.append(part.constData(), part.size() - static_cast<qsizetype>(stream.avail_out));
    }
    result.isComplete = status == Z_STREAM_END && stream.avail_in == 0;
    result.isBroken = status != Z_STREAM_END && status != Z_BUF_ERROR;
    inflateEnd(&stream);
    return result;
}

PublisherSettings compressing(bool isChunked = true)
{
    ChannelSettings channel;
    channel.compression = Compression::Gzip;
    channel.isChunked = isChunked;
    PublisherSettings settings;
    settings.channels = {channel};
    return settings;
}

const QByteArray acceptGzip = "Accept-Encoding: gzip, deflate, br\r\n";

} // namespace

void CompressionTest::partsFollowOneAnother()
{
    QByteArray body = GzipBody::head();
    GzipBody gzip;
    QByteArray expected;
    const QByteArray large = QByteArray("0123456789abcdef").repeated(20'000);
    for (const QByteArray &data : {QByteArray("a"), QByteArray("a"), large, QByteArray("a"), large}) {
        const QByteArray blocks = "data: " + data + "\n\n";
        const FramePointer frame = Frame::fromBlocks(blocks.toStdString(), 1);
        body += frame->bytes(Frame::Form::GzipPlain);
        gzip.add(*frame);
        expected += blocks;
        QCOMPARE(unzip(body).text, expected); // each part says all it has
        QVERIFY(!unzip(body).isBroken);
    }
    QVERIFY(!unzip(body).isComplete);
    QVERIFY(unzip(body + gzip.end()).isComplete);
    QVERIFY(body.size() < expected.size() / 20);
}

void CompressionTest::isMadeOnceForAll()
{
    const FramePointer frame = Frame::fromBlocks("data: x\n\n", 1);
    const char *first = frame->bytes(Frame::Form::GzipChunk).constData();
    QCOMPARE(frame->bytes(Frame::Form::GzipChunk).constData(), first);
    QCOMPARE(dechunked(frame->bytes(Frame::Form::GzipChunk)), frame->bytes(Frame::Form::GzipPlain));
    QCOMPARE(frame->bytes(Frame::Form::Plain), QByteArray("data: x\n\n"));
    QCOMPARE(frame->bytes(Frame::Form::Chunk), QByteArray("9\r\ndata: x\n\n\r\n"));
}

void CompressionTest::arrivesAtOnce_data()
{
    QTest::addColumn<bool>("isChunked");
    QTest::newRow("chunked") << true;
    QTest::newRow("until close") << false;
}

void CompressionTest::arrivesAtOnce()
{
    QFETCH(bool, isChunked);
    RunningPublisher publisher(compressing(isChunked));
    RawClient client(publisher.port(), get("/events", acceptGzip));
    QTRY_COMPARE(unzip(client.body()).text, QByteArray(":\n\n"));
    for (const char *data : {"a", "b", "c"}) {
        publisher.publish(data);
        QTRY_VERIFY(unzip(client.body()).text.endsWith(QByteArray("data: ") + data + "\n\n"));
    }
    publisher->stop();
    QTRY_VERIFY(client.isClosed());
    QVERIFY(unzip(client.body()).isComplete);
    QCOMPARE(client.hasEndChunk(), isChunked);
}

void CompressionTest::isWholeWhenManyComeTogether()
{
    RunningPublisher publisher(compressing());
    RawClient client(publisher.port(), get("/events", acceptGzip));
    RawClient plain(publisher.port(), get("/events"));
    QTRY_COMPARE(publisher.clientCount(), 2);
    const auto publishMany = [&publisher] {
        publisher->onServer([](Server &server) {
            for (int i = 0; i < 50; ++i)
                server.publish(publicationOf(QByteArray::number(i)));
        });
    };
    publishMany();
    QTRY_COMPARE(plain.body().count("data: "), 50);
    QTRY_COMPARE(unzip(client.body()).text, plain.body()); // without anything that follows
    publishMany();
    QTRY_COMPARE(plain.body().count("data: "), 100);
    publisher->stop();
    QTRY_VERIFY(client.isClosed());
    QVERIFY(unzip(client.body()).isComplete);
    QCOMPARE(unzip(client.body()).text, plain.body());
}

void CompressionTest::isCompleteForEveryone()
{
    RunningPublisher publisher(compressing());
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<RawClient>(publisher.port(), get("/events", acceptGzip)));
        QTRY_VERIFY(clients.back()->hasHead());
        publisher.publish("event " + QByteArray::number(i) + QByteArray(i * 1000, 'x'));
    }
    publisher->stop();
    for (int i = 0; i < 8; ++i) {
        const RawClient &client = *clients[static_cast<std::size_t>(i)];
        QTRY_VERIFY(client.isClosed());
        const Unzipped unzipped = unzip(client.body());
        QVERIFY(unzipped.isComplete); // each began elsewhere, so each has a checksum of its own
        QCOMPARE(unzipped.text.count("data: event"), 8 - i);
    }
}

void CompressionTest::replays()
{
    RunningPublisher publisher(compressing());
    const QByteArray id = publisher.publish("a");
    publisher.publish("b");
    RawClient client(publisher.port(), get("/events", acceptGzip + "Last-Event-ID: " + id + "\r\n"));
    QTRY_VERIFY(unzip(client.body()).text.endsWith("data: b\n\n"));
    QVERIFY(!unzip(client.body()).text.contains("data: a"));
}

void CompressionTest::beats()
{
    PublisherSettings settings = compressing();
    settings.channels.first().heartbeat = 30ms;
    settings.channels.first().retry = 5ms;
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(), get("/events", acceptGzip));
    QTRY_VERIFY(unzip(client.body()).text.startsWith("retry: 5\n\n:\n\n:\n\n:\n\n"));
}

void CompressionTest::asksTheClient_data()
{
    QTest::addColumn<QByteArray>("accepted");
    QTest::addColumn<bool>("isCompressed");
    const auto row = [](const char *accepted, bool isCompressed) {
        QTest::newRow(*accepted ? accepted : "(none)") << QByteArray(accepted) << isCompressed;
    };
    row("", false);
    row("gzip", true);
    row("GZIP", true);
    row("x-gzip", true);
    row("deflate, gzip;q=1.0, *;q=0.5", true);
    row("*", true);
    row("br", false);
    row("identity", false);
    row("gzip;q=0", false);
    row("gzip; q=0.000", false);
    row("gzip;q=0, *", false);
    row("*;q=0", false);
    row("gzip;q=0.5, identity", false);
    row("gzip;q=0.5, identity;q=0.5", true);
    row("gzip;q=0.001", true);
    row("gzip;q=x", false);
    row("gzip;q=inf", false);
    row("gzip;q=1e0", false);
    row("gzip;q=1.5", false);
    row("gzip;x=1;q=0", false);
    row("gzipped", false);
}

void CompressionTest::asksTheClient()
{
    QFETCH(QByteArray, accepted);
    QTEST(acceptsGzip(accepted), "isCompressed");
}

void CompressionTest::marksTheHead()
{
    RunningPublisher publisher(compressing());
    RawClient willing(publisher.port(), get("/events", acceptGzip));
    QTRY_VERIFY(willing.hasHead());
    QCOMPARE(willing.header("Content-Encoding"), QByteArray("gzip"));
    QCOMPARE(willing.header("Vary"), QByteArray("Accept-Encoding"));
    RawClient plain(publisher.port(), get("/events"));
    QTRY_VERIFY(plain.body().startsWith(":\n\n"));
    QVERIFY(plain.header("Content-Encoding").isNull());
    QCOMPARE(plain.header("Vary"), QByteArray("Accept-Encoding"));
    RawClient head(publisher.port(), "HEAD" + get("/events", acceptGzip).mid(3));
    QTRY_VERIFY(head.hasHead());
    QCOMPARE(head.header("Content-Encoding"), QByteArray("gzip"));
    QVERIFY(head.rawBody().isEmpty());
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::CompressionTest)
#include "tst_compression.moc"
