// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/scenariooption.h"

#include "publish/scenariojson.h"
#include "publish/scenariopresets.h"

#include <CLI/CLI.hpp>

#include <QFile>

#include <iostream>

namespace weir::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr auto scenarioOption = "--scenario";
constexpr qint64 mostBytes = 64 << 20;
constexpr double fastest = 1e9; // events a second: then whoever takes them sets the pace

QByteArray fileContent(const std::string &name)
{
    QFile file(QFile::decodeName(QByteArray::fromStdString(name)));
    if (!file.open(QIODevice::ReadOnly))
        throw CLI::ValidationError(
            scenarioOption, "'" + name + "' is no preset, and as a file: " + file.errorString().toStdString());
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        throw CLI::ValidationError(scenarioOption, "'" + name + "' is larger than 64 MiB");
    return bytes;
}

} // namespace

publish::Scenario scenarioNamed(const std::string &name)
{
    const QByteArray preset = publish::scenarioPreset(QString::fromStdString(name));
    const auto reading = publish::readScenario(preset.isNull() ? fileContent(name) : preset);
    if (!reading.scenario)
        throw CLI::ValidationError(scenarioOption, "'" + name + "', " + reading.problem.sentence().toStdString());
    return *reading.scenario;
}

void addScenarioPrinting(CLI::App &command)
{
    command.add_option_function<std::string>(
        "--print-scenario",
        [](const std::string &name) {
            const QByteArray preset = publish::scenarioPreset(QString::fromStdString(name));
            if (preset.isNull())
                throw CLI::ValidationError("--print-scenario", "'" + name + "' is no preset");
            std::cout << preset.toStdString() << std::flush;
            throw CLI::Success();
        },
        "Print the file of a preset, to start an own one from, and end");
}

std::string scenarioHelp()
{
    return "Play a scenario: a file, or one of " + publish::scenarioPresets().join(u", "_s).toStdString();
}

publish::Scenario scenarioOf(const publish::Publisher::GeneratorSettings &generator)
{
    const bool isPaced = generator.eventsPerSecond > 0;
    publish::Step step{publish::StepKind::Generate, {}, {}};
    step.values = {{u"rate"_s, isPaced ? generator.eventsPerSecond : fastest},
        {u"count"_s, static_cast<double>(generator.count)}, {u"type"_s, QString::fromUtf8(generator.type)},
        {u"data"_s, QString::fromUtf8(generator.dataTemplate)}};
    if (generator.spacing == publish::Pacer::Spacing::Random)
        step.values.insert(u"spacing"_s, u"random"_s);
    return {u"generator"_s, {}, {step}};
}

} // namespace weir::cli
