// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultstream.h"

#include "publish/socketoptions.h"

#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace weir::publish {

namespace {

constexpr qint64 faultySocketQueue = 64 << 10;
/// Lets the client read what came before the last act: an RST destroys what is unread.
constexpr int lastActPauseMs = 50;
constexpr qint64 shortestStepMs = 10;
/// Between two looks at whether a client that took nothing takes something again: the system does not tell.
constexpr int stalledClientPauseMs = 5;

} // namespace

FaultStream::FaultStream(
    QTcpSocket &socket, Outbox &outbox, StreamProgress &progress, const FaultPlan &plan, Frame::Form form)
    : m_socket(socket)
    , m_encrypted(qobject_cast<QSslSocket *>(&socket))
    , m_outbox(outbox)
    , m_progress(progress)
    , m_body(plan, form)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &FaultStream::pump);
    readPace();
}

void FaultStream::readPace()
{
    const FaultPlan &plan = m_body.plan();
    m_step = 0;
    m_stepPauseMs = m_cutPauseMs = 0;
    for (const Fault split : {Fault::SplitAt, Fault::SplitCharacter, Fault::SplitLineEnd})
        m_cutPauseMs = std::max(m_cutPauseMs, static_cast<int>(plan.number(split, "pauseMs")));
    if (plan.has(Fault::Drip)) {
        const qint64 rate = plan.number(Fault::Drip, "bytesPerSecond");
        m_stepPauseMs = static_cast<int>(std::max(shortestStepMs, 1000 / rate));
        m_step = static_cast<qsizetype>(std::max<qint64>(rate * m_stepPauseMs / 1000, 1));
    }
    if (plan.has(Fault::OneByte)) {
        m_step = 1;
        const qint64 rate = plan.has(Fault::Drip) ? plan.number(Fault::Drip, "bytesPerSecond") : 1000;
        m_stepPauseMs = static_cast<int>(std::max(plan.number(Fault::OneByte, "pauseMs"), 1000 / rate));
    }
}

void FaultStream::pump()
{
    while (mayWrite()) {
        if (m_at < m_bytes.bytes.size()) {
            writePiece();
        } else if (m_next != FaultBody::Next::Go) {
            approachEnd();
            return;
        } else if (m_portionsLeft-- <= 0) {
            pumpSoon();
            return;
        } else if (!refill()) {
            return;
        }
    }
}

/// The act itself comes from the timer: pump() may run inside a fan-out.
void FaultStream::approachEnd()
{
    if (m_phase == Phase::LastBytes) {
        m_phase = Phase::Over;
        act();
        return;
    }
    m_phase = Phase::LastBytes;
    m_outbox.clear();
    m_frame.reset();
    m_pause.start(lastActPauseMs);
}

/// Under TLS the socket holds bytes in two layers.
qint64 FaultStream::socketBytes() const
{
    const qint64 plain = m_socket.bytesToWrite();
    return m_encrypted ? plain + m_encrypted->encryptedBytesToWrite() : plain;
}

/// Packets stay apart only if each has left before the next is handed over: the system joins what waits in its queue.
/// Else comes back when there is something new.
bool FaultStream::mayWrite()
{
    if (m_phase == Phase::Over || m_isHeld || m_pause.isActive() || m_socket.state() != QAbstractSocket::ConnectedState)
        return false;
    const bool isPaced = m_step > 0 || m_cutPauseMs > 0 || isNextApart() || m_next != FaultBody::Next::Go;
    if (!isPaced)
        return socketBytes() < faultySocketQueue;
    if (socketBytes() > 0)
        return false;
    if (!isIdle() && unsentBytes(m_socket.socketDescriptor()) > 0) {
        m_pause.start(stalledClientPauseMs);
        return false;
    }
    return true;
}

/// Must not share a packet with what was written before.
bool FaultStream::isNextApart() const
{
    if (!m_bytes.bytes.isEmpty())
        return m_isApart;
    if (m_frame)
        return m_frame->isApart();
    return !m_outbox.isEmpty() && m_outbox.isNextApart();
}

