// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/reconnectdelay.h"

#include <algorithm>
#include <utility>

namespace weir::subscribe {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds provenAfter{10000};
/// 2^20 times the shortest floor is beyond every ceiling; more could overflow.
constexpr int maxExponent = 20;

milliseconds lengthened(milliseconds delay, double factor)
{
    return milliseconds{static_cast<milliseconds::rep>(static_cast<double>(delay.count()) * (1 + factor))};
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
        m_failures = std::min(m_failures + 1, maxExponent + 1);
}

milliseconds ReconnectDelay::next(const ReconnectPolicy &policy, std::optional<milliseconds> reconnectionTime,
    std::optional<milliseconds> retryAfter) const
{
    const milliseconds base = effectiveReconnectionTime(policy, reconnectionTime);
    milliseconds delay = base;
    if (m_failures > 0 && base < policy.ceiling) {
        // Room for the random part is left below the ceiling, or all would meet there.
        const milliseconds limit = std::max(base, policy.ceiling * 2 / 3);
        const milliseconds backOff = std::min(base * (std::int64_t{1} << (m_failures - 1)), limit);
        delay = std::min(lengthened(backOff, m_random() / 2), policy.ceiling);
    } else if (m_failures > 0) {
        delay = lengthened(base, m_random() / 10);
    }
    if (retryAfter)
        delay = std::max(delay, std::min(*retryAfter, policy.retryCeiling));
    return delay;
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
    case Cause::RequestNotRepeated:
    case Cause::TooManyAttempts:
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
