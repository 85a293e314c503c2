// SPDX-License-Identifier: GPL-3.0-or-later
// How Subscription takes the body of an open connection.
#include "subscribe/subscription.h"

#include <algorithm>

namespace weir::subscribe {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

void Subscription::readBody()
{
    if (!m_body || m_isHeldBack)
        return;
    // The reply gets no more bytes before the event loop runs again, so a flood ends this loop after one buffer.
    while (true) {
        if (m_intake.gate.isShut()) {
            m_isHeldBack = true;
            m_intake.gate.wait(this, [this] {
                m_isHeldBack = false;
                readBody();
            });
            return;
        }
        const qint64 most = readableBytes();
        if (most == 0) {
            noteRead();
            waitForPace();
            return;
        }
        const qint64 count = m_attempt->read(m_intake.buffer.data(), most);
        if (count <= 0)
            break;
        if (m_pace)
            m_pace->spend(count);
        const Verdict verdict = m_body->take(std::string_view(m_intake.buffer.data(), static_cast<std::size_t>(count)));
        if (verdict.cause != Cause::None) {
            noteRead();
            endAttempt({verdict.cause, verdict.detail, {}, {}, 0});
            return;
        }
    }
    noteRead();
    m_attempt->noteDrained();
}

void Subscription::noteRead()
{
    if (m_body->reconnectionTime())
        m_serverReconnectionTime = m_body->reconnectionTime();
    if (m_recorder.noteEvents(m_body->firstByte(), m_body->firstEvent()))
        Q_EMIT attemptChanged(m_recorder.report());
}

void Subscription::restartIdleTimer(milliseconds time)
{
    if (time > 0ms)
        m_idleTimer.start(time);
}

void Subscription::checkIdle()
{
    // Looking at the time of the last byte now and then is cheaper than restarting a timer at each read.
    const store::MonotonicTime lastByte{
        std::chrono::nanoseconds{m_counters->lastByteNs.load(std::memory_order_relaxed)}};
    const auto silence =
        std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - std::max(lastByte, m_status.since));
    if (m_isHeldBack || m_paceTimer.isActive() || m_hasToldStop)
        restartIdleTimer(m_settings.idleTimeout);
    else if (silence < m_settings.idleTimeout)
        restartIdleTimer(m_settings.idleTimeout - silence);
    else
        endAttempt({Cause::NoBytesInTime,
            tr("%1 s").arg(static_cast<double>(m_settings.idleTimeout.count()) / 1000, 0, 'g', 4), {}, {}, 0});
}

void Subscription::finishBody(AttemptEnd &end)
{
    const Verdict verdict = m_body->finish(end.cause != Cause::EndOfStream);
    if (verdict.cause != Cause::None && end.cause == Cause::EndOfStream) {
        end.cause = verdict.cause;
        end.detail = verdict.detail;
    }
    // A line without its end is an event too where lines are events.
    m_recorder.noteEvents(m_body->firstByte(), m_body->firstEvent());
    keepLastEventId();
    const auto openFor = std::chrono::steady_clock::now() - m_status.since;
    m_delay.attemptEnded(m_body->hadEvent(), std::chrono::duration_cast<milliseconds>(openFor));
}

} // namespace weir::subscribe
