// SPDX-License-Identifier: GPL-3.0-or-later
// What a connection tells about itself.
#include "publish/clientconnection.h"

#include "publish/socketoptions.h"

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

constexpr auto slowAfter = 1s;

/// As in a URL (RFC 3986, section 3.2.2). IPv4 is IPv4, whatever the socket that took it.
QString peerText(const QHostAddress &address, quint16 port)
{
    bool isIPv4 = false;
    const QHostAddress plain(address.toIPv4Address(&isIPv4));
    const auto form = isIPv4 ? QStringLiteral("%1:%2") : QStringLiteral("[%1]:%2");
    return form.arg((isIPv4 ? plain : address).toString(), QString::number(port));
}

} // namespace

void ClientConnection::note(const Request *request, const Answer &answer, const QString &text)
{
    if (m_peer.isEmpty())
        m_peer = peerText(m_socket->peerAddress(), m_socket->peerPort());
    m_record = {};
    if (!m_context.log.isWatched())
        return;
    m_record.time = QDateTime::currentDateTimeUtc();
    m_record.address = m_peer;
    m_record.status = answer.bytes.mid(9, 3).toInt();
    m_record.bytes = static_cast<std::uint64_t>(answer.bytes.size());
    m_record.duration = std::chrono::milliseconds{m_requestTime.elapsed()};
    m_record.note = text;
    m_record.isOpen = answer.stream != nullptr;
    if (request) {
        const QByteArray head = m_head.trimmed();
        m_record.method = head.left(head.indexOf(' '));
        m_record.target = maskedTarget(request->path, request->query);
        m_record.userAgent = request->header("user-agent");
    }
    m_record.number = m_context.log.add(m_record);
}

/// The connection closes: tells how a stream ended, or that no request came.
void ClientConnection::noteEnd()
{
    if (!m_hasStreamed) {
        if (m_state == State::Reading && m_requestTime.isValid() && m_record.number == 0)
            note(nullptr, {}, m_ending.isEmpty() ? tr("closed before a request was complete") : m_ending);
        return;
    }
    if (m_record.number == 0)
        return;
    const QString ending = m_ending.isEmpty() ? tr("closed by the client") : m_ending;
    m_record.note = m_record.note.isEmpty() ? ending : ending + u' ' + u'(' + m_record.note + u')';
    m_record.bytes += m_stream ? m_stream->bytesSent() : 0;
    m_record.duration = std::chrono::milliseconds{m_requestTime.elapsed()};
    m_record.isOpen = false;
    m_context.log.replace(m_record);
}

std::chrono::milliseconds ClientConnection::sampleLag()
{
    if (!m_stream)
        return 0ms;
    const qint64 unsent = m_stream->unsentBytes();
    const auto handed = static_cast<qint64>(m_stream->bytesSent());
    if (unsent == 0 && m_lag.isIdle() && handed == m_sampledBytes)
        return 0ms;
    m_sampledBytes = handed;
    const qint64 untaken = m_socket->bytesToWrite() + unacknowledgedBytes(m_socket->socketDescriptor());
    const auto now = LagMeter::Clock::now();
    m_lag.sample(handed + unsent - m_socket->bytesToWrite(), handed - untaken, now);
    return m_lag.lag(now);
}

ClientState ClientConnection::clientState(std::chrono::milliseconds lag) const
{
    if (m_state == State::Delaying)
        return ClientState::Waiting;
    if (m_state != State::Streaming || m_stream->isEnding())
        return ClientState::Ending;
    if (m_stream->isPaused())
        return ClientState::Paused;
    return lag >= slowAfter ? ClientState::Slow : ClientState::Streaming;
}

ClientStatus ClientConnection::status()
{
    ClientStatus status;
    status.id = m_id;
    status.address = m_peer;
    status.path = m_path;
    status.userAgent = m_userAgent;
    status.lastEventId = m_lastEventId;
    status.since = m_since;
    status.lag = sampleLag();
    status.state = clientState(status.lag);
    if (m_delayed)
        status.faults = m_delayed->faults.summary();
    if (m_stream) {
        status.faults = m_stream->faults().summary();
        status.eventsSent = m_stream->eventsSent();
        status.bytesSent = m_stream->bytesSent();
        status.eventsDropped = m_stream->eventsDropped();
        status.bytesQueued = m_stream->unsentBytes();
    }
    return status;
}

} // namespace weir::publish
