// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsontest.h"
#include "filter/needle.h"
#include "filter/quantity.h"
#include "filter/regularexpression.h"
#include "filter/timetest.h"
#include "filter/verdict.h"
#include "filter/wildcard.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace weir::filter {

/// What one step asks about a record; in the order of what it costs.
enum class Test : std::uint8_t {
    Always,
    Kind,
    Size,
    Has,
    Gap,
    Attempt,
    Source,
    Time,
    Type,
    Id,
    Literal, ///< in the data, or there are escapes that may hide it: asked before a Json test, which it spares
    Text,
    DataText,
    Json,
    Pattern,
};

/// What Test::Has asks for.
enum class Presence : std::uint32_t { Id, Type, Data };

/// A term or a group of an expression, as parsed.
struct Node
{
    enum class Shape : std::uint8_t { Term, All, Any };

    Shape shape = Shape::Term;
    bool isNegated = false;
    Test test = Test::Always;
    std::uint32_t operand = 0; ///< Kind: a bit for each; Has: a Presence; else an index into the operands of the code
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

    std::vector<Range> ranges; ///< of Size, Gap and Attempt
    std::vector<TimeTest> times;
    std::vector<Wildcard> values;         ///< of Source, Type and Id
    std::vector<Needle> needles;          ///< of Literal, Text and DataText
    std::optional<std::uint32_t> escapes; ///< the needle `\u`, if there is a Literal
    std::vector<JsonTest> jsonTests;
    std::vector<RegularExpression> patterns;

    /// Turns a tree, whose operands are in place already, into steps.
    void assemble(Node root);

    /// Whether the record matches that has come as far as step `at`. `record` answers `Verdict test(const Step &)`;
    /// what one of the steps cannot decide remains undecided, whatever the others say.
    template <typename Record>
    Verdict judge(Record &record, std::uint16_t at) const
    {
        while (at < rejected) {
            const Step &step = steps[at];
            const Verdict answer = record.test(step);
            if (answer == Verdict::Undecided)
                return answer;
            at = answer == Verdict::Yes ? step.onYes : step.onNo;
        }
        return verdict(at == matched);
    }

private:
    std::uint16_t emit(const Node &node, std::uint16_t onYes, std::uint16_t onNo);
};

} // namespace weir::filter
