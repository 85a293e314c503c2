// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/connectgate.h"
#include "subscribe/contentdecoder.h"
#include "subscribe/exchange.h"
#include "subscribe/routelookup.h"
#include "subscribe/settings.h"

#include <QThreadPool>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

class QNetworkCookieJar;

namespace weir::subscribe {

/// How an attempt ended.
struct AttemptEnd
{
    Cause cause = Cause::None;
    QString detail;
    std::optional<std::chrono::milliseconds> retryAfter; ///< asked for by a 429 or 503
    QByteArray bodyExcerpt;                              ///< of a refusal: what the server had to say
    int httpStatus = 0;                                  ///< 0: there was no response
};

/// The ways out that attempts share. References: all must outlive them.
struct WaysOut
{
    NetworkPool &pool;
    ConnectGate &gate;
    QThreadPool &lookups; ///< for what blocks: files, proxy scripts, names
    QNetworkCookieJar &cookies;
};

/// One attempt to get at a stream: follows redirects, checks the response, keeps the header deadline. Ingest thread. A
/// subscription makes a new one for each connection and forgets the old one, so nothing late can be mistaken. Must be
/// deleted with deleteLater() while its signals run.
class Attempt : public QObject
{
    Q_OBJECT

public:
    /// `number` chooses among several addresses of a host in turn. Requires settings with a valid URL and headers.
    Attempt(const WaysOut &ways, const SubscriptionSettings &settings, const QByteArray &lastEventId,
        std::uint32_t number, QObject *parent);
    ~Attempt() override;

    void start();
    /// Drops the connection at once. No signal follows.
    void abandon();

    /// See Exchange::read().
    qint64 read(char *buffer, qint64 size) { return m_exchange->read(buffer, size); }
    /// To be called when read() returned 0: the end is told only after everything before it has been read.
    void noteDrained();

    const ResponseHead &head() const;
    QUrl url() const { return m_state.url; } ///< after the redirects so far; without credentials
    QList<HopReport> hops() const;
    /// After opened(), once: null if the body has no content coding.
    std::unique_ptr<ContentDecoder> takeDecoder() { return std::move(m_decoder); }
    const QString &warning() const { return m_warning; } ///< after opened(): what was let pass

Q_SIGNALS:
    /// A redirect is being followed, or the request is out: hops() tells more.
    void progressed();
    /// Once at most: the response is an event stream.
    void opened();
    /// After opened(): bytes of the body have come, or the end has.
    void readable();
    /// Once, unless abandoned.
    void ended(const weir::subscribe::AttemptEnd &end);

private:
    enum class Phase { Head, Body, Refusal, Over };

    void prepare();
    void queue(const NetworkRoute &route);
    void request(const NetworkRoute &route);
    void takeHead();
    void accept(Verdict verdict);
    void redirect();
    void followTo(const QUrl &target, bool leavesOrigin, bool becomesGet);
    void dropExchange();
    void refuse(const Verdict &verdict);
    void takeBytes();
    void takeExcerpt();
    void takeEnd();
    void end(const AttemptEnd &end);

    WaysOut m_ways;
    SubscriptionSettings m_settings;
    RequestState m_state;
    std::uint32_t m_number;
    store::MonotonicTime m_start = std::chrono::steady_clock::now();
    QList<HopReport> m_hops; ///< those that are over
    std::chrono::nanoseconds m_hopStart{0};
    RouteLookup m_lookup;
    Exchange *m_exchange = nullptr;
    QTimer m_deadline; ///< of the head; later, of a refusal's body
    AttemptEnd m_refusal;
    QString m_warning;
    std::unique_ptr<ContentDecoder> m_decoder;
    Phase m_phase = Phase::Head;
};

} // namespace weir::subscribe
