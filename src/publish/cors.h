// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace weir::publish {

/// Which web pages may read the streams: Fetch Standard, "CORS protocol". A value.
///
/// Pages of local origins (http or https on localhost, 127.0.0.1 or [::1], any port) always may; one more origin, or
/// all with `*`, by choice. An allowed origin is echoed exactly; nothing else of a request ever gets into a response
/// head.
class CorsPolicy
{
public:
    explicit CorsPolicy(QByteArray extraOrigin = {})
        : m_extraOrigin(std::move(extraOrigin))
    {}

    /// True for `*`, and for an origin as browsers send it: `https://name:port` in lower case, or `null`.
    static bool isOrigin(QByteArrayView text);

    /// Header lines for any answer; empty without an Origin header.
    QByteArray headers(const QByteArray &origin) const;
    /// Those and the ones that answer a preflight request. `methods`: as a header's value.
    QByteArray preflightHeaders(const QByteArray &origin, const QByteArray &methods = "GET, HEAD") const;

private:
    bool allows(const QByteArray &origin) const;

    QByteArray m_extraOrigin;
};

} // namespace weir::publish
