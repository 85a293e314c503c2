// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/attemptlines.h"

#include "capture/jsonlines.h"

#include <cstdio>
#include <optional>

namespace weir::cli {

using capture::appendJsonString;
using capture::appendTime;

namespace {

using subscribe::AttemptReport;
using subscribe::HopReport;
using subscribe::TlsReport;

void appendText(const char *name, const QByteArray &text, std::string &out)
{
    out += ",\"";
    out += name;
    out += "\":";
    appendJsonString(std::string_view(text.constData(), static_cast<std::size_t>(text.size())), out);
}

void appendText(const char *name, const QString &text, std::string &out)
{
    appendText(name, text.toUtf8(), out);
}

void appendCount(const char *name, std::uint64_t number, std::string &out)
{
    out += ",\"";
    out += name;
    out += "\":" + std::to_string(number);
}

void appendTime(const char *name, std::optional<std::chrono::nanoseconds> time, std::string &out)
{
    if (!time)
        return;
    char text[64];
    std::snprintf(text, sizeof text, ",\"%s\":%.3f", name, static_cast<double>(time->count()) * 1e-6);
    out += text;
}

void appendTls(const TlsReport &tls, std::string &out)
{
    out += ",\"tls\":{\"accepted\":";
    out += tls.problems.isEmpty() || tls.isAcceptedAnyway ? "true" : "false";
    appendText("protocol", tls.protocol, out);
    appendText("cipher", tls.cipher, out);
    if (!tls.chain.isEmpty()) {
        appendText("subject", tls.chain.constFirst().subject, out);
        appendText("issuer", tls.chain.constFirst().issuer, out);
        appendText("validTo", tls.chain.constFirst().validTo.toUTC().toString(Qt::ISODate), out);
        appendText("sha256", tls.chain.constFirst().sha256, out);
    }
    if (!tls.problems.isEmpty())
        appendText("problems", tls.problems.join(QLatin1String("; ")), out);
    out += '}';
}

void appendHop(const HopReport &hop, std::string &out)
{
    out += "{\"method\":";
    appendJsonString(hop.method.toStdString(), out);
    appendText("url", hop.url.toDisplayString(), out);
    if (!hop.proxy.isEmpty())
        appendText("proxy", hop.proxy, out);
    appendText("requestHead", hop.requestHead, out);
    if (hop.requestBodyBytes > 0)
        appendCount("requestBodyBytes", static_cast<std::uint64_t>(hop.requestBodyBytes), out);
    if (hop.status != 0) {
        appendCount("status", static_cast<std::uint64_t>(hop.status), out);
        appendText("httpVersion", hop.httpVersion, out);
        appendText("responseHead", hop.responseHead, out);
    }
    if (hop.tls)
        appendTls(*hop.tls, out);
    appendTime("startedMs", hop.started, out);
    appendTime("encryptedMs", hop.encrypted, out);
    appendTime("sentMs", hop.sent, out);
    appendTime("headMs", hop.headReceived, out);
    if (hop.hiddenResends > 0)
        appendCount("resentByLibrary", static_cast<std::uint64_t>(hop.hiddenResends), out);
    out += '}';
}

void appendHops(const QList<HopReport> &hops, std::string &out)
{
    out += ",\"requests\":[";
    for (qsizetype i = 0; i < hops.size(); ++i) {
        if (i > 0)
            out += ',';
        appendHop(hops[i], out);
    }
    out += ']';
}

} // namespace

void appendAttemptLine(const AttemptReport &report, store::WallTime started, std::string_view source, std::string &out)
{
    out += "{\"kind\":\"attempt\",\"source\":";
    appendJsonString(source, out);
    out += ",\"time\":\"";
    appendTime(started, out);
    out += '"';
    appendCount("attempt", report.attempt, out);
    appendText("because", report.startedBecause, out);
    appendHops(report.hops, out);
    if (!report.warnings.isEmpty())
        appendText("warning", report.warnings.join(QLatin1String("; ")), out);
    appendTime("openedMs", report.opened, out);
    appendTime("firstByteMs", report.firstByte, out);
    appendTime("firstEventMs", report.firstEvent, out);
    appendTime("endedMs", report.ended, out);
    appendCount("events", report.events, out);
    appendCount("comments", report.comments, out);
    appendCount("bytes", report.bytes, out);
    appendCount("wireBytes", report.wireBytes, out);
    appendText("lastEventIdSent", report.lastEventIdSent, out);
    appendText("lastEventIdAfter", report.lastEventIdAfter, out);
    appendText("ending", report.ending, out);
    appendText("next", report.next, out);
    out += "}\n";
}

} // namespace weir::cli
