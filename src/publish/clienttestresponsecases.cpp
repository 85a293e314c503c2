// SPDX-License-Identifier: GPL-3.0-or-later
// What a client makes of responses: heads, codings, redirects, silence, and what ends it for good.
#include "publish/clienttestcases.h"
#include "publish/clienttestevidence.h"

#include <zlib.h>

#include <array>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int loopLength = 45;        ///< more than twice what Fetch allows
constexpr int maxRedirects = 20;      ///< Fetch Standard, "HTTP-redirect fetch"
constexpr auto betweenBursts = 500ms; ///< a wait that long is a reconnection, no redirect

/// As a gzip member; whole, because a proof needs no more.
QByteArray gzipped(const QByteArray &plain)
{
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))), '\0');
    // zlib's bytes are unsigned char, which may alias any other.
    stream.next_in = reinterpret_cast<const Bytef *>(plain.constData());
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

QByteArray pathOf(const ClientTestRequest &request)
{
    return request.fields.path;
}

/// The most requests that followed each other without a wait.
int longestBurst(const ClientTestObservation &seen)
{
    int longest = 1;
    int burst = 1;
    for (qsizetype i = 2; i < seen.requests.size(); ++i) {
        burst = seen.delayAfter(i - 1) < betweenBursts ? burst + 1 : 1;
        longest = std::max(longest, burst);
    }
    return longest;
}

} // namespace

QList<ClientTestCase> ClientTestCases::responses()
{
    const QByteArray event = "id: right\ndata: x\n\n";
    return {reads(u"type-parameters"_s, tr("It takes the type in any case, and with parameters"),
                u"HTML Standard, “Processing model”; MIME Sniffing Standard, “MIME type essence”"_s,
                ClientTestScript::stream("Content-Type: Text/Event-Stream;charset=UTF-8\r\n").body(event)),
        reads(u"interim-response"_s, tr("It passes over an interim response (103 Early Hints)"),
            u"RFC 9110, “Informational 1xx”"_s, ClientTestScript::stream().afterInterim().body(event)),
        reads(u"chunk-borders"_s, tr("It makes no difference where chunks end, and what extensions they have"),
            u"RFC 9112, “Chunked Transfer Coding”"_s,
            ClientTestScript::stream()
                .raw("5;x=y\r\nid: r\r\n")
                .pause(20ms)
                .raw("6;z=\"1\"\r\night\nd\r\n8\r\nata: x\n\n\r\n")),
        compressed()};
}

ClientTestCase ClientTestCases::compressed()
{
    ClientTestCase made =
        reads(u"gzip"_s, tr("It reads a compressed stream if it has asked for one"), u"RFC 9110, “Content-Encoding”"_s,
            ClientTestScript::stream("Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n")
                .body(gzipped("id: right\ndata: x\n\n"))
                .pause(200ms));
    made.obstacle = [](const ClientTestRequest &request) {
        const QByteArray asked = request.fields.header("accept-encoding").toLower();
        return asked.contains("gzip") ? QString() : tr("Not needed: it did not ask for gzip.");
    };
    return made;
}

QList<ClientTestCase> ClientTestCases::staying()
{
    const auto stays = [](const QString &name, const QString &checks, const ClientTestScript &script) {
        ClientTestCase made = comesBack(name, checks, script);
        made.mustComeBackAfter = -1;
        made.judge = [](const ClientTestObservation &seen) {
            if (seen.requests.at(1).isDuringAnswer)
                return fail(tr("It opened a further connection while the first one was open."));
            if (seen.ends.first().isByClient)
                return fail(tr("It hung up after %1.")
                                .arg(inSeconds(
                                    std::chrono::microseconds{seen.ends.first().time - seen.requests.first().time})));
            return pass(tr("It stayed connected until the stream ended."));
        };
        return made;
    };
    const QByteArray event = "retry: 200\n\nid: 1\ndata: x\n\n";
    ClientTestScript heartbeat = ClientTestScript::stream().body(event);
    for (int n = 0; n < 10; ++n)
        heartbeat.pause(300ms).body(":\n\n");
    return {stays(u"silence"_s, tr("It stays connected through 5 s of silence"),
                ClientTestScript::stream().body(event).pause(5000ms)),
        stays(u"heartbeat"_s, tr("It stays connected while only comments come"), heartbeat)};
}

