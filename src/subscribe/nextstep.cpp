// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/nextstep.h"

#include <QCoreApplication>

namespace weir::subscribe {

namespace {

QString stepWords(const char *text)
{
    return QCoreApplication::translate("NextStep", text);
}

NextStep closed(const AttemptEnd &end, Cause cause, const QString &rule)
{
    return {true, cause, end.detail, rule, {}};
}

NextStep givenUp(const AttemptEnd &end, int maxAttempts)
{
    ConnectionStatus last;
    last.state = ConnectionState::Closed;
    last.cause = end.cause;
    last.detail = end.detail;
    last.httpStatus = end.httpStatus;
    const QString rule =
        stepWords(QT_TRANSLATE_NOOP("NextStep", "limit of attempts without an event: %1")).arg(maxAttempts);
    return {true, Cause::TooManyAttempts, text(last), rule, {}};
}

} // namespace

NextStep nextStep(const AttemptEnd &end, const ReconnectPolicy &policy, const ReconnectDelay &delay,
    std::optional<std::chrono::milliseconds> reconnectionTime, bool wasOpen)
{
    const bool isCleanEnd = end.cause == Cause::EndOfStream;
    if (closesForGood(end.cause, policy, wasOpen))
        return closed(end, end.cause,
            policy.isStrict ? stepWords(QT_TRANSLATE_NOOP("NextStep", "this is final under the strict rules"))
                            : stepWords(QT_TRANSLATE_NOOP("NextStep", "this is final under the persistent rules")));
    // After a clean end it is only the setting that keeps it closed; a failure stays the cause.
    if (!policy.isEnabled)
        return closed(end, isCleanEnd ? Cause::ReconnectDisabled : end.cause,
            stepWords(QT_TRANSLATE_NOOP("NextStep", "reconnecting is switched off")));
    if (isCleanEnd && policy.isFinishedAtEnd)
        return closed(end, end.cause,
            stepWords(QT_TRANSLATE_NOOP("NextStep", "the end of the body is set to be the end of the stream")));
    if (policy.maxAttempts > 0 && delay.failures() >= policy.maxAttempts)
        return givenUp(end, policy.maxAttempts);
    const ReconnectWait wait = delay.next(policy, reconnectionTime, end.retryAfter);
    return {false, end.cause, end.detail, text(wait), wait.delay};
}

} // namespace weir::subscribe
