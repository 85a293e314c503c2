// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/templatevalues.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::publish {

/// A text with places to fill in, ready to be rendered millions of times a second. Built by compileTemplate(). A value.
class TemplateProgram
{
public:
    enum class Kind : std::uint8_t {
        Literal,
        IdNumber,
        Seq,
        Now,
        MonotonicNs,
        Uuid,
        Random,     ///< a whole number
        Decimal,    ///< a number with so many decimals
        Pick,       ///< one of the parts
        JsonString, ///< the only part, as a JSON string
    };

    void addLiteral(std::string_view text);
    /// Of a kind that needs nothing else.
    void add(Kind kind);
    /// A number from low / 10^decimals to high / 10^decimals inclusive.
    void addRandom(std::int64_t low, std::int64_t high, int decimals);
    void addPick(std::vector<TemplateProgram> options); ///< Requires: at least one
    void addJsonString(TemplateProgram text);
    void append(const TemplateProgram &other);
    void trimEnd(); ///< takes spaces off a literal at the end

    /// No rendered text is longer.
    std::size_t maxSize() const { return m_maxSize; }

    /// Answers the end. Requires: maxSize() bytes at `out`; those behind the end may be written to as well.
    char *render(char *out, TemplateValues &values) const;
    std::string rendered(TemplateValues &values) const;

private:
    struct Piece
    {
        Kind kind = Kind::Literal;
        int decimals = 0;
        std::int64_t low = 0;
        std::uint64_t span = 0; ///< high - low
        std::string literal;
        std::vector<TemplateProgram> parts;
    };

    void add(Piece piece, std::size_t maxSize);
    static std::int64_t randomOf(const Piece &piece, TemplateValues &values);
    static char *renderNested(const Piece &piece, char *out, TemplateValues &values);
    static char *renderJson(const TemplateProgram &text, char *out, TemplateValues &values);

    std::vector<Piece> m_pieces;
    std::size_t m_maxSize = 0;
};

} // namespace weir::publish
