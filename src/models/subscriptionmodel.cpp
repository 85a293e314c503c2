// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptionmodel.h"

#include "profile/profile.h"
#include "profile/secretplaces.h"

#include <algorithm>
#include <set>
#include <utility>

namespace weir::models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::SubscriptionId;
using subscribe::SubscriptionSettings;

namespace {

store::MonotonicTime now()
{
    return std::chrono::steady_clock::now();
}

/// What the engine needs to know; the rest is for people.
SubscriptionSettings forEngine(SubscriptionSettings settings)
{
    settings.name.clear();
    settings.group.clear();
    settings.colourIndex = 0;
    return settings;
}

} // namespace

SubscriptionModel::SubscriptionModel(subscribe::Ingest &ingest, QObject *parent)
    : QAbstractTableModel(parent)
    , m_ingest(ingest)
{
    connect(&m_ingest, &subscribe::Ingest::statusChanged, this, &SubscriptionModel::takeStatus);
    connect(&m_timer, &QTimer::timeout, this, &SubscriptionModel::tick);
    m_timer.setInterval(250ms);
}

int SubscriptionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SubscriptionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

SubscriptionSettings SubscriptionModel::suggest(const QUrl &url, const QString &name) const
{
    SubscriptionSettings settings;
    settings.url = url;
    settings.maxEventBytes = m_maxEventBytes;
    settings.name = freeName(name.isEmpty() ? subscribe::suggestedName(url) : name);
    // Sources keeps the removed ones too, so a colour comes back as late as possible.
    settings.colourIndex = static_cast<int>(m_sources.size() % std::size_t{profile::subscriptionColours});
    return settings;
}

void SubscriptionModel::setMaxEventBytes(std::size_t bytes)
{
    m_maxEventBytes = bytes;
}

QString SubscriptionModel::freeName(const QString &wanted) const
{
    const auto isTaken = [this](const QString &name) {
        return std::ranges::any_of(m_rows, [&name](const auto &row) { return row.settings.name == name; });
    };
    auto name = wanted;
    for (int number = 2; isTaken(name); ++number)
        name = wanted + u' ' + QString::number(number);
    return name;
}

SubscriptionId SubscriptionModel::add(const SubscriptionSettings &settings)
{
    SubscriptionRow row;
    row.settings = settings;
    prepare(row);
    row.id = m_ingest.add(row.resolved);
    row.counters = m_ingest.counters(row.id);
    row.status.subscription = row.id;
    const auto id = row.id;
    insert(std::move(row), rowCount());
    return id;
}

void SubscriptionModel::insert(SubscriptionRow row, int position)
{
    // So that what comes before the first tick counts for the rate.
    row.rate.sample(row.counters->events.load(std::memory_order_relaxed), now());
    beginInsertRows({}, position, position);
    m_rows.insert(m_rows.begin() + position, std::move(row));
    // Whoever hears of the row may ask for its source at once.
    const bool isChanged = collectSources();
    endInsertRows();
    if (!m_timer.isActive())
        m_timer.start();
    if (isChanged)
        Q_EMIT sourcesChanged(m_sources);
    Q_EMIT settingsChanged();
}

void SubscriptionModel::setSettings(SubscriptionId id, const SubscriptionSettings &settings)
{
    auto *changed = row(id);
    if (!changed || changed->settings == settings)
        return;
    // A user name that is given now, alone, may be a key itself: it no longer stands for a login without its password.
    if (changed->settings.authentication != settings.authentication)
        changed->leftOut.removeAll(u"authentication"_s);
    changed->settings = settings;
    announce(*rowOf(id));
    updateSources();
    give(*changed);
    Q_EMIT settingsChanged();
}

/// Fills in the variables, and finds what is in the way of a connection.
void SubscriptionModel::prepare(SubscriptionRow &row) const
{
    const auto resolution = profile::resolved(row.settings, m_variables);
    row.resolved = resolution.settings;
    row.problem = resolution.problems.join(u' ');
    row.missingSecrets.clear();
    for (const auto &name : resolution.missingSecrets)
        row.missingSecrets << u"variable:"_s + name;
    const auto places = profile::possibleSecretPlaces(row.settings);
    for (const auto &place : row.leftOut)
        if (places.contains(place) && profile::isLeftOut(row.settings, place))
            row.missingSecrets << place;
}

