// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace weir::cli {

/// The options of a command that say how to get at a stream: request, connection, reconnection, reading. Whatever may
/// hold a secret can come from a file (`@FILE`), so that it does not stand in the list of processes.
class RequestOptions
{
public:
    void addTo(CLI::App &command);
    /// After parsing. Throws CLI::ValidationError, which names the option and what is wrong.
    subscribe::SubscriptionSettings settings(const QUrl &url) const;

private:
    void addRequest(CLI::App &command);
    void addConnection(CLI::App &command);
    void addReconnection(CLI::App &command);
    void addReading(CLI::App &command);
    void addConsumption(CLI::App &command);
    void setRequest(subscribe::SubscriptionSettings &settings) const;
    void setTransport(subscribe::TransportSettings &transport) const;
    void setConsumption(subscribe::SubscriptionSettings &settings) const;
    void setPolicy(subscribe::SubscriptionSettings &settings) const;

    std::vector<std::string> m_headers;
    std::string m_method;
    std::string m_body;
    std::string m_user;
    std::string m_bearer;
    bool m_cookies = false;
    std::string m_lastEventId;
    std::string m_proxy;
    bool m_insecure = false;
    std::string m_caFile;
    std::string m_certificateFile;
    std::string m_keyFile;
    std::string m_passphrase;
    bool m_http2 = false;
    bool m_ipv4 = false;
    bool m_ipv6 = false;
    bool m_compressed = false;
    std::int64_t m_retry = -1;
    std::int64_t m_ceiling = -1;
    std::int64_t m_idleTimeout = 0;
    std::int64_t m_headerTimeout = -1;
    int m_maxAttempts = 0;
    bool m_noReconnect = false;
    bool m_strict = false;
    bool m_finishAtEnd = false;
    bool m_anyContentType = false;
    bool m_ndjson = false;
    double m_maxEventMegabytes = 0;
    std::int64_t m_readRate = 0;
    std::int64_t m_stopReading = -1;
    std::int64_t m_resumeReading = 0;
    int m_connections = 1;
};

} // namespace weir::cli
