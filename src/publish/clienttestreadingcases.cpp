// SPDX-License-Identifier: GPL-3.0-or-later
// How a client reads a stream: ids, fields, lines, bytes.
#include "publish/clienttestcases.h"

#include <string_view>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace std::string_view_literals;

namespace {

/// A case about reading whose stream needs no more than its bytes.
struct Reading
{
    const char *name;
    const char *checks; ///< English
    QString (*rule)();
    std::string_view stream;
    std::string_view expected = "right"sv; ///< the id to come back with; empty: none
};

constexpr Reading idReadings[] = {
    {"id-kept", QT_TRANSLATE_NOOP("ClientTestCases", "The id stays while events without one come"), rules::interpreting,
        "id: right\ndata: a\n\ndata: b\n\ndata: c\n\n"sv},
    {"id-kept-next-connection",
        QT_TRANSLATE_NOOP("ClientTestCases", "The id stays over a whole connection without one"), rules::interpreting,
        "data: x\n\n"sv, "before"sv},
    {"id-empty", QT_TRANSLATE_NOOP("ClientTestCases", "After an empty id it comes without Last-Event-ID"),
        rules::lastEventId, "id: wrong\ndata: a\n\nid: \ndata: b\n\n"sv, {}},
    {"id-without-colon", QT_TRANSLATE_NOOP("ClientTestCases", "A line with nothing but “id” is an empty id"),
        rules::interpreting, "id\ndata: x\n\n"sv, {}},
    {"id-nul", QT_TRANSLATE_NOOP("ClientTestCases", "An id with a NUL is ignored, and the one before stays"),
        rules::interpreting, "id: right\ndata: a\n\nid: wr\0ong\ndata: b\n\n"sv},
    {"id-utf8", QT_TRANSLATE_NOOP("ClientTestCases", "It sends an id back in UTF-8"), rules::lastEventId,
        "id: gr\xc3\xbcn \xe2\x82\xac \xf0\x9f\x98\x80\ndata: x\n\n"sv, "gr\xc3\xbcn \xe2\x82\xac \xf0\x9f\x98\x80"sv},
    {"id-without-data", QT_TRANSLATE_NOOP("ClientTestCases", "An id counts even if there is no data with it"),
        rules::interpreting, "id: right\n\n"sv},
    {"id-last-of-several", QT_TRANSLATE_NOOP("ClientTestCases", "Of several ids in one event the last counts"),
        rules::interpreting, "id: wrong\nid: right\ndata: x\n\n"sv},
    {"id-incomplete-event",
        QT_TRANSLATE_NOOP("ClientTestCases", "The id of an event that no empty line ended is not taken"),
        rules::interpreting, "id: right\ndata: a\n\ndata: b\nid: wrong\n"sv},
    {"id-incomplete-line", QT_TRANSLATE_NOOP("ClientTestCases", "An id on a line that nothing ended is not taken"),
        rules::parsing, "id: right\ndata: a\n\ndata: b\nid: wrong"sv},
};

constexpr Reading fieldReadings[] = {
    {"no-space", QT_TRANSLATE_NOOP("ClientTestCases", "The space after the colon may be missing"), rules::interpreting,
        "id:right\ndata:x\n\n"sv},
    {"colons-in-value", QT_TRANSLATE_NOOP("ClientTestCases", "Only the first colon divides a line"),
        rules::interpreting, "id: a:b: c\ndata: x:y\n\n"sv, "a:b: c"sv},
    {"field-names", QT_TRANSLATE_NOOP("ClientTestCases", "Field names are compared exactly, and unknown ones ignored"),
        rules::interpreting,
        "id: right\ndata: a\n\nID: wrong\n id: wrong\nid : wrong\nids: wrong\nlast: wrong\ndata: b\n\n"sv},
    {"comments", QT_TRANSLATE_NOOP("ClientTestCases", "Comments change nothing"), rules::interpreting,
        "id: right\ndata: a\n\n: id: wrong\n\n:id: wrong\n:\n::\ndata: b\n\n"sv},
    {"bom", QT_TRANSLATE_NOOP("ClientTestCases", "A byte order mark at the start is left out"), rules::parsing,
        "\xef\xbb\xbf"
        "id: right\ndata: x\n\nretry: 200\n\n"sv},
    {"bom-inside", QT_TRANSLATE_NOOP("ClientTestCases", "A byte order mark anywhere else is an ordinary character"),
        rules::parsing, "id: right\ndata: a\n\n\xef\xbb\xbfid: wrong\ndata: b\n\n"sv},
    {"bad-utf8", QT_TRANSLATE_NOOP("ClientTestCases", "Bytes that are not UTF-8 disturb nothing that follows"),
        rules::parsing, "data: \xff\xc3(\xe2\x82\n\nid: right\ndata: \xf0\x9f\n\n"sv},
    {"nul-in-data", QT_TRANSLATE_NOOP("ClientTestCases", "A NUL in data disturbs nothing that follows"),
        rules::interpreting, "data: a\0b\n\nid: right\ndata: x\n\n"sv},
};

constexpr Reading lineReadings[] = {
    {"line-ends-crlf", QT_TRANSLATE_NOOP("ClientTestCases", "CR LF ends a line"), rules::parsing,
        "retry: 200\r\n\r\nid: right\r\ndata: x\r\n\r\n"sv},
    {"line-ends-cr", QT_TRANSLATE_NOOP("ClientTestCases", "A CR alone ends a line"), rules::parsing,
        "retry: 200\r\rid: right\rdata: x\r\r: more\r"sv},
    {"cr-at-once", QT_TRANSLATE_NOOP("ClientTestCases", "A CR ends its line at once, whatever comes after it"),
        rules::parsing, "id: right\rdata: x\r\r"sv},
    {"line-ends-mixed", QT_TRANSLATE_NOOP("ClientTestCases", "CR, LF and CR LF may be mixed"), rules::parsing,
        "id: right\rdata: a\ndata: b\r\n\ndata: c\n\r\n"sv},
};

constexpr Reading otherReadings[] = {{"other-line-ends",
    QT_TRANSLATE_NOOP("ClientTestCases", "Nothing else ends a line (VT, FF, FS, NEL, U+2028, U+2029)"), rules::parsing,
    "id: right\ndata: a\n\ndata: b\x0bid: wrong\x0cid: wrong\x1cid: wrong\xc2\x85id: wrong\xe2\x80\xa8id: wrong"
    "\xe2\x80\xa9id: wrong\n\n"sv}};

QByteArray bytesOfRow(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

constexpr qsizetype bigEvent = 1 << 20;
constexpr int manyEvents = 10'000;

ClientTestScript bigStream()
{
    ClientTestScript script = ClientTestScript::stream().body("id: right\ndata: ");
    constexpr qsizetype chunk = 64 << 10;
    for (qsizetype sent = 0; sent < bigEvent; sent += chunk)
        script.body(QByteArray(chunk, 'x'));
    return script.body("\n\n");
}

ClientTestScript longStream()
{
    QByteArray events;
    for (int n = 1; n < manyEvents; ++n)
        events += "id: " + QByteArray::number(n) + "\ndata: event " + QByteArray::number(n) + "\n\n";
    return ClientTestScript::stream().body(events + "id: right\ndata: last\n\n");
}

} // namespace

template <class Table>
QList<ClientTestCase> ClientTestCases::readings(const Table &table)
{
    QList<ClientTestCase> cases;
    for (const Reading &row : table)
        cases << reads(
            QString::fromLatin1(row.name), tr(row.checks), row.rule(), bytesOfRow(row.stream), bytesOfRow(row.expected));
    return cases;
}

QList<ClientTestCase> ClientTestCases::ids()
{
    ClientTestCase plain{.name = u"last-event-id"_s,
        .checks = tr("It brings the last event ID when it comes back, each time the newest"),
        .rule = rules::lastEventId(),
        .answers = {opening("first"), opening("second")}};
    plain.judge = [](const ClientTestObservation &seen) {
        const auto early = judgeId(seen.requests.at(1), "first");
        return early.verdict == ClientTestVerdict::Pass ? judgeId(seen.requests.at(2), "second") : early;
    };
    return QList<ClientTestCase>{plain} + readings(idReadings);
}

QList<ClientTestCase> ClientTestCases::reading()
{
    return readings(fieldReadings) +
           QList<ClientTestCase>{reads(u"big-event"_s, tr("It takes an event of 1 MiB"), rules::parsing(), bigStream()),
               reads(u"many-events"_s, tr("It takes 10,000 events at once"), rules::parsing(), longStream())};
}

QList<ClientTestCase> ClientTestCases::lineEnds()
{
    const auto bytewise = ClientTestScript::stream()
                              .body("data: gr\xc3\xbcn \xf0\x9f\x98\x80\r\n\r\nid: right\r\ndata: x\r\n\r\n")
                              .byteByByte();
    return readings(lineReadings) + QList<ClientTestCase>{splitLineEnd()} + readings(otherReadings) +
           QList<ClientTestCase>{reads(u"byte-by-byte"_s,
               tr("It makes no difference where the network divides the bytes"), rules::parsing(), bytewise)};
}

/// A client that takes CR and LF in two packets for two line ends sees an empty line, and dispatches. To be sure that
/// it is this, the same stream comes first with a plain line end.
ClientTestCase ClientTestCases::splitLineEnd()
{
    const QByteArray start = "id: right\ndata: a\n\ndata: b\nid: wrong";
    const ClientTestScript split = ClientTestScript::stream().body(start + "\r").pause(150ms).body("\n").pause(50ms);
    ClientTestCase made =
        reads(u"split-crlf"_s, tr("CR and LF are one line end, also if they come apart"), rules::parsing(), split);
    made.answers.insert(1, ClientTestScript::stream().body(start + "\n"));
    made.mustComeBackAfter = 2;
    made.judge = [](const ClientTestObservation &seen) {
        if (const auto control = judgeId(seen.requests.at(2), "right"); control.verdict != ClientTestVerdict::Pass) {
            return unclear(tr("It cannot be seen with this client: it came back %1 from an event that was not complete "
                              "even without a divided line end.")
                               .arg(idIn(seen.requests.at(2))));
        }
        return judgeId(seen.requests.at(3), "right");
    };
    return made;
}

} // namespace weir::publish
