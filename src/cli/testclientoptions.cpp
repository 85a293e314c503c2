// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/testclientoptions.h"
#include "cli/numberrange.h"

#include "publish/clienttestprogram.h"

#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>

namespace weir::cli {

using publish::ClientTest;
using publish::ClientTestProgram;

namespace {

constexpr double longestTimeout = 3600;
/// A person may be slow, but a script whose client never comes has to end some time.
constexpr std::chrono::minutes startTimeout{10};

QString known(const std::string &name, const char *option)
{
    const auto text = QString::fromStdString(name);
    if (!ClientTest::find(text))
        throw CLI::ValidationError(option, "there is no case '" + name + "'; --list shows all");
    return text;
}

} // namespace

TestClientCommand::TestClientCommand(CLI::App &app)
    : m_command(app.add_subcommand("test-client", "Test an SSE client: answers it in many ways, right and wrong, and "
                                                  "judges what it does by the HTML Standard"))
{
    m_command->add_option("--command", m_clientCommand,
        "Starts the client anew for each case (those that look only at the first request share a start); {url} stands "
        "for the stream, {page} for a page that opens an "
        "EventSource on it. No shell: double quotes keep words together, single ones mean nothing. Without it, a "
        "person starts the client");
    m_command->add_option("--case", m_cases, "Run only this case; may be given several times");
    m_command->add_option("--skip", m_skipped, "Leave out this case; may be given several times");
    m_command->add_flag("--list", m_onlyLists, "Print the cases and end");
    m_command->add_option("--format", m_format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    m_command->add_option("--output", m_output, "Write the report to this file instead of standard output");
    m_command->add_option("--timeout", m_timeout, "Longest wait in seconds for a client that has to come back")
        ->check(inRange(0.1, longestTimeout))
        ->capture_default_str();
    m_command->add_option("--port", m_port, "0: any free port")->check(inRange(0, 65535))->capture_default_str();
    m_command->add_flag("--strict", m_isStrict, "Take unclear for failed");
    m_command->footer(
        "Exit status: 0 nothing failed and something passed; 1 something failed, nothing passed, or the run was "
        "stopped; 2 wrong usage.");
}

bool TestClientCommand::isGiven() const
{
    return m_command->parsed();
}

TestClientOptions TestClientCommand::options() const
{
    TestClientOptions options;
    options.outputFile = QString::fromStdString(m_output);
    options.asJson = m_format == "json";
    options.isStrict = m_isStrict;
    options.onlyLists = m_onlyLists;
    options.test.command = QString::fromStdString(m_clientCommand);
    options.test.port = m_port;
    options.test.timeout = std::chrono::milliseconds{std::llround(m_timeout * 1000)};
    options.test.startTimeout = startTimeout;
    for (const auto &name : m_cases)
        options.test.cases.append(known(name, "--case"));
    if (m_cases.empty()) {
        for (const auto &each : ClientTest::cases())
            options.test.cases.append(each.name);
    }
    for (const auto &name : m_skipped)
        options.test.cases.removeAll(known(name, "--skip"));
    options.test.cases.removeDuplicates();
    if (options.test.cases.isEmpty())
        throw CLI::ValidationError("--skip", "leaves no case");
    if (m_command->count("--command") > 0) {
        if (const auto fault = ClientTestProgram::commandFault(options.test.command); !fault.isEmpty())
            throw CLI::ValidationError("--command", fault.toStdString());
        // Else every case would say it.
        const QString program = QProcess::splitCommand(options.test.command).constFirst();
        if (QStandardPaths::findExecutable(program).isEmpty())
            throw CLI::ValidationError("--command", "there is no program '" + program.toStdString() + "'");
    }
    return options;
}

} // namespace weir::cli
