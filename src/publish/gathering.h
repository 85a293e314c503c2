// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/frame.h"

namespace weir::publish {

/// Frames that are to leave together, joined in order to one that is made once for all clients: a client costs a system
/// call for each frame, whatever its size. Each stays a chunk of its own. Publisher thread only.
class Gathering
{
public:
    bool isEmpty() const { return !m_first; }
    qint64 size() const { return m_size; } ///< bytes of chunks

    /// Requires a frame of whole blocks that need not leave apart.
    void add(const FramePointer &frame);
    /// All in one, and empties this. A frame that is alone comes back as it is. Requires: not empty.
    FramePointer take();

private:
    void join(const Frame &frame);

    FramePointer m_first;
    QByteArray m_chunks; ///< of all, once there are two
    QByteArray m_blocks; ///< of all, once there are two
    qint64 m_size = 0;
    std::uint32_t m_events = 0;
};

} // namespace weir::publish
