// SPDX-License-Identifier: GPL-3.0-or-later
// What a client asks for, when it comes back, and when.
#include "publish/clienttestcases.h"
#include "publish/clienttestevidence.h"

#include <algorithm>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

// Timers may be a little early and networks late; the standard lets a client wait longer, but not shorter.
constexpr auto allowedHaste = 0.9;
constexpr auto allowedDelay = 1000ms;

bool isTooEarly(microseconds delay, microseconds wanted)
{
    return static_cast<double>(delay.count()) < allowedHaste * static_cast<double>(wanted.count());
}

ClientTestScript withDelay(const QByteArray &lines)
{
    return ClientTestScript::stream().body(lines + "data: x\n\n");
}

bool accepts(const QByteArray &accept, QByteArrayView type)
{
    const auto parts = accept.split(',');
    return std::any_of(parts.begin(), parts.end(), [type](const QByteArray &part) {
        return part.first(part.contains(';') ? part.indexOf(';') : part.size())
                   .trimmed()
                   .compare(type, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

QList<ClientTestCase> ClientTestCases::requests()
{
    ClientTestCase method{.name = u"method-get"_s, .checks = tr("It asks with GET"), .rule = rules::processing()};
    method.judge = [](const ClientTestObservation &seen) {
        return seen.requests.first().isGet ? pass(tr("It asked with GET."))
                                           : fail(tr("It asked with another method; an EventSource always uses GET."));
    };

    ClientTestCase accept{
        .name = u"accept"_s, .checks = tr("It says that it accepts text/event-stream"), .rule = rules::processing()};
    accept.judge = [](const ClientTestObservation &seen) {
        const QByteArray value = seen.requests.first().fields.header("accept");
        if (accepts(value, "text/event-stream"))
            return pass(tr("It sent Accept: %1.").arg(printable(value, 100)));
        if (value.isNull() || accepts(value, "*/*") || accepts(value, "text/*"))
            return unclear(
                tr("It sent %1. The standard allows that, but a server that offers several types may then "
                   "choose another one.")
                    .arg(value.isNull() ? tr("no Accept header") : tr("Accept: %1").arg(printable(value, 100))));
        return fail(tr("It sent Accept: %1, which rules the stream out.").arg(printable(value, 100)));
    };

    ClientTestCase cache{.name = u"cache-control"_s,
        .checks = tr("It forbids answers from a cache"),
        .rule =
            u"HTML Standard, “Processing model” (cache mode no-store); Fetch Standard, “HTTP-network-or-cache fetch”"_s};
    cache.judge = [](const ClientTestObservation &seen) {
        const QByteArray value = seen.requests.first().fields.header("cache-control").toLower();
        if (value.contains("no-cache") || value.contains("no-store"))
            return pass(tr("It sent Cache-Control: %1.").arg(printable(value, 100)));
        return fail(tr("It sent no Cache-Control: no-cache (or no-store), so a cache on the way may answer."));
    };

    ClientTestCase first{.name = u"no-id-at-first"_s,
        .checks = tr("The first request has no Last-Event-ID"),
        .rule = rules::lastEventId()};
    first.judge = [](const ClientTestObservation &seen) {
        const auto &request = seen.requests.first();
        return request.lastEventId().isNull() ? pass(tr("It came without Last-Event-ID."))
                                              : fail(tr("Its first request came %1.").arg(idIn(request)));
    };
    QList<ClientTestCase> made{method, accept, cache, first};
    for (ClientTestCase &each : made)
        each.needsFreshClient = true;
    return made;
}

QList<ClientTestCase> ClientTestCases::returns()
{
    const QByteArray event = "retry: 200\n\nid: 1\ndata: x\n\n";
    ClientTestCase silent =
        comesBack(u"reconnect-no-answer"_s, tr("It connects again if a connection is closed without any answer"),
            ClientTestScript::nothing().end(AnswerEnd::Clean));
    silent.answers.prepend(opening("1"));
    silent.mustComeBackAfter = 1;
    silent.judge = [](const ClientTestObservation &seen) {
        return pass(tr("It connected again after %1.").arg(inSeconds(seen.delayAfter(1))));
    };

    ClientTestCase single =
        comesBack(u"reconnect-once"_s, tr("It opens one connection for one that failed, not several"),
            ClientTestScript::stream().body(event).end(AnswerEnd::Reset));
    single.mustComeBackAfter = -1;
    single.answers.append(ClientTestScript::stream().body(event).pause(1500ms));
    single.judge = [](const ClientTestObservation &seen) {
        return seen.requests.at(2).isDuringAnswer
                   ? fail(tr("A further connection came while the new one was open."))
                   : pass(tr("One connection came, and the next one only when that had ended."));
    };

    return {comesBack(u"reconnect-clean-end"_s, tr("It connects again after the stream has ended cleanly"),
                ClientTestScript::stream().body(event).end(AnswerEnd::Clean)),
        comesBack(u"reconnect-cut"_s, tr("It connects again after a stream in chunks was cut off"),
            ClientTestScript::stream().body(event).end(AnswerEnd::Cut)),
        comesBack(u"reconnect-reset"_s, tr("It connects again after a reset of the connection"),
            ClientTestScript::stream().body(event).pause(100ms).end(AnswerEnd::Reset)),
        comesBack(u"reconnect-close"_s, tr("It connects again after a stream that only closing delimits"),
            ClientTestScript::undelimitedStream().body(event)),
        comesBack(u"reconnect-content-length"_s,
            tr("It takes the end of a body with Content-Length for the end, though the connection stays open"),
            ClientTestScript::answer("200 OK", "Content-Type: text/event-stream\r\n", event)),
        silent, single};
}

QList<ClientTestCase> ClientTestCases::delays()
{
    // Each case takes the last delay for what counts; all others are there to set the scene.
    const auto waits = [](const QString &name, const QString &checks, const QList<ClientTestScript> &answers,
                           microseconds wanted, const QString &otherwise) {
        ClientTestCase made{.name = name, .checks = checks, .rule = rules::interpreting(), .answers = answers};
        made.judge = [wanted, otherwise](const ClientTestObservation &seen) {
            const auto delay = seen.delayAfter(seen.requests.size() - 2);
            const auto text = tr("It waited %1 where %2 was set").arg(inSeconds(delay), inSeconds(wanted));
            if (isTooEarly(delay, wanted))
                return fail(tr("%1: too short by more than 10 %. %2").arg(text, otherwise).trimmed());
            if (delay > wanted + allowedDelay)
                return unclear(tr("%1: longer than that by more than %2. The standard allows longer waits, but perhaps "
                                  "the client does not take the time from the stream.")
                                   .arg(text, inSeconds(allowedDelay)));
            return pass(tr("%1 (from 10 % less to %2 more is well).").arg(text, inSeconds(allowedDelay)));
        };
        return made;
    };
    const ClientTestScript quick = withDelay("retry: 300\n");
    const ClientTestScript slow = withDelay("retry: 1500\n");
    return {waits(u"retry"_s, tr("It waits as long as retry says"), {quick}, 300ms, {}),
        waits(u"retry-changed"_s, tr("It takes a later retry"), {quick, slow}, 1500ms,
            tr("It seems to have kept the earlier time, or its own.")),
        waits(u"retry-kept"_s, tr("It keeps the time over a connection without retry"), {slow, withDelay({})}, 1500ms,
            tr("The reconnection time belongs to the source, not to one connection.")),
        waits(u"retry-invalid"_s, tr("It ignores a retry that is anything but ASCII digits"),
            {withDelay("retry: 1500\n\nretry: 100x\nretry: -1\nretry: 1e1\nretry: 0.1\nretry: 50 \n")}, 1500ms,
            tr("It seems to have taken a value that is not valid.")),
        waits(u"retry-at-once"_s, tr("It takes retry at its line, without the empty line that ends an event"),
            {quick, ClientTestScript::stream().body("data: x\n\nretry: 1500\n")}, 1500ms,
            tr("It seems to take retry only with a whole event."))};
}

} // namespace weir::publish
