// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/serversettings.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <limits>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array tlsNames{"off"_L1, "self-signed"_L1, "files"_L1};
constexpr std::array slowNames{"disconnect"_L1, "drop-oldest"_L1};

/// False if there is such a member and it is no number in that range.
template <class Number>
bool takeNumber(const QJsonObject &object, QLatin1StringView name, qint64 least, qint64 most, Number &target)
{
    const auto value = object.value(name);
    if (value.isUndefined())
        return true;
    const auto number = value.toInteger(least - 1);
    if (number < least || number > most)
        return false;
    target = Number(number);
    return true;
}

bool takeText(const QJsonObject &object, QLatin1StringView name, QString &target)
{
    const auto value = object.value(name);
    if (value.isString())
        target = value.toString();
    return value.isString() || value.isUndefined();
}

/// One of `names`, as the enumerator at its place.
template <class Enum, std::size_t count>
bool takeName(const QJsonObject &object, QLatin1StringView member, const std::array<QLatin1StringView, count> &names,
    Enum &target)
{
    QString name = names[static_cast<std::size_t>(target)];
    if (!takeText(object, member, name))
        return false;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return false;
    target = static_cast<Enum>(found - names.begin());
    return true;
}

bool takeAddress(const QJsonObject &object, ServerSettings &settings)
{
    QString text;
    if (!takeText(object, "address"_L1, text))
        return false;
    if (text == "*"_L1)
        settings.address = QHostAddress(QHostAddress::Any);
    return text.isEmpty() || text == "*"_L1 || settings.address.setAddress(text);
}

QString addressText(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::Any) ? u"*"_s : address.toString();
}

} // namespace

publish::PublisherSettings ServerSettings::toPublisher() const
{
    publish::PublisherSettings settings;
    settings.address = address;
    settings.hostNames = hostNames;
    settings.corsOrigin = corsOrigin.toUtf8();
    settings.maxClients = maxClients;
    settings.maxQueuedBytesPerClient = maxQueuedBytes;
    settings.slowClients = slowClients;
    settings.maxHeadBytes = maxHeadBytes;
    settings.requestDeadline = requestDeadline;
    settings.maxPublishBytes = maxPublishBytes;
    settings.historyEvents = historyEvents;
    settings.heartbeat = heartbeat;
    settings.paths.clear();
    return settings;
}

QJsonObject toJson(const ServerSettings &settings)
{
    return {{u"address"_s, addressText(settings.address)},
        {u"hostNames"_s, QJsonArray::fromStringList(settings.hostNames)}, {u"corsOrigin"_s, settings.corsOrigin},
        {u"tls"_s, QString(tlsNames[static_cast<std::size_t>(settings.tls)])},
        {u"certificateFile"_s, settings.certificateFile}, {u"keyFile"_s, settings.keyFile},
        {u"publishing"_s, settings.isPublishingAllowed}, {u"maxClients"_s, settings.maxClients},
        {u"maxQueuedBytes"_s, settings.maxQueuedBytes},
        {u"slowClients"_s, QString(slowNames[static_cast<std::size_t>(settings.slowClients)])},
        {u"maxHeadBytes"_s, settings.maxHeadBytes},
        {u"requestDeadlineMs"_s, static_cast<qint64>(settings.requestDeadline.count())},
        {u"maxPublishBytes"_s, settings.maxPublishBytes}, {u"historyEvents"_s, settings.historyEvents},
        {u"heartbeatMs"_s, static_cast<qint64>(settings.heartbeat.count())}};
}

std::optional<ServerSettings> serverSettingsFromJson(const QJsonObject &object)
{
    constexpr qint64 most = std::numeric_limits<int>::max();
    using std::chrono::milliseconds;
    ServerSettings settings;
    for (const auto &name : object.value("hostNames"_L1).toArray())
        settings.hostNames.append(name.toString());
    settings.isPublishingAllowed = object.value("publishing"_L1).toBool();
    const bool isGood = takeAddress(object, settings) && takeName(object, "tls"_L1, tlsNames, settings.tls) &&
                        takeName(object, "slowClients"_L1, slowNames, settings.slowClients) &&
                        takeText(object, "corsOrigin"_L1, settings.corsOrigin) &&
                        takeText(object, "certificateFile"_L1, settings.certificateFile) &&
                        takeText(object, "keyFile"_L1, settings.keyFile) &&
                        takeNumber(object, "maxClients"_L1, 1, 1'000'000, settings.maxClients) &&
                        takeNumber(object, "maxQueuedBytes"_L1, 1, most, settings.maxQueuedBytes) &&
                        takeNumber(object, "maxHeadBytes"_L1, 1024, most, settings.maxHeadBytes) &&
                        takeNumber(object, "requestDeadlineMs"_L1, 1, most, settings.requestDeadline) &&
                        takeNumber(object, "maxPublishBytes"_L1, 1, most, settings.maxPublishBytes) &&
                        takeNumber(object, "historyEvents"_L1, 0, most, settings.historyEvents) &&
                        takeNumber(object, "heartbeatMs"_L1, 0, most, settings.heartbeat);
    return isGood ? std::optional(settings) : std::nullopt;
}

QString reachText(const QHostAddress &address)
{
    const auto translated = [](const char *text) {
        return QCoreApplication::translate("weir::gui::ServerSettings", text);
    };
    if (address == QHostAddress(QHostAddress::LocalHost))
        return translated("This computer only");
    if (address == QHostAddress(QHostAddress::Any))
        return translated("All addresses of this computer");
    if (address == QHostAddress(QHostAddress::AnyIPv4))
        return translated("All its IPv4 addresses");
    if (address == QHostAddress(QHostAddress::AnyIPv6))
        return translated("All its IPv6 addresses");
    return address.toString();
}

} // namespace weir::gui
