// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/reconnectdelay.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace weir::subscribe {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds provenAfter{10000};
/// Enough to reach every ceiling; more could overflow.
constexpr int mostDoublings = 40;

milliseconds scaled(milliseconds delay, double factor)
{
    return milliseconds{static_cast<milliseconds::rep>(static_cast<double>(delay.count()) * factor)};
}

/// Without the random part. Never overflows, whatever the factor: the multiplication stops at the limit.
milliseconds backOff(milliseconds base, double factor, int failures, milliseconds limit)
{
    milliseconds delay = base;
    for (int step = 1; step < std::min(failures, mostDoublings) && delay < limit; ++step)
        delay = std::max(delay, std::min(scaled(delay, factor), limit));
    return std::min(delay, limit);
}

QString inSeconds(milliseconds time)
{
    if (time < milliseconds{1000})
        return QCoreApplication::translate("ReconnectWait", "%1 ms").arg(time.count());
    return QCoreApplication::translate("ReconnectWait", "%1 s")
        .arg(static_cast<double>(time.count()) / 1000, 0, 'g', 4);
}

} // namespace

ReconnectDelay::ReconnectDelay(std::function<double()> random)
    : m_random(std::move(random))
{}

void ReconnectDelay::attemptEnded(bool hadEvent, milliseconds openFor)
{
    if (hadEvent || openFor >= provenAfter)
        m_failures = 0;
    else
        ++m_failures;
}

ReconnectWait ReconnectDelay::next(const ReconnectPolicy &policy, std::optional<milliseconds> reconnectionTime,
    std::optional<milliseconds> retryAfter) const
{
    const milliseconds base = effectiveReconnectionTime(policy, reconnectionTime);
    ReconnectWait wait;
    wait.delay = wait.reconnectionTime = base;
    wait.isServers = reconnectionTime.has_value();
    wait.isClamped = wait.isServers && base != *reconnectionTime;
    wait.failures = m_failures;
    const double jitter = std::clamp(policy.jitter, 0.0, 1.0);
    if (m_failures > 0 && policy.backOffFactor > 1 && base < policy.ceiling) {
        // Room for the random part is left below the ceiling, or all would meet there.
        const milliseconds limit = std::max(base, scaled(policy.ceiling, 1 / (1 + jitter)));
        const milliseconds steady = backOff(base, policy.backOffFactor, m_failures, limit);
        wait.isAtCeiling = steady == limit && limit > base;
        wait.delay = std::min(scaled(steady, 1 + m_random() * jitter), policy.ceiling);
    } else if (m_failures > 0) {
        wait.delay = scaled(base, 1 + m_random() * jitter / 5);
    }
    wait.isBackedOff = wait.delay > base;
    if (retryAfter && std::min(*retryAfter, policy.retryCeiling) > wait.delay) {
        wait.delay = std::min(*retryAfter, policy.retryCeiling);
        wait.isRetryAfter = true;
    }
    return wait;
}

QString text(const ReconnectWait &wait)
{
    const auto words = [](const char *text) { return QCoreApplication::translate("ReconnectWait", text); };
    if (wait.isRetryAfter)
        return words(QT_TRANSLATE_NOOP("ReconnectWait", "the server's Retry-After"));
    QString rule =
        wait.isServers
            ? words(QT_TRANSLATE_NOOP("ReconnectWait", "the server's reconnection time, %1"))
                  .arg(inSeconds(wait.reconnectionTime))
            : words(QT_TRANSLATE_NOOP("ReconnectWait", "reconnection time %1")).arg(inSeconds(wait.reconnectionTime));
    if (wait.isClamped)
        rule += words(QT_TRANSLATE_NOOP("ReconnectWait", " (it asked for a time beyond the limits set here)"));
    if (wait.isBackedOff)
        rule += words(QT_TRANSLATE_NOOP("ReconnectWait", ", lengthened (attempts without an event: %1)"))
                    .arg(wait.failures);
    if (wait.isAtCeiling)
        rule += words(QT_TRANSLATE_NOOP("ReconnectWait", ", at the ceiling"));
    return rule;
}

milliseconds effectiveReconnectionTime(const ReconnectPolicy &policy, std::optional<milliseconds> fromServer)
{
    // A day at most, whatever the settings say: timers count milliseconds in an int.
    constexpr milliseconds longest = std::chrono::hours{24};
    const milliseconds wanted = fromServer ? std::min(*fromServer, policy.retryCeiling) : policy.reconnectionTime;
    return std::clamp(std::max(wanted, policy.floor), milliseconds{1}, longest);
}

bool closesForGood(Cause cause, const ReconnectPolicy &policy, bool wasOpenBefore)
{
    switch (cause) {
    case Cause::StatusTemporary:
        return policy.isStrict;
    case Cause::WrongContentType:
    case Cause::MissingContentType:
        return policy.isStrict || !wasOpenBefore;
    case Cause::AskedByUser:
    case Cause::StatusNoContent:
    case Cause::StatusRefused:
    case Cause::ContentEncodingUnsupported:
    case Cause::DecodedTooLarge:
    case Cause::TlsFilesUnusable:
    case Cause::ProxyAuthentication:
    case Cause::TooManyAttempts:
    case Cause::RedirectTakesBody:
    case Cause::RequestNotRepeated:
    case Cause::RedirectWithoutLocation:
    case Cause::RedirectInvalid:
    case Cause::TooManyRedirects:
    case Cause::RedirectLosesTls:
    case Cause::CertificateRejected:
    case Cause::InvalidSettings:
    case Cause::ReconnectDisabled:
        return true;
    case Cause::None:
    case Cause::Accepted:
    case Cause::EndOfStream:
    case Cause::EndInsideEvent:
    case Cause::ConnectionLost:
    case Cause::ConnectionRefused:
    case Cause::HostNotFound:
    case Cause::TlsFailed:
    case Cause::OtherNetworkError:
    case Cause::NoResponseInTime:
    case Cause::NoBytesInTime:
    case Cause::InterimResponse:
    case Cause::TooManyConnections:
    case Cause::DecodingFailed:
    case Cause::ProxyFailed:
    case Cause::MemoryCeiling:
    case Cause::NetworkDown:
    case Cause::NetworkBack:
    case Cause::Resumed:
        return false;
    }
    return false;
}

} // namespace weir::subscribe
