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

} // namespace

Subscription::Subscription(
    Intake &intake, store::SubscriptionId id, const SubscriptionSettings &settings, std::shared_ptr<Counters> counters)
    : m_intake(intake)
    , m_settings(settings)
    , m_counters(std::move(counters))
    , m_recorder(m_counters)
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
    m_paceTimer.setSingleShot(true);
    connect(&m_paceTimer, &QTimer::timeout, this, &Subscription::readBody);
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
    if (settings.url != old.url || settings.consumption != old.consumption)
        m_companions.reset();
    if (m_body && settings.maxEventBytes != old.maxEventBytes)
        m_body->setMaxEventBytes(settings.maxEventBytes);
}

void Subscription::connectNow()
{
    if (m_status.state != ConnectionState::Connecting && m_status.state != ConnectionState::Open)
        reconnectNow();
}

void Subscription::reconnectNow()
{
    m_delay.reset();
    reconnectBecause(Cause::AskedByUser);
}

void Subscription::reconnectBecause(Cause cause)
{
    m_retryTimer.stop();
    breakOff();
    if (m_recorder.isRunning()) {
        beginStatus(ConnectionState::Idle, cause, {});
        endReport();
    }
    startAttempt(cause);
}

void Subscription::breakOff()
{
    // What had begun is told of, not dropped in silence.
    if (m_body)
        m_body->finish(true);
    keepLastEventId();
    dropAttempt();
}

void Subscription::disconnectNow()
{
    if (m_status.state == ConnectionState::Idle || m_status.state == ConnectionState::Closed)
        return;
    m_retryTimer.stop();
    breakOff();
    m_companions.reset();
    m_delay.reset();
    beginStatus(ConnectionState::Closed, Cause::AskedByUser, {});
    if (m_recorder.isRunning())
        endReport();
    publishStatus();
}

void Subscription::setLastEventId(const QByteArray &lastEventId)
{
    m_lastEventId = lastEventId;
    if (m_body)
        m_lastEventIdWhenSet = toByteArray(m_body->lastEventId());
}

void Subscription::keepLastEventId()
{
    if (!m_body)
        return;
    const QByteArray received = toByteArray(m_body->lastEventId());
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
    m_recorder.begin(m_status);
    publishStatus();
    if (const auto reason = reasonNotToStart()) {
        endAttempt(*reason);
        return;
    }
    const WaysOut ways{m_intake.pool, m_intake.connects, *m_intake.lookups, m_cookies};
    m_attempt = new Attempt(ways, m_settings, m_lastEventId, m_status.attempt, this);
    connect(m_attempt, &Attempt::progressed, this, &Subscription::noteProgress);
    connect(m_attempt, &Attempt::opened, this, &Subscription::open);
    connect(m_attempt, &Attempt::readable, this, &Subscription::readBody);
    connect(m_attempt, &Attempt::ended, this, &Subscription::endAttempt);
    m_attempt->start();
}

void Subscription::noteProgress()
{
    m_recorder.setHops(m_attempt->hops());
    Q_EMIT attemptChanged(m_recorder.report());
}

std::optional<AttemptEnd> Subscription::reasonNotToStart() const
{
    // Front ends check settings; this is the last look before anything goes on the wire.
    if (const auto problem = problemOf(m_settings))
        return AttemptEnd{Cause::InvalidSettings, shownText(*problem), {}, {}, 0};
    if (areDescriptorsScarce())
        return AttemptEnd{Cause::TooManyConnections, {}, {}, {}, 0};
    return std::nullopt;
}

void Subscription::dropAttempt()
{
    m_idleTimer.stop();
    m_paceTimer.stop();
    m_pace.reset();
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
    m_status.rule.clear();
    m_status.warning.clear();
    m_status.contentCoding.clear();
    m_status.httpVersion.clear();
    m_status.isCertificateInvalid = false;
}

/// `time`: of the line in the log.
void Subscription::publishStatus(store::MonotonicTime time)
{
    const SecretMask mask(m_settings.secretTexts);
    m_status.detail = mask.masked(m_status.detail);
    m_status.finalUrl = mask.masked(m_status.finalUrl);
    const QByteArray reason = text(m_status).toUtf8();
    const store::ConnectionChange change{.state = m_status.state,
        .httpStatus = m_status.httpStatus,
        .retryDelay = m_status.retryDelay,
        .reason = std::string_view(reason.constData(), static_cast<std::size_t>(reason.size()))};
    m_intake.log.append(m_status.subscription, m_status.attempt, time, change);
    Q_EMIT statusChanged(m_status);
}

void Subscription::open()
{
    m_wasOpen = true;
    m_body = std::make_unique<BodyReader>(m_intake, *m_counters, m_settings, m_attempt->takeDecoder(),
        m_status.subscription, m_status.attempt, m_lastEventId);
    m_hasToldStop = false;
    if (m_settings.consumption.holdsBack())
        m_pace.emplace(m_settings.consumption, std::chrono::steady_clock::now());
    openCompanions();
    beginStatus(ConnectionState::Open, Cause::Accepted, {});
    fillOpenStatus();
    m_recorder.setHops(m_attempt->hops());
    m_recorder.noteOpen(m_status.warning);
    restartIdleTimer(m_settings.idleTimeout);
    publishStatus();
    Q_EMIT attemptChanged(m_recorder.report());
}

void Subscription::fillOpenStatus()
{
    const HopReport hop = m_attempt->hops().constLast();
    m_status.httpStatus = m_attempt->head().status;
    m_status.contentType = m_attempt->head().contentType;
    m_status.contentCoding = shownText(QString::fromUtf8(m_attempt->head().contentEncoding));
    m_status.finalUrl = m_attempt->url();
    m_status.warning = warning();
    m_status.httpVersion = hop.httpVersion;
    m_status.isCertificateInvalid = hop.tls && hop.tls->isAcceptedAnyway;
    m_status.hiddenResends = hop.hiddenResends;
}

void Subscription::endAttempt(const AttemptEnd &reported)
{
    AttemptEnd end = reported;
    if (m_body)
        finishBody(end);
    else
        m_delay.attemptEnded(false, 0ms);
    if (m_attempt) {
        m_recorder.setHops(m_attempt->hops());
        m_status.httpStatus = m_attempt->head().status;
        m_status.contentType = m_attempt->head().contentType;
        m_status.finalUrl = m_attempt->url();
        m_status.hiddenResends = m_recorder.report().hops.isEmpty() ? 0 : m_recorder.report().hops.last().hiddenResends;
    }
    dropAttempt();
    follow(nextStep(end, m_settings.reconnect, m_delay, m_serverReconnectionTime, m_wasOpen), end.bodyExcerpt);
}

void Subscription::follow(const NextStep &step, const QByteArray &bodyExcerpt)
{
    beginStatus(step.isClosed ? ConnectionState::Closed : ConnectionState::Waiting, step.cause, step.detail);
    m_status.rule = step.rule;
    m_status.bodyExcerpt = bodyExcerpt;
    if (step.isClosed)
        m_companions.reset();
    else
        startWait(step.delay);
    endReport();
    publishStatus();
    if (!step.isClosed && !m_isOnline)
        holdWhileOffline();
}

void Subscription::startWait(milliseconds delay)
{
    m_status.retryDelay = delay;
    m_status.nextAttempt = m_status.since + delay;
    m_retryTimer.start(delay);
}

void Subscription::endReport()
{
    m_recorder.end(m_status, SecretMask(m_settings.secretTexts).masked(text(m_status)));
    Q_EMIT attemptChanged(m_recorder.report());
}

} // namespace weir::subscribe
