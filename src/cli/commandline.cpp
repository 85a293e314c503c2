// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandline.h"

#include "cli/huboptions.h"
#include "cli/numberrange.h"
#include "cli/optionvalues.h"
#include "cli/requestoptions.h"
#include "cli/scenariooption.h"
#include "cli/serveroptions.h"
#include "filter/filter.h"
#include "publish/eventtemplate.h"

#include <cmath>
#include <iostream>
#include <limits>

namespace weir::cli {

namespace {

using std::chrono::milliseconds;

constexpr double maxSeconds = 1e9;

/// What the parser writes into; turned into values once the whole line is known to be right.
struct Raw
{
    std::vector<std::string> urls;
    std::string format = "jsonl";
    double quitAfter = 0;
    double duration = 0;
    RequestOptions request;
    ServerOptions server;
    std::string path = "/events";
    double rate = 0;
    std::uint64_t count = 0;
    std::string dataTemplate = "{{seq}}";
    std::string type;
    std::string scenario;
    HubOptions hub;
    std::vector<CLI::Option *> serving; ///< options of `weir publish` that mean nothing where nothing is served
};

/// Options that a later version brings: known by name, so that a script is told the truth instead of being ignored.
void addNotYet(CLI::App *command, const std::vector<std::string> &names)
{
    for (const auto &name : names) {
        command
            ->add_option_function<std::vector<std::string>>(name,
                [name](const std::vector<std::string> &) {
                    throw CLI::ValidationError(name, "not yet supported in this version");
                })
            ->expected(0, 1)
            ->group("");
    }
}

CLI::Option *addFormat(CLI::App *command, Raw &raw)
{
    return command->add_option("--format", raw.format, "jsonl, text or sse")
        ->check(CLI::IsMember({"jsonl", "text", "sse"}))
        ->capture_default_str();
}

Format formatOf(const std::string &word)
{
    if (word == "text")
        return Format::Text;
    return word == "sse" ? Format::EventStream : Format::JsonLines;
}

publish::InputFormat inputFormatOf(const std::string &word)
{
    using publish::InputFormat;
    if (word == "csv")
        return InputFormat::Csv;
    if (word == "text")
        return InputFormat::Text;
    return word == "sse" ? InputFormat::EventStream : InputFormat::JsonLines;
}

QUrl urlOf(const std::string &text)
{
    subscribe::SettingsError error{};
    const auto url = subscribe::urlFromUserInput(QString::fromStdString(text), &error);
    if (!url.isValid()) {
        // The address may hold a password, so the message shows it only where none can be.
        const auto shown = text.find('@') == std::string::npos ? "'" + text + "': " : std::string();
        throw CLI::ValidationError("URL", shown + subscribe::text(error).toStdString());
    }
    return url;
}

void setUpWindow(CLI::App &app, Raw &raw, WindowOptions &options)
{
    app.add_option("URL", raw.urls, "Streams to subscribe to; http:// may be left out");
    app.add_flag("--demo", options.demo, "Start the publisher with demo channels and subscribe to them");
    app.add_option("--quit-after", raw.quitAfter, "Quit after so many seconds and print one line per stream")
        ->check(inRange(0.0, maxSeconds));
    app.add_option("--screenshot", options.screenshotFile, "Save a picture of the window as PNG before quitting");
    app.add_option("--measure", options.measureFile, "Save rate, stalls and memory as JSON before quitting");
    app.add_option("--workspace", options.workspaceFile, "Open this profile and connect its subscriptions");
}

CLI::App *setUpWatch(CLI::App &app, Raw &raw, WatchOptions &options)
{
    auto *watch = app.add_subcommand("watch", "Print what arrives, without a window");
    watch->add_option("URL", raw.urls, "Streams to subscribe to; http:// may be left out")->required();
    addFormat(watch, raw);
    watch->add_option("--filter", options.filter, "Print only events that match this filter expression");
    watch->add_flag("--comments", options.comments, "Print comments too");
    watch->add_flag("--states", options.states, "Print changes of the connections too");
    watch->add_option("--max-events", options.maxEvents, "End after so many printed events")
        ->check(inRange(std::int64_t{1}, std::numeric_limits<std::int64_t>::max()));
    watch->add_option("--duration", raw.duration, "End after so many seconds")->check(inRange(0.0, maxSeconds));
    watch->add_flag("--quiet", options.quiet, "Print only a summary at the end");
    raw.request.addTo(*watch);
    addNotYet(watch, {"--record"});
    return watch;
}

CLI::App *setUpPublish(CLI::App &app, Raw &raw, PublishOptions &options)
{
    auto *publish =
        app.add_subcommand("publish", "Serve an event stream, or feed a hub; events come from standard input, a "
                                      "generator, a scenario or HTTP requests");
    publish->add_option("--path", raw.path, "Path of the stream")->capture_default_str();
    raw.server.addTo(*publish);
    raw.serving = publish->get_options();
    publish->add_option("--format", raw.format, "Of standard input: jsonl, text, sse or csv (a JSON object a line)")
        ->check(CLI::IsMember({"jsonl", "text", "sse", "csv"}))
        ->capture_default_str();
    publish
        ->add_option("--generate", raw.rate,
            "Generate so many events/s; 0: as fast as the slowest client takes them, and none without a client")
        ->check(inRange(0.0, 1e9));
    publish->add_option("--count", raw.count, "Generate so many events; default: no end")
        ->check(inRange(std::int64_t{1}, std::numeric_limits<std::int64_t>::max()));
    publish->add_option("--wait-clients", options.waitForClients, "Start when so many clients are connected")
        ->check(inRange(0, 1'000'000));
    publish
        ->add_option("--template", raw.dataTemplate,
            "Data; with {{seq}} {{now}} {{monotonicNs}} {{uuid}} {{rand A B}} {{pick a|b|c}} {{json TEXT}} (the text "
            "as a "
            "JSON string) and {{open}} ({{ itself)")
        ->capture_default_str();
    publish->add_option("--type", raw.type, "Event type of generated events; a template as well");
    publish->add_option("--scenario", raw.scenario, scenarioHelp())->check(notEmpty());
    addScenarioPrinting(*publish);
    raw.hub.addTo(*publish);
    publish->add_flag("--exit-when-done", options.exitWhenDone,
        "End when everything has been delivered; with status 1 if something could not be published. Generators and "
        "scenarios then wait for the slowest client");
    return publish;
}

WindowOptions finish(WindowOptions options, const Raw &raw, const CLI::App &app)
{
    for (const auto &url : raw.urls)
        options.urls.append(urlOf(url));
    if (app.count("--quit-after") > 0)
        options.quitAfter = fromSeconds(raw.quitAfter);
    if (!options.quitAfter && !(options.screenshotFile.empty() && options.measureFile.empty()))
        throw CLI::ValidationError("--screenshot and --measure", "need --quit-after, which says when");
    return options;
}

WatchOptions finish(WatchOptions options, const Raw &raw, const CLI::App &watch)
{
    for (const auto &url : raw.urls)
        options.subscriptions.append(raw.request.settings(urlOf(url)));
    options.format = formatOf(raw.format);
    if (watch.count("--duration") > 0)
        options.duration = fromSeconds(raw.duration);
    if (const auto compiled = filter::Filter::compile(options.filter); !compiled) {
        const auto place = std::to_string(compiled.error().position + 1);
        throw CLI::ValidationError("--filter", "at character " + place + ": " + filter::text(compiled.error()));
    }
    return options;
}

publish::Publisher::GeneratorSettings generatorFrom(const Raw &raw, const PublishOptions &options)
{
    publish::Publisher::GeneratorSettings generator;
    generator.path = options.path;
    generator.eventsPerSecond = raw.rate;
    generator.count = raw.count;
    generator.waitForClients = options.waitForClients;
    generator.dataTemplate = QByteArray::fromStdString(raw.dataTemplate);
    generator.type = QByteArray::fromStdString(raw.type);
    return generator;
}

/// Refuses what would be ignored.
void checkTogether(const Raw &raw, const CLI::App &publish)
{
    if (publish.count("--generate") == 0) {
        for (const char *name : {"--count", "--template", "--type"}) {
            if (publish.count(name) > 0)
                fail(name, "goes with --generate");
        }
    } else if (publish.count("--scenario") > 0) {
        fail("--scenario and --generate", "exclude each other");
    }
    if (publish.count("--hub") == 0)
        return;
    // The token can come from the environment, for other runs.
    for (const CLI::Option *option : raw.serving) {
        if (option->count() > 0 && option->get_name() != "--publish-token" && option->get_name() != "--help")
            fail(option->get_name().c_str(), "does not go with --hub, which serves nothing");
    }
    if (publish.count("--wait-clients") > 0)
        fail("--wait-clients", "does not go with --hub, whose clients are not seen");
}

void checkTemplates(const Raw &raw)
{
    const auto check = [](const char *option, const std::string &type, const std::string &data) {
        QString error;
        if (!publish::EventTemplate::compile(
                {}, QByteArray::fromStdString(type), QByteArray::fromStdString(data), error))
            fail(option, error.toStdString());
    };
    check("--template", {}, raw.dataTemplate);
    check("--type", raw.type, {});
}

PublishOptions finish(PublishOptions options, const Raw &raw, const CLI::App &publish)
{
    checkTogether(raw, publish);
    checkTemplates(raw);
    if (raw.path.empty() || raw.path.front() != '/')
        throw CLI::ValidationError("--path", "must begin with '/'");
    options.path = QString::fromStdString(raw.path);
    options.inputFormat = inputFormatOf(raw.format);
    options.publisher = raw.server.settings(options.path);
    options.certificateFile = raw.server.certificateFile();
    options.keyFile = raw.server.keyFile();
    options.selfSignedFile = raw.server.selfSignedFile();
    if (publish.count("--scenario") > 0)
        options.scenario = scenarioNamed(raw.scenario);
    options.hub = raw.hub.settings();
    options.publisher.isLossless = options.exitWhenDone;
    if (publish.count("--generate") > 0)
        options.generator = generatorFrom(raw, options);
    return options;
}

} // namespace

Command parse(int argc, const char *const *argv)
{
    CLI::App app{"Weir: a desktop monitor and publisher for Server-Sent Events", "weir"};
    app.set_version_flag("--version", "weir " WEIR_VERSION);
    app.require_subcommand(0, 1);
    app.footer("Exit status: 0 ended as asked, 1 failed, 2 wrong usage.");

    Raw raw;
    WindowOptions window;
    WatchOptions watch;
    PublishOptions publish;
    setUpWindow(app, raw, window);
    const auto *watchCommand = setUpWatch(app, raw, watch);
    const auto *publishCommand = setUpPublish(app, raw, publish);
    const TestClientCommand testClient(app);
    auto *exportCommand = app.add_subcommand("export", "")->group("")->allow_extras();

    try {
        app.parse(argc, argv);
        if (exportCommand->parsed())
            throw CLI::ValidationError("export", "not yet supported in this version");
        if (watchCommand->parsed())
            return finish(std::move(watch), raw, *watchCommand);
        if (publishCommand->parsed())
            return finish(std::move(publish), raw, *publishCommand);
        if (testClient.isGiven())
            return testClient.options();
        return finish(std::move(window), raw, app);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? Success : WrongUsage;
    }
}

} // namespace weir::cli
