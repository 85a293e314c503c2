// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionrow.h"

#include <span>

namespace weir::models {

/// What the subscriptions of a group come to, taken together. A value.
struct GroupSummary
{
    int total = 0;
    int open = 0;
    int active = 0; ///< open, connecting or waiting
    int failed = 0;
    int invalidCertificates = 0;
    int warnings = 0;
    bool isMuted = false; ///< all of them
    bool isSolo = false;  ///< all of them
    std::uint64_t events = 0;
    double perSecond = 0;
    std::uint64_t reconnects = 0;
    std::int64_t lastByteNs = 0; ///< of the one that heard last; 0: none has

    friend bool operator==(const GroupSummary &, const GroupSummary &) = default;
};

GroupSummary summarize(std::span<const SubscriptionRow *const> rows);
/// The state that the whole group is shown in: open if any is, else what is most worth a look.
store::ConnectionState stateOf(const GroupSummary &summary);
/// `3 open`, `2 of 3 open`, `1 failed`, `idle`.
QString stateText(const GroupSummary &summary);
/// Several lines for a tooltip.
QString describe(const QString &group, const GroupSummary &summary);
/// One line for a screen reader.
QString accessibleText(const QString &group, const GroupSummary &summary);

} // namespace weir::models
