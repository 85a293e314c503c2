// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/frame.h"

namespace weir::publish {

std::shared_ptr<const Frame> Frame::fromBlocks(std::string_view blocks, std::uint32_t events)
{
    const auto size = static_cast<qsizetype>(blocks.size());
    QByteArray chunk = QByteArray::number(size, 16) + "\r\n";
    const qsizetype headSize = chunk.size();
    chunk.reserve(headSize + size + 2);
    chunk.append(blocks.data(), size).append("\r\n");
    return std::make_shared<const Frame>(std::move(chunk), headSize, events);
}

Frame::Frame(QByteArray chunk, qsizetype chunkHeadSize, std::uint32_t events)
    : m_chunk(std::move(chunk))
    , m_headSize(chunkHeadSize)
    , m_events(events)
{}

const QByteArray &Frame::plain() const
{
    if (m_plain.isNull())
        m_plain = m_chunk.mid(m_headSize, m_chunk.size() - m_headSize - 2);
    return m_plain;
}

std::string_view Frame::blocks() const
{
    const auto size = static_cast<std::size_t>(m_chunk.size() - m_headSize - 2);
    return {m_chunk.constData() + m_headSize, size};
}

std::size_t Frame::offsetOfEvent(std::uint32_t index) const
{
    const std::string_view text = blocks();
    std::size_t offset = 0;
    for (std::uint32_t i = 0; i < index; ++i) {
        const std::size_t end = text.find("\n\n", offset);
        if (end == std::string_view::npos)
            return text.size();
        offset = end + 2;
    }
    return offset;
}

} // namespace weir::publish
