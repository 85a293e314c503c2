// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/destination.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace weir::cli {

/// The options of `weir publish` that send events to the hub of somebody else instead of serving them. The token can
/// come from a file (`@FILE`) or the environment, so that it does not stand in the list of processes.
class HubOptions
{
public:
    void addTo(CLI::App &command);
    /// After parsing; absent: no hub is asked for. Throws CLI::ValidationError, which names the option and what is
    /// wrong.
    std::optional<publish::HubSettings> settings() const;

private:
    std::string m_url;
    std::string m_kind = "mercure";
    std::vector<std::string> m_topics;
    bool m_isPrivate = false;
    std::string m_token;
};

} // namespace weir::cli
