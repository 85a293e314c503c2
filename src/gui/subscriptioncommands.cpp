// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptioncommands.h"

#include "gui/subscriptiondialog.h"
#include "gui/subscriptionundo.h"
#include "profile/secretplaces.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QUndoStack>
#include <QWidget>

namespace weir::gui {

using store::SubscriptionId;
using subscribe::SubscriptionSettings;

SubscriptionCommands::SubscriptionCommands(models::SubscriptionModel &model, QUndoStack &undo, QWidget *window)
    : QObject(window)
    , m_model(model)
    , m_undo(undo)
    , m_window(window)
{}

void SubscriptionCommands::add(const SubscriptionSettings &settings)
{
    m_undo.push(new AddSubscription(m_model, settings));
    Q_EMIT added(m_model.at(m_model.rowCount() - 1).id);
}

void SubscriptionCommands::subscribe(const QList<QUrl> &urls)
{
    if (urls.size() > 1)
        m_undo.beginMacro(tr("subscribe to %n streams", nullptr, static_cast<int>(urls.size())));
    for (const auto &url : urls)
        add(m_model.suggest(url));
    if (urls.size() > 1)
        m_undo.endMacro();
}

void SubscriptionCommands::subscribeTrusting(const QUrl &url, const QString &caFile)
{
    auto settings = m_model.suggest(url);
    settings.transport.tls.caFile = caFile;
    add(settings);
}

void SubscriptionCommands::subscribeAll(const QList<SubscriptionSettings> &subscriptions)
{
    m_undo.beginMacro(tr("subscribe to %n streams", nullptr, static_cast<int>(subscriptions.size())));
    for (auto settings : subscriptions) {
        const auto suggestion = m_model.suggest(settings.url, settings.name);
        settings.name = suggestion.name;
        settings.colourIndex = suggestion.colourIndex;
        add(settings);
    }
    m_undo.endMacro();
}

void SubscriptionCommands::subscribeByDialog()
{
    auto settings = m_model.suggest({});
    settings.name.clear();
    auto *dialog = new SubscriptionDialog(settings, tr("&Subscribe"), m_window);
    dialog->setWindowTitle(tr("New Subscription"));
    connect(dialog, &SubscriptionDialog::confirmed, this, [this](SubscriptionSettings confirmed) {
        confirmed.name = m_model.suggest(confirmed.url, confirmed.name).name;
        add(confirmed);
    });
    dialog->open();
}

void SubscriptionCommands::edit(SubscriptionId id)
{
    const auto *row = m_model.find(id);
    if (!row)
        return;
    auto *dialog = new SubscriptionDialog(row->settings, tr("&Save"), m_window);
    dialog->setWindowTitle(tr("Edit Subscription"));
    connect(dialog, &SubscriptionDialog::confirmed, this, [this, id](const SubscriptionSettings &confirmed) {
        const auto *edited = m_model.find(id);
        if (edited && edited->settings != confirmed)
            m_undo.push(new EditSubscription(m_model, id, confirmed));
    });
    dialog->open();
}

void SubscriptionCommands::duplicate(const Ids &ids)
{
    for (const auto id : ids) {
        const auto *row = m_model.find(id);
        if (!row)
            continue;
        auto copy = row->settings;
        const auto suggestion = m_model.suggest(copy.url, copy.name);
        copy.name = suggestion.name;
        copy.colourIndex = suggestion.colourIndex;
        add(copy);
    }
}

void SubscriptionCommands::remove(const Ids &ids)
{
    if (!ids.isEmpty())
        m_undo.push(new RemoveSubscriptions(m_model, ids));
}

void SubscriptionCommands::connectNow(const Ids &ids)
{
    for (const auto id : ids)
        m_model.connectNow(id);
}

void SubscriptionCommands::disconnectNow(const Ids &ids)
{
    for (const auto id : ids)
        m_model.disconnectNow(id);
}

void SubscriptionCommands::reconnectNow(const Ids &ids)
{
    for (const auto id : ids)
        m_model.reconnectNow(id);
}

void SubscriptionCommands::setMuted(const Ids &ids, bool isMuted)
{
    m_model.setMuted(ids, isMuted);
}

void SubscriptionCommands::setSolo(const Ids &ids, bool isSolo)
{
    m_model.setSolo(ids, isSolo);
}

void SubscriptionCommands::setGroup(const Ids &ids, const QString &group)
{
    QList<std::pair<SubscriptionId, SubscriptionSettings>> changes;
    for (const auto id : ids) {
        const auto *row = m_model.find(id);
        if (!row || row->settings.group == group)
            continue;
        changes.append({id, row->settings});
        changes.last().second.group = group;
    }
    if (changes.isEmpty())
        return;
    m_undo.beginMacro(group.isEmpty() ? tr("take out of the group") : tr("move to the group %1").arg(group));
    for (const auto &[id, settings] : changes)
        m_undo.push(new EditSubscription(m_model, id, settings));
    m_undo.endMacro();
}

void SubscriptionCommands::reconnectFrom(SubscriptionId id, const QByteArray &lastEventId)
{
    m_model.setLastEventId(id, lastEventId);
    m_model.reconnectNow(id);
}

void SubscriptionCommands::copyUrls(const Ids &ids) const
{
    QStringList urls;
    for (const auto id : ids)
        if (const auto *row = m_model.find(id))
            urls << profile::displayAddress(row->settings);
    QGuiApplication::clipboard()->setText(urls.join(u'\n'));
}

bool SubscriptionCommands::copyResumingCurl(
    SubscriptionId id, const QByteArray &lastEventId, profile::SecretsShown secretsShown) const
{
    const auto *row = m_model.find(id);
    if (!row)
        return false;
    auto settings = row->settings;
    settings.lastEventId = lastEventId;
    QGuiApplication::clipboard()->setText(curlOf(settings, secretsShown));
    return true;
}

QString SubscriptionCommands::curlOf(
    const subscribe::SubscriptionSettings &settings, profile::SecretsShown secretsShown) const
{
    const auto variables = secretsShown == profile::SecretsShown::Yes
                               ? m_model.variables()
                               : profile::withoutSecretValues(m_model.variables());
    return profile::curlText(profile::resolved(settings, variables).settings, secretsShown);
}

void SubscriptionCommands::copyCurl(const Ids &ids, profile::SecretsShown secretsShown) const
{
    QStringList commands;
    for (const auto id : ids)
        if (const auto *row = m_model.find(id))
            commands << curlOf(row->settings, secretsShown);
    QGuiApplication::clipboard()->setText(commands.join(u'\n'));
}

} // namespace weir::gui
