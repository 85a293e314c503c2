// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionrate.h"
#include "store/types.h"
#include "subscribe/settings.h"
#include "subscribe/status.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace weir::models {

/// One subscription as the list holds it. A value; the counters are shared with the engine.
struct SubscriptionRow
{
    store::SubscriptionId id;
    subscribe::SubscriptionSettings settings; ///< as written
    subscribe::SubscriptionSettings resolved; ///< as the engine has them: variables filled in
    QString problem;                          ///< why they cannot be used; never a secret
    QStringList leftOut;                      ///< places of secrets that a profile does not hold
    QStringList missingSecrets;               ///< of leftOut, and `variable:NAME`: not known yet
    bool isRefused = false;                   ///< it was to be connected, and problem or missingSecrets prevented it
    subscribe::ConnectionStatus status;
    std::shared_ptr<const subscribe::Counters> counters;
    SubscriptionRate rate;
    bool isMuted = false; ///< received and counted, but not shown
    bool isSolo = false;  ///< while any subscription is solo, only those are shown
};

/// Connecting, open or waiting: something would happen without the user.
bool isActive(const SubscriptionRow &row);
/// Closed for a reason that the user has to look into; not when he or the server asked for it.
bool hasFailed(const subscribe::ConnectionStatus &status);

/// It would connect, or is connected, whatever the server's certificate says.
bool hasCertificateMark(const SubscriptionRow &row);

/// `open`, `retry in 4 s`, `closed: 404`.
QString stateText(const subscribe::ConnectionStatus &status, store::MonotonicTime now);
/// `0.1 s`, `3 min`: how long ago that was on the monotonic clock; empty for 0.
QString ageText(std::int64_t timeNs, store::MonotonicTime now);
/// Time since the last byte, e.g. `0.1 s`, `3 min`; empty before the first byte.
QString lastByteText(const SubscriptionRow &row, store::MonotonicTime now);
/// `0.3/s`, `120/s`; empty while nothing comes.
QString rateText(double perSecond);
/// Connection attempts after the first.
std::uint32_t reconnects(const SubscriptionRow &row);
/// Several lines for a tooltip; never a secret.
QString describe(const SubscriptionRow &row, store::MonotonicTime now);
/// One line for a screen reader.
QString accessibleText(const SubscriptionRow &row, store::MonotonicTime now);

} // namespace weir::models
