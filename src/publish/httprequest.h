// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/requestline.h"

#include <QByteArray>
#include <QList>

#include <llhttp.h>

#include <functional>
#include <optional>
#include <utility>

namespace weir::publish {

/// One HTTP request as the server needs it. A value.
struct Request
{
    Method method = Method::Other;
    QByteArray path;  ///< decoded
    QByteArray query; ///< as sent
    QByteArray host;  ///< of an absolute target, or the Host header; null in HTTP/1.0 without one
    bool isHttp10 = false;
    bool keepsAlive = false;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case, values trimmed
    QByteArray body;                                  ///< where BodyPlan said so
    bool isBodyUnread = false; ///< the body may follow, so where a next request begins is unknown

    /// All values of that header, joined by commas; null if there is none.
    QByteArray header(QByteArrayView name) const;
    /// The *last event ID* that the client resumes from: the header, else the query's lastEventId or last_event_id.
    QByteArray lastEventId() const;
};

/// What becomes of the body of a request.
struct BodyPlan
{
    enum class Use {
        Drop,   ///< read and forgotten
        Keep,   ///< comes with the request
        Refuse, ///< the answer comes at once, and the connection closes
    };
    Use use = Use::Drop;
    qint64 maxBytes = 64 << 10; ///< a longer one is answered with 413
};
/// Asked when a head is complete and a body follows.
using PlanBody = std::function<BodyPlan(const Request &)>;

/// Reads requests from a connection's bytes, strictly: what RFC 9112 lets a server refuse is refused, so nothing can be
/// understood in two ways. Bodies are dropped, kept or left unread as the plan says. Holds no more than a head and a
/// body within their limits.
class RequestParser
{
public:
    static constexpr qsizetype defaultHeadBytes = 32 << 10;

    /// Without a plan bodies are dropped. `maxHeadBytes`: of all lines; a single one may have half of it.
    explicit RequestParser(PlanBody planBody = {}, qsizetype maxHeadBytes = defaultHeadBytes);
    RequestParser(const RequestParser &) = delete;
    RequestParser &operator=(const RequestParser &) = delete;

    enum class State {
        NeedMore,
        Continue, ///< as NeedMore, and the client waits for an answer 100 before it sends the body
        Complete,
        Failed,
    };
    /// Takes bytes from the front of `input` until a request is complete or wrong.
    State feed(QByteArray &input);

    /// Requires: the state is Complete. Makes the parser ready for the next request.
    Request takeRequest();
    int errorStatus() const { return m_errorStatus; } ///< when Failed
    /// True if a part of a request has come.
    bool hasBegun() const { return m_totalBytes > 0; }

private:
    State takeLine(QByteArrayView line);
    State takeRequestLine(QByteArrayView line);
    State takeBody(QByteArray &input);
    State fail(int status);
    State failAs(llhttp_errno_t error);
    State judgeLine(QByteArrayView line);
    int judgeHead() const;
    int judgeFraming() const;
    int planBody();
    void reset();

    static int storeName(llhttp_t *parser, const char *at, std::size_t length);
    static int storeValue(llhttp_t *parser, const char *at, std::size_t length);
    static int endHead(llhttp_t *parser);
    static int takeBodyPart(llhttp_t *parser, const char *at, std::size_t length);
    static int endMessage(llhttp_t *parser);
    static const llhttp_settings_t &callbacks();

    PlanBody m_planBody;
    qsizetype m_maxHeadBytes;
    enum class Part { RequestLine, Headers, Body, Done };
    llhttp_t m_parser;
    Part m_part = Part::RequestLine;
    QByteArray m_line; ///< the unfinished line
    Request m_request;
    bool m_isInValue = false;
    bool m_hasAbsoluteTarget = false;
    qsizetype m_totalBytes = 0;
    BodyPlan m_plan;
    bool m_isAwaitingContinue = false;
    qint64 m_bodyBytes = 0;
    int m_errorStatus = 0;
};

} // namespace weir::publish
