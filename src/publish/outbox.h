// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/frame.h"

#include <deque>

namespace weir::publish {

/// What a client still has to get: shared frames in order. Publisher thread only.
class Outbox
{
public:
    /// `isChunked`: HTTP/1.1 framing; otherwise the bare blocks.
    explicit Outbox(bool isChunked)
        : m_isChunked(isChunked)
    {}

    /// Live frames count for the client's bound, replayed ones do not: the history is held anyway.
    enum class Delivery { Live, Replay };
    void append(const FramePointer &frame, Delivery delivery);

    /// The frame as this client gets it.
    const QByteArray &bytesOf(const Frame &frame) const { return m_isChunked ? frame.chunk() : frame.plain(); }

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

private:
    struct Entry
    {
        FramePointer frame;
        Delivery delivery;
    };
    void removeFirst();

    bool m_isChunked;
    std::deque<Entry> m_frames;
    qint64 m_bytes = 0;
    qint64 m_liveBytes = 0;
};

} // namespace weir::publish
