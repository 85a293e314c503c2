// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/jsonlines.h"

#include <charconv>
#include <cstdio>
#include <ctime>

namespace weir::capture {

namespace {

template <class Number>
void appendNumber(Number number, std::string &out)
{
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void appendEscaped(unsigned char character, std::string &out)
{
    switch (character) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        char escape[8];
        std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(character));
        out += escape;
    }
}

void appendHead(
    std::string_view kind, std::string_view source, store::WallTime time, std::uint64_t seq, std::string &out)
{
    out += "{\"kind\":\"";
    out += kind;
    out += "\",\"source\":";
    appendJsonString(source, out);
    if (seq != 0) {
        out += ",\"seq\":";
        appendNumber(seq, out);
    }
    out += ",\"time\":\"";
    appendTime(time, out);
    out += '"';
}

void appendDigits(unsigned number, int width, std::string &out)
{
    char digits[8];
    for (int place = width - 1; place >= 0; --place) {
        digits[place] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
    out.append(digits, static_cast<std::size_t>(width));
}

} // namespace

void appendJsonString(std::string_view text, std::string &out)
{
    out += '"';
    std::size_t clean = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto character = static_cast<unsigned char>(text[at]);
        if (character >= 0x20 && character != '"' && character != '\\')
            continue;
        out.append(text.substr(clean, at - clean));
        appendEscaped(character, out);
        clean = at + 1;
    }
    out.append(text.substr(clean));
    out += '"';
}

void appendTime(store::WallTime time, std::string &out)
{
    using namespace std::chrono;
    // A stream has many events a second: the part down to the second is worked out once for all of them.
    thread_local sys_seconds cachedSecond{seconds{-1}};
    thread_local std::string cachedText;
    const auto second = floor<seconds>(time);
    if (second != cachedSecond) {
        const auto count = static_cast<std::time_t>(second.time_since_epoch().count());
        std::tm parts{};
        gmtime_r(&count, &parts);
        char text[32];
        const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.", &parts);
        cachedText.assign(text, length);
        cachedSecond = second;
    }
    out += cachedText;
    appendDigits(static_cast<unsigned>(duration_cast<microseconds>(time - second).count()), 6, out);
    out += 'Z';
}

void appendEventLine(
    const store::EventView &event, store::WallTime time, std::string_view source, std::uint64_t seq, std::string &out)
{
    appendHead("event", source, time, seq, out);
    out += ",\"type\":";
    appendJsonString(event.type(), out);
    out += ",\"id\":";
    appendJsonString(event.id(), out);
    out += ",\"data\":";
    appendJsonString(event.data(), out);
    out += ",\"size\":";
    appendNumber(event.raw().size(), out);
    out += "}\n";
}

void appendCommentLine(const store::EventView &comment, store::WallTime time, std::string_view source, std::string &out)
{
    appendHead("comment", source, time, 0, out);
    out += ",\"text\":";
    appendJsonString(comment.data(), out);
    out += "}\n";
}

void appendStateLine(const store::EventView &state, store::WallTime time, std::string_view source, std::string &out)
{
    const auto change = state.connection();
    appendHead("state", source, time, 0, out);
    out += ",\"state\":";
    appendJsonString(state.type(), out);
    out += ",\"attempt\":";
    appendNumber(state.attempt(), out);
    if (change.httpStatus != 0) {
        out += ",\"status\":";
        appendNumber(change.httpStatus, out);
    }
    out += ",\"reason\":";
    appendJsonString(change.reason, out);
    if (change.state == store::ConnectionState::Waiting) {
        out += ",\"retryMs\":";
        appendNumber(change.retryDelay.count(), out);
    }
    out += "}\n";
}

void appendSummaryLine(std::uint64_t events, std::uint64_t bytes, double seconds, std::string &out)
{
    const double rate = seconds > 0 ? static_cast<double>(events) / seconds : 0;
    char text[64];
    out += "{\"kind\":\"summary\",\"events\":";
    appendNumber(events, out);
    out += ",\"bytes\":";
    appendNumber(bytes, out);
    std::snprintf(text, sizeof text, ",\"seconds\":%.6f,\"eventsPerSecond\":%.1f}\n", seconds, rate);
    out += text;
}

} // namespace weir::capture