QList<ClientTestCase> ClientTestCases::redirects()
{
    QList<ClientTestCase> made;
    const auto add = [&made](const QString &name, const QString &checks, const QByteArray &status,
                         const QByteArray &location) {
        ClientTestCase each{.name = name, .checks = checks};
        each.rule = u"HTML Standard, “Processing model”; Fetch Standard, “HTTP-redirect fetch”"_s;
        each.answers = {ClientTestScript::answer(status, "Location: " + location + "\r\n"), opening("moved")};
        each.mustComeBackAfter = 0;
        each.judge = [](const ClientTestObservation &seen) {
            if (pathOf(seen.requests.at(1)) != "/moved")
                return fail(tr("It asked for %1 instead of /moved.").arg(printable(seen.requests.at(1).target, 200)));
            const bool isBack = pathOf(seen.requests.at(2)) != "/moved";
            return pass(
                isBack ? tr("It followed, and began at the first address again when it came back. Clients differ in "
                            "that: the Fetch Standard goes on from the last address, many libraries from the first.")
                       : tr("It followed, and came back to the address it had been sent to."));
        };
        made.append(each);
    };
    add(u"redirect-301"_s, tr("It follows 301 Moved Permanently"), "301 Moved Permanently", "/moved");
    add(u"redirect-302"_s, tr("It follows 302 Found"), "302 Found", "/moved");
    add(u"redirect-303"_s, tr("It follows 303 See Other"), "303 See Other", "/moved");
    add(u"redirect-307"_s, tr("It follows 307 Temporary Redirect"), "307 Temporary Redirect", "/moved");
    add(u"redirect-308"_s, tr("It follows 308 Permanent Redirect"), "308 Permanent Redirect", "/moved");
    add(u"redirect-relative"_s, tr("It resolves a relative Location"), "307 Temporary Redirect", "./moved?a=b");
    return made;
}

QList<ClientTestCase> ClientTestCases::ends()
{
    const QByteArray type = "Content-Type: text/event-stream\r\n";
    const QByteArray event = "id: wrong\ndata: x\n\n";
    QList<ClientTestCase> made{
        stops(u"status-204"_s, tr("204 No Content ends it for good"), rules::processing(),
            ClientTestScript::answer("204 No Content")),
        stops(u"status-404"_s, tr("404 Not Found ends it for good"), rules::processing(),
            ClientTestScript::answer("404 Not Found", type, event)),
        stops(u"status-202"_s, tr("Any status but 200 ends it for good, 202 Accepted too"), rules::processing(),
            ClientTestScript::answer("202 Accepted", type, event)),
    };
    for (const auto &status : {"500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable"}) {
        ClientTestCase each = stops(u"status-"_s + QString::fromLatin1(status, 3),
            tr("%1 ends it for good").arg(QString::fromLatin1(status)), rules::processing(),
            ClientTestScript::answer(status, type, event));
        each.judge = [](const ClientTestObservation &seen) {
            if (seen.requests.size() == 2)
                return pass(tr("It did not ask again."));
            return fail(tr("It asked again after %1. By the standard, and in browsers, such an answer is final. Many "
                           "libraries try again on purpose: if yours does, leave this case out.")
                            .arg(inSeconds(seen.delayAfter(1))));
        };
        made.append(each);
    }
    ClientTestCase huge = stops(u"retry-huge"_s, tr("A huge retry is a long wait, not a short one"),
        rules::interpreting(), ClientTestScript::stream().body("retry: 4294967297\ndata: x\n\n"));
    huge.judge = [](const ClientTestObservation &seen) {
        if (seen.requests.size() == 2)
            return pass(tr("It did not come back while it was watched."));
        return fail(tr("It came back after %1 where 4294967297 ms were set.").arg(inSeconds(seen.delayAfter(1))));
    };
    made.append(huge);
    return made;
}

QList<ClientTestCase> ClientTestCases::wrongTypes()
{
    const QByteArray event = "id: wrong\ndata: x\n\n";
    const auto typed = [&event](const QString &name, const QString &checks, const QByteArray &fields) {
        return stops(name, checks, rules::processing(), ClientTestScript::answer("200 OK", fields, event));
    };
    return {typed(u"type-wrong"_s, tr("A stream with the type text/plain ends it for good"),
                "Content-Type: text/plain\r\n"),
        typed(u"type-html"_s, tr("A page with the type text/html, as a login page has it, ends it for good"),
            "Content-Type: text/html; charset=utf-8\r\n"),
        typed(u"type-lookalike"_s, tr("A type that only begins like the right one ends it for good"),
            "Content-Type: text/event-streams\r\n"),
        typed(u"type-missing"_s, tr("A stream without a type ends it for good"), {})};
}

QList<ClientTestCase> ClientTestCases::redirectEnds()
{
    ClientTestCase loop{.name = u"redirect-loop"_s,
        .checks = tr("It gives up a chain of redirects after 20"),
        .rule = u"Fetch Standard, “HTTP-redirect fetch”"_s};
    loop.answers = {ClientTestScript::stream().body("retry: 1000\n\nid: before\ndata: x\n\n")};
    for (int n = 1; n <= loopLength; ++n) {
        loop.answers.append(ClientTestScript::answer("302 Found", "Location: /loop/" + QByteArray::number(n) + "\r\n"));
    }
    loop.stops = true;
    loop.decidingAnswer = 1;
    loop.judge = [](const ClientTestObservation &seen) {
        const int followed = longestBurst(seen) - 1;
        if (followed > maxRedirects)
            return fail(tr("It followed %1 redirects in a row.").arg(followed));
        return pass(tr("It followed %1 redirects, and then gave up.").arg(followed));
    };
    return {stops(u"redirect-nowhere"_s, tr("A redirect without Location ends it for good"),
                u"Fetch Standard, “HTTP-redirect fetch”"_s, ClientTestScript::answer("302 Found")),
        loop};
}

} // namespace weir::publish
