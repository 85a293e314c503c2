// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsonindent.h"

#include <algorithm>
#include <vector>

namespace weir::models {

namespace {

constexpr std::size_t deepestIndentation = 64;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Length of the digits that `text` begins with.
std::size_t digits(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::find_if_not(text, isDigit) - text.begin());
}

/// Length of the escape that `text` begins with, 0 if it is none.
std::size_t escapeLength(std::string_view text)
{
    if (text.size() < 2)
        return 0;
    if (text[1] != 'u')
        return std::string_view("\"\\/bfnrt").find(text[1]) == std::string_view::npos ? 0 : 2;
    return text.size() >= 6 && std::ranges::all_of(text.substr(2, 4), isHexDigit) ? 6 : 0;
}

std::size_t stringLength(std::string_view text)
{
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"') {
        if (static_cast<unsigned char>(text[at]) < 0x20)
            return 0;
        const std::size_t step = text[at] == '\\' ? escapeLength(text.substr(at)) : 1;
        if (step == 0)
            return 0;
        at += step;
    }
    return at < text.size() ? at + 1 : 0;
}

std::size_t numberLength(std::string_view text)
{
    std::size_t at = text.front() == '-' ? 1 : 0;
    const std::size_t whole = digits(text.substr(at));
    if (whole == 0 || (whole > 1 && text[at] == '0'))
        return 0;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digits(text.substr(at + 1));
        if (fraction == 0)
            return 0;
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const bool isSigned = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-');
        at += isSigned ? 2U : 1U;
        const std::size_t exponent = digits(text.substr(std::min(at, text.size())));
        if (exponent == 0)
            return 0;
        at += exponent;
    }
    return at;
}

/// Length of the string, number or literal that `text` begins with, 0 if it is none.
std::size_t scalarLength(std::string_view text)
{
    if (text.front() == '"')
        return stringLength(text);
    for (const std::string_view literal : {"true", "false", "null"}) {
        if (text.starts_with(literal))
            return literal.size();
    }
    return numberLength(text);
}

class Indenter
{
public:
    explicit Indenter(std::string_view json)
        : m_rest(json)
    {
        m_out.reserve(json.size() + json.size() / 4);
    }

    std::optional<std::string> run()
    {
        skipSpace();
        while (!m_rest.empty()) {
            if (!step())
                return std::nullopt;
            skipSpace();
        }
        if (!m_open.empty() || m_expected != Expected::End)
            return std::nullopt;
        return std::move(m_out);
    }

private:
    enum class Expected { Value, ValueOrClose, Name, NameOrClose, Colon, CommaOrClose, End };

    void skipSpace()
    {
        const auto *end = std::ranges::find_if_not(m_rest, isSpace);
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.begin()));
    }

    void newLine()
    {
        m_out += '\n';
        m_out.append(2 * std::min(m_open.size(), deepestIndentation), ' ');
    }

    void take(std::size_t length)
    {
        m_out += m_rest.substr(0, length);
        m_rest.remove_prefix(length);
    }

    bool isIn(char bracket) const { return !m_open.empty() && m_open.back() == bracket; }

    void afterValue() { m_expected = m_open.empty() ? Expected::End : Expected::CommaOrClose; }

    bool step()
    {
        switch (m_rest.front()) {
        case '{':
        case '[':
            return open();
        case '}':
            return close('{', Expected::NameOrClose);
        case ']':
            return close('[', Expected::ValueOrClose);
        case ',':
            return comma();
        case ':':
            return colon();
        default:
            return scalar();
        }
    }

    void beginItem()
    {
        if (m_expected == Expected::ValueOrClose || m_expected == Expected::NameOrClose)
            newLine();
    }

    bool isValueExpected() const { return m_expected == Expected::Value || m_expected == Expected::ValueOrClose; }

    bool open()
    {
        if (!isValueExpected())
            return false;
        beginItem();
        m_open.push_back(m_rest.front());
        m_expected = m_rest.front() == '{' ? Expected::NameOrClose : Expected::ValueOrClose;
        take(1);
        return true;
    }

    bool close(char opener, Expected whileEmpty)
    {
        const bool isEmpty = m_expected == whileEmpty;
        if (!isIn(opener) || (!isEmpty && m_expected != Expected::CommaOrClose))
            return false;
        m_open.pop_back();
        if (!isEmpty)
            newLine();
        take(1);
        afterValue();
        return true;
    }

    bool comma()
    {
        if (m_expected != Expected::CommaOrClose)
            return false;
        take(1);
        newLine();
        m_expected = isIn('{') ? Expected::Name : Expected::Value;
        return true;
    }

    bool colon()
    {
        if (m_expected != Expected::Colon)
            return false;
        take(1);
        m_out += ' ';
        m_expected = Expected::Value;
        return true;
    }

    bool scalar()
    {
        const std::size_t length = scalarLength(m_rest);
        const bool isName = m_expected == Expected::Name || m_expected == Expected::NameOrClose;
        if (length == 0 || (isName ? m_rest.front() != '"' : !isValueExpected()))
            return false;
        beginItem();
        take(length);
        if (isName)
            m_expected = Expected::Colon;
        else
            afterValue();
        return true;
    }

    std::string_view m_rest;
    std::string m_out;
    std::vector<char> m_open;
    Expected m_expected = Expected::Value;
};

} // namespace

std::optional<std::string> indentJson(std::string_view json)
{
    return Indenter(json).run();
}

} // namespace weir::models
