// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/gathering.h"

#include <utility>

namespace weir::publish {

void Gathering::add(const FramePointer &frame)
{
    m_events += frame->eventCount();
    m_size += frame->chunk().size();
    if (!m_first) {
        m_first = frame;
        return;
    }
    if (m_chunks.isEmpty())
        join(*m_first);
    join(*frame);
}

void Gathering::join(const Frame &frame)
{
    const std::string_view blocks = frame.blocks();
    m_chunks.append(frame.chunk());
    m_blocks.append(blocks.data(), static_cast<qsizetype>(blocks.size()));
}

FramePointer Gathering::take()
{
    m_size = 0;
    const std::uint32_t events = std::exchange(m_events, 0);
    FramePointer first = std::exchange(m_first, nullptr);
    if (m_chunks.isEmpty())
        return first;
    return std::make_shared<const Frame>(std::exchange(m_chunks, {}), std::exchange(m_blocks, {}), events);
}

} // namespace weir::publish
