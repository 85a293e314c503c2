// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/networkpool.h"

#include "subscribe/redirect.h"
#include "subscribe/requestbody.h"

#include <QHash>

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QHttp1Configuration>
#endif

#include <algorithm>

namespace weir::subscribe {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

/// The socket of a deleted reply is closed by another thread; only then is its channel free.
constexpr auto closingTime = 250ms;
[[maybe_unused]] constexpr int connectionsPerHost = 32;

/// The library sends them in a CONNECT, but not with the requests that a proxy is to make itself.
void setProxyCredentials(QNetworkRequest &request, const QNetworkProxy &proxy)
{
    const bool isMadeByProxy =
        proxy.type() == QNetworkProxy::HttpProxy && request.url().scheme() == QLatin1String("http");
    if (isMadeByProxy && !proxy.user().isEmpty())
        request.setRawHeader(
            "Proxy-Authorization", "Basic " + (proxy.user() + u':' + proxy.password()).toUtf8().toBase64());
}

QNetworkRequest onRoute(QNetworkRequest request, const NetworkRoute &route)
{
    request.setSslConfiguration(route.tls);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, route.usesHttp2);
    if (!route.address.isNull()) {
        QUrl url = request.url();
        if (url.scheme() == QLatin1String("https"))
            request.setPeerVerifyName(url.host());
        url.setHost(route.address.toString());
        request.setUrl(url);
    }
    setProxyCredentials(request, route.proxy);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QHttp1Configuration configuration;
    configuration.setNumberOfConnectionsPerHost(connectionsPerHost);
    request.setHttp1Configuration(configuration);
#endif
    return request;
}

} // namespace

struct NetworkPool::Member
{
    QNetworkAccessManager network;
    QByteArray routeKey;
    /// After a server has sent GOAWAY, Qt before 6.11 lets the next HTTP/2 request on the same connection hang for
    /// ever.
    bool isSingleUse = false;
    QHash<QByteArray, int> streams; ///< by origin
    int streamCount = 0;
    Clock::time_point idleSince;
};

NetworkPool::Limits NetworkPool::Limits::forThisQt()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return {24, 48, 60s};
#else
    return {5, 48, 60s};
#endif
}

NetworkPool::NetworkPool(Limits limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{
    m_idleCheck.setInterval(limits.idleTime / 4 + 1ms);
    connect(&m_idleCheck, &QTimer::timeout, this, &NetworkPool::dropIdle);
}

NetworkPool::~NetworkPool() = default;

QNetworkReply *NetworkPool::send(const StreamRequest &request, const NetworkRoute &route)
{
    const QNetworkRequest routed = onRoute(request.request, route);
    const QByteArray origin = originOf(routed.url());
    Member &member = memberFor(origin, route);
    ++member.streams[origin];
    ++member.streamCount;
    // What must not be done twice has a body that cannot be sent twice, if only an empty one.
    const bool hasBody = !request.body.isEmpty() || !isIdempotent(request.method);
    auto *body = hasBody ? new RequestBody(request.body) : nullptr;
    QNetworkReply *reply = member.network.sendCustomRequest(routed, request.method, body);
    if (body)
        body->setParent(reply);
    // A member is deleted only when it has no streams, so the reference outlives the timer.
    connect(reply, &QObject::destroyed, this, [this, &member, origin] {
        QTimer::singleShot(closingTime, this, [this, &member, origin] { release(member, origin); });
    });
    return reply;
}

NetworkPool::Member &NetworkPool::memberFor(const QByteArray &origin, const NetworkRoute &route)
{
    const auto hasRoom = [&](const std::unique_ptr<Member> &member) {
        return member->routeKey == route.key && !member->isSingleUse &&
               member->streams.value(origin) < m_limits.perOrigin && member->streamCount < m_limits.perManager;
    };
    const auto found = std::find_if(m_members.begin(), m_members.end(), hasRoom);
    if (found != m_members.end())
        return **found;
    m_members.push_back(std::make_unique<Member>());
    Member &member = *m_members.back();
    member.routeKey = route.key;
    member.isSingleUse = route.usesHttp2;
    member.network.setProxy(route.proxy);
    if (!m_idleCheck.isActive())
        m_idleCheck.start();
    return member;
}

void NetworkPool::release(Member &member, const QByteArray &origin)
{
    if (--member.streams[origin] == 0)
        member.streams.remove(origin);
    if (--member.streamCount > 0)
        return;
    member.idleSince = Clock::now();
    if (member.isSingleUse)
        std::erase_if(m_members, [&](const std::unique_ptr<Member> &other) { return other.get() == &member; });
}

void NetworkPool::dropIdle()
{
    const auto now = Clock::now();
    std::erase_if(m_members, [&](const std::unique_ptr<Member> &member) {
        return member->streamCount == 0 && now - member->idleSince >= m_limits.idleTime;
    });
    if (m_members.empty())
        m_idleCheck.stop();
}

} // namespace weir::subscribe
