// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <atomic>
#include <chrono>
#include <memory>

namespace weir::subscribe {

using store::ConnectionState;

/// Counted by the ingest thread, read by any thread at any time; each number is exact, together they are not of one
/// moment.
struct Counters
{
    std::atomic<std::uint64_t> events{0};
    std::atomic<std::uint64_t> comments{0};
    std::atomic<std::uint64_t> bytes{0};       ///< of bodies, decoded
    std::atomic<std::uint64_t> wireBytes{0};   ///< of bodies, as they came
    std::atomic<std::int64_t> firstEventNs{0}; ///< monotonic; 0 before the first event
    std::atomic<std::int64_t> lastEventNs{0};
    std::atomic<std::int64_t> lastByteNs{0};    ///< monotonic; 0 before the first byte
    std::atomic<std::int64_t> lastCommentNs{0}; ///< monotonic; 0 before the first comment: heartbeats mostly
};

/// Why a connection is in the state that it is in. A closed set; text() turns it into words.
enum class Cause {
    None,
    AskedByUser,
    Accepted,       ///< 200 and text/event-stream
    EndOfStream,    ///< the server ended the body
    EndInsideEvent, ///< the server ended the body inside an event
    ConnectionLost, ///< reset, or cut inside the transfer coding
    ConnectionRefused,
    HostNotFound,
    TlsFailed,           ///< the handshake broke off
    CertificateRejected, ///< detail: what is wrong with the server's certificate
    OtherNetworkError,   ///< detail: Qt's words
    NoResponseInTime,    ///< header deadline
    NoBytesInTime,       ///< idle timeout
    StatusNoContent,     ///< 204: the server asks to stop
    StatusRefused,       ///< any other status that closes for good
    StatusTemporary,     ///< 408, 425, 429, 5xx: passes under the persistent policy, closes under the strict one
    InterimResponse,     ///< a 1xx that the network library took for the final response
    WrongContentType,    ///< detail: the type
    MissingContentType,
    ContentEncodingUnsupported, ///< compressed in a way that Weir cannot read; detail: the coding
    DecodingFailed,             ///< the compressed body is damaged or cut; detail: how
    DecodedTooLarge,            ///< one read grew beyond maxDecodedBytesPerRead; detail: how much to how much
    RedirectWithoutLocation,
    RedirectInvalid, ///< detail: the location
    TooManyRedirects,
    RedirectLosesTls,  ///< https to http
    RedirectTakesBody, ///< to another origin, with the request's body; detail: where to
    InvalidSettings,
    TlsFilesUnusable,    ///< detail: which file and why
    ProxyFailed,         ///< refused, closed, not found; detail
    ProxyAuthentication, ///< it wants other credentials
    RequestNotRepeated,  ///< the connection broke before the response; a request with a body is not sent again blindly
    MemoryCeiling,       ///< HTTP/2: more was received than could be taken in time
    TooManyAttempts,     ///< the policy's maxAttempts
    NetworkDown,         ///< waiting until the system has a network again
    NetworkBack,         ///< the reason of an attempt
    Resumed,             ///< the reason of an attempt: the machine was suspended
    ReconnectDisabled,   ///< the connection ended and the policy says not to come back
    TooManyConnections,  ///< no descriptors left
};

/// A subscription's connection as it is now. Value; sent over threads with each change.
struct ConnectionStatus
{
    store::SubscriptionId subscription;
    ConnectionState state = ConnectionState::Idle;
    std::uint32_t attempt = 0; ///< numbered from 1
    Cause cause = Cause::None;
    QString detail;     ///< what the cause refers to; never a secret
    int httpStatus = 0; ///< 0: no response in this attempt
    QByteArray contentType;
    QUrl finalUrl;                                 ///< after redirects; without credentials
    QByteArray lastEventId;                        ///< *last event ID string*
    bool lastEventIdOmitted = false;               ///< it holds a control character and cannot be sent in a header
    std::chrono::milliseconds reconnectionTime{0}; ///< in force
    std::chrono::milliseconds retryDelay{0};       ///< Waiting: of this wait
    store::MonotonicTime since;                    ///< when this state began
    store::MonotonicTime nextAttempt;              ///< Waiting
    QString rule;                                  ///< Waiting: why the wait is as long as it is; Closed: which rule
    QString warning;                               ///< Open: what was let pass by choice, e.g. a content type
    QString contentCoding;                         ///< Open: of the body; empty: identity
    QString httpVersion;                           ///< Open: `HTTP/1.1` or `HTTP/2`
    bool isCertificateInvalid = false;             ///< connected all the same, by choice
    int hiddenResends = 0;                         ///< the request was sent so often again by Qt itself in this attempt
    QByteArray bodyExcerpt;                        ///< refused by status or type: the first 64 KiB of the body
};

/// Plain words for people, e.g. "refused with status 404 Not Found". One place for all front ends.
QString text(const ConnectionStatus &status);
/// Why an attempt begins, in plain words: Connecting only.
QString reasonText(const ConnectionStatus &status);
/// `idle`, `connecting`, `open`, `waiting`, `closed`.
QString stateWord(ConnectionState state);

} // namespace weir::subscribe
Q_DECLARE_METATYPE(weir::subscribe::ConnectionStatus)
