// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/outbox.h"

#include <algorithm>
#include <string>
#include <utility>

namespace weir::publish {

namespace {

/// Below this a copy is cheaper than a system call of its own.
constexpr qsizetype mergeLimit = 16 << 10;

} // namespace

void Outbox::append(const FramePointer &frame, Delivery delivery)
{
    m_frames.push_back({frame, delivery});
    const qint64 size = bytesOf(*m_frames.back().frame).size();
    m_bytes += size;
    if (delivery == Delivery::Live)
        m_liveBytes += size;
}

void Outbox::removeFirst()
{
    const qint64 size = bytesOf(*m_frames.front().frame).size();
    m_bytes -= size;
    if (m_frames.front().delivery == Delivery::Live)
        m_liveBytes -= size;
    if (isCompressed())
        m_gzip.add(*m_frames.front().frame);
    m_frames.pop_front();
}

/// The place of the marker that waits, or where one would stand: before the first live frame.
Outbox::Entries::iterator Outbox::gap()
{
    const bool isMarked = m_gap.isMarked;
    return std::find_if(m_frames.begin(), m_frames.end(),
        [isMarked](const Entry &entry) { return isMarked ? !entry.frame : entry.delivery == Delivery::Live; });
}

void Outbox::dropOldest(qint64 bytes)
{
    auto place = gap();
    if (!std::exchange(m_gap.isMarked, true))
        place = m_frames.insert(place, {nullptr, Delivery::Replay});
    const auto first = std::next(place);
    auto end = first;
    while (end != m_frames.end() && m_liveBytes > bytes) {
        const qint64 size = bytesOf(*end->frame).size();
        m_bytes -= size;
        m_liveBytes -= size;
        m_gap.bytes += static_cast<std::uint64_t>(end->frame->blocks().size());
        m_gap.events += end->frame->eventCount();
        m_droppedEvents += end->frame->eventCount();
        ++end;
    }
    m_frames.erase(first, end);
}

void Outbox::skip(const Frame &frame)
{
    if (!std::exchange(m_gap.isMarked, true))
        m_frames.push_back({nullptr, Delivery::Replay});
    m_gap.bytes += static_cast<std::uint64_t>(frame.blocks().size());
    m_gap.events += frame.eventCount();
    m_droppedEvents += frame.eventCount();
}

void Outbox::clear()
{
    m_frames.clear();
    m_bytes = m_liveBytes = 0;
    m_gap = {};
}

/// Turns the marker, which is the first entry, into a frame.
void Outbox::makeMarker()
{
    const std::string block =
        "event: weir-gap\ndata: {\"reason\":\"slow-client\",\"events\":" + std::to_string(m_gap.events) +
        ",\"bytes\":" + std::to_string(m_gap.bytes) + "}\n\n";
    m_frames.front().frame = Frame::fromBlocks(block, 1);
    m_bytes += bytesOf(*m_frames.front().frame).size();
    m_gap = {};
}

FramePointer Outbox::takeFrame()
{
    if (!m_frames.front().frame)
        makeMarker();
    FramePointer frame = m_frames.front().frame;
    removeFirst();
    return frame;
}

Outbox::Portion Outbox::take()
{
    if (!m_frames.front().frame)
        makeMarker();
    Portion portion{bytesOf(*m_frames.front().frame), m_frames.front().frame->eventCount()};
    const bool mayMerge = !m_frames.front().frame->isApart();
    removeFirst();
    while (mayMerge && !m_frames.empty() && m_frames.front().frame && !m_frames.front().frame->isApart() &&
           portion.bytes.size() + bytesOf(*m_frames.front().frame).size() <= mergeLimit) {
        if (portion.bytes.capacity() < mergeLimit)
            portion.bytes.reserve(mergeLimit);
        portion.bytes.append(bytesOf(*m_frames.front().frame));
        portion.events += m_frames.front().frame->eventCount();
        removeFirst();
    }
    return portion;
}

QByteArray Outbox::bodyBegin() const
{
    if (!isCompressed())
        return {};
    return isChunked() ? toChunk(GzipBody::head()) : GzipBody::head();
}

QByteArray Outbox::bodyEnd() const
{
    const QByteArray end = isCompressed() ? m_gzip.end() : QByteArray();
    if (!isChunked())
        return end;
    return (end.isEmpty() ? QByteArray() : toChunk(end)) + "0\r\n\r\n";
}

} // namespace weir::publish
