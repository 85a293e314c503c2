// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/subscription.h"

#include "subscribe/descriptors.h"
#include "subscribe/request.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace weir::subscribe {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

QByteArray toByteArray(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

double randomNumber()
{
    return QRandomGenerator::global()->generateDouble();
}

/// Settings come from front ends that check them; this is the last look before anything goes on the wire.
std::optional<AttemptEnd> invalidSettings(const SubscriptionSettings &settings)
{
    SettingsError error{};
    if (urlFromUserInput(settings.url.toString(QUrl::FullyEncoded), &error).isEmpty())
        return AttemptEnd{Cause::InvalidSettings, text(error), {}, {}};
    for (const Header &header : settings.headers) {
        if (!validateHeader(header, &error))
            return AttemptEnd{
                Cause::InvalidSettings, shownText(QString::fromUtf8(header.name)) + u": "_s + text(error), {}, {}};
    }
    return std::nullopt;
}

} // namespace

Subscription::Subscription(
    Intake &intake, store::SubscriptionId id, const SubscriptionSettings &settings, std::shared_ptr<Counters> counters)
    : m_intake(intake)
    , m_settings(settings)
    , m_counters(std::move(counters))
    , m_lastEventId(settings.lastEventId)
    , m_delay(randomNumber)
{
    m_status.subscription = id;
    m_retryTimer.setSingleShot(true);
    // A coarse timer may fire early, and the reconnection time is a minimum.
    m_retryTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_retryTimer, &QTimer::timeout, this, [this] { startAttempt(m_status.cause); });
    m_idleTimer.setSingleShot(true);
    connect(&m_idleTimer, &QTimer::timeout, this, &Subscription::checkIdle);
}

Subscription::~Subscription()
{
    if (m_attempt) {
        m_attempt->abandon();
        delete m_attempt;
    }
}

void Subscription::setSettings(const SubscriptionSettings &settings)
{
    const SubscriptionSettings old = std::exchange(m_settings, settings);
    if (settings.url != old.url) {
        // Another source: neither its place in the stream nor its reconnection time carry over.
        m_serverReconnectionTime.reset();
        m_wasOpen = false;
        setLastEventId(settings.lastEventId);
    } else if (settings.lastEventId != old.lastEventId) {
        setLastEventId(settings.lastEventId);
    }
}

void Subscription::connectNow()
{
    if (m_status.state != ConnectionState::Connecting && m_status.state != ConnectionState::Open)
        reconnectNow();
}

void Subscription::reconnectNow()
{
    m_retryTimer.stop();
    keepLastEventId();
    dropAttempt();
    m_delay.reset();
    startAttempt(Cause::AskedByUser);
}

void Subscription::disconnectNow()
{
    if (m_status.state == ConnectionState::Idle || m_status.state == ConnectionState::Closed)
        return;
    m_retryTimer.stop();
    keepLastEventId();
    dropAttempt();
    m_delay.reset();
    beginStatus(ConnectionState::Closed, Cause::AskedByUser, {});
    publishStatus();
}

void Subscription::setLastEventId(const QByteArray &lastEventId)
{
    m_lastEventId = lastEventId;
    if (m_body)
        m_lastEventIdWhenSet = toByteArray(m_body->parser().lastEventId());
}

void Subscription::keepLastEventId()
{
    if (!m_body)
        return;
    const QByteArray received = toByteArray(m_body->parser().lastEventId());
    if (received != m_lastEventIdWhenSet)
        m_lastEventId = received;
}

void Subscription::startAttempt(Cause cause)
{
    ++m_status.attempt;
    m_status.httpStatus = 0;
    m_status.contentType.clear();
    m_status.hiddenResends = 0;
    m_status.finalUrl = m_settings.url.adjusted(QUrl::RemoveUserInfo);
    beginStatus(ConnectionState::Connecting, cause, {});
    publishStatus();
    if (const auto reason = reasonNotToStart()) {
        endAttempt(*reason);
        return;
    }
    m_attempt = new Attempt(m_intake.pool, m_settings, m_lastEventId, this);
    connect(m_attempt, &Attempt::opened, this, &Subscription::open);
    connect(m_attempt, &Attempt::readable, this, &Subscription::readBody);
    connect(m_attempt, &Attempt::ended, this, &Subscription::endAttempt);
    m_attempt->start();
}

std::optional<AttemptEnd> Subscription::reasonNotToStart() const
{
    if (auto invalid = invalidSettings(m_settings))
        return invalid;
    if (areDescriptorsScarce())
        return AttemptEnd{Cause::TooManyConnections, {}, {}, {}};
    return std::nullopt;
}

void Subscription::dropAttempt()
{
    m_idleTimer.stop();
    m_body.reset();
    m_lastEventIdWhenSet.reset();
    if (!m_attempt)
        return;
    m_attempt->abandon();
    // The attempt may be on the call stack, telling us of its end.
    m_attempt->deleteLater();
    m_attempt = nullptr;
}

