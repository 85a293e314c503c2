// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/faultbody.h"
#include "publish/outbox.h"

#include <QElapsedTimer>
#include <QTimer>

class QSslSocket;
class QTcpSocket;

namespace weir::publish {

/// What a stream has sent so far.
struct StreamProgress
{
    std::uint64_t events = 0;
    std::uint64_t bytes = 0;
    QElapsedTimer lastWrite;
};

/// Writes a stream's frames with faults, in place of the direct way from the outbox to the socket: block by block, each
/// cut into packets that leave one by one. pump() is called from within a channel's fan-out, so it only fills the
/// socket's buffer: a flush could find the connection gone, or tell of written bytes, in the middle of the clients. Nor
/// does it act on the connection's life there. Holds one frame and one block. Publisher thread only.
class FaultStream : public QObject
{
    Q_OBJECT

public:
    /// References must outlive this.
    FaultStream(QTcpSocket &socket, Outbox &outbox, StreamProgress &progress, const FaultPlan &plan, Frame::Form form);

    /// Frames were added, or the socket took bytes.
    void pump();
    /// Holds everything back, or goes on.
    void setHeld(bool held);
    /// Another plan, from the next block on; an empty one leads to becamePlain(), unless the body is compressed.
    void setPlan(const FaultPlan &plan);
    const FaultPlan &plan() const { return m_nextPlan ? *m_nextPlan : m_body.plan(); }
    /// No more frames come: the body ends after what is queued.
    void finish();

    bool isIdle() const { return m_bytes.bytes.isEmpty() && !m_frame; }
    qint64 pendingBytes() const;
    /// The plan's last act is over or under way: frames are not taken any more.
    bool isOver() const { return m_phase != Phase::Running; }

Q_SIGNALS:
    void becamePlain(); ///< nothing is left to do here: frames may go the direct way again

private:
    enum class Phase { Running, LastBytes, Over };
    /// Until the event loop runs again: portions that are coded to nearly nothing fill no socket for a long time.
    static constexpr int portionsPerTurn = 16;
    void pumpSoon();
    bool refill();
    bool takePortion(FaultBody::Portion portion);
    std::string_view nextBlock();
    void writePiece();
    void finishPortion();
    void endBody();
    void adoptPlan();
    void readPace();
    void approachEnd();
    void act();
    qint64 socketBytes() const;
    bool mayWrite();
    bool isNextApart() const;

    QTcpSocket &m_socket;
    QSslSocket *m_encrypted; ///< the same socket; null for plain HTTP
    Outbox &m_outbox;
    StreamProgress &m_progress;
    FaultBody m_body;
    std::optional<FaultPlan> m_nextPlan;
    QTimer m_pause;
    Phase m_phase = Phase::Running;
    bool m_isHeld = false;
    bool m_isPumpDue = false;
    bool m_isFinishing = false;

    FramePointer m_frame;
    std::size_t m_frameOffset = 0;
    CutBytes m_bytes; ///< the portion that is being written
    qsizetype m_at = 0;
    int m_portionsLeft = portionsPerTurn;
    std::size_t m_cut = 0;
    std::uint32_t m_events = 0;
    bool m_isApart = false;
    FaultBody::Next m_next = FaultBody::Next::Go;

    qsizetype m_step = 0; ///< most bytes of one packet; 0: no limit
    int m_stepPauseMs = 0;
    int m_cutPauseMs = 0;
};

} // namespace weir::publish
