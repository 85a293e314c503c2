// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventmodel.h"

#include "store/wirereads.h"

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

bool isShown(store::SubscriptionId id, const Sources &sources)
{
    const auto found = sources.find(id);
    return found == sources.end() || found->second.isShown;
}

/// Whether rows found with the sources `before` may differ from those found with `after`.
bool changesRows(const ViewCriteria &criteria, const Sources &before, const Sources &after)
{
    const bool usesNames = criteria.filter.expression().find("source") != std::string::npos;
    for (const auto &[id, source] : after) {
        if (!criteria.scope && source.isShown != isShown(id, before))
            return true;
        const auto old = before.find(id);
        if (usesNames && (old == before.end() || old->second.name != source.name))
            return true;
    }
    return std::ranges::any_of(before, [&](const auto &entry) {
        return !after.contains(entry.first) && (usesNames || (!criteria.scope && !entry.second.isShown));
    });
}

} // namespace

EventModel::EventModel(LogFeed &feed, QObject *parent)
    : QAbstractTableModel(parent)
    , m_feed(feed)
    , m_jsonCells(new JsonCells(this))
{
    connectCells();
    connect(&m_scan, &ViewScan::found, this, &EventModel::add);
    connect(&m_feed, &LogFeed::advanced, this, [this](const store::Snapshot &snapshot) {
        if (m_isPaused)
            updateLedger();
        else
            take(snapshot);
    });
    take(m_feed.snapshot());
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_index.rowCount());
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &column = m_columns[index.column()];
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index);
    if (role == ColumnKindRole)
        return static_cast<int>(column.kind);
    const auto number = numberAt(index.row());
    if (role == EventNumberRole)
        return static_cast<qulonglong>(number.value);
    const store::EventView event = m_snapshot.at(number);
    switch (role) {
    case Qt::DisplayRole:
        return textOf(event, index);
    case KindRole:
        return static_cast<int>(event.kind());
    case SubscriptionRole:
        return event.subscription().value;
    case ColourIndexRole: {
        const auto found = m_sources.find(event.subscription());
        return found == m_sources.end() ? 0 : found->second.colourIndex;
    }
    case DiagnosticRole:
        return static_cast<int>(event.diagnostic());
    case ConnectionStateRole:
        return event.kind() == store::Kind::Connection ? QVariant(static_cast<int>(event.connection().state))
                                                       : QVariant();
    case ReadBracketRole:
        return static_cast<int>(bracketOf(index.row()));
    case TimeReferenceRole:
        return m_timeReference && m_timeReference->number == number;
    case RawTimeRole:
        return static_cast<qlonglong>(event.arrival().time_since_epoch().count());
    default:
        return {};
    }
}

ReadBracket EventModel::bracketOf(int row) const
{
    const auto event = m_snapshot.at(numberAt(row));
    const auto cameWith = [&](int neighbour) {
        const auto number = numberAt(neighbour);
        return number.value != 0 && store::isSameRead(event, m_snapshot.at(number));
    };
    const bool isAfter = cameWith(row + 1);
    if (cameWith(row - 1))
        return isAfter ? ReadBracket::Middle : ReadBracket::Last;
    return isAfter ? ReadBracket::First : ReadBracket::None;
}

void EventModel::setFilter(const filter::Filter &filter)
{
    if (filter.expression() == criteria().filter.expression())
        return;
    auto changed = criteria();
    changed.filter = filter;
    restart(std::move(changed));
}

void EventModel::setScope(std::optional<store::SubscriptionId> scope)
{
    if (scope == criteria().scope)
        return;
    auto changed = criteria();
    changed.scope = scope;
    restart(std::move(changed));
}

void EventModel::setKinds(KindSet kinds)
{
    if (kinds == criteria().kinds)
        return;
    auto changed = criteria();
    changed.kinds = kinds;
    restart(std::move(changed));
}

void EventModel::setOnly(std::shared_ptr<const std::vector<store::EventNumber>> only)
{
    const auto &before = criteria().only;
    if (only == before || (only && before && *only == *before))
        return;
    auto changed = criteria();
    changed.only = std::move(only);
    restart(std::move(changed));
}