void SubscriptionModel::give(SubscriptionRow &row)
{
    const auto before = std::exchange(row.resolved, {});
    const auto problemBefore = row.problem;
    prepare(row);
    if (forEngine(before) == forEngine(row.resolved) && problemBefore == row.problem)
        return;
    m_ingest.setSettings(row.id, row.resolved);
    auto withLimit = forEngine(before);
    withLimit.maxEventBytes = row.resolved.maxEventBytes;
    if (withLimit == forEngine(row.resolved) && problemBefore == row.problem)
        return; // the engine changes that without a new connection
    if (before.lastEventId != row.resolved.lastEventId)
        m_ingest.setLastEventId(row.id, row.resolved.lastEventId);
    if (isActive(row) || row.isRefused)
        reconnectNow(row.id);
}

void SubscriptionModel::setVariables(const profile::Variables &variables)
{
    if (std::exchange(m_variables, variables) == variables)
        return;
    for (auto &each : m_parked) {
        prepare(each.row);
        if (!each.isForgotten)
            m_ingest.setSettings(each.row.id, each.row.resolved);
    }
    std::vector<SubscriptionId> ids;
    for (const auto &each : m_rows)
        ids.push_back(each.id);
    // By id: whoever hears of a missing secret may change the list.
    for (const auto id : ids)
        if (auto *each = row(id))
            give(*each);
}

void SubscriptionModel::setLeftOut(SubscriptionId id, const QStringList &places)
{
    if (auto *changed = row(id)) {
        changed->leftOut = places;
        prepare(*changed);
    }
}

void SubscriptionModel::fillSecrets(SubscriptionId id, const QMap<QString, QString> &values)
{
    auto *changed = row(id);
    if (!changed)
        return;
    for (auto value = values.begin(); value != values.end(); ++value) {
        if (value->isEmpty())
            changed->leftOut.removeAll(value.key());
        else
            profile::setSecretAt(changed->settings, value.key(), *value);
    }
    prepare(*changed);
    m_ingest.setSettings(id, changed->resolved);
}

/// Else it is closed, with the reason.
bool SubscriptionModel::isReady(SubscriptionId id)
{
    auto *wanted = row(id);
    if (!wanted)
        return true;
    wanted->isRefused = !wanted->problem.isEmpty() || !wanted->missingSecrets.isEmpty();
    if (!wanted->isRefused)
        return true;
    m_ingest.disconnectNow(id);
    wanted->status.state = store::ConnectionState::Closed;
    wanted->status.cause = subscribe::Cause::InvalidSettings;
    wanted->status.detail = wanted->problem.isEmpty() ? tr("A secret is missing.") : wanted->problem;
    wanted->status.since = now();
    const bool isAskable = !wanted->missingSecrets.isEmpty();
    announce(*rowOf(id));
    if (isAskable)
        Q_EMIT secretsWanted(id);
    return false;
}

void SubscriptionModel::setMuted(const QList<SubscriptionId> &ids, bool isMuted)
{
    setSwitch(&SubscriptionRow::isMuted, ids, isMuted);
}

void SubscriptionModel::setSolo(const QList<SubscriptionId> &ids, bool isSolo)
{
    setSwitch(&SubscriptionRow::isSolo, ids, isSolo);
}

void SubscriptionModel::setSwitch(bool SubscriptionRow::*which, const QList<SubscriptionId> &ids, bool isOn)
{
    const std::set<SubscriptionId> wanted(ids.begin(), ids.end());
    for (int row = 0; row < rowCount(); ++row) {
        auto &each = m_rows[static_cast<std::size_t>(row)];
        if (wanted.contains(each.id) && std::exchange(each.*which, isOn) != isOn)
            announce(row);
    }
    updateSources();
}

int SubscriptionModel::park(SubscriptionId id)
{
    const auto position = rowOf(id);
    if (!position)
        return -1;
    beginRemoveRows({}, *position, *position);
    auto taken = std::move(m_rows[static_cast<std::size_t>(*position)]);
    m_rows.erase(m_rows.begin() + *position);
    endRemoveRows();
    m_ingest.disconnectNow(id);
    const bool wasActive = isActive(taken);
    m_parked.push_back({std::move(taken), wasActive});
    updateSources();
    Q_EMIT settingsChanged();
    return *position;
}

