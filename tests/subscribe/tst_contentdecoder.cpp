// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/contentdecoder.h"
#include "subscribe/encoding.h"

#include <QTest>

#include <sys/resource.h>

#include <random>

using namespace Qt::StringLiterals;
using namespace weir::subscribe;
using weir::test::encoded;
using weir::test::encoder;

namespace {

struct Decoded
{
    std::string text;
    DecodingFault fault;
    QString words;
};

QByteArray headerFor(const QByteArray &coding)
{
    return coding == "raw" ? QByteArray("deflate") : coding;
}

std::string drained(ContentDecoder &decoder, std::size_t room)
{
    std::string text;
    std::vector<char> piece(room);
    while (const std::size_t taken = decoder.take(piece.data(), room))
        text.append(piece.data(), taken);
    return text;
}

Decoded decoded(const QByteArray &codings, std::string_view body, std::size_t piece, std::size_t room = 4096)
{
    QString unsupported;
    const auto decoder = ContentDecoder::forCodings(codings, &unsupported);
    std::string text;
    for (std::size_t begin = 0; begin < body.size(); begin += piece) {
        // Memory of its own, so that a view that is kept too long is found by AddressSanitizer.
        const std::string part(body.substr(begin, piece));
        decoder->feed(part);
        text += drained(*decoder, room);
    }
    decoder->finish();
    return {text, decoder->fault(), decoder->faultText()};
}

std::string someEvents(int count)
{
    std::mt19937 random(7);
    std::string text;
    for (int i = 0; i < count; ++i)
        text +=
            "id: " + std::to_string(i) + "\ndata: {\"price\":" + std::to_string(random()) + ",\"name\":\"grün\"}\n\n";
    return text;
}

long peakKiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void addCodings()
{
    QTest::addColumn<QByteArray>("coding");
    for (const char *coding : {"gzip", "deflate", "raw", "br", "zstd"})
        QTest::newRow(coding) << QByteArray(coding);
}

} // namespace

class TestContentDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headers_data();
    void headers();
    void wholeAndInPieces_data() { addCodings(); }
    void wholeAndInPieces();
    void empty_data() { addCodings(); }
    void empty();
    void everyCutIsTold_data() { addCodings(); }
    void everyCutIsTold();
    void damageIsTold_data() { addCodings(); }
    void damageIsTold();
    void flushedAtOnce_data() { addCodings(); }
    void flushedAtOnce();
    void bytesAfterTheEnd_data() { addCodings(); }
    void bytesAfterTheEnd();
    void bombStaysSmall_data() { addCodings(); }
    void bombStaysSmall();
    void severalMembers_data();
    void severalMembers();
    void severalCodings();
    void faultBehindGoodBytes_data() { addCodings(); }
    void faultBehindGoodBytes();
    void zstdWindows();
    void zlibDictionary();
};

void TestContentDecoder::headers_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("decodes");
    QTest::addColumn<QString>("refused");
    QTest::newRow("none") << QByteArray() << false << QString();
    QTest::newRow("identity") << QByteArray("Identity") << false << QString();
    QTest::newRow("gzip") << QByteArray("GZip") << true << QString();
    QTest::newRow("x-gzip") << QByteArray("x-gzip") << true << QString();
    QTest::newRow("spaces and empty elements") << QByteArray(" , gzip ,identity,br") << true << QString();
    QTest::newRow("three") << QByteArray("gzip, br, zstd") << true << QString();
    QTest::newRow("four") << QByteArray("gzip, br, zstd, br") << false
                          << u"gzip, br, zstd, br (more than 3 codings, one over the other)"_s;
    QTest::newRow("unknown") << QByteArray("compress") << false << u"compress"_s;
    QTest::newRow("one of two unknown") << QByteArray("dcb, gzip") << false << u"dcb"_s;
}

void TestContentDecoder::headers()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, decodes);
    QString unsupported;
    const auto decoder = ContentDecoder::forCodings(header, &unsupported);
    QCOMPARE(decoder != nullptr, decodes);
    QTEST(unsupported, "refused");
}

