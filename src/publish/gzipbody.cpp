// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/gzipbody.h"

#include <QtEndian>

#include <zlib.h>

namespace weir::publish {

namespace {

constexpr int rawDeflate = -MAX_WBITS;
constexpr int bodyMemoryLevel = 8;
/// Beside deflateBound(): the empty block of the flush, which that does not count.
constexpr qsizetype flushSize = 16;

/// One compressor for all frames: making it costs more than compressing an event.
class Deflater
{
public:
    Deflater()
    {
        m_isReady = deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, rawDeflate, bodyMemoryLevel,
                        Z_DEFAULT_STRATEGY) == Z_OK;
    }
    ~Deflater() { deflateEnd(&m_stream); }
    Deflater(const Deflater &) = delete;
    Deflater &operator=(const Deflater &) = delete;

    QByteArray run(std::string_view blocks)
    {
        Q_ASSERT(m_isReady);
        deflateReset(&m_stream);
        const auto bound = static_cast<qsizetype>(deflateBound(&m_stream, static_cast<uLong>(blocks.size())));
        QByteArray result(bound + flushSize, Qt::Uninitialized);
        m_stream.next_in = reinterpret_cast<const Bytef *>(blocks.data());
        m_stream.avail_in = static_cast<uInt>(blocks.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(result.data());
        m_stream.avail_out = static_cast<uInt>(result.size());
        deflate(&m_stream, Z_SYNC_FLUSH);
        result.truncate(result.size() - static_cast<qsizetype>(m_stream.avail_out));
        return result;
    }

private:
    z_stream m_stream{};
    bool m_isReady = false;
};

QByteArray littleEndian(std::uint32_t value)
{
    QByteArray bytes(sizeof value, Qt::Uninitialized);
    qToLittleEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray deflated(std::string_view blocks)
{
    thread_local Deflater deflater;
    return deflater.run(blocks);
}

Frame::Checksum checksumOf(std::string_view blocks)
{
    const auto size = static_cast<z_off_t>(blocks.size());
    const uLong value = crc32_z(0, reinterpret_cast<const Bytef *>(blocks.data()), blocks.size());
    return {static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(crc32_combine_gen(size))};
}

QByteArray GzipBody::head()
{
    // Deflate; no flags, no time; compressed in no special way; made on any system.
    return QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
}

void GzipBody::add(const Frame &frame)
{
    const Frame::Checksum &part = frame.checksum();
    m_checksum = static_cast<std::uint32_t>(crc32_combine_op(m_checksum, part.value, part.combiner));
    m_size += static_cast<std::uint32_t>(frame.blocks().size());
}

QByteArray GzipBody::end() const
{
    // A last block of fixed codes that holds nothing.
    return QByteArray("\x03\x00", 2) + littleEndian(m_checksum) + littleEndian(m_size);
}

} // namespace weir::publish
