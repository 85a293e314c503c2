// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/encoder.h"
#include "sse/streamreader.h"
#include "sse/utf8.h"

#include <QTest>

#include <array>
#include <random>

using namespace std::chrono_literals;
using namespace std::literals;
using namespace weir;
using sse::EncodeError;
using sse::Message;

namespace {

Message data(std::string text)
{
    Message message;
    message.data = std::move(text);
    return message;
}

Message id(std::string text)
{
    Message message = data("x");
    message.id = std::move(text);
    return message;
}

Message type(std::string text)
{
    Message message = data("x");
    message.type = std::move(text);
    return message;
}

Message comment(std::string text)
{
    Message message;
    message.comment = std::move(text);
    return message;
}

Message retry(std::chrono::milliseconds time)
{
    Message message;
    message.retry = time;
    return message;
}

struct Row
{
    const char *name;
    Message message;
    std::string_view bytes;
};

const std::vector<Row> rows = {
    {"S01", {"t", "7", "x", {}, {}}, "id: 7\nevent: t\ndata: x\n\n"},
    {"everything", {"t", "7", "x", 5ms, "c"}, ": c\nretry: 5\nid: 7\nevent: t\ndata: x\n\n"},
    {"S02", data("several\nlines\rwith\r\neol"), "data: several\ndata: lines\ndata: with\ndata: eol\n\n"},
    {"S03", data("a\n"), "data: a\ndata: \n\n"},
    {"S03 with CR", data("a\r"), "data: a\ndata: \n\n"},
    {"S03 with CRLF", data("a\r\n"), "data: a\ndata: \n\n"},
    {"S04: one", data("\n"), "data: \ndata: \n\n"},
    {"S04: two", data("\n\n"), "data: \ndata: \ndata: \n\n"},
    {"S04: CR CR LF is two", data("\r\r\n"), "data: \ndata: \ndata: \n\n"},
    {"S05", data(""), "data: \n\n"},
    {"S06", data(" x"), "data:  x\n\n"},
    {"S07: colon", data(":x"), "data: :x\n\n"},
    {"S07: field", data("data: y\nid: 9"), "data: data: y\ndata: id: 9\n\n"},
    {"S08", data("\xe2\x80\xa8\xe2\x80\xa9\xc2\x85\x0b\x0c\0"s),
        "data: \xe2\x80\xa8\xe2\x80\xa9\xc2\x85\x0b\x0c\0\n\n"sv},
    {"S12: data", data("a\rdata: b"), "data: a\ndata: data: b\n\n"},
    {"S12: id", data("a\rid: 5"), "data: a\ndata: id: 5\n\n"},
    {"S13", comment("x\ndata: injected\n"), ": x\n: data: injected\n:\n\n"},
    {"S13 with CR", comment("x\rdata: injected\r\n\r"), ": x\n: data: injected\n:\n:\n\n"},
    {"S17: empty", id(""), "id: \ndata: x\n\n"},
    {"S17: not set", data("x"), "data: x\n\n"},
    {"S18: zero", retry(0ms), "retry: 0\n\n"},
    {"S18: largest", retry(std::chrono::milliseconds::max()), "retry: 9223372036854775807\n\n"},
    {"S19: comment", comment("hi"), ": hi\n\n"},
    {"S19: empty comment", comment(""), ":\n\n"},
    {"S20: data",
        data("a\xff\xe2\x82"
             "b"),
        "data: a\xef\xbf\xbd\xef\xbf\xbd"
        "b\n\n"},
    {"S20: comment", comment("\xc0"), ": \xef\xbf\xbd\n\n"},
    {"S21", type("message"), "event: message\ndata: x\n\n"},
    {"type with spaces and NUL", type(" a\0b "s), "event:  a\0b \ndata: x\n\n"sv},
    {"id in UTF-8, with a tab inside", id("\xe2\x82\xac\t1"), "id: \xe2\x82\xac\t1\ndata: x\n\n"},
    {"type alone", {"t", {}, {}, {}, {}}, "event: t\n\n"},
};

struct Refusal
{
    const char *name;
    Message message;
    EncodeError error;
};

const std::vector<Refusal> refusals = {
    {"S10", type("x\ndata: injected\n\n"), EncodeError::LineBreakInType},
    {"S10 with CR", type("x\rdata: injected"), EncodeError::LineBreakInType},
    {"S10 at the end", type("x\r"), EncodeError::LineBreakInType},
    {"S20: type", type("\xff"), EncodeError::InvalidUtf8InType},
    {"S11", id("1\rdata: injected"), EncodeError::LineBreakInId},
    {"S11 with LF", id("1\n"), EncodeError::LineBreakInId},
    {"S14", id("a\0b"s), EncodeError::NulInId},
    {"S15: control", id("a\x01"), EncodeError::ControlInId},
    {"S15: DEL", id("a\x7f"), EncodeError::ControlInId},
    {"S15: C1", id("a\xc2\x85"), EncodeError::ControlInId},
    {"S15: invalid UTF-8", id("\xe2\x82"), EncodeError::InvalidUtf8InId},
    {"S16: before", id(" a"), EncodeError::SpaceAroundId},
    {"S16: behind", id("a "), EncodeError::SpaceAroundId},
    {"S16: tab", id("a\t"), EncodeError::SpaceAroundId},
    {"S16: only space", id(" "), EncodeError::SpaceAroundId},
    {"S18", retry(-1ms), EncodeError::NegativeRetry},
    {"nothing", {}, EncodeError::NothingToSend},
};

std::string withLineFeeds(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
            continue;
        result += text[i] == '\r' ? '\n' : text[i];
    }
    return result;
}

