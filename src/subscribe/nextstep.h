// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/attempt.h"
#include "subscribe/reconnectdelay.h"

#include <chrono>
#include <optional>

namespace weir::subscribe {

/// What follows an attempt that has ended, and by which rule.
struct NextStep
{
    bool isClosed = false; ///< else it waits
    Cause cause = Cause::None;
    QString detail;
    QString rule;                       ///< plain words
    std::chrono::milliseconds delay{0}; ///< of the wait
};

/// `delay` has been told of the attempt's end. `reconnectionTime`: the server's. `wasOpen`: the URL has been a stream
/// once.
NextStep nextStep(const AttemptEnd &end, const ReconnectPolicy &policy, const ReconnectDelay &delay,
    std::optional<std::chrono::milliseconds> reconnectionTime, bool wasOpen);

} // namespace weir::subscribe
