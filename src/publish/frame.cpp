// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/frame.h"

#include "publish/gzipbody.h"

namespace weir::publish {

QByteArray toChunk(QByteArrayView bytes)
{
    QByteArray chunk = QByteArray::number(bytes.size(), 16) + "\r\n";
    chunk.reserve(chunk.size() + bytes.size() + 2);
    return chunk.append(bytes).append("\r\n");
}

std::shared_ptr<const Frame> Frame::fromBlocks(std::string_view blocks, std::uint32_t events)
{
    const auto size = static_cast<qsizetype>(blocks.size());
    QByteArray chunk = toChunk({blocks.data(), size});
    const qsizetype headSize = chunk.size() - size - 2;
    return std::make_shared<const Frame>(std::move(chunk), headSize, events);
}

std::shared_ptr<const Frame> Frame::apart(std::string_view blocks, std::uint32_t events)
{
    const auto whole = fromBlocks(blocks, events);
    const auto frame = std::make_shared<Frame>(whole->m_chunk, whole->m_headSize, events);
    frame->m_isApart = true;
    return frame;
}

Frame::Frame(QByteArray chunk, qsizetype chunkHeadSize, std::uint32_t events)
    : m_chunk(std::move(chunk))
    , m_headSize(chunkHeadSize)
    , m_events(events)
{}

Frame::Frame(QByteArray chunks, QByteArray blocks, std::uint32_t events)
    : m_chunk(std::move(chunks))
    , m_others(std::make_unique<OtherForms>())
    , m_headSize(-1)
    , m_events(events)
{
    m_others->plain = std::move(blocks);
}

const QByteArray &Frame::otherBytes(Form form) const
{
    if (!m_others)
        m_others = std::make_unique<OtherForms>();
    if (form == Form::Plain) {
        if (m_others->plain.isNull())
            m_others->plain = m_chunk.mid(m_headSize, m_chunk.size() - m_headSize - 2);
        return m_others->plain;
    }
    compress();
    return form == Form::GzipChunk ? m_others->gzipChunk : m_others->gzipPlain;
}

void Frame::compress() const
{
    if (!m_others->gzipPlain.isNull())
        return;
    m_others->gzipPlain = deflated(blocks());
    m_others->gzipChunk = toChunk(m_others->gzipPlain);
    m_others->checksum = checksumOf(blocks());
}

const Frame::Checksum &Frame::checksum() const
{
    if (!m_others)
        m_others = std::make_unique<OtherForms>();
    compress();
    return m_others->checksum;
}

std::string_view Frame::blocks() const
{
    if (m_headSize < 0)
        return {m_others->plain.constData(), static_cast<std::size_t>(m_others->plain.size())};
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
