// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace weir::sse {

/// The bytes of an unfinished block that a parser carries from one read to the next.
class Carry
{
public:
    /// Never reserves more than `limit` bytes unless more are appended.
    explicit Carry(std::size_t limit)
        : m_limit(limit)
    {}

    void setLimit(std::size_t limit) { m_limit = limit; }

    bool empty() const { return m_bytes.empty(); }
    std::size_t size() const { return m_bytes.size(); }
    const char *data() const { return m_bytes.data(); }
    std::string_view view() const { return {m_bytes.data(), m_bytes.size()}; }

    void append(const char *begin, const char *end);
    void truncate(std::size_t size) { m_bytes.resize(size); }
    /// Forgets the bytes, and their memory if it was large.
    void clear();

    /// Starts empty again, but leaves the bytes where they are, readable until release().
    void handOver();
    void release();

private:
    std::size_t m_limit;
    std::vector<char> m_bytes;
    std::vector<char> m_spare;
    std::vector<std::vector<char>> m_handedOver;
};

} // namespace weir::sse