void TestContentDecoder::wholeAndInPieces()
{
    QFETCH(QByteArray, coding);
    const std::string text = someEvents(300);
    const std::string body = encoded(coding.toStdString(), text);
    for (const std::size_t piece : {body.size(), std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
        for (const std::size_t room : {std::size_t{1}, std::size_t{13}, std::size_t{65536}}) {
            const Decoded result = decoded(headerFor(coding), body, piece, room);
            QCOMPARE(result.words, QString());
            QVERIFY2(result.text == text, qPrintable(u"pieces of %1, room for %2"_s.arg(piece).arg(room)));
        }
    }
    const std::string small = encoded(coding.toStdString(), "data: one\n\n");
    for (std::size_t cut = 1; cut < small.size(); ++cut) {
        QString unsupported;
        const auto decoder = ContentDecoder::forCodings(headerFor(coding), &unsupported);
        decoder->feed(std::string_view(small).substr(0, cut));
        std::string result = drained(*decoder, 100);
        decoder->feed(std::string_view(small).substr(cut));
        result += drained(*decoder, 100);
        QVERIFY2(decoder->finish(), qPrintable(decoder->faultText()));
        QCOMPARE(result, std::string("data: one\n\n"));
        QCOMPARE(decoder->encodedBytes(), small.size());
        QCOMPARE(decoder->decodedBytes(), result.size());
    }
}

void TestContentDecoder::empty()
{
    QFETCH(QByteArray, coding);
    const Decoded nothing = decoded(headerFor(coding), {}, 1);
    QCOMPARE(nothing.fault, DecodingFault::None);
    const Decoded emptyStream = decoded(headerFor(coding), encoded(coding.toStdString(), {}), 1);
    QCOMPARE(emptyStream.words, QString());
    QVERIFY(emptyStream.text.empty());
}

void TestContentDecoder::everyCutIsTold()
{
    QFETCH(QByteArray, coding);
    const std::string text = someEvents(5);
    const std::string body = encoded(coding.toStdString(), text);
    const QString expected = u"ended inside the %1 stream after byte %2"_s.arg(QString::fromLatin1(headerFor(coding)));
    for (std::size_t size = 1; size < body.size(); ++size) {
        const Decoded result = decoded(headerFor(coding), std::string_view(body).substr(0, size), 1);
        QCOMPARE(result.words, expected.arg(size));
        QVERIFY(text.starts_with(result.text));
    }
}

void TestContentDecoder::damageIsTold()
{
    QFETCH(QByteArray, coding);
    const std::string text = someEvents(20);
    const std::string body = encoded(coding.toStdString(), text);
    const bool hasChecksum = coding != "raw" && coding != "br";
    int faults = 0;
    for (std::size_t at = 0; at < body.size(); ++at) {
        std::string damaged = body;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        const Decoded result = decoded(headerFor(coding), damaged, 64);
        if (result.fault != DecodingFault::None) {
            ++faults;
            QVERIFY(!result.words.isEmpty());
        } else if (hasChecksum) {
            QVERIFY2(result.text == text, qPrintable(u"damage at byte %1 went unseen"_s.arg(at)));
        }
    }
    QVERIFY(faults > 0);
    const Decoded plain = decoded(headerFor(coding), "<html>no such coding</html>", 64);
    QVERIFY2(plain.fault != DecodingFault::None, "plain text was taken for compressed");
}

void TestContentDecoder::flushedAtOnce()
{
    QFETCH(QByteArray, coding);
    const auto maker = encoder(coding.toStdString());
    QString unsupported;
    const auto decoder = ContentDecoder::forCodings(headerFor(coding), &unsupported);
    for (int i = 0; i < 50; ++i) {
        const std::string event = "data: " + std::to_string(i) + "\n\n";
        const std::string bytes = maker->flush(event);
        decoder->feed(bytes);
        QCOMPARE(drained(*decoder, 4096), event);
    }
    const std::string end = maker->end();
    decoder->feed(end);
    QCOMPARE(drained(*decoder, 4096), std::string());
    QVERIFY(decoder->finish());
}

void TestContentDecoder::bytesAfterTheEnd()
{
    QFETCH(QByteArray, coding);
    const std::string body = encoded(coding.toStdString(), "data: one\n\n");
    const Decoded result = decoded(headerFor(coding), body + "data: two\n\n", 4096);
    QCOMPARE(result.text, std::string("data: one\n\n"));
    QCOMPARE(result.words,
        u"bytes after the end of the %1 stream, from byte %2"_s.arg(QString::fromLatin1(headerFor(coding)))
            .arg(body.size()));
}

void TestContentDecoder::bombStaysSmall()
{
    QFETCH(QByteArray, coding);
    constexpr std::size_t million = std::size_t{1} << 20;
    const std::string zeros(million, '\0');
    const auto maker = encoder(coding.toStdString());
    const std::string first = maker->flush(zeros);
    const std::string further = maker->flush(zeros);
    QCOMPARE(maker->flush(zeros), further); // so 1 GiB of it need not be made

    QString unsupported;
    const auto decoder = ContentDecoder::forCodings(headerFor(coding), &unsupported);
    std::string body = first;
    for (int i = 1; i < 64; ++i)
        body += further;
    std::vector<char> piece(million / 4);
    const long before = peakKiB();
    for (int i = 0; i < 16; ++i) {
        decoder->feed(body);
        while (decoder->take(piece.data(), piece.size()) > 0)
            continue;
        if (i == 0)
            body.replace(0, first.size(), further);
    }
    QCOMPARE(decoder->faultText(), QString());
    QCOMPARE(decoder->decodedBytes(), std::uint64_t{1} << 30);
    const long grown = peakKiB() - before;
    QVERIFY2(grown < 24 * 1024, qPrintable(u"%1 KiB"_s.arg(grown)));
}

void TestContentDecoder::severalMembers_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::newRow("gzip") << QByteArray("gzip");
    QTest::newRow("zstd") << QByteArray("zstd");
}

