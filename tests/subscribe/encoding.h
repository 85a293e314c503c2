// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Bodies as servers make them: by the libraries themselves.

namespace weir::test {

class Encoder
{
public:
    virtual ~Encoder() = default;
    /// Encodes `text` so that all of it can be decoded from what was returned so far.
    virtual std::string flush(std::string_view text) = 0;
    /// The end of the stream.
    virtual std::string end() = 0;
};

/// `gzip`, `deflate`, `raw` (deflate without its wrapper), `br` or `zstd`.
std::unique_ptr<Encoder> encoder(std::string_view coding);
std::string encoded(std::string_view coding, std::string_view text);
/// A frame that asks for a window of 2^bits bytes.
std::string zstdWithWindow(int bits, std::string_view text);

} // namespace weir::test
