// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/gzipwriter.h"

#include <zlib.h>

#include <new>

namespace weir::publish {

namespace {

constexpr int gzipWindow = 15 + 16;
constexpr int memoryLevel = 8;
constexpr qsizetype outputStep = 16 << 10;

} // namespace

struct GzipWriter::Stream
{
    z_stream z{};
};

GzipWriter::GzipWriter()
    : m_stream(std::make_unique<Stream>())
{
    if (deflateInit2(&m_stream->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, memoryLevel, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        throw std::bad_alloc(); // zlib refuses nothing else here
}

GzipWriter::~GzipWriter()
{
    deflateEnd(&m_stream->z);
}

QByteArray GzipWriter::write(std::string_view bytes, Flush flush)
{
    return deflateAll(bytes, flush == Flush::Sync ? Z_SYNC_FLUSH : Z_NO_FLUSH);
}

QByteArray GzipWriter::finish()
{
    return deflateAll({}, Z_FINISH);
}

QByteArray GzipWriter::deflateAll(std::string_view bytes, int flush)
{
    z_stream &z = m_stream->z;
    // zlib's bytes are unsigned char, which may alias any other.
    z.next_in = reinterpret_cast<const Bytef *>(bytes.data());
    z.avail_in = static_cast<uInt>(bytes.size());
    QByteArray out;
    do {
        const qsizetype before = out.size();
        out.resize(before + outputStep);
        z.next_out = reinterpret_cast<Bytef *>(out.data() + before);
        z.avail_out = static_cast<uInt>(outputStep);
        deflate(&z, flush);
        out.truncate(before + outputStep - static_cast<qsizetype>(z.avail_out));
    } while (z.avail_out == 0);
    return out;
}

} // namespace weir::publish
