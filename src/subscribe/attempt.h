// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/exchange.h"
#include "subscribe/settings.h"

#include <QTimer>
#include <QUrl>

#include <chrono>
#include <optional>

namespace weir::subscribe {

/// How an attempt ended.
struct AttemptEnd
{
    Cause cause = Cause::None;
    QString detail;
    std::optional<std::chrono::milliseconds> retryAfter; ///< asked for by a 429 or 503
    QByteArray bodyExcerpt;                              ///< of a refusal: what the server had to say
};

/// One attempt to get at a stream: follows redirects, checks the response, keeps the header deadline. Ingest thread. A
/// subscription makes a new one for each connection and forgets the old one, so nothing late can be mistaken. Must be
/// deleted with deleteLater() while its signals run.
class Attempt : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference to the pool. Requires settings with a valid URL and headers.
    Attempt(NetworkPool &pool, const SubscriptionSettings &settings, const QByteArray &lastEventId, QObject *parent);

    void start();
    /// Drops the connection at once. No signal follows.
    void abandon();

    /// See Exchange::read().
    qint64 read(char *buffer, qint64 size) { return m_exchange->read(buffer, size); }
    /// To be called when read() returned 0: the end is told only after everything before it has been read.
    void noteDrained();

    const ResponseHead &head() const { return m_exchange->head(); }
    QUrl url() const { return m_url; } ///< after the redirects so far; without credentials
    int hiddenResends() const { return m_exchange ? m_exchange->hiddenResends() : 0; }

Q_SIGNALS:
    /// Once at most: the response is an event stream.
    void opened();
    /// After opened(): bytes of the body have come, or the end has.
    void readable();
    /// Once, unless abandoned.
    void ended(const weir::subscribe::AttemptEnd &end);

private:
    enum class Phase { Head, Body, Refusal, Over };

    void request();
    void takeHead();
    void redirect();
    void refuse(const Verdict &verdict);
    void takeBytes();
    void takeExcerpt();
    void takeEnd();
    void end(const AttemptEnd &end);

    NetworkPool &m_pool;
    SubscriptionSettings m_settings;
    QByteArray m_lastEventId;
    QUrl m_url;
    Exchange *m_exchange = nullptr;
    QTimer m_deadline; ///< of the head; later, of a refusal's body
    AttemptEnd m_refusal;
    int m_hops = 0;
    bool m_isForeign = false;
    Phase m_phase = Phase::Head;
};

} // namespace weir::subscribe
