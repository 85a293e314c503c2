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
    {"type, id, data", {"t", "7", "x", {}, {}}, "id: 7\nevent: t\ndata: x\n\n"},
    {"everything", {"t", "7", "x", 5ms, "c"}, ": c\nretry: 5\nid: 7\nevent: t\ndata: x\n\n"},
    {"line ends", data("several\nlines\rwith\r\neol"), "data: several\ndata: lines\ndata: with\ndata: eol\n\n"},
    {"LF at the end", data("a\n"), "data: a\ndata: \n\n"},
    {"CR at the end", data("a\r"), "data: a\ndata: \n\n"},
    {"CRLF at the end", data("a\r\n"), "data: a\ndata: \n\n"},
    {"LF: one", data("\n"), "data: \ndata: \n\n"},
    {"LF: two", data("\n\n"), "data: \ndata: \ndata: \n\n"},
    {"CR CR LF is two lines", data("\r\r\n"), "data: \ndata: \ndata: \n\n"},
    {"empty", data(""), "data: \n\n"},
    {"space first", data(" x"), "data:  x\n\n"},
    {"prefix: colon", data(":x"), "data: :x\n\n"},
    {"prefix: field", data("data: y\nid: 9"), "data: data: y\ndata: id: 9\n\n"},
    {"what ends no line", data("\xe2\x80\xa8\xe2\x80\xa9\xc2\x85\x0b\x0c\0"s),
        "data: \xe2\x80\xa8\xe2\x80\xa9\xc2\x85\x0b\x0c\0\n\n"sv},
    {"CR: data", data("a\rdata: b"), "data: a\ndata: data: b\n\n"},
    {"CR: id", data("a\rid: 5"), "data: a\ndata: id: 5\n\n"},
    {"comment of several lines", comment("x\ndata: injected\n"), ": x\n: data: injected\n:\n\n"},
    {"comment with CR", comment("x\rdata: injected\r\n\r"), ": x\n: data: injected\n:\n:\n\n"},
    {"id: empty", id(""), "id: \ndata: x\n\n"},
    {"id: not set", data("x"), "data: x\n\n"},
    {"time: zero", retry(0ms), "retry: 0\n\n"},
    {"time: largest", retry(std::chrono::milliseconds::max()), "retry: 9223372036854775807\n\n"},
    {"alone: comment", comment("hi"), ": hi\n\n"},
    {"alone: empty comment", comment(""), ":\n\n"},
    {"malformed: data",
        data("a\xff\xe2\x82"
             "b"),
        "data: a\xef\xbf\xbd\xef\xbf\xbd"
        "b\n\n"},
    {"malformed: comment", comment("\xc0"), ": \xef\xbf\xbd\n\n"},
    {"message", type("message"), "event: message\ndata: x\n\n"},
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
    {"line break in the type", type("x\ndata: injected\n\n"), EncodeError::LineBreakInType},
    {"CR in the type", type("x\rdata: injected"), EncodeError::LineBreakInType},
    {"CR at the end of the type", type("x\r"), EncodeError::LineBreakInType},
    {"malformed: type", type("\xff"), EncodeError::InvalidUtf8InType},
    {"CR in the id", id("1\rdata: injected"), EncodeError::LineBreakInId},
    {"LF in the id", id("1\n"), EncodeError::LineBreakInId},
    {"NUL in the id", id("a\0b"s), EncodeError::NulInId},
    {"id with: control", id("a\x01"), EncodeError::ControlInId},
    {"id with: DEL", id("a\x7f"), EncodeError::ControlInId},
    {"id with: C1", id("a\xc2\x85"), EncodeError::ControlInId},
    {"id with: invalid UTF-8", id("\xe2\x82"), EncodeError::InvalidUtf8InId},
    {"space: before", id(" a"), EncodeError::SpaceAroundId},
    {"space: behind", id("a "), EncodeError::SpaceAroundId},
    {"space: tab", id("a\t"), EncodeError::SpaceAroundId},
    {"space: only space", id(" "), EncodeError::SpaceAroundId},
    {"negative time", retry(-1ms), EncodeError::NegativeRetry},
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

    // What was given comes back, and no text whatever makes a second event or another field.
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
