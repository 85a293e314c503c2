// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace weir::cli {

/// The options of `weir publish` that say how the server serves: where it listens, TLS, publishing by HTTP, limits, and
/// what its channels are like. A secret can come from a file (`@FILE`) or the environment, so that it does not stand in
/// the list of processes.
class ServerOptions
{
public:
    void addTo(CLI::App &command);
    /// After parsing. Throws CLI::ValidationError, which names the option and what is wrong.
    publish::PublisherSettings settings(const QString &path) const;

    const std::string &certificateFile() const { return m_certificateFile; }
    const std::string &keyFile() const { return m_keyFile; }
    /// Where a certificate made for this run is written for clients; empty: none is made.
    const std::string &selfSignedFile() const { return m_selfSignedFile; }

private:
    void addReach(CLI::App &command);
    void addChannel(CLI::App &command);
    void addLimits(CLI::App &command);
    void setReach(publish::PublisherSettings &settings) const;
    void setChannel(publish::ChannelSettings &channel) const;

    std::uint16_t m_port = 0;
    std::string m_bind = "127.0.0.1";
    std::vector<std::string> m_hosts;
    std::string m_cors;
    std::string m_certificateFile;
    std::string m_keyFile;
    std::string m_selfSignedFile;
    CLI::Option *m_tokenOption = nullptr;
    std::string m_token;

    std::string m_ids = "counter";
    int m_history = 1000;
    double m_historyMegabytes = 64;
    std::int64_t m_historyAge = 0;
    int m_sendLast = 0;
    double m_heartbeat = 15;
    std::int64_t m_retry = -1;
    double m_maxLife = 0;
    double m_returnSpread = 0;
    std::vector<std::string> m_headers;
    bool m_gzip = false;
    bool m_untilClose = false;
    bool m_padding = false;

    int m_maxClients = 1000;
    double m_queueMegabytes = 4;
    std::string m_slowClients = "disconnect";
    int m_headKilobytes = 32;
    double m_requestTime = 10;
    double m_bodyMegabytes = 1;
};

} // namespace weir::cli
