// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptiongroup.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;
using store::ConnectionState;

namespace {

struct GroupText
{
    Q_DECLARE_TR_FUNCTIONS(GroupText)
};

} // namespace

GroupSummary summarize(std::span<const SubscriptionRow *const> rows)
{
    GroupSummary summary;
    summary.total = static_cast<int>(rows.size());
    for (const auto *row : rows) {
        summary.open += row->status.state == ConnectionState::Open ? 1 : 0;
        summary.active += isActive(*row) ? 1 : 0;
        summary.failed += hasFailed(row->status) ? 1 : 0;
        summary.invalidCertificates += hasCertificateMark(*row) ? 1 : 0;
        summary.warnings += row->status.warning.isEmpty() ? 0 : 1;
        summary.perSecond += row->rate.perSecond();
        summary.reconnects += reconnects(*row);
        if (!row->counters)
            continue;
        summary.events += row->counters->events.load(std::memory_order_relaxed);
        summary.lastByteNs = std::max(summary.lastByteNs, row->counters->lastByteNs.load(std::memory_order_relaxed));
    }
    summary.isMuted = !rows.empty() && std::ranges::all_of(rows, [](const auto *row) { return row->isMuted; });
    summary.isSolo = !rows.empty() && std::ranges::all_of(rows, [](const auto *row) { return row->isSolo; });
    return summary;
}

ConnectionState stateOf(const GroupSummary &summary)
{
    if (summary.open > 0 && summary.failed == 0)
        return ConnectionState::Open;
    if (summary.failed > 0)
        return ConnectionState::Closed;
    return summary.active > 0 ? ConnectionState::Waiting : ConnectionState::Idle;
}

QString stateText(const GroupSummary &summary)
{
    const QLocale locale;
    if (summary.failed > 0)
        return GroupText::tr("%1 failed").arg(locale.toString(summary.failed));
    if (summary.active == 0)
        return GroupText::tr("idle");
    if (summary.open == summary.total)
        return GroupText::tr("%1 open").arg(locale.toString(summary.open));
    return GroupText::tr("%1 of %2 open").arg(locale.toString(summary.open), locale.toString(summary.total));
}

QString describe(const QString &group, const GroupSummary &summary)
{
    const QLocale locale;
    QStringList lines{GroupText::tr("Group: %1").arg(group),
        GroupText::tr("Subscriptions: %1").arg(locale.toString(summary.total)),
        GroupText::tr("Open: %1").arg(locale.toString(summary.open))};
    if (summary.failed > 0)
        lines << GroupText::tr("Failed: %1").arg(locale.toString(summary.failed));
    if (summary.invalidCertificates > 0)
        lines << GroupText::tr("Accept an invalid certificate: %1").arg(locale.toString(summary.invalidCertificates));
    if (summary.warnings > 0)
        lines << GroupText::tr("With a warning: %1").arg(locale.toString(summary.warnings));
    lines << GroupText::tr("Actions on the group act on all of its subscriptions.");
    return lines.join(u'\n');
}

QString accessibleText(const QString &group, const GroupSummary &summary)
{
    return GroupText::tr("group %1, subscriptions: %2").arg(group).arg(summary.total) + u", "_s + stateText(summary);
}

} // namespace weir::models
