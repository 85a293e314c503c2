// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/carry.h"

#include <algorithm>
#include <utility>

namespace weir::sse {

namespace {

constexpr std::size_t largestKept = std::size_t{1} << 20;
constexpr std::size_t smallestReserve = 512;

void recycle(std::vector<char> &bytes)
{
    bytes.clear();
    if (bytes.capacity() > largestKept)
        bytes.shrink_to_fit();
}

} // namespace

void Carry::append(const char *begin, const char *end)
{
    const std::size_t needed = m_bytes.size() + static_cast<std::size_t>(end - begin);
    if (needed > m_bytes.capacity()) {
        const std::size_t doubled = std::max(m_bytes.capacity() * 2, smallestReserve);
        m_bytes.reserve(std::max(needed, std::min(doubled, m_limit)));
    }
    m_bytes.insert(m_bytes.end(), begin, end);
}

void Carry::clear()
{
    recycle(m_bytes);
}

void Carry::handOver()
{
    m_handedOver.push_back(std::exchange(m_bytes, std::exchange(m_spare, {})));
}

void Carry::release()
{
    if (m_handedOver.empty())
        return;
    if (m_spare.capacity() == 0) {
        m_spare = std::move(m_handedOver.front());
        recycle(m_spare);
    }
    m_handedOver.clear();
}

} // namespace weir::sse
