// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/outbox.h"

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

Outbox::Portion Outbox::take()
{
    Portion portion{bytesOf(*m_frames.front().frame), m_frames.front().frame->eventCount()};
    removeFirst();
    while (!m_frames.empty() && portion.bytes.size() + bytesOf(*m_frames.front().frame).size() <= mergeLimit) {
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
