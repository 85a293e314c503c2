// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/frame.h"

namespace weir::publish {

/// `blocks` as raw deflate blocks that refer to nothing before them and end on a byte (a sync flush), so that they can
/// be decoded at once, and such parts may follow one another in any order: RFC 1951. Publisher thread only.
QByteArray deflated(std::string_view blocks);

Frame::Checksum checksumOf(std::string_view blocks);

/// What a gzip body has around its frames, RFC 1952: a head, and an end that tells checksum and size of what one client
/// was sent. A value.
class GzipBody
{
public:
    static QByteArray head();
    void add(const Frame &frame);
    QByteArray end() const; ///< the last block and the trailer

private:
    std::uint32_t m_checksum = 0;
    std::uint32_t m_size = 0; ///< modulo 2^32
};

} // namespace weir::publish
