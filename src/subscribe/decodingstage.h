// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

// One coding of a body; for ContentDecoder alone.

namespace weir::subscribe {

/// Why decoding stopped.
enum class DecodingFault : std::uint8_t {
    None,
    InvalidData,
    WrongChecksum,   ///< or length: what came out is not what the server put in
    WindowTooLarge,  ///< zstd: it wants more memory than mostZstdWindowBits
    NeedsDictionary, ///< one that was agreed on elsewhere
    Truncated,       ///< the body ended inside the stream
    BytesAfterEnd,   ///< the stream ended and the body did not
    OutOfMemory,
};

/// A zstd stream may refer back 2^27 bytes (128 MiB) at most. RFC 9659 allows servers no more than 2^23.
inline constexpr int mostZstdWindowBits = 27;

/// A fault in a brotli stream takes up to so many good bytes before it along.
inline constexpr std::size_t brotliPiece = 64;

/// Decodes one coding by its library. Memory: the library's window, whatever the ratio.
class DecodingStage
{
public:
    virtual ~DecodingStage() = default;
    DecodingStage(const DecodingStage &) = delete;
    DecodingStage &operator=(const DecodingStage &) = delete;

    /// Takes bytes from the front of `encoded` and writes to `out`. Returns how many bytes it wrote: fewer than `room`
    /// only if `encoded` is used up and nothing more can come of it, or if there is a fault.
    std::size_t decode(std::string_view &encoded, char *out, std::size_t room);

    /// True if the body may end here. An empty body may: nothing is missing in it.
    bool mayEnd() const { return m_consumed == 0 || isBetweenStreams(); }
    DecodingFault fault() const { return m_fault; }
    /// Bytes taken so far; after a fault, where about it was found.
    std::uint64_t consumed() const { return m_consumed; }

protected:
    DecodingStage() = default;

    struct Progress
    {
        std::size_t consumed = 0;
        std::size_t produced = 0;
    };
    /// Takes, writes or fails; without any of it there is no more output for what was taken.
    virtual Progress step(std::string_view encoded, char *out, std::size_t room) = 0;
    virtual bool isBetweenStreams() const = 0;
    void fail(DecodingFault fault) { m_fault = fault; }

private:
    std::uint64_t m_consumed = 0;
    DecodingFault m_fault = DecodingFault::None;
    bool m_isOutputFull = false; ///< the library may hold more, even without further input
};

/// Several members one after the other are one body (RFC 1952).
std::unique_ptr<DecodingStage> gzipStage();
/// With the zlib wrapper that RFC 9110 asks for, or without it, as some servers send it.
std::unique_ptr<DecodingStage> deflateStage();
std::unique_ptr<DecodingStage> brotliStage();
/// Several frames one after the other are one body; skippable ones are skipped (RFC 8878).
std::unique_ptr<DecodingStage> zstdStage();

} // namespace weir::subscribe
