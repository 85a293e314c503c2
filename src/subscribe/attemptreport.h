// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/status.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>
#include <optional>

namespace weir::subscribe {

struct CertificateReport
{
    QString subject;
    QString issuer;
    QStringList alternativeNames;
    QDateTime validFrom;
    QDateTime validTo;
    QByteArray sha256; ///< fingerprint in hexadecimal digits

    friend bool operator==(const CertificateReport &, const CertificateReport &) = default;
};

/// What was agreed on in a TLS handshake.
struct TlsReport
{
    QString protocol; ///< e.g. `TLS 1.3`
    QString cipher;
    QList<CertificateReport> chain; ///< the server's first
    QStringList problems;           ///< of the certificate; if it was accepted in spite of them the chain is there too
    bool isAcceptedAnyway = false;

    friend bool operator==(const TlsReport &, const TlsReport &) = default;
};

/// One request of an attempt, and its response. Secrets are masked: nothing here must be kept from a person or file.
struct HopReport
{
    using Nanoseconds = std::chrono::nanoseconds;

    QByteArray method;
    QUrl url;               ///< without credentials
    QByteArray requestHead; ///< as sent, with its line ends
    qint64 requestBodyBytes = 0;
    int status = 0;          ///< 0: no response
    QByteArray responseHead; ///< as the library tells it: repeated fields are joined
    QString httpVersion;     ///< negotiated: `HTTP/1.1`, `HTTP/2`
    QString proxy;           ///< `host:port`, empty if direct
    std::optional<TlsReport> tls;
    Nanoseconds started{0};                  ///< since the attempt began
    std::optional<Nanoseconds> sent;         ///< since `started`: name, connection and TLS are done, the head is out
    std::optional<Nanoseconds> encrypted;    ///< since `started`: the TLS handshake is done
    std::optional<Nanoseconds> headReceived; ///< since `started`
    int hiddenResends = 0;                   ///< the library sent the request so often again by itself

    friend bool operator==(const HopReport &, const HopReport &) = default;
};

/// One connection attempt from its beginning to its end: what the connection log holds. Value.
struct AttemptReport
{
    using Nanoseconds = std::chrono::nanoseconds;

    store::SubscriptionId subscription;
    std::uint32_t attempt = 0;
    store::MonotonicTime started;
    QString startedBecause;            ///< plain words: the user, the policy, the network came back …
    QList<HopReport> hops;             ///< the last one is the response that counted
    QStringList warnings;              ///< e.g. a content type accepted by choice
    std::optional<Nanoseconds> opened; ///< times since `started`
    std::optional<Nanoseconds> firstByte;
    std::optional<Nanoseconds> firstEvent;
    std::optional<Nanoseconds> ended;
    QByteArray lastEventIdSent;
    QByteArray lastEventIdAfter;
    std::uint64_t wireBytes = 0; ///< of the body, as they came (encoded); final numbers once it has ended
    std::uint64_t bytes = 0;     ///< decoded
    std::uint64_t events = 0;
    std::uint64_t comments = 0;
    std::uint64_t eventsBefore = 0; ///< the subscription's Counters when the attempt began: live numbers are the rest
    std::uint64_t bytesBefore = 0;
    std::uint64_t wireBytesBefore = 0;
    std::uint64_t commentsBefore = 0;
    QString ending;         ///< plain words; empty while it runs
    QString next;           ///< what follows and by which rule: "connects again in 6.2 s: …", "closed for good: …"
    QByteArray bodyExcerpt; ///< of a refusal: the first 64 KiB

    bool isOver() const { return ended.has_value(); }
    friend bool operator==(const AttemptReport &, const AttemptReport &) = default;
};

/// The whole report as lines for people, readable in a pane and fit for the clipboard.
QString text(const AttemptReport &report);

} // namespace weir::subscribe
Q_DECLARE_METATYPE(weir::subscribe::AttemptReport)
