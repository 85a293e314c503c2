// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/huboptions.h"

#include "cli/optionvalues.h"
#include "publish/destination.h"

#include <fstream>

namespace weir::cli {

using publish::HubSettings;

namespace {

constexpr auto hubOption = "--hub";
constexpr auto hubTokenOption = "--hub-token";

/// The token, or the first line of the file that is named with `@`.
QByteArray hubTokenOf(const std::string &text)
{
    if (!text.starts_with('@'))
        return QByteArray::fromStdString(text);
    std::ifstream file(text.substr(1));
    std::string line;
    if (!file || !std::getline(file, line))
        throw CLI::ValidationError(hubTokenOption, "cannot read a token from the file '" + text.substr(1) + "'");
    return QByteArray::fromStdString(line).trimmed();
}

} // namespace

void HubOptions::addTo(CLI::App &command)
{
    auto *hub = command.add_option(hubOption, m_url,
        "Serve nothing: send the events to the hub at this URL, one by one; ends with the last answer");
    hub->check(notEmpty());
    command.add_option("--hub-kind", m_kind, "mercure or nchan")
        ->check(CLI::IsMember({"mercure", "nchan"}))
        ->capture_default_str()
        ->needs(hub);
    command.add_option("--topic", m_topics, "Topic at a Mercure hub; repeatable, the first is the canonical one")
        ->allow_extra_args(false)
        ->needs(hub);
    command.add_flag("--private", m_isPrivate, "At a Mercure hub: only for subscribers that are authorised")
        ->needs(hub);
    command.add_option(hubTokenOption, m_token, "Token (JWT) that the hub wants, or @FILE")->envname("WEIR_HUB_TOKEN");
}

std::optional<HubSettings> HubOptions::settings() const
{
    if (m_url.empty())
        return std::nullopt;
    HubSettings hub;
    hub.kind = m_kind == "nchan" ? HubSettings::Kind::Nchan : HubSettings::Kind::Mercure;
    hub.url = QUrl(QString::fromStdString(m_url), QUrl::StrictMode);
    if (hub.kind == HubSettings::Kind::Nchan && (m_isPrivate || !m_topics.empty()))
        throw CLI::ValidationError(m_isPrivate ? "--private" : "--topic", "is for a Mercure hub; nchan has neither");
    for (const std::string &topic : m_topics)
        hub.topics << QString::fromStdString(topic);
    hub.isPrivate = m_isPrivate;
    hub.token = hubTokenOf(m_token);
    publish::Destination destination;
    destination.hub = hub;
    if (const QString fault = publish::faultOf(destination); !fault.isEmpty())
        throw CLI::ValidationError(hubOption, fault.toStdString());
    return hub;
}

} // namespace weir::cli
