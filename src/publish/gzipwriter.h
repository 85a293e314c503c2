// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <string_view>

namespace weir::publish {

/// Compresses one body as RFC 1952 wants it, piece by piece. Holds about 256 KiB.
class GzipWriter
{
public:
    GzipWriter();
    ~GzipWriter();

    enum class Flush {
        None, ///< bytes come out when the compressor sees fit
        Sync, ///< all that was written can be decoded by the receiver
    };
    QByteArray write(std::string_view bytes, Flush flush);
    QByteArray finish(); ///< the rest, with the checksum; write nothing after

private:
    struct Stream;
    QByteArray deflateAll(std::string_view bytes, int flush);
    std::unique_ptr<Stream> m_stream;
};

} // namespace weir::publish
