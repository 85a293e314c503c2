// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to blocks and lines that are larger than the parser may hold.
#include "sse/streamreader.h"

#include <QTest>

using namespace std::literals;
using namespace weir;
using sse::Diagnostic;
using sse::ItemKind;

namespace {

constexpr std::size_t limit = 64;

std::string x(std::size_t count)
{
    return std::string(count, 'x');
}

/// One word for each item: what it is, and the sizes that matter.
QByteArray summary(const test::Reading &reading)
{
    static constexpr const char *names[] = {
        "-", "utf8", "retry", "nul", "unknown", "incomplete", "tooLarge", "lineTooLarge", "resync", "emptyLines"};
    std::string text;
    for (const test::ReadItem &item : reading.items) {
        if (item.kind == ItemKind::Diagnostic)
            text += names[static_cast<int>(item.diagnostic)];
        else
            text += item.kind == ItemKind::Event ? "event" : item.kind == ItemKind::Comment ? "comment" : "fields";
        if (item.skipped != 0)
            text += "-" + std::to_string(item.skipped);
        if (!item.leadingBytes.empty())
            text += "<" + std::to_string(item.leadingBytes.size());
        text += "@" + std::to_string(item.offset);
        if (!item.raw.empty())
            text += ":" + std::to_string(item.raw.size());
        if (item.rawIncomplete)
            text += "!";
        if (!item.id.empty())
            text += "#" + item.id;
        text += " ";
    }
    return QByteArray::fromStdString(text);
}

} // namespace

class TestParserLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overLimit_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const std::string &stream, const char *expected) {
            QTest::newRow(name) << QByteArray::fromStdString(stream) << QByteArray(expected);
        };
        const std::string good = "data: b\n\n";
        // "data: " and two LFs are 8 bytes.
        row("a block of exactly the limit", "data: " + x(56) + "\n\n" + good, "event@0:64 event@64:9 ");
        row("one byte more: the blank line passes", "data: " + x(57) + "\n\n" + good,
            "tooLarge-65@0 resync-65@65 event@65:9 ");
        row("PX04: no line end", "data: " + x(100), "tooLarge-65@0 incomplete-106@106 ");
        row("PX04: resynchronises", "data: " + x(100) + "\n\n" + good, "tooLarge-65@0 resync-108@108 event@108:9 ");
        row(
            "PX05: many short lines",
            [] {
                std::string lines;
                for (int i = 0; i < 20; ++i)
                    lines += "data: x\n";
                return lines + "\ndata: b\n\n";
            }(),
            "tooLarge-65@0 resync-161@161 event@161:9 ");
        row("PX06: long comment", ":" + x(100) + "\n" + good, "lineTooLarge-102@0 event@102:9 ");
        row("PX06: long unknown field", "foo" + x(100) + "\n" + good, "lineTooLarge-104@0 event@104:9 ");
        row("PX06: unknown field with a colon", "foo:" + x(100) + "\n" + good, "lineTooLarge-105@0 event@105:9 ");
        row("a comment of exactly the limit", ":" + x(62) + "\n" + good, "comment@0:64 event@64:9 ");
        row("a comment whose LF passes", ":" + x(63) + "\n" + good, "lineTooLarge-65@0 event@65:9 ");
        row("long comment with CRLF", ":" + x(100) + "\r\n" + good, "lineTooLarge-102@0 event<1@103:9 ");
        row("long comment after empty lines", "\n\n:" + x(100) + "\n\n" + good, "lineTooLarge-102<2@2 event<1@105:9 ");
        row("long comment inside a block", "data: a\n:" + x(100) + "\ndata: b\n\n", "lineTooLarge-102@8 event@0:17! ");
        row("long comment inside a CR block", "data: a\r:" + x(100) + "\rdata: b\r\r",
            "lineTooLarge-102@8 event@0:17! ");
        row("long comment inside a CRLF block", "data: a\r\n:" + x(100) + "\r\ndata: b\r\n\r\n",
            "lineTooLarge-102@9 event-1@0:19! ");
        row("a blank line right after a long comment", "data: a\r:" + x(100) + "\n\n" + good,
            "lineTooLarge-102@8 event@0:9! event@111:9 ");
        row("two long comments in a block", "data: a\n:" + x(100) + "\n:" + x(70) + "\n\n",
            "lineTooLarge-102@8 lineTooLarge-72@110 event@0:9! ");
        row("a short comment after a long one", "data: a\n:" + x(100) + "\n:y\n\n",
            "lineTooLarge-102@8 comment@110:3 event@0:12! ");
        row("a long comment, then too much data", "data: a\n:" + x(100) + "\ndata: " + x(70) + "\n\n" + good,
            "lineTooLarge-102@8 tooLarge-65@0 resync-86@188 event@188:9 ");
        row("the body ends in a long comment", "data: a\n:" + x(100), "lineTooLarge-101@8 incomplete@0:8! ");
        row("PX07: the count starts again", "data: " + x(50) + "\n\ndata: " + x(50) + "\n\n",
            "event@0:58 event@58:58 ");
        row("leading bytes do not count", std::string(60, '\n') + "data: " + x(50) + "\n\n", "event<60@60:58 ");
        row("too large after empty lines", "\n\ndata: " + x(100) + "\n\n" + good,
            "tooLarge-65<2@2 resync-108@110 event@110:9 ");
        row("id seen before the limit", "id: 7\ndata: " + x(100) + "\n\n" + good,
            "tooLarge-65@0 resync-114@114#7 event@114:9#7 ");
        row("id seen after the limit", "data: " + x(100) + "\nid: 7\n\n" + good,
            "tooLarge-65@0 resync-114@114 event@114:9 ");
        row("blank line in CRs", "data: " + x(100) + "\r\r" + good, "tooLarge-65@0 resync-108@108 event@108:9 ");
        row("blank line in CRLFs", "data: " + x(100) + "\r\n\r\n" + good,
            "tooLarge-65@0 resync-109@109 event<1@110:9 ");
        row("the LF of a CRLF passes", "data: " + x(57) + "\r\n\r\n" + good,
            "tooLarge-65@0 resync-66@66 event<1@67:9 ");
        row("a name that may still be known", "data: " + x(57) + "\ndata", "tooLarge-65@0 incomplete-68@68 ");
        row("two too large in a row", "data: " + x(80) + "\n\ndata: " + x(80) + "\n\n" + good,
            "tooLarge-65@0 resync-88@88 tooLarge-65@88 resync-88@176 event@176:9 ");
    }
    void overLimit()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, expected);
        const std::string_view bytes(stream.constData(), static_cast<std::size_t>(stream.size()));
        const test::Reading whole = test::readStream(bytes, {}, {limit});
        QCOMPARE(summary(whole), expected);
        QCOMPARE(whole.fault, std::string());
        QCOMPARE(difference(whole, test::readStream(bytes, test::everyByte(bytes), {limit})), std::string());
        for (std::size_t cut = 1; cut < bytes.size(); ++cut)
            QCOMPARE(difference(whole, test::readStream(bytes, {cut}, {limit})), std::string());
    }

    void memoryStaysWithinTheLimit()
    {
        constexpr std::size_t largest = std::size_t{1} << 20;
        test::StreamReader reader({largest});
        const std::string piece(65536, 'x');
        reader.feed("data: ");
        for (int i = 0; i < 64; ++i)
            reader.feed(piece);
        QCOMPARE(reader.items().size(), std::size_t{1});
        QCOMPARE(reader.items().front().diagnostic, Diagnostic::EventTooLarge);
        QVERIFY(reader.mostBuffered() <= largest);
        QCOMPARE(reader.parser().bufferedBytes(), std::size_t{0});
        QCOMPARE(reader.fault(), std::string());
    }

    // A reader of the log must learn of the loss when it happens, not when the block ends.
    void tooLargeIsReportedAtTheByteThatPasses()
    {
        test::StreamReader reader({limit});
        reader.feed("data: " + x(58));
        QVERIFY(reader.items().empty());
        reader.feed("x");
        QCOMPARE(reader.items().size(), std::size_t{1});
    }

    void limitCanBeRaisedInsideABlock()
    {
        sse::Parser parser({limit});
        sse::Batch batch;
        parser.feed("data: " + x(40), batch);
        parser.setMaxEventBytes(2 * limit);
        parser.feed(x(60) + "\n\n", batch);
        QCOMPARE(batch.items().size(), std::size_t{1});
        QCOMPARE(batch.items().front().kind, ItemKind::Event);
        QCOMPARE(batch.items().front().data.size(), std::size_t{100});
    }

    void limitCanBeLoweredInsideABlock()
    {
        sse::Parser parser({2 * limit});
        sse::Batch batch;
        parser.feed("data: " + x(80), batch);
        parser.setMaxEventBytes(limit);
        QVERIFY(batch.items().empty());
        parser.feed("x", batch);
        QCOMPARE(batch.items().size(), std::size_t{1});
        QCOMPARE(batch.items().front().diagnostic, Diagnostic::EventTooLarge);
        parser.feed("\n\ndata: " + x(60) + "\n\n", batch);
        QCOMPARE(batch.items().back().diagnostic, Diagnostic::Resynchronised);
        parser.feed("data: ok\n\n", batch);
        QCOMPARE(batch.items().back().kind, ItemKind::Event);
    }

    void aLimitBelowTheSmallestCountsAsTheSmallest()
    {
        QCOMPARE(test::readStream("data: 12345678\n\n", {}, {0}).items.front().kind, ItemKind::Event);
    }
};

QTEST_GUILESS_MAIN(TestParserLimits)
#include "tst_parserlimits.moc"
