// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/frame.h"
#include "publish/gzipbody.h"

#include <cstdint>
#include <deque>

namespace weir::publish {

/// What a client still has to get: shared frames in order. Publisher thread only.
class Outbox
{
public:
    explicit Outbox(Frame::Form form)
        : m_form(form)
    {}

    /// Live frames count for the client's bound, replayed ones do not: the history is held anyway.
    enum class Delivery { Live, Replay };
    void append(const FramePointer &frame, Delivery delivery);

    /// The frame as this client gets it.
    const QByteArray &bytesOf(const Frame &frame) const { return frame.bytes(m_form); }
    /// The same for a frame that is written past the queue. Requires: empty.
    const QByteArray &pass(const Frame &frame)
    {
        if (isCompressed())
            m_gzip.add(frame);
        return frame.bytes(m_form);
    }

    /// Removes the oldest live frames until at most `bytes` of live frames are left. Where they were a gap marker
    /// stands: an event of the type `weir-gap` without an id, whose data is the JSON object
    /// `{"reason":"slow-client","events":<number>,"bytes":<number>}`; what is dropped before it is sent counts in.
    void dropOldest(qint64 bytes);
    /// Counts a frame that was never appended into the gap.
    void skip(const Frame &frame);
    std::uint64_t droppedEvents() const { return m_droppedEvents; } ///< in all
    void clear();

    bool isEmpty() const { return m_frames.empty(); }
    /// What comes next must not share a packet with what was written before. Requires: not empty.
    bool isNextApart() const { return m_frames.front().frame && m_frames.front().frame->isApart(); }
    qint64 bytes() const { return m_bytes; }
    qint64 liveBytes() const { return m_liveBytes; }

    struct Portion
    {
        QByteArray bytes;
        std::uint32_t events = 0;
    };
    /// The next array to write: one large frame as it is, or small ones merged. Requires: not empty.
    Portion take();
    /// The next frame, for who frames it otherwise. Requires: not empty.
    FramePointer takeFrame();

    QByteArray bodyBegin() const; ///< what stands before the first frame
    QByteArray bodyEnd() const;   ///< what stands after the last frame that was taken, and ends the body

private:
    struct Entry
    {
        FramePointer frame; ///< null: the gap marker, made when its turn comes
        Delivery delivery;
    };
    bool isCompressed() const { return m_form == Frame::Form::GzipChunk || m_form == Frame::Form::GzipPlain; }
    bool isChunked() const { return m_form == Frame::Form::Chunk || m_form == Frame::Form::GzipChunk; }
    using Entries = std::deque<Entry>;
    void removeFirst();
    Entries::iterator gap();
    void makeMarker();

    /// What the marker that waits will tell.
    struct Gap
    {
        std::uint64_t events = 0;
        std::uint64_t bytes = 0;
        bool isMarked = false;
    };

    Frame::Form m_form;
    GzipBody m_gzip; ///< of what was taken, if compressed
    Entries m_frames;
    qint64 m_bytes = 0;
    qint64 m_liveBytes = 0;
    Gap m_gap;
    std::uint64_t m_droppedEvents = 0;
};

} // namespace weir::publish
