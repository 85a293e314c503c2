// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/cors.h"

#include "publish/hostcheck.h"

#include <algorithm>

namespace weir::publish {

namespace {

/// Host and port of an http or https origin; empty for any other.
QByteArrayView afterScheme(QByteArrayView origin)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (origin.startsWith(scheme))
            return origin.sliced(scheme.size());
    }
    return {};
}

bool isLocalOrigin(QByteArrayView origin)
{
    const QByteArrayView place = afterScheme(origin);
    for (const QByteArrayView host :
        {QByteArrayView("localhost"), QByteArrayView("127.0.0.1"), QByteArrayView("[::1]")}) {
        if (!place.startsWith(host))
            continue;
        const QByteArrayView port = place.sliced(host.size());
        const bool isPort = port.size() > 1 && port.size() <= 6 && port[0] == ':' &&
                            std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; });
        return port.isEmpty() || isPort;
    }
    return false;
}

} // namespace

bool CorsPolicy::allows(const QByteArray &origin) const
{
    return (!m_extraOrigin.isEmpty() && origin == m_extraOrigin) || isLocalOrigin(origin);
}

bool CorsPolicy::isOrigin(QByteArrayView text)
{
    const qsizetype colon = text.indexOf("://");
    const bool isName = std::none_of(text.begin(), text.begin() + std::max<qsizetype>(colon, 0),
        [](char c) { return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '+' && c != '.'; });
    const QByteArrayView place = text.sliced(colon < 0 ? 0 : colon + 3);
    const bool hasUpper = std::any_of(place.begin(), place.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return text == "*" || text == "null" || (colon > 0 && isName && !hasUpper && isWellFormedHost(place));
}

QByteArray CorsPolicy::headers(const QByteArray &origin) const
{
    if (origin.isEmpty())
        return {};
    if (m_extraOrigin == "*")
        return "Access-Control-Allow-Origin: *\r\n";
    if (!allows(origin))
        return "Vary: Origin\r\n";
    return "Access-Control-Allow-Origin: " + origin + "\r\nAccess-Control-Allow-Credentials: true\r\nVary: Origin\r\n";
}

QByteArray CorsPolicy::preflightHeaders(const QByteArray &origin, const QByteArray &methods) const
{
    const QByteArray lines = headers(origin);
    if (!lines.startsWith("Access-Control-Allow-Origin"))
        return lines;
    return lines + "Access-Control-Allow-Methods: " + methods +
           "\r\nAccess-Control-Allow-Headers: last-event-id, cache-control, authorization, accept, content-type, "
           "x-requested-with\r\n"
           "Access-Control-Max-Age: 600\r\n";
}

} // namespace weir::publish