void TestContentDecoder::severalMembers()
{
    QFETCH(QByteArray, coding);
    const std::string name = coding.toStdString();
    const std::string body = encoded(name, "one") + encoded(name, "") + encoded(name, "two");
    for (const std::size_t piece : {std::size_t{1}, body.size()}) {
        const Decoded result = decoded(coding, body, piece);
        QCOMPARE(result.words, QString());
        QCOMPARE(result.text, std::string("onetwo"));
    }
    QCOMPARE(decoded(coding, body.substr(0, body.size() - 1), 1).fault, DecodingFault::Truncated);
}

void TestContentDecoder::severalCodings()
{
    const std::string text = someEvents(2000);
    const std::string body = encoded("zstd", encoded("br", encoded("gzip", text)));
    for (const std::size_t piece : {std::size_t{1}, std::size_t{4096}, body.size()}) {
        const Decoded result = decoded("gzip, br, zstd", body, piece, 1000);
        QCOMPARE(result.words, QString());
        QVERIFY(result.text == text);
    }
    // Wrongly ordered: the outermost coding is the last one named.
    QCOMPARE(decoded("zstd, br, gzip", body, body.size()).fault, DecodingFault::InvalidData);
    // Cut before it was coded a second time: only the inner one is unfinished.
    const std::string gzip = encoded("gzip", "data: one\n\n");
    const Decoded cut = decoded("gzip, br", encoded("br", std::string_view(gzip).substr(0, gzip.size() - 3)), 5);
    QCOMPARE(cut.words, u"ended inside the gzip stream after byte %1"_s.arg(gzip.size() - 3));
}

// What was decoded before the fault must not be lost, in whatever pieces it is taken.
void TestContentDecoder::faultBehindGoodBytes()
{
    QFETCH(QByteArray, coding);
    const std::string text = someEvents(1000);
    const auto inner = encoder("gzip");
    const auto outer = encoder(coding.toStdString());
    const std::string good = outer->flush(inner->flush(text));
    const std::size_t lost = coding == "br" ? brotliPiece : 0;
    for (const std::size_t room : {std::size_t{1}, std::size_t{100}, std::size_t{1} << 20}) {
        const std::string body = good + std::string(100, '\xFF');
        const Decoded result = decoded("gzip, " + headerFor(coding), body, body.size(), room);
        QCOMPARE(result.fault, DecodingFault::InvalidData);
        QVERIFY2(result.words.contains(u" data near byte "), qPrintable(result.words));
        QVERIFY(text.starts_with(result.text));
        const Decoded least = decoded("gzip, " + headerFor(coding), good.substr(0, good.size() - lost), 4096);
        QVERIFY2(result.text.size() >= least.text.size(), qPrintable(QString::number(result.text.size())));
    }
}

void TestContentDecoder::zstdWindows()
{
    const std::string largest = weir::test::zstdWithWindow(mostZstdWindowBits, "data: one\n\n");
    QCOMPARE(decoded("zstd", largest, largest.size()).text, std::string("data: one\n\n"));
    const Decoded tooLarge = decoded("zstd", weir::test::zstdWithWindow(mostZstdWindowBits + 1, "x"), 1);
    QCOMPARE(tooLarge.fault, DecodingFault::WindowTooLarge);
    QCOMPARE(tooLarge.words, u"the zstd stream asks for a window of more than 128 MiB"_s);
}

void TestContentDecoder::zlibDictionary()
{
    const std::string header{'\x78', '\xBB', '\0', '\0', '\0', '\1'};
    QCOMPARE(decoded("deflate", header, 1).words, u"the deflate stream needs a dictionary"_s);
}

QTEST_GUILESS_MAIN(TestContentDecoder)
#include "tst_contentdecoder.moc"
