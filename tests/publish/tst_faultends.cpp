// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultrun.h"

#include <QRegularExpression>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>

namespace weir::publish {

using namespace Qt::StringLiterals;

/// Faults of coding, framing and the end of a stream, byte by byte on the socket.
class FaultEndsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void leavesOutTheBlankLine();
    void cutsInsideAnEvent();
    void resetsInsideAnEvent();
    void resetsAsTheSystemSeesIt();
    void halfCloses();
    void fallsSilent();
    void stopsHeartbeats();
    void sendsAnEndlessLine();
    void breaksAChunkSize_data();
    void breaksAChunkSize();
    void announcesTooMuch();
    void announcesTooLittle();
    void truncatesGzip();
    void holdsGzipBack();
};

namespace {

FaultPlan plan(Fault fault, const QVariantMap &parameters = {})
{
    return FaultRun::plan(fault, parameters);
}

const QByteArray first = ":\n\n";
const QByteArray one = FaultRun::textOf("1", "a");
const QByteArray two = FaultRun::textOf("2", "bb");
const QByteArray oneChunk = FaultRun::chunkOf(first) + FaultRun::chunkOf(one);

/// Publishes two events to the client.
bool publishTwo(FaultRun &run)
{
    if (!QTest::qWaitFor([&] { return run.publisher().clientCount() == 1; }))
        return false;
    run.publish("1", "a");
    run.publish("2", "bb");
    return true;
}

/// What comes out of gzip bytes, complete or not. `isComplete`: the checksum was there and right.
QByteArray unzipped(const QByteArray &bytes, bool *isComplete)
{
    z_stream z{};
    inflateInit2(&z, 15 + 16);
    QByteArray input = bytes;
    QByteArray out(1 << 20, '\0');
    z.next_in = reinterpret_cast<Bytef *>(input.data());
    z.avail_in = static_cast<uInt>(input.size());
    z.next_out = reinterpret_cast<Bytef *>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    *isComplete = inflate(&z, Z_SYNC_FLUSH) == Z_STREAM_END;
    out.truncate(out.size() - static_cast<qsizetype>(z.avail_out));
    inflateEnd(&z);
    return out;
}

} // namespace

void FaultEndsTest::leavesOutTheBlankLine()
{
    FaultRun run(plan(Fault::NoBlankLine));
    QVERIFY(publishTwo(run));
    QTRY_VERIFY(run.client().isClosed());
    QCOMPARE(run.client().rawBody(), oneChunk + FaultRun::chunkOf(two.chopped(1)) + "0\r\n\r\n");
    // CR LF counts as one line end.
    FaultRun other(plan(Fault::NoBlankLine).with(Fault::LineEnds));
    QVERIFY(publishTwo(other));
    QTRY_VERIFY(other.client().isClosed());
    QVERIFY(other.client().body().endsWith("data: bb\r\n"));
    QTRY_COMPARE(other.publisher().clientCount(), 0);
}

void FaultEndsTest::cutsInsideAnEvent()
{
    FaultRun run(plan(Fault::CutInEvent));
    QSignalSpy errors(&run.client().socket(), &QTcpSocket::errorOccurred);
    QVERIFY(publishTwo(run));
    QTRY_VERIFY(run.client().isClosed());
    const QByteArray chunk = FaultRun::chunkOf(two);
    QCOMPARE(run.client().rawBody(), oneChunk + chunk.left(chunk.size() / 2));
    QCOMPARE(errors.size(), 1);
    QVERIFY(!run.client().hasEndChunk());
    // It can be resumed: the damaged event was kept.
    RawClient &next = run.connectAgain("Last-Event-ID: 1\r\n");
    QTRY_COMPARE(next.body(), first + two);
}

