// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/decodingstage.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace weir::subscribe {

/// Decodes a body as it streams: RFC 9110, "Content Codings", by zlib, libbrotlidec and libzstd. What the server
/// flushed comes out at once. Holds the libraries' windows (32 KiB, at most 16 MiB, at most 128 MiB) and 16 KiB between
/// two codings, whatever the ratio: what comes out is pulled in pieces, so limits are the caller's. One decoder serves
/// one body.
///
/// Use: feed(), then take() until it returns 0; again with the next bytes; finish() when the body has ended.
class ContentDecoder
{
public:
    static constexpr std::size_t mostCodings = 3;

    /// For the value of a Content-Encoding field: codings in the order in which the server applied them. Null if there
    /// is nothing to decode (empty, `identity`), or if it cannot be decoded: then `unsupported` says what.
    static std::unique_ptr<ContentDecoder> forCodings(const QByteArray &contentEncoding, QString *unsupported);

    /// `encoded` must stay readable until take() has returned 0. Requires that take() has returned 0 for what was fed
    /// before.
    void feed(std::string_view encoded);
    /// Writes decoded bytes to `out`, as many as there are and there is `room` for. 0: all that was fed is decoded, or
    /// there is a fault, which comes after everything that could be decoded (of `br` up to 64 bytes before the fault
    /// are lost with it). Requires room > 0.
    std::size_t take(char *out, std::size_t room);
    /// The body has ended. False if that left something unfinished; then there is a fault.
    bool finish();

    DecodingFault fault() const { return m_fault; }
    /// In plain words, e.g. "ended inside the gzip stream after byte 512"; empty without a fault.
    QString faultText() const;

    std::uint64_t encodedBytes() const { return m_encodedBytes; } ///< fed so far
    std::uint64_t decodedBytes() const { return m_decodedBytes; } ///< taken so far

private:
    /// A stage and what waits to be decoded by it.
    struct Link
    {
        const char *coding; ///< its name
        std::unique_ptr<DecodingStage> stage;
        std::vector<char> buffer; ///< empty for the first: it decodes what was fed in place
        std::string_view waiting;
    };

    explicit ContentDecoder(std::vector<Link> links);
    std::size_t pull(std::size_t link, char *out, std::size_t room);
    bool refill(std::size_t link);
    void fail(const Link &link, DecodingFault fault);

    std::vector<Link> m_links; ///< in the order of decoding
    DecodingFault m_fault = DecodingFault::None;
    const char *m_faultyCoding = "";
    std::uint64_t m_faultOffset = 0; ///< in the bytes that this coding was given
    std::uint64_t m_encodedBytes = 0;
    std::uint64_t m_decodedBytes = 0;
};

} // namespace weir::subscribe
