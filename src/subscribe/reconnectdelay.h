// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"
#include "subscribe/status.h"

#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace weir::subscribe {

/// A wait, and the rules that made it as long as it is.
struct ReconnectWait
{
    std::chrono::milliseconds delay{0};
    std::chrono::milliseconds reconnectionTime{0}; ///< in force
    bool isServers = false;                        ///< the server's `retry`, else the policy's
    bool isClamped = false;   ///< the server asked for less than the floor or more than the ceiling
    bool isBackedOff = false; ///< lengthened after attempts of no use
    bool isAtCeiling = false;
    bool isRetryAfter = false; ///< the server's Retry-After is longer than all that
    int failures = 0;          ///< attempts in a row that were of no use
};

/// The rules in plain words: "reconnection time 3 s, lengthened after 2 attempts without an event".
QString text(const ReconnectWait &wait);

/// How long a subscription waits before it connects again: HTML Living Standard, "reestablish the connection";
/// *reconnection time*, and "optionally, wait some more".
///
/// After a connection that was of use the wait is exactly the reconnection time. Each attempt in a row that was of none
/// multiplies it by the policy's factor, lengthened at random by up to its jitter, so that the subscriptions of a
/// server that went down do not come back in one moment. Nothing ever makes it shorter than the reconnection time.
class ReconnectDelay
{
public:
    /// `random` returns numbers from 0 up to, not including, 1.
    explicit ReconnectDelay(std::function<double()> random);

    /// An attempt ended. Being merely accepted proves nothing: a server may accept and hang up for ever.
    void attemptEnded(bool hadEvent, std::chrono::milliseconds openFor);
    /// The next failure counts as the first.
    void reset() { m_failures = 0; }
    int failures() const { return m_failures; }

    /// The wait after the attempts told so far. `reconnectionTime`: the server's, else the policy's counts.
    ReconnectWait next(const ReconnectPolicy &policy, std::optional<std::chrono::milliseconds> reconnectionTime,
        std::optional<std::chrono::milliseconds> retryAfter) const;

private:
    std::function<double()> m_random;
    int m_failures = 0;
};

/// The reconnection time in force: the server's or the policy's, between the policy's floor and ceiling.
std::chrono::milliseconds effectiveReconnectionTime(
    const ReconnectPolicy &policy, std::optional<std::chrono::milliseconds> fromServer);

/// Whether an attempt that ended so is the last one, even if reconnecting is enabled. `wasOpenBefore`: the URL has been
/// an event stream once, so a wrong type may be a passing one (a captive portal).
bool closesForGood(Cause cause, const ReconnectPolicy &policy, bool wasOpenBefore);

} // namespace weir::subscribe
