// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/syntax.h"

namespace weir::filter {

/// Cuts an expression into tokens. What a blank-separated piece is depends on little more than its own beginning, so a
/// mistake in one place does not change how the rest is read:
///
/// - `name:` is a field where name is letters, digits and `_` (not first a digit), unless `//` or a second colon
///   follows: `http://x`, `std::x` and `12:30` are words.
/// - What begins with `data[`, or `data.` and a key, is a path; `data.csv` as text needs quotes. `data` alone is one
///   before `~`.
/// - A comparison belongs to the field name or path directly before it, and what follows it up to a blank or
///   parenthesis is its value; anywhere else it is a mistake, except inside a word that is no field name (`a=b`,
///   `x->y`).
/// - What begins with `/` is a regular expression up to the next `/` that no backslash precedes.
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
    bool readPathToken();
    bool readColon(std::size_t wordEnd);
    bool readComparedName();

    void readPresence();
    void readValue(TokenKind kind = TokenKind::Value);
    void readComparand();
    void readQuantity(std::string_view field);
    void readTime();

    bool atEnd() const { return m_at == m_text.size(); }
    bool startsWith(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }
    std::size_t skipBlanks(std::size_t at) const;
    std::size_t wordEnd(std::size_t at) const;
    std::size_t nameEnd(std::size_t at) const;
    std::size_t quotedEnd(std::size_t at) const;
    std::size_t pathEnd(std::size_t at) const;
    std::size_t comparisonLength(std::size_t at) const;
    void add(TokenKind kind, std::size_t end);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Token> m_tokens;
};

} // namespace weir::filter