std::string decoded(const std::string &text)
{
    std::string result;
    sse::appendDecodedUtf8(text, result);
    return result;
}

std::string randomText(std::mt19937 &random)
{
    static constexpr std::array tokens = {"\n"sv, "\r"sv, "\r\n"sv, ":"sv, "data: "sv, "id: 5"sv, "event: e"sv, " "sv,
        "\0"sv, "a"sv, "long enough for a vector register"sv, "\xe2\x82\xac"sv, "\xe2\x82"sv, "\xef\xbb\xbf"sv};
    std::string text;
    for (auto count = random() % 12; count > 0; --count)
        text += tokens[random() % tokens.size()];
    return text;
}

} // namespace

class TestEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodes_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::newRow(rows[i].name) << static_cast<int>(i);
    }
    void encodes()
    {
        QFETCH(int, row);
        const Row &given = rows[static_cast<std::size_t>(row)];
        std::string out = "before";
        QVERIFY(!encode(given.message, out));
        QCOMPARE(QByteArray::fromStdString(test::escaped(out)),
            QByteArray::fromStdString("before" + test::escaped(given.bytes)));
    }

    void refuses_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < refusals.size(); ++i)
            QTest::newRow(refusals[i].name) << static_cast<int>(i);
    }
    void refuses()
    {
        QFETCH(int, row);
        const Refusal &given = refusals[static_cast<std::size_t>(row)];
        std::string out = "before";
        QVERIFY(encode(given.message, out) == given.error);
        QVERIFY(check(given.message) == given.error);
        QCOMPARE(out, std::string("before"));
        QVERIFY(!text(given.error).empty());
    }

    // S09, and that no text whatever makes a second event or another field.
    void parserReadsBackWhatWasEncoded()
    {
        std::mt19937 random(1);
        int sent = 0;
        for (int run = 0; run < 50000; ++run) {
            Message message = data(randomText(random));
            if (random() % 2 == 0)
                message.comment = randomText(random);
            if (random() % 4 == 0)
                message.type = randomText(random);
            if (random() % 4 == 0)
                message.id = randomText(random);
            std::string out;
            if (encode(message, out))
                continue;
            ++sent;
            QVERIFY(sse::isValidUtf8(out));
            const test::Reading reading = test::readStream(out);
            const auto &last = reading.items.back();
            QCOMPARE(last.kind, sse::ItemKind::Event);
            QCOMPARE(last.data, withLineFeeds(decoded(*message.data)));
            QCOMPARE(last.type, message.type);
            QCOMPARE(last.id, message.id.value_or(""));
            for (std::size_t i = 0; i + 1 < reading.items.size(); ++i)
                QCOMPARE(reading.items[i].kind, sse::ItemKind::Comment);
        }
        QVERIFY(sent > 10000);
    }
};

QTEST_GUILESS_MAIN(TestEncoder)
#include "tst_encoder.moc"
