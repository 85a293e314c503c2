// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/decodingstage.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <string_view>

namespace weir::subscribe {

namespace {

constexpr int windowBits = 15;
constexpr int gzipFlag = 16; // zlib: expect a gzip header
constexpr unsigned char gzipMagic = 0x1F;

/// RFC 1950: method 8 (deflate), a window of at most 32 KiB.
bool mayBeginZlib(unsigned char first)
{
    return (first & 0x0F) == 8 && first <= 0x78;
}

bool isZlibHeader(unsigned char first, unsigned char second)
{
    return mayBeginZlib(first) && (first * 256 + second) % 31 == 0;
}

class InflateStage : public DecodingStage
{
public:
    enum class Format { Gzip, ZlibOrRaw };

    explicit InflateStage(Format format);
    ~InflateStage() override { inflateEnd(&m_stream); }

private:
    Progress step(std::string_view encoded, char *out, std::size_t room) override;
    bool isBetweenStreams() const override { return m_hasEnded; }
    bool beginNext(unsigned char first);
    std::size_t settleFormat(unsigned char next);
    Progress inflateSome(const unsigned char *encoded, std::size_t size, char *out, std::size_t room);
    void judge(int status);

    z_stream m_stream{};
    Format m_format;
    bool m_isFormatSettled;
    bool m_holdsFirst = false;
    unsigned char m_first = 0; ///< ZlibOrRaw: it takes two bytes to tell
    bool m_hasEnded = false;
};

InflateStage::InflateStage(Format format)
    : m_format(format)
    , m_isFormatSettled(format == Format::Gzip)
{
    if (inflateInit2(&m_stream, format == Format::Gzip ? windowBits + gzipFlag : windowBits) != Z_OK)
        fail(DecodingFault::OutOfMemory);
}

DecodingStage::Progress InflateStage::step(std::string_view encoded, char *out, std::size_t room)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(encoded.data());
    if (encoded.empty())
        return inflateSome(bytes, 0, out, room);
    if (m_hasEnded && !beginNext(*bytes))
        return {};
    if (!m_isFormatSettled) {
        if (const std::size_t held = settleFormat(*bytes); held > 0)
            return {held, 0};
    }
    return inflateSome(bytes, encoded.size(), out, room);
}

bool InflateStage::beginNext(unsigned char first)
{
    if (m_format != Format::Gzip || first != gzipMagic) {
        fail(DecodingFault::BytesAfterEnd);
        return false;
    }
    inflateReset(&m_stream);
    m_hasEnded = false;
    return true;
}

/// Returns how many bytes it put aside.
std::size_t InflateStage::settleFormat(unsigned char next)
{
    if (!m_holdsFirst && mayBeginZlib(next)) {
        m_first = next;
        m_holdsFirst = true;
        return 1;
    }
    m_isFormatSettled = true;
    if (!m_holdsFirst || !isZlibHeader(m_first, next))
        inflateReset2(&m_stream, -windowBits);
    if (m_holdsFirst) {
        char none = 0; // no deflate stream says anything within its first byte
        inflateSome(&m_first, 1, &none, 0);
    }
    return 0;
}

DecodingStage::Progress InflateStage::inflateSome(
    const unsigned char *encoded, std::size_t size, char *out, std::size_t room)
{
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    const std::size_t given = std::min(size, most);
    const std::size_t wanted = std::min(room, most);
    m_stream.next_in = encoded;
    m_stream.avail_in = static_cast<uInt>(given);
    m_stream.next_out = reinterpret_cast<unsigned char *>(out);
    m_stream.avail_out = static_cast<uInt>(wanted);
    judge(inflate(&m_stream, Z_SYNC_FLUSH));
    return {given - m_stream.avail_in, wanted - m_stream.avail_out};
}

void InflateStage::judge(int status)
{
    switch (status) {
    case Z_OK:
    case Z_BUF_ERROR: // nothing more to do for now
        return;
    case Z_STREAM_END:
        m_hasEnded = true;
        return;
    case Z_NEED_DICT:
        return fail(DecodingFault::NeedsDictionary);
    case Z_MEM_ERROR:
        return fail(DecodingFault::OutOfMemory);
    default: {
        const std::string_view why = m_stream.msg != nullptr ? m_stream.msg : "";
        const bool isAtTrailer = why == "incorrect data check" || why == "incorrect length check";
        fail(isAtTrailer ? DecodingFault::WrongChecksum : DecodingFault::InvalidData);
    }
    }
}

} // namespace

std::unique_ptr<DecodingStage> gzipStage()
{
    return std::make_unique<InflateStage>(InflateStage::Format::Gzip);
}

std::unique_ptr<DecodingStage> deflateStage()
{
    return std::make_unique<InflateStage>(InflateStage::Format::ZlibOrRaw);
}

} // namespace weir::subscribe
