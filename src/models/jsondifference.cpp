// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsondifference.h"

#include "filter/decimal.h"
#include "models/alignment.h"
#include "models/eventformat.h"
#include "models/excerpt.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_map>

namespace weir::models {

using filter::JsonType;
using Node = JsonOutline::Node;

namespace {

struct JsonDifferenceText
{
    Q_DECLARE_TR_FUNCTIONS(JsonDifferenceText)
};

constexpr std::size_t shownBytes = 300;
constexpr std::size_t mostArrayEdits = 500;

std::uint64_t mixed(std::uint64_t seed, std::uint64_t value)
{
    // The finalizer of splitmix64: every bit counts for every other.
    std::uint64_t x = seed * 0x9E3779B97F4A7C15U + value;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

std::uint64_t textHash(std::string_view text)
{
    return std::hash<std::string_view>()(text);
}

/// A number for each value that says what is in it, whatever the white space; two values with equal ones count as
/// equal, which 64 bits make safe enough to look at.
std::vector<std::uint64_t> contentHashes(const JsonOutline &outline, bool ignoresKeyOrder)
{
    std::vector<std::uint64_t> hashes(outline.nodeCount());
    for (Node node = outline.nodeCount(); node-- > 0;) {
        if (!outline.isContainer(node)) {
            hashes[node] = textHash(outline.text(node));
            continue;
        }
        std::uint64_t sum = static_cast<std::uint64_t>(outline.type(node)) + 1;
        for (Node child = node + 1; child < outline.next(node); child = outline.next(child)) {
            const bool hasKey = outline.isInObject(child);
            const auto value = hasKey ? mixed(textHash(outline.key(child)), hashes[child]) : hashes[child];
            sum = hasKey && ignoresKeyOrder ? sum + value : mixed(sum, value);
        }
        hashes[node] = mixed(sum, outline.childCount(node));
    }
    return hashes;
}

std::vector<Node> childrenOf(const JsonOutline &outline, Node node)
{
    std::vector<Node> children;
    children.reserve(outline.childCount(node));
    for (Node child = node + 1; child < outline.next(node); child = outline.next(child))
        children.push_back(child);
    return children;
}

class JsonComparison
{
public:
    JsonComparison(const JsonOutline &before, const JsonOutline &after, bool ignoresKeyOrder,
        const std::function<bool()> &isCanceled)
        : m_before(before)
        , m_after(after)
        , m_ignoresKeyOrder(ignoresKeyOrder)
        , m_isCanceled(isCanceled)
        , m_hashesBefore(contentHashes(before, ignoresKeyOrder))
        , m_hashesAfter(contentHashes(after, ignoresKeyOrder))
    {}

    Difference run()
    {
        m_result.isJson = true;
        compare(0, 0);
        return std::move(m_result);
    }

private:
    bool isOver() const { return m_result.isCut || (m_isCanceled && m_isCanceled()); }

    bool isSame(Node before, Node after) const { return m_hashesBefore[before] == m_hashesAfter[after]; }

    DifferenceRow *addRow(Change change, const filter::JsonPath &path)
    {
        std::size_t &count = change == Change::Added     ? m_result.added
                             : change == Change::Removed ? m_result.removed
                                                         : m_result.changed;
        ++count;
        if (m_result.rows.size() == Difference::mostRows) {
            m_result.isCut = true;
            return nullptr;
        }
        m_result.rows.push_back({change, QString::fromStdString(path.text()), {}, {}, {}, {}, {}});
        return &m_result.rows.back();
    }

    void addAdded(Node after)
    {
        if (auto *row = addRow(Change::Added, m_after.path(after)))
            row->after = oneLine(m_after.text(after), shownBytes);
    }

    void addRemoved(Node before)
    {
        if (auto *row = addRow(Change::Removed, m_before.path(before)))
            row->before = oneLine(m_before.text(before), shownBytes);
    }

    void addChanged(Node before, Node after)
    {
        auto *row = addRow(Change::Changed, m_after.path(after));
        if (!row)
            return;
        const std::size_t at = firstDifference(m_before.text(before), m_after.text(after));
        row->before = excerpt(m_before.text(before), at, shownBytes);
        row->after = excerpt(m_after.text(after), at, shownBytes);
        if (isEqualWrittenDifferently(before, after))
            row->remark = JsonDifferenceText::tr("the same value, written differently");
    }

    bool isEqualWrittenDifferently(Node before, Node after) const
    {
        if (m_before.type(before) != m_after.type(after))
            return false;
        if (m_before.type(before) == JsonType::String)
            return m_before.decodedText(before) == m_after.decodedText(after);
        const auto a = filter::Decimal::parse(m_before.text(before));
        const auto b = filter::Decimal::parse(m_after.text(after));
        return a && b && *a == *b;
    }

    void compare(Node before, Node after)
    {
        if (isSame(before, after) || isOver())
            return;
        const auto type = m_before.type(before);
        if (type != m_after.type(after) || !m_before.isContainer(before))
            addChanged(before, after);
        else if (type == JsonType::Object)
            compareObjects(before, after);
        else
            compareArrays(before, after);
    }

    void compareObjects(Node before, Node after)
    {
        // Of equal keys the first are paired with the first: the lists are in reverse.
        std::unordered_map<std::string, std::vector<Node>> byKey;
        auto children = childrenOf(m_before, before);
        std::ranges::reverse(children);
        for (const Node child : children)
            byKey[m_before.key(child)].push_back(child);
        std::vector<Node> paired;
        for (Node child = after + 1; child < m_after.next(after) && !isOver(); child = m_after.next(child)) {
            const auto found = byKey.find(m_after.key(child));
            if (found == byKey.end() || found->second.empty()) {
                addAdded(child);
                continue;
            }
            paired.push_back(found->second.back());
            found->second.pop_back();
            compare(paired.back(), child);
        }
        if (!m_ignoresKeyOrder && !std::ranges::is_sorted(paired))
            addReordered(after);
        std::ranges::sort(paired);
        std::ranges::reverse(children);
        for (const Node child : children) {
            if (!std::ranges::binary_search(paired, child) && !isOver())
                addRemoved(child);
        }
    }

    void addReordered(Node after)
    {
        if (auto *row = addRow(Change::Changed, m_after.path(after)))
            row->remark = JsonDifferenceText::tr("its keys come in another order");
    }

    void compareArrays(Node before, Node after)
    {
        const auto a = childrenOf(m_before, before);
        const auto b = childrenOf(m_after, after);
        const auto hashes = [](const std::vector<Node> &nodes, const std::vector<std::uint64_t> &all) {
            std::vector<std::uint64_t> result;
            result.reserve(nodes.size());
            for (const Node node : nodes)
                result.push_back(all[node]);
            return result;
        };
        auto alignment = align(hashes(a, m_hashesBefore), hashes(b, m_hashesAfter), mostArrayEdits, m_isCanceled);
        if (!alignment.isComplete)
            alignment.runs.clear(); // by their places then
        alignment.runs.push_back({static_cast<std::uint32_t>(a.size()), static_cast<std::uint32_t>(b.size()), 0});
        std::size_t fromA = 0;
        std::size_t fromB = 0;
        for (const auto &run : alignment.runs) {
            compareStretch(
                std::span(a).subspan(fromA, run.before - fromA), std::span(b).subspan(fromB, run.after - fromB));
            fromA = run.before + run.length;
            fromB = run.after + run.length;
        }
    }

    /// What lies between common values: as many as there are in both are pairs.
    void compareStretch(std::span<const Node> before, std::span<const Node> after)
    {
        const std::size_t pairs = std::min(before.size(), after.size());
        for (std::size_t i = 0; i < pairs && !isOver(); ++i)
            compare(before[i], after[i]);
        for (std::size_t i = pairs; i < before.size() && !isOver(); ++i)
            addRemoved(before[i]);
        for (std::size_t i = pairs; i < after.size() && !isOver(); ++i)
            addAdded(after[i]);
    }

    const JsonOutline &m_before;
    const JsonOutline &m_after;
    bool m_ignoresKeyOrder;
    const std::function<bool()> &m_isCanceled;
    std::vector<std::uint64_t> m_hashesBefore;
    std::vector<std::uint64_t> m_hashesAfter;
    Difference m_result;
};

} // namespace

Difference jsonDifference(
    const JsonOutline &before, const JsonOutline &after, bool ignoresKeyOrder, const std::function<bool()> &isCanceled)
{
    return JsonComparison(before, after, ignoresKeyOrder, isCanceled).run();
}

} // namespace weir::models
