// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alignment.h"

#include <algorithm>

namespace weir::models {

namespace {

using Symbols = std::span<const std::uint64_t>;

/// Walks the edit graph: x counts in `before`, y in `after`, a diagonal is k = x - y.
class EditGraph
{
public:
    EditGraph(Symbols before, Symbols after)
        : m_before(before)
        , m_after(after)
    {}

    /// True if the end was reached with at most `mostEdits` edits.
    bool search(std::size_t mostEdits, const std::function<bool()> &isCanceled)
    {
        const auto most = static_cast<std::int64_t>(std::min(mostEdits, m_before.size() + m_after.size()));
        for (std::int64_t edits = 0; edits <= most; ++edits) {
            if (isCanceled && isCanceled())
                return false;
            m_rounds.emplace_back(static_cast<std::size_t>(edits) + 1);
            if (searchRound(edits))
                return true;
        }
        return false;
    }

    /// The way to the farthest point that was reached, backwards.
    std::vector<CommonRun> runs() const
    {
        std::vector<CommonRun> runs;
        auto [edits, k] = m_farthest;
        for (; edits >= 0; --edits) {
            const std::int64_t x = farthest(edits, k);
            const std::int64_t from = startOf(edits, k);
            if (x > from)
                runs.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(from - k),
                    static_cast<std::uint32_t>(x - from)});
            if (edits > 0)
                k = isDown(edits, k) ? k + 1 : k - 1;
        }
        std::ranges::reverse(runs);
        return runs;
    }

private:
    static constexpr std::int64_t unreachable = -1;

    struct Point
    {
        std::int64_t edits = 0;
        std::int64_t k = 0;
    };

    /// Of each round only every other diagonal can be reached.
    std::int64_t farthest(std::int64_t edits, std::int64_t k) const
    {
        return m_rounds[static_cast<std::size_t>(edits)][static_cast<std::size_t>((k + edits) / 2)];
    }

    // Points outside of the graph are never taken: they would hide those inside.
    std::int64_t downTo(std::int64_t edits, std::int64_t k) const
    {
        const std::int64_t x = k <= edits - 2 ? farthest(edits - 1, k + 1) : unreachable;
        return x >= 0 && x - k <= height() ? x : unreachable;
    }

    std::int64_t rightTo(std::int64_t edits, std::int64_t k) const
    {
        const std::int64_t x = k >= 2 - edits ? farthest(edits - 1, k - 1) : unreachable;
        return x >= 0 && x < width() ? x + 1 : unreachable;
    }

    bool isDown(std::int64_t edits, std::int64_t k) const { return downTo(edits, k) >= rightTo(edits, k); }

    std::int64_t startOf(std::int64_t edits, std::int64_t k) const
    {
        return edits == 0 ? 0 : std::max(downTo(edits, k), rightTo(edits, k));
    }

    std::int64_t width() const { return static_cast<std::int64_t>(m_before.size()); }
    std::int64_t height() const { return static_cast<std::int64_t>(m_after.size()); }

    bool searchRound(std::int64_t edits)
    {
        for (std::int64_t k = -edits; k <= edits; k += 2) {
            std::int64_t x = startOf(edits, k);
            while (x >= 0 && x < width() && x - k < height() &&
                   m_before[static_cast<std::size_t>(x)] == m_after[static_cast<std::size_t>(x - k)])
                ++x;
            m_rounds.back()[static_cast<std::size_t>((k + edits) / 2)] = static_cast<std::int32_t>(x);
            if (x >= 0 && 2 * x - k > m_reached) {
                m_reached = 2 * x - k;
                m_farthest = {edits, k};
            }
            if (x == width() && x - k == height())
                return true;
        }
        return false;
    }

    Symbols m_before;
    Symbols m_after;
    std::vector<std::vector<std::int32_t>> m_rounds;
    Point m_farthest;
    std::int64_t m_reached = -1;
};

std::size_t commonPrefix(Symbols a, Symbols b)
{
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::size_t commonSuffix(Symbols a, Symbols b)
{
    std::size_t length = 0;
    while (length < a.size() && length < b.size() && a[a.size() - 1 - length] == b[b.size() - 1 - length])
        ++length;
    return length;
}

} // namespace

Alignment align(Symbols before, Symbols after, std::size_t mostEdits, const std::function<bool()> &isCanceled)
{
    Alignment result;
    const std::size_t prefix = commonPrefix(before, after);
    if (prefix > 0)
        result.runs.push_back({0, 0, static_cast<std::uint32_t>(prefix)});
    const std::size_t suffix = commonSuffix(before.subspan(prefix), after.subspan(prefix));
    EditGraph graph(
        before.subspan(prefix, before.size() - prefix - suffix), after.subspan(prefix, after.size() - prefix - suffix));
    result.isComplete = graph.search(mostEdits, isCanceled);
    for (auto run : graph.runs()) {
        run.before += static_cast<std::uint32_t>(prefix);
        run.after += static_cast<std::uint32_t>(prefix);
        result.runs.push_back(run);
    }
    if (suffix > 0)
        result.runs.push_back({static_cast<std::uint32_t>(before.size() - suffix),
            static_cast<std::uint32_t>(after.size() - suffix), static_cast<std::uint32_t>(suffix)});
    return result;
}

} // namespace weir::models
