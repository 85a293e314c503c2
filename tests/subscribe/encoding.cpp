// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/encoding.h"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdint>

namespace weir::test {

namespace {

constexpr std::size_t pieceSize = 65536;

class ZlibEncoder : public Encoder
{
public:
    explicit ZlibEncoder(int windowBits) { deflateInit2(&m_stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY); }
    ~ZlibEncoder() override { deflateEnd(&m_stream); }
    std::string flush(std::string_view text) override { return run(text, Z_SYNC_FLUSH); }
    std::string end() override { return run({}, Z_FINISH); }

private:
    std::string run(std::string_view text, int mode)
    {
        std::string out;
        std::vector<unsigned char> piece(pieceSize);
        m_stream.next_in = reinterpret_cast<const unsigned char *>(text.data());
        m_stream.avail_in = static_cast<uInt>(text.size());
        do {
            m_stream.next_out = piece.data();
            m_stream.avail_out = static_cast<uInt>(piece.size());
            deflate(&m_stream, mode);
            out.append(reinterpret_cast<const char *>(piece.data()), piece.size() - m_stream.avail_out);
        } while (m_stream.avail_out == 0);
        return out;
    }

    z_stream m_stream{};
};

class BrotliEncoder : public Encoder
{
public:
    BrotliEncoder() { BrotliEncoderSetParameter(m_encoder, BROTLI_PARAM_QUALITY, 5); }
    ~BrotliEncoder() override { BrotliEncoderDestroyInstance(m_encoder); }
    std::string flush(std::string_view text) override { return run(text, BROTLI_OPERATION_FLUSH); }
    std::string end() override { return run({}, BROTLI_OPERATION_FINISH); }

private:
    std::string run(std::string_view text, BrotliEncoderOperation operation)
    {
        std::string out;
        std::vector<std::uint8_t> piece(pieceSize);
        const auto *in = reinterpret_cast<const std::uint8_t *>(text.data());
        std::size_t left = text.size();
        do {
            std::uint8_t *place = piece.data();
            std::size_t room = piece.size();
            BrotliEncoderCompressStream(m_encoder, operation, &left, &in, &room, &place, nullptr);
            out.append(reinterpret_cast<const char *>(piece.data()), piece.size() - room);
        } while (left > 0 || BrotliEncoderHasMoreOutput(m_encoder) == BROTLI_TRUE);
        return out;
    }

    BrotliEncoderState *m_encoder = BrotliEncoderCreateInstance(nullptr, nullptr, nullptr);
};

class ZstdEncoder : public Encoder
{
public:
    explicit ZstdEncoder(int windowBits = 0)
    {
        ZSTD_CCtx_setParameter(m_context, ZSTD_c_checksumFlag, 1);
        ZSTD_CCtx_setParameter(m_context, ZSTD_c_windowLog, windowBits);
    }
    ~ZstdEncoder() override { ZSTD_freeCCtx(m_context); }
    std::string flush(std::string_view text) override { return run(text, ZSTD_e_flush); }
    std::string end() override { return run({}, ZSTD_e_end); }

private:
    std::string run(std::string_view text, ZSTD_EndDirective mode)
    {
        std::string out;
        std::vector<char> piece(pieceSize);
        ZSTD_inBuffer in{text.data(), text.size(), 0};
        std::size_t left = 0;
        do {
            ZSTD_outBuffer place{piece.data(), piece.size(), 0};
            left = ZSTD_compressStream2(m_context, &place, &in, mode);
            out.append(piece.data(), place.pos);
        } while (left != 0);
        return out;
    }

    ZSTD_CCtx *m_context = ZSTD_createCCtx();
};

} // namespace

std::unique_ptr<Encoder> encoder(std::string_view coding)
{
    if (coding == "br")
        return std::make_unique<BrotliEncoder>();
    if (coding == "zstd")
        return std::make_unique<ZstdEncoder>();
    constexpr int gzipFlag = 16;
    return std::make_unique<ZlibEncoder>(coding == "gzip" ? 15 + gzipFlag : coding == "raw" ? -15 : 15);
}

std::string encoded(std::string_view coding, std::string_view text)
{
    const auto maker = encoder(coding);
    std::string out = text.empty() ? std::string() : maker->flush(text);
    return out + maker->end();
}

std::string zstdWithWindow(int bits, std::string_view text)
{
    ZstdEncoder maker(bits);
    const std::string out = maker.flush(text);
    return out + maker.end();
}

} // namespace weir::test
