// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionlog.h"

#include "models/eventformat.h"
#include "models/jsonindent.h"

#include <algorithm>
#include <array>

namespace weir::models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::SubscriptionId;
using subscribe::AttemptReport;

namespace {

/// What a report costs, roughly: its texts, and a little for each of the rest.
qsizetype sizeOf(const AttemptReport &report)
{
    qsizetype size = 256 + report.bodyExcerpt.size() + report.lastEventIdSent.size() + report.lastEventIdAfter.size() +
                     2 * (report.ending.size() + report.next.size() + report.startedBecause.size());
    for (const auto &hop : report.hops) {
        size += 256 + hop.requestHead.size() + hop.responseHead.size();
        size += hop.tls ? 1024 * hop.tls->chain.size() : 0;
    }
    return size;
}

/// What a counter has grown by since all earlier attempts ended; they add up only roughly while an attempt ends.
std::uint64_t since(const std::atomic<std::uint64_t> &counter, std::uint64_t before)
{
    const auto now = counter.load(std::memory_order_relaxed);
    return now > before ? now - before : 0;
}

QString statusText(const AttemptReport &report)
{
    QStringList statuses;
    for (const auto &hop : report.hops)
        if (hop.status != 0)
            statuses << QString::number(hop.status);
    return statuses.join(u" → "_s);
}

QVariant alignment(int column)
{
    const bool isText = column == ConnectionLog::TimeColumn || column == ConnectionLog::StatusColumn ||
                        column == ConnectionLog::EndingColumn || column == ConnectionLog::NextColumn;
    return QVariant::fromValue(Qt::Alignment(isText ? Qt::AlignLeading : Qt::AlignTrailing) | Qt::AlignVCenter);
}

} // namespace

ConnectionLog::ConnectionLog(subscribe::Ingest &ingest, const store::ClockAnchor &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_ingest(ingest)
    , m_clock(clock)
{
    connect(&m_ingest, &subscribe::Ingest::attemptChanged, this, &ConnectionLog::take);
    connect(&m_timer, &QTimer::timeout, this, &ConnectionLog::tick);
    m_timer.setInterval(250ms);
}

const ConnectionLog::Attempts *ConnectionLog::shown() const
{
    const auto found = m_attempts.find(m_shown);
    return found == m_attempts.end() ? nullptr : &found->second;
}

int ConnectionLog::rowCount(const QModelIndex &parent) const
{
    const auto *attempts = shown();
    return parent.isValid() || !attempts ? 0 : static_cast<int>(attempts->entries.size());
}

int ConnectionLog::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

AttemptReport ConnectionLog::at(int row) const
{
    const auto *attempts = shown();
    auto report = attempts->entries[static_cast<std::size_t>(row)].report;
    if (report.isOver() || !attempts->counters)
        return report;
    report.events = since(attempts->counters->events, attempts->eventsBefore);
    report.comments = since(attempts->counters->comments, attempts->commentsBefore);
    report.bytes = since(attempts->counters->bytes, attempts->bytesBefore);
    report.wireBytes = since(attempts->counters->wireBytes, attempts->wireBytesBefore);
    return report;
}

bool ConnectionLog::isExcerptCut(int row) const
{
    return shown()->entries[static_cast<std::size_t>(row)].isExcerptCut;
}

int ConnectionLog::rowOf(std::uint32_t attempt) const
{
    const auto *attempts = shown();
    if (!attempts)
        return -1;
    const auto found =
        std::ranges::find(attempts->entries, attempt, [](const Entry &each) { return each.report.attempt; });
    return found == attempts->entries.end() ? -1 : static_cast<int>(found - attempts->entries.begin());
}

std::uint64_t ConnectionLog::goneAttempts() const
{
    const auto *attempts = shown();
    return attempts ? attempts->gone : 0;
}

QVariant ConnectionLog::text(const AttemptReport &report, int column) const
{
    switch (column) {
    case AttemptColumn:
        return formatCount(report.attempt);
    case TimeColumn:
        return formatTime(m_clock.wallTime(report.started)).left(12); // milliseconds are enough here
    case DurationColumn:
        return formatGap(report.ended.value_or(std::chrono::steady_clock::now() - report.started));
    case StatusColumn:
        return statusText(report);
    case EventsColumn:
        return formatCount(report.events);
    case BytesColumn:
        return formatBytes(report.wireBytes);
    case EndingColumn:
        return report.isOver() ? report.ending : report.opened ? tr("open") : tr("connecting");
    default:
        return report.next;
    }
}

QVariant ConnectionLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(index.column());
    const bool isCut = index.column() >= EndingColumn;
    if (role == Qt::DisplayRole || (role == Qt::ToolTipRole && isCut))
        return text(at(index.row()), index.column());
    return {};
}

