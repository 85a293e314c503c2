// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weir::cli {

/// Standard output, written in large pieces. Not synchronised: one thread writes.
///
/// Writing blocks while the reader is slow, which is the back-pressure that a pipe is for. When the reader has gone, or
/// a signal asks to stop while a write is blocked, isClosed() becomes true and everything further is dropped.
class StandardOutput
{
public:
    /// Collects; writes only when much has been collected.
    std::string &buffer() { return m_buffer; }
    void writeIfLarge();
    void flush();
    bool isClosed() const { return m_closed; }

private:
    static constexpr std::size_t large = std::size_t{256} << 10;

    std::string m_buffer;
    bool m_closed = false;
};

} // namespace weir::cli
