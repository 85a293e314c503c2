// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/frame.h"
#include "publish/gzipbody.h"

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

    bool isEmpty() const { return m_frames.empty(); }
    qint64 bytes() const { return m_bytes; }
    qint64 liveBytes() const { return m_liveBytes; }

    struct Portion
    {
        QByteArray bytes;
        std::uint32_t events = 0;
    };
    /// The next array to write: one large frame as it is, or small ones merged. Requires: not empty.
    Portion take();

    QByteArray bodyBegin() const; ///< what stands before the first frame
    QByteArray bodyEnd() const;   ///< what stands after the last frame that was taken, and ends the body

private:
    struct Entry
    {
        FramePointer frame;
        Delivery delivery;
    };
    bool isCompressed() const { return m_form == Frame::Form::GzipChunk || m_form == Frame::Form::GzipPlain; }
    bool isChunked() const { return m_form == Frame::Form::Chunk || m_form == Frame::Form::GzipChunk; }
    void removeFirst();

    Frame::Form m_form;
    GzipBody m_gzip; ///< of what was taken, if compressed
    std::deque<Entry> m_frames;
    qint64 m_bytes = 0;
    qint64 m_liveBytes = 0;
};

} // namespace weir::publish
