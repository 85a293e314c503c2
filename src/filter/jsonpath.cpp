// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/jsonpath.h"

#include "filter/jsonreader.h"
#include "filter/operands.h"
#include "filter/syntax.h"

#include <algorithm>
#include <charconv>

namespace weir::filter {

namespace {

constexpr std::string_view root = "data";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

/// Reads the steps of a path one after the other.
class JsonPathReader
{
public:
    explicit JsonPathReader(std::string_view text)
        : m_text(text)
    {}

    tl::expected<JsonPath, Error> run();

private:
    bool readStep();
    bool readKey();
    bool readQuotedKey();
    bool readIndex();
    bool fail(ErrorKind kind, std::size_t length, std::string_view subject = {});
    bool failHere(std::string_view subject) { return fail(ErrorKind::ExpectedPath, m_at < m_text.size(), subject); }

    std::string_view m_text;
    std::size_t m_at = 0;
    JsonPath m_path;
    Error m_error{};
};

tl::expected<JsonPath, Error> JsonPathReader::run()
{
    if (!m_text.starts_with(root)) {
        failHere("`data`");
        return tl::make_unexpected(m_error);
    }
    m_at = root.size();
    while (m_at < m_text.size()) {
        if (!readStep())
            return tl::make_unexpected(m_error);
    }
    return std::move(m_path);
}

bool JsonPathReader::readStep()
{
    const char sign = m_text[m_at];
    if (sign != '.' && sign != '[')
        return failHere("`.` and a key, or `[`");
    ++m_at;
    if (sign == '.')
        return readKey();
    const bool isQuoted = m_at < m_text.size() && m_text[m_at] == '"';
    if (!(isQuoted ? readQuotedKey() : readIndex()))
        return false;
    if (m_at == m_text.size() || m_text[m_at] != ']')
        return failHere("`]`");
    ++m_at;
    return true;
}

bool JsonPathReader::readKey()
{
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && isPlainKeyCharacter(m_text[m_at]))
        ++m_at;
    if (m_at == begin)
        return failHere("a key");
    m_path = m_path.key(wellFormed(m_text.substr(begin, m_at - begin)));
    return true;
}

bool JsonPathReader::readQuotedKey()
{
    const std::size_t begin = m_at++;
    while (m_at < m_text.size() && m_text[m_at] != '"')
        m_at += m_text[m_at] == '\\' ? 2U : 1U;
    if (m_at >= m_text.size()) {
        m_at = begin;
        return fail(ErrorKind::UnclosedQuote, m_text.size() - begin);
    }
    ++m_at;
    m_path = m_path.key(unquoted(m_text.substr(begin, m_at - begin)));
    return true;
}

bool JsonPathReader::readIndex()
{
    const std::size_t begin = m_at;
    while (m_at < m_text.size() && isDigit(m_text[m_at]))
        ++m_at;
    if (m_at == begin)
        return failHere("a number or a key in quotes");
    std::uint32_t index = 0;
    const auto parsed = std::from_chars(m_text.data() + begin, m_text.data() + m_at, index);
    if (parsed.ec != std::errc{}) {
        const std::string_view number = m_text.substr(begin, m_at - begin);
        m_at = begin;
        return fail(ErrorKind::NumberTooLarge, number.size(), number);
    }
    m_path = m_path.element(index);
    return true;
}

bool JsonPathReader::fail(ErrorKind kind, std::size_t length, std::string_view subject)
{
    m_error = Error{kind, m_at, length, std::string(subject), {}};
    return false;
}

bool isPlainKeyCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '-' || c == '$' ||
           c == '@' || static_cast<unsigned char>(c) >= 0x80;
}

tl::expected<JsonPath, Error> JsonPath::compile(std::string_view text)
{
    return JsonPathReader(text).run();
}

JsonPath JsonPath::key(std::string_view key) const
{
    JsonPath result = *this;
    result.m_steps.push_back({std::string(key), 0, false});
    return result;
}

JsonPath JsonPath::element(std::uint32_t index) const
{
    JsonPath result = *this;
    result.m_steps.push_back({{}, index, true});
    return result;
}

std::string JsonPath::text() const
{
    std::string result(root);
    for (const Step &step : m_steps) {
        if (step.isIndex)
            result += '[' + std::to_string(step.index) + ']';
        else if (!step.key.empty() && std::ranges::all_of(step.key, isPlainKeyCharacter))
            result += '.' + step.key;
        else
            result += '[' + quoted(step.key) + ']';
    }
    return result;
}

std::optional<std::string> JsonPath::valueText(std::string_view data) const
{
    JsonReader &reader = JsonReader::ofThread();
    if (!reader.open(data, 0))
        return std::nullopt;
    const auto value = reader.find(*this, JsonReader::Extent::Whole);
    if (!value)
        return std::nullopt;
    std::string buffer;
    return std::string(value->decoded(buffer));
}

} // namespace weir::filter
