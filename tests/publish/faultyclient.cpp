// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultyclient.h"

#include <algorithm>
#include <utility>

namespace weir::publish {

using namespace std::chrono_literals;

FaultyClient::FaultyClient(const QUrl &url, ClientFault fault, QObject *parent)
    : QObject(parent)
    , m_url(url)
    , m_fault(fault)
{
    m_wait.setSingleShot(true);
    m_wait.setTimerType(Qt::PreciseTimer);
    m_silence.setSingleShot(true);
    m_silence.setInterval(900ms);
    connect(&m_wait, &QTimer::timeout, this, [this] { connectTo(m_url); });
    connect(&m_silence, &QTimer::timeout, this, [this] { m_socket.abort(); });
    connect(&m_socket, &QTcpSocket::connected, this, &FaultyClient::sendRequest);
    connect(&m_socket, &QTcpSocket::readyRead, this, &FaultyClient::read);
    connect(&m_socket, &QTcpSocket::disconnected, this, &FaultyClient::noteDisconnected);
    connectTo(url);
}

FaultyClient::~FaultyClient()
{
    m_socket.disconnect(this);
}

void FaultyClient::connectTo(const QUrl &url)
{
    m_isOver = true;
    m_socket.abort();
    m_isOver = false;
    m_current = url;
    m_input.clear();
    m_head.clear();
    m_isStream = false;
    m_socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
}

void FaultyClient::sendRequest()
{
    ++m_requests;
    QByteArray request = has(ClientFault::UsesPost) ? "POST " : "GET ";
    request += m_current.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority) +
               " HTTP/1.1\r\nHost: " + m_current.authority().toLatin1() + "\r\n";
    request += has(ClientFault::AcceptsJsonOnly) ? "Accept: application/json\r\n" : "Accept: text/event-stream\r\n";
    if (!has(ClientFault::AllowsCaches))
        request += "Cache-Control: no-cache\r\n";
    if (has(ClientFault::SendsBadRequest))
        request += "Bad Name: x\r\n";
    if (has(ClientFault::InventsFirstId) && m_requests == 1)
        request += "Last-Event-ID: 0\r\n";
    const QByteArray id = has(ClientFault::SendsLatin1) ? QString::fromUtf8(m_lastId).toLatin1() : m_lastId;
    if (!id.isEmpty() && !has(ClientFault::NeverBringsId))
        request += "Last-Event-ID: " + id + "\r\n";
    m_socket.write(request + "\r\n");
}

void FaultyClient::read()
{
    m_input += m_socket.readAll();
    if (has(ClientFault::HangsUpWhenSilent))
        m_silence.start();
    while (!m_isOver && m_head.isEmpty() && m_input.contains("\r\n\r\n"))
        readHead();
    if (!m_isOver && !m_head.isEmpty())
        readBody();
}

void FaultyClient::readHead()
{
    const auto end = m_input.indexOf("\r\n\r\n") + 4;
    const QByteArray head = m_input.first(end);
    m_input.remove(0, end);
    const QByteArray status = head.mid(9, 3);
    if (status.startsWith('1') && !has(ClientFault::TakesInterimForAnswer))
        return;
    m_head = head;
    m_isChunked = field("transfer-encoding") == "chunked";
    m_length = field("content-length").isNull() ? -1 : field("content-length").toLongLong();
    if (status.startsWith('3') && !has(ClientFault::FollowsNothing) && !field("location").isNull())
        followRedirect();
    else if (acceptsHead(status))
        beginStream();
    else if (has(ClientFault::RetriesServerErrors) && status.startsWith('5'))
        comeBack();
    else
        giveUp();
}

bool FaultyClient::acceptsHead(const QByteArray &status)
{
    const QByteArray type = field("content-type");
    const QByteArray essence = type.left(type.contains(';') ? type.indexOf(';') : type.size()).trimmed().toLower();
    if (status != "200" && !has(ClientFault::AcceptsEveryStatus))
        return false;
    if (has(ClientFault::ComparesTypeExactly))
        return type == "text/event-stream";
    if (has(ClientFault::ComparesTypeStart))
        return type.toLower().startsWith("text/event-stream");
    return essence == "text/event-stream" || has(ClientFault::AcceptsEveryType) || has(ClientFault::AcceptsEveryStatus);
}

void FaultyClient::followRedirect()
{
    if (++m_redirects > 20 && !has(ClientFault::FollowsForEver)) {
        giveUp();
        return;
    }
    const QUrl next = m_current.resolved(QUrl(QString::fromLatin1(field("location"))));
    m_isOver = true;
    QMetaObject::invokeMethod(
        this, [this, next] { connectTo(next); }, Qt::QueuedConnection);
}

void FaultyClient::beginStream()
{
    if (has(ClientFault::SendsOnAndOn))
        m_socket.write(QByteArray(1 << 20, 'x'));
    m_redirects = 0;
    m_isStream = true;
    m_line.clear();
    if (has(ClientFault::ForgetsId))
        m_lastId.clear();
    m_idBuffer = m_lastId;
    m_hasData = false;
    m_isFirstLine = true;
    m_sawCr = false;
    m_holdsCr = false;
    m_eventSize = 0;
    if (has(ClientFault::ForgetsRetry))
        m_retry = 100;
}

void FaultyClient::readBody()
{
    if (m_isChunked) {
        readChunks();
        return;
    }
    const QByteArray bytes = std::exchange(m_input, {});
    feed(bytes);
    if (m_length < 0)
        return;
    m_length -= bytes.size();
    if (m_length <= 0 && !has(ClientFault::WaitsForClose))
        endBody(true);
}

void FaultyClient::readChunks()
{
    while (!m_isOver) {
        const auto lineEnd = m_input.indexOf("\r\n");
        if (lineEnd < 0)
            return;
        const QByteArray size = m_input.first(lineEnd);
        const auto length = size.left(size.contains(';') ? size.indexOf(';') : size.size()).toLongLong(nullptr, 16);
        if (m_input.size() < lineEnd + 2 + length + 2)
            return;
        feed(m_input.mid(lineEnd + 2, length));
        m_input.remove(0, lineEnd + 2 + length + 2);
        if (length == 0)
            endBody(true);
    }
}

void FaultyClient::noteDisconnected()
{
    if (m_isOver)
        return;
    if (m_head.isEmpty() && has(ClientFault::GivesUpWithoutAnswer) && m_requests > 1)
        giveUp();
    else
        endBody(m_isStream && !m_isChunked);
}

void FaultyClient::endBody(bool isClean)
{
    if (has(ClientFault::TakesIncompleteEvent)) {
        takeLine(std::exchange(m_line, {}));
        dispatch();
    }
    const bool stays = has(ClientFault::NeverReturns) || (has(ClientFault::NeverReturnsFromCleanEnd) && isClean);
    if (stays)
        giveUp();
    else
        comeBack();
}

void FaultyClient::comeBack()
{
    m_isOver = true;
    m_silence.stop();
    m_wait.start(std::chrono::milliseconds{has(ClientFault::IgnoresRetry) ? 700 : m_retry});
    if (has(ClientFault::ReturnsTwice) && m_requests == 1)
        new FaultyClient(m_url, ClientFault::NeverReturns, this);
}

void FaultyClient::giveUp()
{
    m_isOver = true;
    m_silence.stop();
    m_socket.abort();
}

QByteArray FaultyClient::field(const QByteArray &name) const
{
    for (const QByteArray &line : m_head.split('\n')) {
        if (line.toLower().startsWith(name + ':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

} // namespace weir::publish
