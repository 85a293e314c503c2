// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/hubbook.h"

#include "profile/secretstore.h"

#include <QJsonObject>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::HubSettings;

namespace {

constexpr qsizetype mostHubs = 100;

QString keyOf(const HubSettings &hub)
{
    return u"hub "_s + hub.url.toString(QUrl::FullyEncoded | QUrl::RemoveFragment);
}

QJsonObject hubToJson(const NamedHub &hub)
{
    const auto &settings = hub.settings;
    QJsonObject object{{u"name"_s, hub.name}, {u"url"_s, settings.url.toString(QUrl::FullyEncoded)},
        {u"kind"_s, settings.kind == HubSettings::Kind::Mercure ? u"mercure"_s : u"nchan"_s}};
    if (!settings.topics.isEmpty())
        object.insert("topics"_L1, QJsonArray::fromStringList(settings.topics));
    if (settings.isPrivate)
        object.insert("private"_L1, true);
    return object;
}

NamedHub hubFromJson(const QJsonObject &object)
{
    NamedHub hub;
    hub.name = object["name"_L1].toString();
    hub.settings.url = QUrl(object["url"_L1].toString());
    hub.settings.kind =
        object["kind"_L1].toString() == "nchan"_L1 ? HubSettings::Kind::Nchan : HubSettings::Kind::Mercure;
    for (const auto &topic : object["topics"_L1].toArray())
        hub.settings.topics << topic.toString();
    hub.settings.isPrivate = object["private"_L1].toBool();
    return hub;
}

} // namespace

HubBook::HubBook(QObject *parent)
    : QObject(parent)
    , m_store(new profile::SessionSecrets(this))
{}

HubBook::~HubBook() = default;

void HubBook::setSecretStore(profile::SecretStore *store)
{
    if (store)
        m_store = store;
}

bool HubBook::canKeepTokens() const
{
    return m_store->isLasting();
}

QStringList HubBook::names() const
{
    QStringList names;
    for (const NamedHub &hub : m_hubs)
        names << hub.name;
    return names;
}

void HubBook::set(int index, const NamedHub &hub, const QByteArray &token, bool keepsToken)
{
    if (index < 0)
        m_hubs.append(hub);
    else
        m_hubs[index] = hub;
    const QString key = keyOf(hub.settings);
    m_tokens.insert(key, token);
    if (keepsToken && !token.isEmpty())
        m_store->write(key, QString::fromLatin1(token));
    else
        m_store->remove(key);
    Q_EMIT changed();
}

bool HubBook::isInUse(const QString &key) const
{
    return std::any_of(
        m_hubs.begin(), m_hubs.end(), [&key](const NamedHub &hub) { return keyOf(hub.settings) == key; });
}

void HubBook::remove(int index)
{
    const QString key = keyOf(m_hubs.takeAt(index).settings);
    if (!isInUse(key)) {
        m_tokens.remove(key);
        m_store->remove(key);
    }
    Q_EMIT changed();
}

void HubBook::withToken(int index, QObject *receiver, std::function<void(const HubSettings &)> use)
{
    HubSettings hub = m_hubs.at(index).settings;
    const QString key = keyOf(hub);
    if (const auto known = m_tokens.constFind(key); known != m_tokens.cend()) {
        hub.token = *known;
        use(hub);
        return;
    }
    m_store->read(key, receiver, [this, key, hub, use = std::move(use)](const std::optional<QString> &value) {
        HubSettings complete = hub;
        // One that the user has set meanwhile is the right one, and of a hub that is gone none is kept.
        complete.token = m_tokens.value(key, value.value_or(QString()).toLatin1());
        if (isInUse(key))
            m_tokens.insert(key, complete.token);
        use(complete);
    });
}

QJsonArray HubBook::toJson() const
{
    QJsonArray array;
    for (const NamedHub &hub : m_hubs)
        array.append(hubToJson(hub));
    return array;
}

void HubBook::setFromJson(const QJsonArray &array)
{
    m_hubs.clear();
    for (const auto &value : array) {
        const NamedHub hub = hubFromJson(value.toObject());
        publish::Destination destination;
        destination.hub = hub.settings;
        if (!hub.name.isEmpty() && publish::faultOf(destination).isEmpty() && m_hubs.size() < mostHubs)
            m_hubs.append(hub);
    }
    Q_EMIT changed();
}

} // namespace weir::gui
