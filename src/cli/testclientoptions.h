// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clienttest.h"

#include <QString>

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace weir::cli {

/// `weir test-client`
struct TestClientOptions
{
    publish::ClientTestSettings test;
    QString outputFile; ///< empty: standard output
    bool asJson = false;
    bool isStrict = false; ///< unclear counts as failed
    bool onlyLists = false;
};

/// The subcommand as CLI11 knows it. Must outlive the parsing.
class TestClientCommand
{
public:
    explicit TestClientCommand(CLI::App &app);

    bool isGiven() const;
    /// Throws CLI::ValidationError for what no single option can check.
    TestClientOptions options() const;

private:
    CLI::App *m_command; ///< belongs to the app
    std::vector<std::string> m_cases;
    std::vector<std::string> m_skipped;
    std::string m_clientCommand;
    std::string m_format = "text";
    std::string m_output;
    double m_timeout = 10;
    std::uint16_t m_port = 0;
    bool m_isStrict = false;
    bool m_onlyLists = false;
};

} // namespace weir::cli
