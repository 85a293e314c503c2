// SPDX-License-Identifier: GPL-3.0-or-later
// How a client reads a stream: ids, fields, lines, bytes.
#include "publish/clienttestcases.h"

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

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
    return {plain,
        reads(u"id-kept"_s, tr("The id stays while events without one come"), rules::interpreting(),
            "id: right\ndata: a\n\ndata: b\n\ndata: c\n\n"),
        reads(u"id-kept-next-connection"_s, tr("The id stays over a whole connection without one"),
            rules::interpreting(), "data: x\n\n", "before"),
        reads(u"id-empty"_s, tr("After an empty id it comes without Last-Event-ID"), rules::lastEventId(),
            "id: wrong\ndata: a\n\nid: \ndata: b\n\n", {}),
        reads(u"id-without-colon"_s, tr("A line with nothing but “id” is an empty id"), rules::interpreting(),
            "id\ndata: x\n\n", {}),
        reads(u"id-nul"_s, tr("An id with a NUL is ignored, and the one before stays"), rules::interpreting(),
            QByteArrayLiteral("id: right\ndata: a\n\nid: wr\0ong\ndata: b\n\n")),
        reads(u"id-utf8"_s, tr("It sends an id back in UTF-8"), rules::lastEventId(),
            "id: gr\xc3\xbcn \xe2\x82\xac \xf0\x9f\x98\x80\ndata: x\n\n", "gr\xc3\xbcn \xe2\x82\xac \xf0\x9f\x98\x80"),
        reads(u"id-without-data"_s, tr("An id counts even if there is no data with it"), rules::interpreting(),
            "id: right\n\n"),
        reads(u"id-last-of-several"_s, tr("Of several ids in one event the last counts"), rules::interpreting(),
            "id: wrong\nid: right\ndata: x\n\n"),
        reads(u"id-incomplete-event"_s, tr("The id of an event that no empty line ended is not taken"),
            rules::interpreting(), "id: right\ndata: a\n\ndata: b\nid: wrong\n"),
        reads(u"id-incomplete-line"_s, tr("An id on a line that nothing ended is not taken"), rules::parsing(),
            "id: right\ndata: a\n\ndata: b\nid: wrong")};
}

QList<ClientTestCase> ClientTestCases::reading()
{
    return {reads(u"no-space"_s, tr("The space after the colon may be missing"), rules::interpreting(),
                "id:right\ndata:x\n\n"),
        reads(u"colons-in-value"_s, tr("Only the first colon divides a line"), rules::interpreting(),
            "id: a:b: c\ndata: x:y\n\n", "a:b: c"),
        reads(u"field-names"_s, tr("Field names are compared exactly, and unknown ones ignored"), rules::interpreting(),
            "id: right\ndata: a\n\nID: wrong\n id: wrong\nid : wrong\nids: wrong\nlast: wrong\ndata: b\n\n"),
        reads(u"comments"_s, tr("Comments change nothing"), rules::interpreting(),
            "id: right\ndata: a\n\n: id: wrong\n\n:id: wrong\n:\n::\ndata: b\n\n"),
        reads(u"bom"_s, tr("A byte order mark at the start is left out"), rules::parsing(),
            "\xef\xbb\xbfid: right\ndata: x\n\nretry: 200\n\n"),
        reads(u"bom-inside"_s, tr("A byte order mark anywhere else is an ordinary character"), rules::parsing(),
            "id: right\ndata: a\n\n\xef\xbb\xbfid: wrong\ndata: b\n\n"),
        reads(u"bad-utf8"_s, tr("Bytes that are not UTF-8 disturb nothing that follows"), rules::parsing(),
            "data: \xff\xc3(\xe2\x82\n\nid: right\ndata: \xf0\x9f\n\n"),
        reads(u"nul-in-data"_s, tr("A NUL in data disturbs nothing that follows"), rules::interpreting(),
            QByteArrayLiteral("data: a\0b\n\nid: right\ndata: x\n\n")),
        reads(u"big-event"_s, tr("It takes an event of 1 MiB"), rules::parsing(), bigStream()),
        reads(u"many-events"_s, tr("It takes 10,000 events at once"), rules::parsing(), longStream())};
}

QList<ClientTestCase> ClientTestCases::lineEnds()
{
    return {reads(u"line-ends-crlf"_s, tr("CR LF ends a line"), rules::parsing(),
                "retry: 200\r\n\r\nid: right\r\ndata: x\r\n\r\n"),
        reads(u"line-ends-cr"_s, tr("A CR alone ends a line"), rules::parsing(),
            "retry: 200\r\rid: right\rdata: x\r\r: more\r"),
        reads(u"cr-at-once"_s, tr("A CR ends its line at once, whatever comes after it"), rules::parsing(),
            "id: right\rdata: x\r\r"),
        reads(u"line-ends-mixed"_s, tr("CR, LF and CR LF may be mixed"), rules::parsing(),
            "id: right\rdata: a\ndata: b\r\n\ndata: c\n\r\n"),
        splitLineEnd(),
        reads(u"other-line-ends"_s, tr("Nothing else ends a line (VT, FF, FS, NEL, U+2028, U+2029)"), rules::parsing(),
            "id: right\ndata: a\n\ndata: b\x0bid: wrong\x0cid: wrong\x1cid: wrong\xc2\x85id: wrong\xe2\x80\xa8id: wrong"
            "\xe2\x80\xa9id: wrong\n\n"),
        reads(u"byte-by-byte"_s, tr("It makes no difference where the network divides the bytes"), rules::parsing(),
            ClientTestScript::stream()
                .body("data: gr\xc3\xbcn \xf0\x9f\x98\x80\r\n\r\nid: right\r\ndata: x\r\n\r\n")
                .byteByByte())};
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
