// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <memory>
#include <string_view>

namespace weir::publish {

/// Whole blocks of an event stream, encoded and framed as HTTP chunks once for all clients. The arrays are shared,
/// not copied, by every socket that they are written to. Publisher thread only.
class Frame
{
public:
    /// Frames `blocks`, which hold so many events.
    static std::shared_ptr<const Frame> fromBlocks(std::string_view blocks, std::uint32_t events);

    /// The same, to be sent in a packet of its own: with nothing before or after it.
    static std::shared_ptr<const Frame> apart(std::string_view blocks, std::uint32_t events);

    /// Takes an array that already is a chunk: `chunkHeadSize` bytes of size line, the blocks, CR LF.
    Frame(QByteArray chunk, qsizetype chunkHeadSize, std::uint32_t events);
    /// Several frames in one: their chunks one after the other, and the blocks that are in them.
    Frame(QByteArray chunks, QByteArray blocks, std::uint32_t events);

    /// How a frame is written to a client: with HTTP/1.1 chunk framing or bare, as it is or compressed.
    enum class Form : std::uint8_t { Chunk, Plain, GzipChunk, GzipPlain };
    /// Forms other than Chunk are made on first use and shared from then on.
    const QByteArray &bytes(Form form) const { return form == Form::Chunk ? m_chunk : otherBytes(form); }

    const QByteArray &chunk() const { return m_chunk; }
    const QByteArray &plain() const { return bytes(Form::Plain); }
    std::string_view blocks() const;
    std::uint32_t eventCount() const { return m_events; }
    bool isApart() const { return m_isApart; }

    /// For the checksum of a compressed body that this frame is a part of; see GzipBody.
    struct Checksum
    {
        std::uint32_t value = 0;
        std::uint32_t combiner = 0; ///< what zlib's crc32_combine_op() wants for a part of this length
    };
    const Checksum &checksum() const;

    /// Where the block number `index` starts in blocks(). Linear: looked for only when a client resumes.
    std::size_t offsetOfEvent(std::uint32_t index) const;

private:
    struct OtherForms
    {
        QByteArray plain;
        QByteArray gzipChunk;
        QByteArray gzipPlain;
        Checksum checksum;
    };
    const QByteArray &otherBytes(Form form) const;
    void compress() const;

    QByteArray m_chunk;
    mutable std::unique_ptr<OtherForms> m_others;
    qsizetype m_headSize; ///< negative: these are several chunks
    std::uint32_t m_events;
    bool m_isApart = false;
};

using FramePointer = std::shared_ptr<const Frame>;

/// An array as one HTTP chunk: its size line, the bytes, CR LF.
QByteArray toChunk(QByteArrayView bytes);

} // namespace weir::publish
