// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/code.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace weir::filter {

namespace {

struct Ranked
{
    std::size_t cost;
    Node node;
};

std::size_t costOf(Test test)
{
    constexpr std::size_t costs[] = {0, 1, 1, 1, 1, 2, 2, 3, 4, 5, 40, 50, 50, 200, 300};
    return costs[static_cast<std::size_t>(test)];
}

std::size_t sortByCost(Node &node);

/// The children of groups of the same shape become those of `node`: more to choose the cheapest from.
std::vector<Node> flattened(Node &node)
{
    std::vector<Node> children;
    for (Node &child : node.children) {
        if (child.shape == node.shape && !child.isNegated)
            std::move(child.children.begin(), child.children.end(), std::back_inserter(children));
        else
            children.push_back(std::move(child));
    }
    return children;
}

std::size_t sortByCost(Node &node)
{
    if (node.shape == Node::Shape::Term)
        return costOf(node.test);
    std::vector<Ranked> ranked;
    std::size_t sum = 0;
    for (Node &child : flattened(node)) {
        const std::size_t cost = sortByCost(child);
        sum += cost;
        ranked.push_back({cost, std::move(child)});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked &a, const Ranked &b) { return a.cost < b.cost; });
    node.children.clear();
    for (Ranked &child : ranked)
        node.children.push_back(std::move(child.node));
    return sum;
}

} // namespace

void Code::assemble(Node root)
{
    sortByCost(root);
    entry = emit(root, matched, rejected);
}

// Written from the end to the beginning, because a step has to know where the others are that it leads to.
std::uint16_t Code::emit(const Node &node, std::uint16_t onYes, std::uint16_t onNo)
{
    if (node.isNegated)
        std::swap(onYes, onNo);
    if (node.shape == Node::Shape::Term) {
        if (node.test == Test::Always || onYes == onNo)
            return onYes;
        steps.push_back({node.test, node.operand, onYes, onNo});
        return static_cast<std::uint16_t>(steps.size() - 1);
    }
    const bool isAll = node.shape == Node::Shape::All;
    std::uint16_t next = isAll ? onYes : onNo;
    for (auto child = node.children.rbegin(); child != node.children.rend(); ++child)
        next = isAll ? emit(*child, next, onNo) : emit(*child, onYes, next);
    return next;
}

} // namespace weir::filter
