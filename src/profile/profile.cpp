// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/profile.h"

#include "profile/profilesettings.h"
#include "profile/profiletext.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

constexpr int version = 1;

QString versionKey()
{
    return u"weirProfile"_s;
}

QJsonObject environmentJson(const Environment &environment)
{
    QJsonObject variables;
    for (auto each = environment.variables.begin(); each != environment.variables.end(); ++each)
        variables.insert(
            each.key(), each->isSecret ? QJsonValue(QJsonObject{{u"secret"_s, true}}) : QJsonValue(each->value));
    return {{u"name"_s, environment.name}, {u"variables"_s, variables}};
}

Variables variablesFrom(JsonReader &reader)
{
    Variables variables;
    for (const auto &name : reader.keys()) {
        if (!isVariableName(name))
            reader.report(name, ProfileText::tr("a name may hold only letters, digits and _ - ."));
        else if (reader.isSecret(name))
            variables.insert(name, {{}, true});
        else if (const auto value = reader.text(name))
            variables.insert(name, {*value, false});
    }
    return variables;
}

void readEnvironments(JsonReader &reader, ProfileReading &reading)
{
    auto &environments = reading.profile.environments;
    for (auto &json : reader.objects(u"environments"_s)) {
        const auto name = json.text(u"name"_s);
        if (!name || name->isEmpty()) {
            json.report(u"name"_s, ProfileText::tr("is missing"));
            continue;
        }
        if (std::ranges::any_of(environments, [&](const auto &each) { return each.name == *name; })) {
            json.report(u"name"_s, ProfileText::tr("there are two environments of this name; the first counts"));
            continue;
        }
        Environment environment{*name, {}};
        if (auto variables = json.object(u"variables"_s))
            environment.variables = variablesFrom(*variables);
        environments << environment;
        reading.notes << json.unknownKeys();
    }
    const auto active = reader.text(u"activeEnvironment"_s).value_or(QString());
    if (active.isEmpty() || std::ranges::any_of(environments, [&](const auto &each) { return each.name == active; }))
        reading.profile.activeEnvironment = active;
    else
        reader.report(u"activeEnvironment"_s, ProfileText::tr("there is no environment of this name"));
}

bool checkVersion(const QJsonObject &root, ProfileReading &reading)
{
    JsonReader reader(root, {}, reading.problems);
    if (!reader.has(versionKey())) {
        reader.report(versionKey(), ProfileText::tr("is missing; this is no profile of Weir"));
        return false;
    }
    const auto found = reader.integer(versionKey(), 1, std::numeric_limits<int>::max());
    if (found && *found > version)
        reader.report(
            versionKey(), ProfileText::tr("the file was written by a newer Weir (format %1; this one reads %2)")
                              .arg(*found)
                              .arg(version));
    return found && *found <= version;
}

} // namespace

Variables activeVariables(const Profile &profile)
{
    const auto found = std::ranges::find(profile.environments, profile.activeEnvironment, &Environment::name);
    return found == profile.environments.end() ? Variables() : found->variables;
}

QByteArray profileText(const Profile &profile)
{
    QJsonObject root{{versionKey(), version}};
    if (!profile.groups.isEmpty())
        root.insert(u"groups"_s, QJsonArray::fromStringList(profile.groups));
    if (!profile.activeEnvironment.isEmpty())
        root.insert(u"activeEnvironment"_s, profile.activeEnvironment);
    QJsonArray environments;
    for (const auto &environment : profile.environments)
        environments.append(environmentJson(environment));
    if (!environments.isEmpty())
        root.insert(u"environments"_s, environments);
    QJsonArray subscriptions;
    for (const auto &subscription : profile.subscriptions)
        subscriptions.append(subscriptionJson(subscription));
    root.insert(u"subscriptions"_s, subscriptions);
    return jsonText(root);
}

ProfileReading readProfile(const QByteArray &bytes)
{
    ProfileReading reading;
    QString problem;
    const auto root = jsonObjectFrom(bytes, &problem);
    if (!root) {
        reading.problems << problem;
        return reading;
    }
    if (!checkVersion(*root, reading))
        return reading;
    reading.isReadable = true;
    JsonReader reader(*root, {}, reading.problems);
    reader.integer(versionKey(), 1, version);
    reading.profile.groups = reader.texts(u"groups"_s);
    readEnvironments(reader, reading);
    auto &subscriptions = reading.profile.subscriptions;
    for (auto &json : reader.objects(u"subscriptions"_s)) {
        const bool hasColour = json.has(u"colour"_s);
        subscriptions << subscriptionFrom(json, reading.notes);
        if (!hasColour)
            subscriptions.last().settings.colourIndex =
                static_cast<int>((subscriptions.size() - 1) % subscriptionColours);
    }
    reading.notes << reader.unknownKeys();
    return reading;
}

} // namespace weir::profile