void FaultEndsTest::resetsInsideAnEvent()
{
    FaultRun run(plan(Fault::ResetInEvent, {{u"events"_s, 0}}));
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    run.publish("1", "a");
    QTRY_VERIFY(run.client().isClosed());
    const QByteArray chunk = FaultRun::chunkOf(one);
    QCOMPARE(run.client().rawBody(), FaultRun::chunkOf(first) + chunk.left(chunk.size() / 2));
    QTRY_COMPARE(run.publisher().clientCount(), 0);
}

/// Qt calls both a reset and an orderly end "closed"; the system tells them apart.
void FaultEndsTest::resetsAsTheSystemSeesIt()
{
    FaultRun run({});
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    run.control().arm(u"/events"_s, 1, plan(Fault::ResetInEvent, {{u"events"_s, 0}}));
    const int client = askOnPlainSocket(run.publisher().port(), get("/events"));
    QVERIFY(client >= 0);
    QTRY_COMPARE(run.publisher().clientCount(), 2);
    run.publish("1", "a");
    std::array<char, 4096> piece{};
    int error = -1; // 0: an orderly end
    const auto hasEnded = [&] {
        const ssize_t count = error < 0 ? ::recv(client, piece.data(), piece.size(), MSG_DONTWAIT) : 0;
        if (error < 0 && (count == 0 || (count < 0 && errno != EAGAIN)))
            error = count == 0 ? 0 : errno;
        return error >= 0;
    };
    QTRY_VERIFY(hasEnded());
    QCOMPARE(error, ECONNRESET);
    ::close(client);
}

void FaultEndsTest::halfCloses()
{
    FaultRun run(plan(Fault::HalfClose));
    QVERIFY(publishTwo(run));
    QTRY_VERIFY(run.client().isClosed());
    QCOMPARE(run.client().rawBody(), oneChunk);
    QTRY_COMPARE(run.publisher().clientCount(), 0);
}

