// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/decodingstage.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>

namespace weir::subscribe {

namespace {

constexpr std::size_t frameHeader = 5; // the least of one
constexpr std::size_t blockHeader = 3;

class ZstdStage : public DecodingStage
{
public:
    ZstdStage()
        : m_context(ZSTD_createDCtx())
    {
        if (m_context)
            ZSTD_DCtx_setParameter(m_context.get(), ZSTD_d_windowLogMax, mostZstdWindowBits);
        else
            fail(DecodingFault::OutOfMemory);
    }

private:
    struct Free
    {
        void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
    };

    Progress step(std::string_view encoded, char *out, std::size_t room) override;
    bool isBetweenStreams() const override { return m_isBetweenFrames; }
    DecodingFault faultOf(ZSTD_ErrorCode code) const;

    std::unique_ptr<ZSTD_DCtx, Free> m_context;
    std::size_t m_next = frameHeader; ///< how many bytes to give next, so that no call goes beyond one block
    bool m_isBetweenFrames = false;
    bool m_hadFrame = false;
};

DecodingStage::Progress ZstdStage::step(std::string_view encoded, char *out, std::size_t room)
{
    // Between frames there is nothing to flush, and the library would begin to expect a frame.
    if (encoded.empty() && m_isBetweenFrames)
        return {};
    // If a call fails, so is lost what it had decoded before: hence block by block.
    ZSTD_inBuffer in{encoded.data(), std::min(encoded.size(), m_next), 0};
    ZSTD_outBuffer written{out, room, 0};
    const std::size_t result = ZSTD_decompressStream(m_context.get(), &written, &in);
    if (ZSTD_isError(result) != 0) {
        fail(faultOf(ZSTD_getErrorCode(result)));
        return {in.pos, written.pos};
    }
    m_isBetweenFrames = result == 0;
    // The library asks for a block together with the header of the next one.
    m_next = m_isBetweenFrames ? frameHeader : result > blockHeader ? result - blockHeader : result;
    m_hadFrame = m_hadFrame || m_isBetweenFrames;
    return {in.pos, written.pos};
}

DecodingFault ZstdStage::faultOf(ZSTD_ErrorCode code) const
{
    switch (code) {
    case ZSTD_error_prefix_unknown:
        return m_hadFrame ? DecodingFault::BytesAfterEnd : DecodingFault::InvalidData;
    case ZSTD_error_checksum_wrong:
        return DecodingFault::WrongChecksum;
    case ZSTD_error_frameParameter_windowTooLarge:
        return DecodingFault::WindowTooLarge;
    case ZSTD_error_dictionary_wrong:
        return DecodingFault::NeedsDictionary;
    case ZSTD_error_memory_allocation:
        return DecodingFault::OutOfMemory;
    default:
        return DecodingFault::InvalidData;
    }
}

} // namespace

std::unique_ptr<DecodingStage> zstdStage()
{
    return std::make_unique<ZstdStage>();
}

} // namespace weir::subscribe
