// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/syntax.h"

namespace weir::filter {

/// Cuts an expression into tokens. What a blank-separated piece is depends on little more than its own beginning, so a
/// mistake in one place does not change how the rest is read:
///
/// - `name:` is a field where name is letters, digits and `_` (not first a digit), unless `//` or a second colon
///   follows: `http://x`, `std::x` and `12:30` are words.
/// - A comparison belongs to the field name directly before it; anywhere but behind `size` it is a mistake, except
///   inside a word that is no field name (`a=b`, `x->y`).
/// - What begins with `/`, `~`, `data.` or `data[`, and `gap`, `time` and `attempt` before a comparison or colon, is
///   kept for parts of the language to come.
class Lexer
{
public:
    explicit Lexer(std::string_view text)
        : m_text(text)
    {}

    std::vector<Token> run();

private:
    void readTerm();
    void readQuoted(TokenKind kind);
    void readRegularExpression();
    void readWord();
    bool readPath();
    bool readColon(std::size_t wordEnd);
    bool readComparedName();
    void readValue();
    void readNumber();

    bool atEnd() const { return m_at == m_text.size(); }
    bool startsWith(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }
    std::size_t skipBlanks(std::size_t at) const;
    std::size_t wordEnd(std::size_t at) const;
    std::size_t nameEnd(std::size_t at) const;
    std::size_t quotedEnd(std::size_t at) const;
    std::size_t comparisonLength(std::size_t at) const;
    void add(TokenKind kind, std::size_t end);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Token> m_tokens;
};

} // namespace weir::filter