void FaultEndsTest::fallsSilent()
{
    PublisherSettings settings;
    settings.heartbeat = std::chrono::milliseconds{50};
    FaultRun run(plan(Fault::Silence), {}, settings);
    QVERIFY(publishTwo(run));
    RawClient other(run.publisher().port(), get("/events"));
    QTRY_VERIFY(other.body().count(":\n\n") > 6);
    QVERIFY(run.client().body().endsWith(one));
    QVERIFY(!run.client().isClosed());
    QTRY_COMPARE(run.publisher().clients().at(0).state, ClientState::Ending);
    // What it does not get does not pile up.
    for (int i = 0; i < 100; ++i)
        run.publish(QByteArray::number(100 + i), QByteArray(10'000, 'x'));
    QTRY_VERIFY(other.body().count("data: ") == 100);
    QVERIFY(!run.client().isClosed());
    QTRY_COMPARE(run.publisher().clients().at(0).bytesQueued, 0);
    run.publisher()->disconnectClient(run.publisher().clients().at(0).id);
    QTRY_VERIFY(run.client().isClosed());
}

void FaultEndsTest::stopsHeartbeats()
{
    PublisherSettings settings;
    settings.heartbeat = std::chrono::milliseconds{50};
    FaultRun run(plan(Fault::NoHeartbeat), {}, settings);
    QTRY_COMPARE(run.publisher().clientCount(), 1);
    RawClient other(run.publisher().port(), get("/events"));
    QTRY_VERIFY(other.body().count(":\n\n") > 6);
    QCOMPARE(run.client().body(), first);
    run.publish("1", "a");
    QTRY_COMPARE(run.client().body(), first + one);
}

void FaultEndsTest::sendsAnEndlessLine()
{
    FaultRun run(plan(Fault::EndlessLine, {{u"mebibytes"_s, 2}}));
    QVERIFY(publishTwo(run));
    QTRY_VERIFY(run.client().isClosed());
    QCOMPARE(run.client().body(), first + one + "data: " + QByteArray(2 << 20, 'x'));

    FaultRun endless(plan(Fault::EndlessLine, {{u"mebibytes"_s, 0}, {u"events"_s, 0}}));
    QTRY_COMPARE(endless.publisher().clientCount(), 1);
    QTRY_VERIFY(endless.client().received().size() > (20 << 20));
    QTRY_VERIFY(endless.publisher().clients().value(0).bytesQueued <= (1 << 20));
    endless.client().socket().abort();
    QTRY_COMPARE(endless.publisher().clientCount(), 0);
}

void FaultEndsTest::breaksAChunkSize_data()
{
    QTest::addColumn<QString>("size");
    QTest::addColumn<QByteArray>("chunk");
    const QByteArray size = QByteArray::number(two.size() + 16, 16);
    QTest::newRow("letters") << u"letters"_s << "size\r\n" + two + "\r\n";
    QTest::newRow("too large") << u"tooLarge"_s << size + "\r\n" + two + "\r\n";
    QTest::newRow("too small") << u"tooSmall"_s << QByteArray::number(two.size() / 2, 16) + "\r\n" + two + "\r\n";
}

void FaultEndsTest::breaksAChunkSize()
{
    QFETCH(QString, size);
    QFETCH(QByteArray, chunk);
    FaultRun run(plan(Fault::BadChunkSize, {{u"size"_s, size}}));
    QVERIFY(publishTwo(run));
    QTRY_COMPARE(run.client().rawBody(), oneChunk + chunk);
    QVERIFY(!run.client().isClosed());
}

void FaultEndsTest::announcesTooMuch()
{
    FaultRun run(plan(Fault::LengthTooLong, {{u"bytes"_s, 5000}}));
    QVERIFY(publishTwo(run));
    QTRY_VERIFY(run.client().isClosed());
    QCOMPARE(run.client().header("Content-Length"), QByteArray("5000"));
    QVERIFY(run.client().header("Transfer-Encoding").isNull());
    QCOMPARE(run.client().rawBody(), first + one);
    // It never reaches the length.
    FaultRun small(plan(Fault::LengthTooLong, {{u"bytes"_s, 10}}));
    QVERIFY(publishTwo(small));
    QTRY_VERIFY(small.client().isClosed());
    QCOMPARE(small.client().rawBody(), (first + one).left(9));
}

void FaultEndsTest::announcesTooLittle()
{
    FaultRun run(plan(Fault::LengthTooShort, {{u"bytes"_s, 10}}));
    QVERIFY(publishTwo(run));
    QTRY_COMPARE(run.client().rawBody(), first + one + two);
    QCOMPARE(run.client().header("Content-Length"), QByteArray("10"));
    QVERIFY(run.client().header("Transfer-Encoding").isNull());
    QVERIFY(!run.client().isClosed());
}

void FaultEndsTest::truncatesGzip()
{
    FaultRun run(plan(Fault::GzipTruncated));
    QVERIFY(publishTwo(run));
    QTRY_VERIFY(run.client().isClosed());
    QCOMPARE(run.client().header("Content-Encoding"), QByteArray("gzip"));
    QVERIFY(run.client().hasEndChunk());
    bool isComplete = true;
    const QByteArray text = unzipped(run.client().body(), &isComplete);
    QVERIFY(!isComplete);
    QVERIFY(text.startsWith(first + one) && text.size() < (first + one + two).size());
}

void FaultEndsTest::holdsGzipBack()
{
    FaultRun run(plan(Fault::GzipUnflushed));
    QVERIFY(publishTwo(run));
    QTRY_COMPARE(run.publisher().clients().at(0).eventsSent, 2u);
    bool isComplete = true;
    QCOMPARE(unzipped(run.client().body(), &isComplete), QByteArray());
    // A proper end brings everything.
    run.publisher()->disconnectClient(run.publisher().clients().at(0).id);
    QTRY_VERIFY(run.client().isClosed());
    QVERIFY(run.client().hasEndChunk());
    QCOMPARE(unzipped(run.client().body(), &isComplete), first + one + two);
    QVERIFY(isComplete);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FaultEndsTest)
#include "tst_faultends.moc"
