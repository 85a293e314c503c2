// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace weir::models {

struct JsonToken
{
    enum class Kind : std::uint8_t { ObjectBegin, ObjectEnd, ArrayBegin, ArrayEnd, Colon, Comma, Name, Scalar };

    Kind kind = Kind::Scalar;
    std::size_t begin = 0; ///< in the text, in bytes
    std::size_t length = 0;
};

/// Why and where a text is no JSON.
struct JsonProblem
{
    enum class Reason : std::uint8_t {
        ExpectedValue,
        ExpectedName,
        ExpectedColon,
        ExpectedCommaOrClose,
        ExpectedEnd,
        UnclosedString,
        ControlInString,
        InvalidEscape,
        InvalidNumber,
    };

    Reason reason = Reason::ExpectedValue;
    std::size_t at = 0; ///< byte of the text, from 0

    friend bool operator==(const JsonProblem &, const JsonProblem &) = default;
};

/// `at byte 57 (line 3): a value is expected, but there is "}"`. GUI thread only (the locale).
QString problemText(const JsonProblem &problem, std::string_view json);

/// Reads a text token by token as RFC 8259 has it, with nothing decoded, so that what was sent can be shown as it was.
/// Any nesting; memory of one byte a level. One thread at a time.
class JsonTokens
{
public:
    explicit JsonTokens(std::string_view json)
        : m_json(json)
    {}

    /// The next token; absent at the end and where the text is no JSON, then problem() says which.
    std::optional<JsonToken> next();
    const std::optional<JsonProblem> &problem() const { return m_problem; }
    /// Brackets that are open behind the last token.
    std::size_t depth() const { return m_open.size(); }
    bool isInObject() const { return !m_open.empty() && m_open.back() == '{'; }

private:
    enum class Expected : std::uint8_t { Value, ValueOrClose, Name, NameOrClose, Colon, CommaOrClose, End };

    void skipSpace();
    bool isValueExpected() const { return m_expected == Expected::Value || m_expected == Expected::ValueOrClose; }
    std::optional<JsonToken> open(JsonToken::Kind kind);
    std::optional<JsonToken> close(char opener, Expected whileEmpty, JsonToken::Kind kind);
    std::optional<JsonToken> comma();
    std::optional<JsonToken> colon();
    std::optional<JsonToken> scalar();
    std::optional<JsonToken> take(JsonToken::Kind kind, std::size_t length);
    std::optional<JsonToken> fail(JsonProblem::Reason reason, std::size_t at);
    std::optional<JsonToken> failExpected();
    std::size_t stringLength();
    std::size_t numberLength();
    std::size_t escapeLength(std::size_t at) const;
    std::size_t digitsAt(std::size_t at) const;

    std::string_view m_json;
    std::size_t m_at = 0;
    std::vector<char> m_open;
    Expected m_expected = Expected::Value;
    std::optional<JsonProblem> m_problem;
};

} // namespace weir::models
