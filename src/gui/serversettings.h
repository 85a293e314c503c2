// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace weir::gui {

/// How the user wants the publisher to serve; everything but the port, the channels and the secrets. A value.
struct ServerSettings
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost); ///< LocalHost: 127.0.0.1 and ::1
    QStringList hostNames;                                        ///< see publish::PublisherSettings
    QString corsOrigin;

    enum class Tls { Off, SelfSigned, Files };
    Tls tls = Tls::Off;
    QString certificateFile; ///< for Tls::Files
    QString keyFile;

    bool isPublishingAllowed = false; ///< by HTTP, with the token

    int maxClients = 1000;
    qint64 maxQueuedBytes = 4 << 20;
    publish::SlowClients slowClients = publish::SlowClients::Disconnect; ///< with more than that before them
    int maxHeadBytes = 32 << 10;
    std::chrono::milliseconds requestDeadline{10000};
    qint64 maxPublishBytes = 1 << 20;
    int historyEvents = 1000; ///< of channels without settings of their own
    std::chrono::milliseconds heartbeat{15000};

    bool isOpenToOthers() const { return !address.isLoopback(); }
    /// Without port, channels, certificate and token.
    publish::PublisherSettings toPublisher() const;

    bool operator==(const ServerSettings &) const = default;
};

QJsonObject toJson(const ServerSettings &settings);
/// Null if something is of the wrong kind or out of its range. What is missing is as by default.
std::optional<ServerSettings> serverSettingsFromJson(const QJsonObject &object);

/// Where the server listens, in words: "this computer only", "all addresses of this computer", the address.
QString reachText(const QHostAddress &address);

} // namespace weir::gui
