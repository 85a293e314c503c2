// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/attempt.h"

#include "subscribe/cookies.h"
#include "subscribe/excerpt.h"
#include "subscribe/readingpace.h"
#include "subscribe/redirect.h"
#include "subscribe/retryafter.h"

#include <algorithm>
#include <array>

namespace weir::subscribe {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A refusal's body is worth a moment's wait, not a hang: it may be endless.
constexpr auto excerptTime = 500ms;

} // namespace

Attempt::Attempt(const WaysOut &ways, const SubscriptionSettings &settings, const QByteArray &lastEventId,
    std::uint32_t number, QObject *parent)
    : QObject(parent)
    , m_ways(ways)
    , m_settings(settings)
    , m_number(number)
{
    m_state.url = settings.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    m_state.lastEventId = lastEventId;
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Attempt::takeEnd);
    connect(&m_lookup, &RouteLookup::found, this, &Attempt::queue);
}

Attempt::~Attempt()
{
    m_ways.gate.leave(this);
}

void Attempt::start()
{
    m_deadline.start(m_settings.headerDeadline);
    prepare();
}

void Attempt::abandon()
{
    disconnect();
    m_phase = Phase::Over;
    m_deadline.stop();
    m_ways.gate.leave(this);
    if (m_exchange)
        m_exchange->abandon();
}

void Attempt::prepare()
{
    m_lookup.start(m_ways.lookups, m_state.url, m_settings.transport, m_state.isForeign, m_number);
}

void Attempt::queue(const NetworkRoute &route)
{
    if (m_phase == Phase::Over)
        return;
    if (route.problem != Cause::None) {
        end({route.problem, route.detail, {}, {}, 0});
        return;
    }
    // Waiting for its turn is not the server's fault, so the time for that does not count.
    m_deadline.stop();
    m_ways.gate.enter(this, originOf(m_state.url), [this, route] { request(route); });
}

void Attempt::request(const NetworkRoute &route)
{
    m_deadline.start(m_settings.headerDeadline);
    m_hopStart = std::chrono::steady_clock::now() - m_start;
    if (m_settings.keepsCookies)
        m_state.cookies = cookiesFor(m_ways.cookies, m_state.url);
    m_exchange =
        new Exchange(m_ways.pool, streamRequest(m_settings, m_state), route, m_settings.http2MemoryCeiling, this);
    m_exchange->setReadBuffer(ReadingPace::bufferBytes(m_settings.consumption, usualReadBuffer));
    connect(m_exchange, &Exchange::sent, this, [this] { m_ways.gate.leave(this); });
    connect(m_exchange, &Exchange::sent, this, &Attempt::progressed);
    connect(m_exchange, &Exchange::headReceived, this, &Attempt::takeHead);
    connect(m_exchange, &Exchange::readable, this, &Attempt::takeBytes);
    connect(m_exchange, &Exchange::finished, this, &Attempt::takeEnd);
}

const ResponseHead &Attempt::head() const
{
    static const ResponseHead none;
    return m_exchange ? m_exchange->head() : none;
}

QList<HopReport> Attempt::hops() const
{
    QList<HopReport> hops = m_hops;
    if (m_exchange) {
        hops << m_exchange->report();
        hops.last().started = m_hopStart;
    }
    return hops;
}

void Attempt::takeHead()
{
    m_ways.gate.leave(this);
    if (m_settings.keepsCookies)
        keepCookies(m_ways.cookies, head().setCookie, m_state.url);
    if (isRedirectStatus(head().status)) {
        redirect();
        return;
    }
    const Verdict verdict = judge(head(), m_settings);
    if (verdict.cause == Cause::Accepted)
        accept(verdict);
    else
        refuse(verdict);
}

void Attempt::accept(Verdict verdict)
{
    QString unsupported;
    m_decoder = ContentDecoder::forCodings(head().contentEncoding, &unsupported);
    if (!unsupported.isEmpty()) {
        refuse({Cause::ContentEncodingUnsupported, shownText(unsupported), {}});
        return;
    }
    m_warning = verdict.warning;
    if (m_decoder && m_settings.codings == ContentCodings{}) {
        m_warning += m_warning.isEmpty() ? QString() : u"; "_s;
        m_warning += tr("compressed although identity was asked for");
    }
    m_deadline.stop();
    m_phase = Phase::Body;
    Q_EMIT opened();
}

void Attempt::redirect()
{
    const Redirect next = followRedirect(m_state.url, head().location, static_cast<int>(m_hops.size()));
    if (next.refusal != Cause::None) {
        refuse({next.refusal, next.detail, {}});
        return;
    }
    const bool becomesGet = turnsIntoGet(head().status, m_settings.method) || m_state.isTurnedIntoGet;
    if (next.leavesOrigin && !becomesGet && !m_settings.body.isEmpty()) {
        refuse({Cause::RedirectTakesBody, displayUrl(next.target), {}});
        return;
    }
    followTo(next.target, next.leavesOrigin, becomesGet);
}

void Attempt::followTo(const QUrl &target, bool leavesOrigin, bool becomesGet)
{
    m_hops = hops();
    dropExchange();
    m_state.url = target;
    m_state.isTurnedIntoGet = becomesGet;
    // Once off the first origin there is no way back: the other server has chosen where the request goes.
    m_state.isForeign = m_state.isForeign || leavesOrigin;
    Q_EMIT progressed();
    prepare();
}

void Attempt::dropExchange()
{
    m_exchange->abandon();
    m_exchange->deleteLater();
    m_exchange = nullptr;
}

void Attempt::refuse(const Verdict &verdict)
{
    m_phase = Phase::Refusal;
    m_refusal = {verdict.cause, verdict.detail, {}, {}, 0};
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
    std::array<char, 4096> buffer;
    QByteArray &excerpt = m_refusal.bodyExcerpt;
    qint64 count = 0;
    const auto room = [&] { return std::min<qint64>(excerptBytes - excerpt.size(), buffer.size()); };
    while (room() > 0 && (count = read(buffer.data(), room())) > 0)
        excerpt.append(buffer.data(), count);
    if (room() == 0)
        end(m_refusal);
}

void Attempt::takeEnd()
{
    switch (m_phase) {
    case Phase::Head:
        if (m_exchange && m_exchange->isFinished())
            end({m_exchange->ending().cause, m_exchange->ending().detail, {}, {}, 0});
        else
            end({Cause::NoResponseInTime, {}, {}, {}, 0});
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
        end({m_exchange->ending().cause, m_exchange->ending().detail, {}, {}, 0});
}

void Attempt::end(const AttemptEnd &reported)
{
    if (m_phase == Phase::Over)
        return;
    m_phase = Phase::Over;
    m_deadline.stop();
    m_ways.gate.leave(this);
    AttemptEnd told = reported;
    told.httpStatus = head().status;
    told.bodyExcerpt = readableExcerpt(reported.bodyExcerpt, head().contentEncoding);
    Q_EMIT ended(told);
}

} // namespace weir::subscribe
