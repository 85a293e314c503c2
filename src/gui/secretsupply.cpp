// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/secretsupply.h"

#include "gui/secretprompt.h"
#include "profile/secretplaces.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>

#include <algorithm>
#include <memory>
#include <utility>

namespace weir::gui {

using namespace Qt::StringLiterals;
using store::SubscriptionId;
using subscribe::SubscriptionSettings;

namespace {

constexpr qsizetype digestBytes = 16; // of the 32, which nobody can match on purpose either

QString variablePrefix()
{
    return u"variable:"_s;
}

/// With variables filled in but secret ones, so that it is the same before they are known and afterwards.
SubscriptionSettings knownOf(const models::SubscriptionModel &model, const SubscriptionSettings &settings)
{
    return profile::resolved(settings, profile::withoutSecretValues(model.variables())).settings;
}

QString originOf(const SubscriptionSettings &known)
{
    // A variable stands in the host.
    if (!known.address.isEmpty())
        return profile::displayAddress(known);
    return known.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
        .toString();
}

/// Where its secrets go, and all that decides who can read them on the way.
QStringList destinationOf(const SubscriptionSettings &known)
{
    const auto &[tls, proxy, version, family] = known.transport;
    return {originOf(known), QString::number(static_cast<int>(proxy.kind)), proxy.host, QString::number(proxy.port),
        tls.acceptInvalid ? u"any"_s : QString(), tls.caFile};
}

QString digestOf(QList<QStringList> destinations)
{
    std::ranges::sort(destinations);
    destinations.erase(std::unique(destinations.begin(), destinations.end()), destinations.end());
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << destinations;
    const auto digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).left(digestBytes);
    return QString::fromLatin1(digest.toHex());
}

} // namespace

SecretSupply::SecretSupply(
    models::SubscriptionModel &model, profile::SecretStore &store, VariablePlace variables, QWidget *window)
    : QObject(window)
    , m_model(model)
    , m_store(store)
    , m_variables(std::move(variables))
    , m_window(window)
{
    connect(&m_model, &models::SubscriptionModel::secretsWanted, this, &SecretSupply::want);
}

void SecretSupply::want(SubscriptionId id)
{
    if (!m_waiting.contains(id))
        m_waiting.enqueue(id);
    next();
}

/// One at a time: what is answered for one may be all that another needs.
void SecretSupply::next()
{
    while (!m_isBusy && !m_waiting.isEmpty()) {
        const auto id = m_waiting.dequeue();
        const auto *row = m_model.find(id);
        if (!row || !row->isRefused)
            continue;
        if (row->missingSecrets.isEmpty()) {
            m_model.connectNow(id);
            continue;
        }
        m_isBusy = true;
        lookUp(id);
    }
}

QString SecretSupply::keyOf(SubscriptionId id, const QString &place) const
{
    if (place.startsWith(variablePrefix()))
        return keyOfVariable(place.mid(variablePrefix().size()));
    const auto *row = m_model.find(id);
    if (!row)
        return {};
    const auto known = knownOf(m_model, row->settings);
    const auto &transport = known.transport;
    auto target = originOf(known);
    if (place == "proxy"_L1)
        target = u"proxy:%1:%2"_s.arg(transport.proxy.host).arg(transport.proxy.port);
    else if (place == "keyPassphrase"_L1)
        target = u"file:"_s + (transport.tls.keyFile.isEmpty() ? transport.tls.certificateFile : transport.tls.keyFile);
    return u"%1 %2 %3 %4"_s.arg(target, row->settings.name, place, digestOf({destinationOf(known)}));
}

QString SecretSupply::keyOfVariable(const QString &name) const
{
    QList<QStringList> destinations;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (const auto &settings = m_model.at(row).settings; profile::variablesIn(settings).contains(name))
            destinations << destinationOf(knownOf(m_model, settings));
    return u"%1 %2"_s.arg(m_variables.key(name), digestOf(destinations));
}

void SecretSupply::lookUp(SubscriptionId id)
{
    const auto places = m_model.find(id)->missingSecrets;
    struct Found
    {
        Values values;
        qsizetype open = 0;
    };
    const auto found = std::make_shared<Found>();
    found->open = places.size();
    for (const auto &place : places) {
        m_store.read(keyOf(id, place), this, [this, id, place, found](const std::optional<QString> &value) {
            if (value && !value->isEmpty())
                found->values.insert(place, *value);
            if (--found->open > 0)
                return;
            if (!found->values.isEmpty())
                take(id, found->values, false);
            ask(id);
        });
    }
}

void SecretSupply::ask(SubscriptionId id)
{
    m_waiting.removeAll(id);
    const auto *row = m_model.find(id);
    if (!row || row->missingSecrets.isEmpty()) {
        m_isBusy = false;
        if (row && row->isRefused)
            m_model.connectNow(id);
        return next();
    }
    auto *prompt = new SecretPrompt(row->settings.name, row->missingSecrets, m_store.isLasting(), m_window);
    connect(prompt, &SecretPrompt::answered, this, [this, id](const Values &values, bool isToBeKept) {
        take(id, values, isToBeKept);
        m_model.connectNow(id);
    });
    // Who does not answer one question does not want the next one either.
    connect(prompt, &QDialog::rejected, this, [this] { m_waiting.clear(); });
    connect(prompt, &QDialog::finished, this, [this] {
        m_isBusy = false;
        // The answer, if there is one, comes first.
        QMetaObject::invokeMethod(this, &SecretSupply::next, Qt::QueuedConnection);
    });
    prompt->open();
}

void SecretSupply::take(SubscriptionId id, const Values &values, bool isToBeKept)
{
    // It may have been taken away, and its profile with it.
    if (!m_model.find(id))
        return;
    Values places;
    Values variables;
    for (auto value = values.begin(); value != values.end(); ++value) {
        if (value.key().startsWith(variablePrefix()))
            variables.insert(value.key().mid(variablePrefix().size()), *value);
        else
            places.insert(value.key(), *value);
    }
    // Variables last: with them the subscription may be complete, and connects.
    m_model.fillSecrets(id, places);
    if (!variables.isEmpty())
        m_variables.set(variables);
    if (!isToBeKept)
        return;
    // Only now are all variables filled in that a key may depend on.
    for (auto value = values.begin(); value != values.end(); ++value)
        if (!value->isEmpty())
            m_store.write(keyOf(id, value.key()), *value);
}

} // namespace weir::gui