void EventModel::setSources(const Sources &sources)
{
    if (sources == m_sources)
        return;
    const Sources before = std::exchange(m_sources, sources);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    if (changesRows(criteria(), before, sources))
        restart(criteria());
    Q_EMIT sourcesChanged();
}

void EventModel::setClearedBefore(store::EventNumber number)
{
    auto changed = criteria();
    changed.clearedBefore = number;
    if (const int count = lowerBound(number); count > 0) {
        beginRemoveRows({}, 0, count - 1);
        m_index.dropBefore(number);
        endRemoveRows();
    }
    restart(std::move(changed));
}

void EventModel::setPaused(bool paused)
{
    if (paused == m_isPaused)
        return;
    m_isPaused = paused;
    if (!paused)
        take(m_feed.snapshot());
    updateLedger();
}

std::uint64_t EventModel::waitingWhilePaused() const
{
    return m_isPaused ? m_feed.snapshot().end().value - m_snapshot.end().value : 0;
}

store::EventNumber EventModel::numberAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    return m_index.numberAt(static_cast<std::uint64_t>(row));
}

int EventModel::rowOf(store::EventNumber number) const
{
    const auto row = m_index.rowOf(number);
    return row ? static_cast<int>(*row) : -1;
}

int EventModel::lowerBound(store::EventNumber number) const
{
    return static_cast<int>(m_index.lowerBound(number));
}

void EventModel::take(const store::Snapshot &snapshot)
{
    const int evicted = lowerBound(snapshot.begin());
    if (evicted > 0)
        beginRemoveRows({}, 0, evicted - 1);
    m_index.dropBefore(snapshot.begin());
    m_snapshot = snapshot;
    if (evicted > 0)
        endRemoveRows();
    m_scan.setSnapshot(snapshot);
    Q_EMIT snapshotChanged();
    updateLedger();
}

void EventModel::add(const ScanResult &result)
{
    if (result.isFirst)
        replaceAll(result);
    else
        insertAtEnd(result);
    updateLedger();
    updateTroubles(result);
}

void EventModel::updateTroubles(const ScanResult &result)
{
    const auto before = result.isFirst ? std::exchange(m_troubles, {}) : m_troubles;
    m_troubles += result.troubles;
    if (m_troubles != before)
        Q_EMIT troublesChanged();
}

void EventModel::replaceAll(const ScanResult &result)
{
    beginResetModel();
    m_index = {};
    for (const auto &rows : result.rows) {
        if (isHeld(rows))
            m_index.append(rows);
    }
    endResetModel();
}

void EventModel::insertAtEnd(const ScanResult &result)
{
    std::uint64_t count = 0;
    for (const auto &rows : result.rows)
        count += isHeld(rows) ? rows.rowCount() : 0;
    if (count > 0)
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(count) - 1);
    for (const auto &rows : result.rows) {
        if (isHeld(rows))
            m_index.append(rows);
    }
    if (count > 0)
        endInsertRows();
}

bool EventModel::isHeld(const SegmentRows &rows) const
{
    // The segment may have been evicted between the job's snapshot and now.
    return rows.first >= m_snapshot.begin();
}

void EventModel::restart(ViewCriteria criteria)
{
    criteria.sources = m_sources;
    m_scan.setCriteria(std::move(criteria));
    Q_EMIT criteriaChanged();
    updateLedger();
}

void EventModel::updateLedger()
{
    const std::uint64_t begin = std::max<std::uint64_t>(m_snapshot.begin().value, 1);
    const std::uint64_t received = std::max<std::uint64_t>(m_feed.snapshot().end().value, begin);
    const std::uint64_t floor = std::max(begin, std::min(criteria().clearedBefore.value, received));
    const std::uint64_t covered = std::max(m_index.end().value, floor);
    ViewLedger ledger;
    ledger.shown = m_index.rowCount();
    ledger.hidden = covered - floor - ledger.shown;
    ledger.cleared = floor - begin;
    ledger.waiting = received - covered;
    ledger.evicted = begin - 1;
    ledger.inScope = m_index.inScope();
    if (std::exchange(m_ledger, ledger) != ledger)
        Q_EMIT ledgerChanged();
}

} // namespace weir::models