QVariant ConnectionLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    const std::array<QString, columns> titles{
        tr("#"), tr("Time"), tr("Lasted"), tr("Status"), tr("Events"), tr("Bytes"), tr("Ended"), tr("Next")};
    const std::array<QString, columns> explanations{tr("Number of the attempt"), tr("When it began"),
        tr("How long it lasted"), tr("Status of the response, after those of redirects"), tr("Events received"),
        tr("Bytes of the body as they came"), tr("How it ended"), tr("What followed, and by which rule")};
    if (role == Qt::DisplayRole)
        return titles[static_cast<std::size_t>(section)];
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return explanations[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    return {};
}

void ConnectionLog::setSubscription(SubscriptionId id)
{
    if (id == m_shown)
        return;
    beginResetModel();
    m_shown = id;
    endResetModel();
    m_timer.start();
}

void ConnectionLog::forget(SubscriptionId id)
{
    if (id == m_shown)
        setSubscription({});
    m_attempts.erase(id);
}

ConnectionLog::Attempts &ConnectionLog::attemptsOf(SubscriptionId id)
{
    auto &attempts = m_attempts[id];
    if (!attempts.counters)
        attempts.counters = m_ingest.counters(id);
    return attempts;
}

void ConnectionLog::take(const AttemptReport &report)
{
    auto &attempts = attemptsOf(report.subscription);
    const bool isNew = attempts.entries.empty() || attempts.entries.back().report.attempt < report.attempt;
    if (isNew) {
        add(attempts, report);
    } else if (auto &last = attempts.entries.back().report; last.attempt == report.attempt && !last.isOver()) {
        last = report;
    } else {
        return; // a late word of an older attempt changes nothing
    }
    if (report.isOver())
        finish(attempts, report);
    if (report.subscription != m_shown)
        return;
    const int row = rowCount() - 1;
    if (!isNew)
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
    m_timer.start();
}

void ConnectionLog::add(Attempts &attempts, const AttemptReport &report)
{
    const bool isShown = report.subscription == m_shown;
    trim(attempts, isShown);
    const int row = static_cast<int>(attempts.entries.size());
    if (isShown)
        beginInsertRows({}, row, row);
    attempts.entries.push_back({report, false});
    if (isShown)
        endInsertRows();
}

void ConnectionLog::finish(Attempts &attempts, const AttemptReport &report)
{
    attempts.eventsBefore += report.events;
    attempts.commentsBefore += report.comments;
    attempts.bytesBefore += report.bytes;
    attempts.wireBytesBefore += report.wireBytes;
}

void ConnectionLog::trim(Attempts &attempts, bool isShown)
{
    if (attempts.entries.empty())
        return;
    auto &last = attempts.entries.back();
    last.isExcerptCut = last.report.bodyExcerpt.size() > keptExcerpt;
    if (last.isExcerptCut)
        last.report.bodyExcerpt = last.report.bodyExcerpt.left(keptExcerpt);
    qsizetype size = 0;
    std::size_t kept = 0;
    for (auto entry = attempts.entries.rbegin(); entry != attempts.entries.rend(); ++entry, ++kept) {
        size += sizeOf(entry->report);
        if (size > keptBytes || kept + 1 == keptAttempts)
            break;
    }
    const auto gone = attempts.entries.size() - kept;
    if (gone == 0)
        return;
    if (isShown)
        beginRemoveRows({}, 0, static_cast<int>(gone) - 1);
    attempts.entries.erase(attempts.entries.begin(), attempts.entries.begin() + static_cast<std::ptrdiff_t>(gone));
    attempts.gone += gone;
    if (isShown)
        endRemoveRows();
}

void ConnectionLog::tick()
{
    const int row = rowCount() - 1;
    if (row < 0 || shown()->entries.back().report.isOver()) {
        m_timer.stop();
        return;
    }
    Q_EMIT dataChanged(index(row, DurationColumn), index(row, BytesColumn), {Qt::DisplayRole});
}

QString excerptText(const QByteArray &body)
{
    constexpr qsizetype longestLine = 1000; // a line is laid out as a whole
    const auto json = indentJson({body.constData(), static_cast<std::size_t>(body.size())});
    auto text = json ? QString::fromStdString(*json) : QString::fromUtf8(body);
    std::ranges::replace(text, QChar(u'\0'), QChar(u'\u2400'));
    QStringList lines;
    for (const auto &line : text.split(u'\n'))
        for (qsizetype begin = 0; begin == 0 || begin < line.size(); begin += longestLine)
            lines << line.mid(begin, longestLine);
    return lines.join(u'\n');
}

} // namespace weir::models
