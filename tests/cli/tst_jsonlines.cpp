// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/eventstreamblock.h"
#include "capture/jsonlines.h"
#include "cli/textlines.h"
#include "sse/parser.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir;

namespace {

/// A log that holds what one read of `bytes` brought.
struct OneRead
{
    store::EventLog log;
    store::Snapshot snapshot;

    explicit OneRead(std::string_view bytes)
    {
        sse::Parser parser;
        sse::Batch batch;
        parser.feed(bytes, batch);
        log.append({.subscription = {1},
                       .attempt = 1,
                       .arrival = store::MonotonicTime{},
                       .bytes = static_cast<std::uint32_t>(bytes.size())},
            batch);
        snapshot = log.snapshot();
    }
    store::EventView at(std::uint64_t number) const { return snapshot.at(store::EventNumber{number}); }
};

const store::WallTime noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{14} +
                           std::chrono::minutes{5} + std::chrono::seconds{1} + std::chrono::microseconds{123456}};

} // namespace

class TestJsonLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void strings_data();
    void strings();
    void times();
    void events();
    void states();
    void textIsHarmless();
    void exactBytes();
};

void TestJsonLines::strings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("quotes") << QByteArray("a\"b\\c/d");
    QTest::newRow("controls") << QByteArray("\x01\x1f\b\f\n\r\t\x7f", 8);
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("UTF-8") << QByteArray("gr\xc3\xbcn \xf0\x9f\x98\x80 \xe2\x80\xa8");
}

void TestJsonLines::strings()
{
    QFETCH(QByteArray, text);
    std::string line = "[";
    capture::appendJsonString({text.constData(), static_cast<std::size_t>(text.size())}, line);
    line += "]";
    QVERIFY(line.find('\n') == std::string::npos);
    const auto parsed = QJsonDocument::fromJson(QByteArray::fromStdString(line));
    QCOMPARE(parsed[0].toString().toUtf8(), text);
}

void TestJsonLines::times()
{
    std::string text;
    capture::appendTime(noon, text);
    capture::appendTime(noon + std::chrono::seconds{59}, text);
    QCOMPARE(text, "2026-11-22T14:05:01.123456Z2026-11-22T14:06:00.123456Z");
}

void TestJsonLines::events()
{
    const OneRead read("id: 9\nevent: t\ndata: {\"a\":1}\n\n: hi\ndata: x\n\n");
    std::string line;
    capture::appendEventLine(read.at(1), noon, "src", 7, line);
    QCOMPARE(line, "{\"kind\":\"event\",\"source\":\"src\",\"seq\":7,\"time\":\"2026-11-22T14:05:01.123456Z\",\"type\":"
                   "\"t\",\"id\":\"9\","
                   "\"data\":\"{\\\"a\\\":1}\",\"size\":30}\n");
    line.clear();
    capture::appendCommentLine(read.at(2), noon, "src", line);
    QCOMPARE(
        line, "{\"kind\":\"comment\",\"source\":\"src\",\"time\":\"2026-11-22T14:05:01.123456Z\",\"text\":\" hi\"}\n");
    line.clear();
    capture::appendEventLine(read.at(3), noon, "src", 8, line);
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
    QCOMPARE(object[u"type"_s].toString(), u"message"_s);
    QCOMPARE(object[u"id"_s].toString(), u"9"_s);
}

void TestJsonLines::states()
{
    store::EventLog log;
    log.append(store::SubscriptionId{1}, 3, store::MonotonicTime{},
        {.state = store::ConnectionState::Waiting,
            .httpStatus = 503,
            .retryDelay = std::chrono::milliseconds{3000},
            .reason = "busy"});
    std::string line;
    capture::appendStateLine(log.snapshot().at(store::EventNumber{1}), noon, "src", line);
    QCOMPARE(line, "{\"kind\":\"state\",\"source\":\"src\",\"time\":\"2026-11-22T14:05:01.123456Z\",\"state\":"
                   "\"waiting\",\"attempt\":3,"
                   "\"status\":503,\"reason\":\"busy\",\"retryMs\":3000}\n");
}

void TestJsonLines::textIsHarmless()
{
    const OneRead read("event: \x1b[2J\ndata: a\x1b]0;t\x07\ndata: b\n\n");
    std::string line;
    cli::appendTextLine(read.at(1), noon, "src", line);
    QVERIFY(line.find('\x1b') == std::string::npos);
    QVERIFY(line.find('\x07') == std::string::npos);
    QVERIFY(line.find("\\x1B[2J") != std::string::npos);
    QVERIFY(line.find("\n    b\n") != std::string::npos);
}

void TestJsonLines::exactBytes()
{
    const OneRead read("id:9\r\ndata:a\r\n\r\ndata: b\n\n");
    std::string bytes;
    capture::appendEventStreamBlock(read.at(1), bytes);
    capture::appendEventStreamBlock(read.at(2), bytes);
    QCOMPARE(bytes, "id:9\r\ndata:a\r\n\r\ndata: b\n\n");
}

QTEST_GUILESS_MAIN(TestJsonLines)
#include "tst_jsonlines.moc"
