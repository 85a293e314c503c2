// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/needle.h"
#include "filter/operands.h"
#include "filter/wildcard.h"

#include <cstdint>
#include <vector>

namespace weir::filter {

/// What one step asks about a record; in the order of what it costs.
enum class Test : std::uint8_t { Always, Kind, Size, Source, Type, Id, Text };

/// A term or a group of an expression, as parsed.
struct Node
{
    enum class Shape : std::uint8_t { Term, All, Any };

    Shape shape = Shape::Term;
    bool isNegated = false;
    Test test = Test::Always;
    std::uint32_t operand = 0; ///< Kind: a bit for each; else an index into the operands of the code
    std::vector<Node> children;
};

/// A question and where to go on after yes and after no.
struct Step
{
    Test test;
    std::uint32_t operand;
    std::uint16_t onYes;
    std::uint16_t onNo;
};

/// A compiled expression: steps that only ever jump forward, cheap ones first, until they reach a verdict. Negation and
/// nesting are gone; a record is judged without a stack and without allocation.
struct Code
{
    static constexpr std::uint16_t matched = 0xFFFF;
    static constexpr std::uint16_t rejected = 0xFFFE;

    std::uint16_t entry = matched;
    std::vector<Step> steps;

    std::vector<SizeRange> sizes;
    std::vector<Wildcard> values; ///< of Source, Type and Id
    std::vector<Needle> needles;

    /// Turns a tree, whose operands are in place already, into steps.
    void assemble(Node root);

    /// Whether the record matches that has come as far as step `at`. `record` answers `bool test(const Step &)`.
    template <typename Record>
    bool judge(Record &record, std::uint16_t at) const
    {
        while (at < rejected) {
            const Step &step = steps[at];
            at = record.test(step) ? step.onYes : step.onNo;
        }
        return at == matched;
    }

private:
    std::uint16_t emit(const Node &node, std::uint16_t onYes, std::uint16_t onNo);
};

} // namespace weir::filter
