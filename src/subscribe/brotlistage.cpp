// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/decodingstage.h"

#include <brotli/decode.h>

#include <algorithm>

namespace weir::subscribe {

namespace {

DecodingFault faultOf(BrotliDecoderErrorCode code)
{
    const bool isAllocation =
        code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES && code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES;
    if (isAllocation)
        return DecodingFault::OutOfMemory;
    return code == BROTLI_DECODER_ERROR_DICTIONARY_NOT_SET ? DecodingFault::NeedsDictionary
                                                           : DecodingFault::InvalidData;
}

/// The window of the format is 16 MiB at most; larger ones are an extension that the decoder refuses.
class BrotliStage : public DecodingStage
{
public:
    BrotliStage()
        : m_decoder(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr))
    {
        if (!m_decoder)
            fail(DecodingFault::OutOfMemory);
    }

private:
    struct Free
    {
        void operator()(BrotliDecoderState *decoder) const { BrotliDecoderDestroyInstance(decoder); }
    };

    Progress step(std::string_view encoded, char *out, std::size_t room) override;
    bool isBetweenStreams() const override { return m_hasEnded; }

    std::unique_ptr<BrotliDecoderState, Free> m_decoder;
    bool m_hasEnded = false;
};

DecodingStage::Progress BrotliStage::step(std::string_view encoded, char *out, std::size_t room)
{
    if (m_hasEnded) {
        if (!encoded.empty())
            fail(DecodingFault::BytesAfterEnd);
        return {};
    }
    const auto *in = reinterpret_cast<const std::uint8_t *>(encoded.data());
    auto *place = reinterpret_cast<std::uint8_t *>(out);
    // If a call fails, so is lost what it had decoded before: hence in small pieces.
    const std::size_t given = std::min(encoded.size(), brotliPiece);
    std::size_t left = given;
    std::size_t leftRoom = room;
    const auto result = BrotliDecoderDecompressStream(m_decoder.get(), &left, &in, &leftRoom, &place, nullptr);
    m_hasEnded = result == BROTLI_DECODER_RESULT_SUCCESS;
    if (result == BROTLI_DECODER_RESULT_ERROR)
        fail(faultOf(BrotliDecoderGetErrorCode(m_decoder.get())));
    return {given - left, room - leftRoom};
}

} // namespace

std::unique_ptr<DecodingStage> brotliStage()
{
    return std::make_unique<BrotliStage>();
}

} // namespace weir::subscribe