void Subscription::beginStatus(ConnectionState state, Cause cause, const QString &detail)
{
    m_status.state = state;
    m_status.cause = cause;
    m_status.detail = detail;
    m_status.since = std::chrono::steady_clock::now();
    m_status.lastEventId = m_lastEventId;
    m_status.lastEventIdOmitted = !isSendable(m_lastEventId);
    m_status.reconnectionTime = effectiveReconnectionTime(m_settings.reconnect, m_serverReconnectionTime);
    m_status.retryDelay = 0ms;
    m_status.nextAttempt = {};
    m_status.bodyExcerpt.clear();
}

void Subscription::publishStatus()
{
    const QByteArray reason = text(m_status).toUtf8();
    const store::ConnectionChange change{.state = m_status.state,
        .httpStatus = m_status.httpStatus,
        .retryDelay = m_status.retryDelay,
        .reason = std::string_view(reason.constData(), static_cast<std::size_t>(reason.size()))};
    m_intake.log.append(m_status.subscription, m_status.attempt, m_status.since, change);
    Q_EMIT statusChanged(m_status);
}

void Subscription::open()
{
    m_wasOpen = true;
    m_status.httpStatus = m_attempt->head().status;
    m_status.contentType = m_attempt->head().contentType;
    m_status.finalUrl = m_attempt->url();
    m_status.hiddenResends = m_attempt->hiddenResends();
    m_body = std::make_unique<BodyReader>(
        m_intake, *m_counters, m_status.subscription, m_status.attempt, m_settings.maxEventBytes, m_lastEventId);
    beginStatus(ConnectionState::Open, Cause::Accepted, {});
    restartIdleTimer(m_settings.idleTimeout);
    publishStatus();
}

void Subscription::readBody()
{
    if (!m_body || m_isHeldBack)
        return;
    // The reply gets no more bytes before the event loop runs again, so a flood ends this loop after one buffer.
    while (true) {
        if (m_intake.gate.isShut()) {
            m_isHeldBack = true;
            m_intake.gate.wait(this, [this] {
                m_isHeldBack = false;
                readBody();
            });
            return;
        }
        const qint64 count = m_attempt->read(m_intake.buffer.data(), static_cast<qint64>(m_intake.buffer.size()));
        if (count <= 0)
            break;
        m_body->take(std::string_view(m_intake.buffer.data(), static_cast<std::size_t>(count)));
    }
    if (m_body->parser().reconnectionTime())
        m_serverReconnectionTime = m_body->parser().reconnectionTime();
    m_attempt->noteDrained();
}

void Subscription::restartIdleTimer(milliseconds time)
{
    if (time > 0ms)
        m_idleTimer.start(time);
}

void Subscription::checkIdle()
{
    // Looking at the time of the last byte now and then is cheaper than restarting a timer at each read.
    const store::MonotonicTime lastByte{
        std::chrono::nanoseconds{m_counters->lastByteNs.load(std::memory_order_relaxed)}};
    const auto silence =
        std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - std::max(lastByte, m_status.since));
    if (m_isHeldBack)
        restartIdleTimer(m_settings.idleTimeout);
    else if (silence < m_settings.idleTimeout)
        restartIdleTimer(m_settings.idleTimeout - silence);
    else
        endAttempt({Cause::NoBytesInTime, {}, {}, {}});
}

void Subscription::finishBody(AttemptEnd &end)
{
    if (m_body->finish() && end.cause == Cause::EndOfStream)
        end.cause = Cause::EndInsideEvent;
    keepLastEventId();
    const auto openFor = std::chrono::steady_clock::now() - m_status.since;
    m_delay.attemptEnded(m_body->hadEvent(), std::chrono::duration_cast<milliseconds>(openFor));
}

void Subscription::endAttempt(const AttemptEnd &reported)
{
    AttemptEnd end = reported;
    if (m_body)
        finishBody(end);
    else
        m_delay.attemptEnded(false, 0ms);
    if (m_attempt) {
        m_status.httpStatus = m_attempt->head().status;
        m_status.contentType = m_attempt->head().contentType;
        m_status.finalUrl = m_attempt->url();
        m_status.hiddenResends = m_attempt->hiddenResends();
    }
    dropAttempt();
    waitOrClose(end);
}

void Subscription::waitOrClose(const AttemptEnd &end)
{
    const bool isFinal = closesForGood(end.cause, m_settings.reconnect, m_wasOpen);
    if (isFinal || !m_settings.reconnect.isEnabled) {
        // After a clean end it is only the setting that keeps it closed; a failure stays the cause.
        const bool isCleanEnd = end.cause == Cause::EndOfStream;
        beginStatus(ConnectionState::Closed, isCleanEnd ? Cause::ReconnectDisabled : end.cause, end.detail);
        m_status.bodyExcerpt = end.bodyExcerpt;
        publishStatus();
        return;
    }
    const milliseconds delay = m_delay.next(m_settings.reconnect, m_serverReconnectionTime, end.retryAfter);
    beginStatus(ConnectionState::Waiting, end.cause, end.detail);
    m_status.bodyExcerpt = end.bodyExcerpt;
    m_status.retryDelay = delay;
    m_status.nextAttempt = m_status.since + delay;
    m_retryTimer.start(delay);
    publishStatus();
}

} // namespace weir::subscribe