bool FaultStream::refill()
{
    adoptPlan();
    // An end that was asked for does not wait for a line that has none.
    if (m_isFinishing && m_body.isInEndlessLine()) {
        endBody();
        return false;
    }
    if (auto own = m_body.own())
        return takePortion(std::move(*own));
    const std::string_view block = nextBlock();
    if (!block.empty()) {
        FaultBody::Portion portion = m_body.fromBlock(block);
        m_isApart = m_frame->isApart();
        m_frameOffset += block.size();
        if (m_frameOffset == m_frame->blocks().size())
            m_frame.reset();
        return takePortion(std::move(portion));
    }
    if (m_isFinishing) {
        endBody();
    } else if (m_body.isPlain()) {
        m_phase = Phase::Over;
        Q_EMIT becamePlain();
    }
    return false;
}

void FaultStream::endBody()
{
    m_phase = Phase::Over;
    m_frame.reset();
    m_socket.write(m_body.end());
    m_socket.disconnectFromHost();
}

bool FaultStream::takePortion(FaultBody::Portion portion)
{
    m_bytes = std::move(portion.content);
    m_at = 0;
    m_cut = 0;
    m_events = portion.events;
    m_next = portion.next;
    if (m_bytes.bytes.isEmpty())
        finishPortion();
    return true;
}

std::string_view FaultStream::nextBlock()
{
    while (!m_frame || m_frame->blocks().empty()) {
        if (m_outbox.isEmpty()) {
            m_frame.reset();
            return {};
        }
        m_frame = m_outbox.takeFrame();
        m_frameOffset = 0;
    }
    const std::string_view rest = m_frame->blocks().substr(m_frameOffset);
    const std::size_t end = rest.find("\n\n");
    return rest.substr(0, end == std::string_view::npos ? rest.size() : end + 2);
}

void FaultStream::writePiece()
{
    const qsizetype size = m_bytes.bytes.size();
    qsizetype end = m_step > 0 ? std::min(m_at + m_step, size) : size;
    const bool isCut = m_cut < m_bytes.cuts.size() && m_bytes.cuts[m_cut] <= end;
    if (isCut)
        end = m_bytes.cuts[m_cut++];
    m_socket.write(m_bytes.bytes.constData() + m_at, end - m_at);
    m_progress.bytes += static_cast<std::uint64_t>(end - m_at);
    m_progress.lastWrite.start();
    m_at = end;
    if (m_at == size)
        finishPortion();
    if (m_step > 0)
        m_pause.start(m_stepPauseMs);
    else if (isCut)
        m_pause.start(m_cutPauseMs);
}

void FaultStream::finishPortion()
{
    m_isApart = false;
    m_progress.events += m_events;
    m_events = 0;
    m_bytes = {};
    m_at = 0;
}

/// Between two blocks only: a block is whole under one plan.
void FaultStream::adoptPlan()
{
    if (!m_nextPlan || m_body.isInsideLine())
        return;
    m_body.setPlan(*m_nextPlan);
    m_nextPlan.reset();
    readPace();
}

void FaultStream::setPlan(const FaultPlan &plan)
{
    m_nextPlan = plan;
    pumpSoon();
}

void FaultStream::setHeld(bool held)
{
    m_isHeld = held;
    if (!held)
        pumpSoon();
}

void FaultStream::pumpSoon()
{
    if (std::exchange(m_isPumpDue, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isPumpDue = false;
            m_portionsLeft = portionsPerTurn;
            pump();
        },
        Qt::QueuedConnection);
}

void FaultStream::finish()
{
    m_isFinishing = true;
    m_isHeld = false;
    if (m_phase != Phase::Running)
        m_socket.disconnectFromHost();
    else
        pump();
}

qint64 FaultStream::pendingBytes() const
{
    const qint64 portion = m_bytes.bytes.size() - m_at;
    return m_frame ? portion + static_cast<qint64>(m_frame->blocks().size() - m_frameOffset) : portion;
}

void FaultStream::act()
{
    using Next = FaultBody::Next;
    switch (m_next) {
    case Next::Close:
        m_socket.disconnectFromHost();
        break;
    case Next::Reset:
        resetOnClose(m_socket.socketDescriptor());
        m_socket.abort();
        break;
    case Next::HalfClose:
        shutDownSending(m_socket.socketDescriptor());
        break;
    case Next::EndBody:
        m_socket.write(m_body.end());
        m_socket.disconnectFromHost();
        break;
    case Next::Silence:
    case Next::Go:
        break;
    }
}

} // namespace weir::publish
