// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <memory>
#include <string_view>

namespace weir::publish {

/// Whole blocks of an event stream, encoded and framed as one HTTP chunk once for all clients. The arrays are shared,
/// not copied, by every socket that they are written to. Publisher thread only.
class Frame
{
public:
    /// Frames `blocks`, which hold so many events.
    static std::shared_ptr<const Frame> fromBlocks(std::string_view blocks, std::uint32_t events);

    /// Takes an array that already is a chunk: `chunkHeadSize` bytes of size line, the blocks, CR LF.
    Frame(QByteArray chunk, qsizetype chunkHeadSize, std::uint32_t events);

    const QByteArray &chunk() const { return m_chunk; }
    /// Without chunk framing, for HTTP/1.0. Copied on first use.
    const QByteArray &plain() const;
    std::string_view blocks() const;
    std::uint32_t eventCount() const { return m_events; }

    /// Where the block number `index` starts in blocks(). Linear: looked for only when a client resumes.
    std::size_t offsetOfEvent(std::uint32_t index) const;

private:
    QByteArray m_chunk;
    mutable QByteArray m_plain;
    qsizetype m_headSize;
    std::uint32_t m_events;
};

using FramePointer = std::shared_ptr<const Frame>;

} // namespace weir::publish
