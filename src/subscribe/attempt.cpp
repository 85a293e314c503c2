// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/attempt.h"

#include "subscribe/redirect.h"
#include "subscribe/request.h"
#include "subscribe/retryafter.h"

#include <array>

namespace weir::subscribe {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype excerptBytes = 4096;
/// A refusal's body is worth a moment's wait, not a hang: it may be endless.
constexpr auto excerptTime = 500ms;

} // namespace

Attempt::Attempt(
    NetworkPool &pool, const SubscriptionSettings &settings, const QByteArray &lastEventId, QObject *parent)
    : QObject(parent)
    , m_pool(pool)
    , m_settings(settings)
    , m_lastEventId(lastEventId)
    , m_url(settings.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Attempt::takeEnd);
}

void Attempt::start()
{
    m_deadline.start(m_settings.headerDeadline);
    request();
}

void Attempt::abandon()
{
    disconnect();
    m_phase = Phase::Over;
    m_deadline.stop();
    if (m_exchange)
        m_exchange->abandon();
}

void Attempt::request()
{
    m_exchange = new Exchange(m_pool, streamRequest(m_url, m_settings, m_lastEventId, m_isForeign), this);
    connect(m_exchange, &Exchange::headReceived, this, &Attempt::takeHead);
    connect(m_exchange, &Exchange::readable, this, &Attempt::takeBytes);
    connect(m_exchange, &Exchange::finished, this, &Attempt::takeEnd);
}

void Attempt::takeHead()
{
    if (isRedirectStatus(head().status)) {
        redirect();
        return;
    }
    const Verdict verdict = judge(head());
    if (verdict.cause != Cause::Accepted) {
        refuse(verdict);
        return;
    }
    m_deadline.stop();
    m_phase = Phase::Body;
    Q_EMIT opened();
}

void Attempt::redirect()
{
    const Redirect next = followRedirect(m_url, head().location, m_hops);
    if (next.refusal != Cause::None) {
        refuse({next.refusal, next.detail});
        return;
    }
    m_exchange->abandon();
    m_exchange->deleteLater();
    ++m_hops;
    m_url = next.target;
    // Once off the first origin there is no way back: the other server has chosen where the request goes.
    m_isForeign = m_isForeign || next.leavesOrigin;
    request();
}

void Attempt::refuse(const Verdict &verdict)
{
    m_phase = Phase::Refusal;
    m_refusal = {verdict.cause, verdict.detail, {}, {}};
    const int status = head().status;
    if (status == 429 || status == 503)
        m_refusal.retryAfter = parseRetryAfter(head().retryAfter, QDateTime::currentDateTimeUtc());
    if (status < 200 || status == 204)
        end(m_refusal);
    else
        m_deadline.start(excerptTime);
}

void Attempt::takeBytes()
{
    if (m_phase == Phase::Body)
        Q_EMIT readable();
    else if (m_phase == Phase::Refusal)
        takeExcerpt();
}

void Attempt::takeExcerpt()
{
    std::array<char, excerptBytes> buffer;
    QByteArray &excerpt = m_refusal.bodyExcerpt;
    qint64 count = 0;
    while (excerpt.size() < excerptBytes && (count = read(buffer.data(), excerptBytes - excerpt.size())) > 0)
        excerpt.append(buffer.data(), count);
    if (excerpt.size() == excerptBytes)
        end(m_refusal);
}

void Attempt::takeEnd()
{
    switch (m_phase) {
    case Phase::Head:
        if (m_exchange->isFinished())
            end({m_exchange->ending().cause, m_exchange->ending().detail, {}, {}});
        else
            end({Cause::NoResponseInTime, {}, {}, {}});
        break;
    case Phase::Body:
        Q_EMIT readable();
        break;
    case Phase::Refusal:
        takeExcerpt();
        end(m_refusal);
        break;
    case Phase::Over:
        break;
    }
}

void Attempt::noteDrained()
{
    if (m_phase == Phase::Body && m_exchange->isFinished())
        end({m_exchange->ending().cause, m_exchange->ending().detail, {}, {}});
}

void Attempt::end(const AttemptEnd &end)
{
    if (m_phase == Phase::Over)
        return;
    m_phase = Phase::Over;
    m_deadline.stop();
    Q_EMIT ended(end);
}

} // namespace weir::subscribe
