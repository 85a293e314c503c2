// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/testclientoptions.h"
#include "publish/destination.h"
#include "publish/eventinput.h"
#include "publish/publisher.h"
#include "publish/scenario.h"
#include "subscribe/settings.h"

#include <QList>
#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace weir::cli {

enum class Format { JsonLines, Text, EventStream };

/// Exit statuses of every command; scripts depend on them.
enum ExitStatus { Success = 0, Failure = 1, WrongUsage = 2 };

/// `weir [URL…]`
struct WindowOptions
{
    QList<QUrl> urls;
    std::string workspaceFile; ///< a profile
    bool demo = false;
    std::optional<std::chrono::milliseconds> quitAfter;
    std::string screenshotFile;
    std::string measureFile;
};

/// `weir watch URL…`
struct WatchOptions
{
    QList<subscribe::SubscriptionSettings> subscriptions;
    Format format = Format::JsonLines;
    std::string filter;
    bool comments = false;
    bool states = false;
    bool quiet = false;
    std::uint64_t maxEvents = 0; ///< 0: no limit
    std::optional<std::chrono::milliseconds> duration;
};

/// `weir publish`
struct PublishOptions
{
    publish::PublisherSettings publisher; ///< without the certificate
    std::string certificateFile;          ///< empty: none
    std::string keyFile;
    std::string selfSignedFile; ///< where a certificate that is made for this run is written; empty: none is made
    QString path;
    publish::InputFormat inputFormat = publish::InputFormat::JsonLines;
    std::optional<publish::Publisher::GeneratorSettings> generator; ///< else standard input is read
    std::optional<publish::Scenario> scenario;                      ///< the same
    std::optional<publish::HubSettings> hub;                        ///< that all of it goes to; nothing is served then
    int waitForClients = 0;
    bool exitWhenDone = false;
};

/// What the command line asks for; an int is an exit status when everything has been said already (--help, an error).
using Command = std::variant<int, WindowOptions, WatchOptions, PublishOptions, TestClientOptions>;

/// Reads the command line. Messages go to standard error, --help and --version to standard output. Options that belong
/// to later versions are refused by name rather than ignored.
Command parse(int argc, const char *const *argv);

} // namespace weir::cli