void SubscriptionModel::restore(SubscriptionId id, int position)
{
    const auto found = parked(id);
    if (found == m_parked.end() || found->isForgotten)
        return;
    auto back = std::move(*found);
    m_parked.erase(found);
    insert(std::move(back.row), std::clamp(position, 0, rowCount()));
    if (back.wasActive)
        connectNow(id);
}

void SubscriptionModel::forget(SubscriptionId id)
{
    const auto found = parked(id);
    if (found == m_parked.end() || std::exchange(found->isForgotten, true))
        return;
    m_ingest.remove(id);
    Q_EMIT forgotten(id);
}

void SubscriptionModel::connectNow(SubscriptionId id)
{
    if (isReady(id))
        m_ingest.connectNow(id);
}

void SubscriptionModel::disconnectNow(SubscriptionId id)
{
    if (auto *stopped = row(id))
        stopped->isRefused = false;
    m_ingest.disconnectNow(id);
}

void SubscriptionModel::reconnectNow(SubscriptionId id)
{
    if (isReady(id))
        m_ingest.reconnectNow(id);
}

void SubscriptionModel::setLastEventId(SubscriptionId id, const QByteArray &lastEventId)
{
    auto *changed = row(id);
    if (!changed)
        return;
    changed->status.lastEventId = lastEventId;
    announce(*rowOf(id));
    m_ingest.setLastEventId(id, lastEventId);
}

const SubscriptionRow *SubscriptionModel::find(SubscriptionId id) const
{
    const auto found = std::ranges::find(m_rows, id, &SubscriptionRow::id);
    return found == m_rows.end() ? nullptr : &*found;
}

SubscriptionRow *SubscriptionModel::row(SubscriptionId id)
{
    const auto found = std::ranges::find(m_rows, id, &SubscriptionRow::id);
    return found == m_rows.end() ? nullptr : &*found;
}

std::vector<SubscriptionModel::Parked>::iterator SubscriptionModel::parked(SubscriptionId id)
{
    return std::ranges::find(m_parked, id, [](const Parked &each) { return each.row.id; });
}

bool SubscriptionModel::contains(const QUrl &url) const
{
    return std::ranges::any_of(m_rows, [&url](const auto &row) { return row.resolved.url == url; });
}

std::optional<int> SubscriptionModel::rowOf(SubscriptionId id) const
{
    const auto *found = find(id);
    return found ? std::optional(static_cast<int>(found - m_rows.data())) : std::nullopt;
}

void SubscriptionModel::takeStatus(const subscribe::ConnectionStatus &status)
{
    if (auto *changed = row(status.subscription)) {
        if (changed->isRefused)
            return; // it tells of the end that the refusal brought
        changed->status = status;
        announce(*rowOf(status.subscription));
        return;
    }
    if (const auto found = parked(status.subscription); found != m_parked.end())
        found->row.status = status;
}

void SubscriptionModel::tick()
{
    if (m_rows.empty()) {
        m_timer.stop();
        return;
    }
    const auto time = now();
    for (auto &each : m_rows)
        each.rate.sample(each.counters->events.load(std::memory_order_relaxed), time);
    // The state column too: a wait counts down.
    Q_EMIT dataChanged(index(0, StateColumn), index(rowCount() - 1, ReconnectsColumn), {Qt::DisplayRole});
}

void SubscriptionModel::announce(int row)
{
    Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
}

bool SubscriptionModel::collectSources()
{
    const bool anySolo = std::ranges::any_of(m_rows, &SubscriptionRow::isSolo);
    auto sources = m_sources;
    for (const auto &row : m_rows)
        sources[row.id] = {row.settings.name, row.settings.colourIndex, anySolo ? row.isSolo : !row.isMuted};
    for (const auto &[row, wasActive, isForgotten] : m_parked)
        sources[row.id] = {row.settings.name, row.settings.colourIndex, !anySolo && !row.isMuted};
    return std::exchange(m_sources, sources) != sources;
}

void SubscriptionModel::updateSources()
{
    if (collectSources())
        Q_EMIT sourcesChanged(m_sources);
}

} // namespace weir::models
