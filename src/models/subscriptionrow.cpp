// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/subscriptionrow.h"

#include "profile/secretplaces.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::ConnectionState;
using subscribe::Cause;

namespace {

/// Functions have no tr() of their own.
struct SubscriptionText
{
    Q_DECLARE_TR_FUNCTIONS(SubscriptionText)
};

QString closedText(const subscribe::ConnectionStatus &status)
{
    const bool isByStatus = status.cause == Cause::StatusNoContent || status.cause == Cause::StatusRefused ||
                            status.cause == Cause::StatusTemporary;
    if (isByStatus && status.httpStatus != 0)
        return SubscriptionText::tr("closed: %1").arg(status.httpStatus);
    return hasFailed(status) ? SubscriptionText::tr("failed") : SubscriptionText::tr("closed");
}

QString waitingText(const subscribe::ConnectionStatus &status, store::MonotonicTime now)
{
    const auto left = std::chrono::ceil<std::chrono::seconds>(std::max(status.nextAttempt - now, 0ns));
    return SubscriptionText::tr("retry in %1 s").arg(QLocale().toString(qlonglong{left.count()}));
}

QString certificateText(const SubscriptionRow &row)
{
    if (row.status.isCertificateInvalid)
        return SubscriptionText::tr("Not safe: the server's certificate is invalid; it was accepted by choice");
    return hasCertificateMark(row) ? SubscriptionText::tr("Not safe: any certificate is accepted, also an invalid one")
                                   : QString();
}

} // namespace

bool isActive(const SubscriptionRow &row)
{
    return row.status.state != ConnectionState::Idle && row.status.state != ConnectionState::Closed;
}

bool hasFailed(const subscribe::ConnectionStatus &status)
{
    if (status.state != ConnectionState::Closed)
        return false;
    switch (status.cause) {
    case Cause::None:
    case Cause::AskedByUser:
    case Cause::StatusNoContent:
    case Cause::EndOfStream:
    case Cause::ReconnectDisabled:
        return false;
    default:
        return true;
    }
}

QString stateText(const subscribe::ConnectionStatus &status, store::MonotonicTime now)
{
    switch (status.state) {
    case ConnectionState::Idle:
        return SubscriptionText::tr("idle");
    case ConnectionState::Connecting:
        return SubscriptionText::tr("connecting");
    case ConnectionState::Open:
        return SubscriptionText::tr("open");
    case ConnectionState::Waiting:
        return waitingText(status, now);
    case ConnectionState::Closed:
        break;
    }
    return closedText(status);
}

bool hasCertificateMark(const SubscriptionRow &row)
{
    return row.settings.transport.tls.acceptInvalid || row.status.isCertificateInvalid;
}

QString lastByteText(const SubscriptionRow &row, store::MonotonicTime now)
{
    return row.counters ? ageText(row.counters->lastByteNs.load(std::memory_order_relaxed), now) : QString();
}

QString ageText(std::int64_t timeNs, store::MonotonicTime now)
{
    const std::chrono::nanoseconds last{timeNs};
    if (last == 0ns)
        return {};
    const auto age = std::max(now.time_since_epoch() - last, 0ns);
    const QLocale locale;
    if (age < 10s)
        return SubscriptionText::tr("%1 s").arg(locale.toString(std::chrono::duration<double>(age).count(), 'f', 1));
    if (age < 1min)
        return SubscriptionText::tr("%1 s").arg(std::chrono::floor<std::chrono::seconds>(age).count());
    if (age < 1h)
        return SubscriptionText::tr("%1 min").arg(std::chrono::floor<std::chrono::minutes>(age).count());
    return SubscriptionText::tr("%1 h").arg(std::chrono::floor<std::chrono::hours>(age).count());
}

QString rateText(double perSecond)
{
    if (perSecond < 0.05)
        return {};
    return SubscriptionText::tr("%1/s").arg(QLocale().toString(perSecond, 'f', perSecond < 10 ? 1 : 0));
}

std::uint32_t reconnects(const SubscriptionRow &row)
{
    return row.status.attempt > 0 ? row.status.attempt - 1 : 0;
}

QString describe(const SubscriptionRow &row, store::MonotonicTime now)
{
    QStringList lines{row.settings.name, profile::displayAddress(row.settings), subscribe::text(row.status)};
    lines << row.status.rule;
    if (!row.status.warning.isEmpty())
        lines << SubscriptionText::tr("Warning: %1").arg(row.status.warning);
    lines << certificateText(row);
    if (!row.status.lastEventId.isEmpty())
        lines << SubscriptionText::tr("Last event ID: %1").arg(QString::fromUtf8(row.status.lastEventId));
    if (const auto age = lastByteText(row, now); !age.isEmpty())
        lines << SubscriptionText::tr("Last byte %1 ago").arg(age);
    lines << SubscriptionText::tr("Reconnections: %1").arg(reconnects(row));
    if (row.isMuted)
        lines << SubscriptionText::tr("Muted: received and counted, but not shown");
    if (row.isSolo)
        lines << SubscriptionText::tr("Solo: only solo subscriptions are shown");
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString accessibleText(const SubscriptionRow &row, store::MonotonicTime now)
{
    const auto events = row.counters ? row.counters->events.load(std::memory_order_relaxed) : 0;
    QStringList parts{row.settings.name, stateText(row.status, now),
        SubscriptionText::tr("%1 events").arg(QLocale().toString(qulonglong{events}))};
    if (hasCertificateMark(row))
        parts << SubscriptionText::tr("certificate not checked");
    if (!row.status.warning.isEmpty())
        parts << SubscriptionText::tr("warning");
    if (row.isMuted)
        parts << SubscriptionText::tr("muted");
    if (row.isSolo)
        parts << SubscriptionText::tr("solo");
    return parts.join(u", "_s);
}

} // namespace weir::models
