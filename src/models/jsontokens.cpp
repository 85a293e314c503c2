// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsontokens.h"

#include "models/eventformat.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;
using Reason = JsonProblem::Reason;

namespace {

using Kind = JsonToken::Kind;

struct JsonText
{
    Q_DECLARE_TR_FUNCTIONS(JsonText)
};

constexpr std::size_t quotedBytes = 20;

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

QString reasonText(Reason reason)
{
    switch (reason) {
    case Reason::ExpectedValue:
        return JsonText::tr("a value is expected");
    case Reason::ExpectedName:
        return JsonText::tr("a key in quotes is expected");
    case Reason::ExpectedColon:
        return JsonText::tr("a colon is expected after the key");
    case Reason::ExpectedCommaOrClose:
        return JsonText::tr("a comma or a closing bracket is expected");
    case Reason::ExpectedEnd:
        return JsonText::tr("nothing is expected after the value");
    case Reason::UnclosedString:
        return JsonText::tr("the quote that begins here is never closed");
    case Reason::ControlInString:
        return JsonText::tr("a control character in a string must be written as an escape");
    case Reason::InvalidEscape:
        return JsonText::tr("this escape does not exist");
    case Reason::InvalidNumber:
        break;
    }
    return JsonText::tr("this is no number of JSON");
}

} // namespace

QString problemText(const JsonProblem &problem, std::string_view json)
{
    const auto line = std::ranges::count(json.substr(0, problem.at), '\n') + 1;
    const auto place =
        JsonText::tr("at byte %1 (line %2): %3")
            .arg(formatCount(problem.at), formatCount(static_cast<std::uint64_t>(line)), reasonText(problem.reason));
    if (problem.at >= json.size())
        return JsonText::tr("%1, but the data ends").arg(place);
    return JsonText::tr("%1, but there is %2").arg(place, oneLine(json.substr(problem.at), quotedBytes));
}

std::optional<JsonToken> JsonTokens::next()
{
    skipSpace();
    if (m_problem)
        return std::nullopt;
    if (m_at == m_json.size())
        return m_expected == Expected::End ? std::nullopt : failExpected();
    switch (m_json[m_at]) {
    case '{':
        return open(Kind::ObjectBegin);
    case '[':
        return open(Kind::ArrayBegin);
    case '}':
        return close('{', Expected::NameOrClose, Kind::ObjectEnd);
    case ']':
        return close('[', Expected::ValueOrClose, Kind::ArrayEnd);
    case ',':
        return comma();
    case ':':
        return colon();
    default:
        return scalar();
    }
}

void JsonTokens::skipSpace()
{
    while (m_at < m_json.size() && isSpace(m_json[m_at]))
        ++m_at;
}

std::optional<JsonToken> JsonTokens::take(Kind kind, std::size_t length)
{
    const JsonToken token{kind, m_at, length};
    m_at += length;
    return token;
}

std::optional<JsonToken> JsonTokens::fail(Reason reason, std::size_t at)
{
    m_problem = JsonProblem{reason, at};
    return std::nullopt;
}

std::optional<JsonToken> JsonTokens::failExpected()
{
    switch (m_expected) {
    case Expected::Value:
    case Expected::ValueOrClose:
        return fail(Reason::ExpectedValue, m_at);
    case Expected::Name:
    case Expected::NameOrClose:
        return fail(Reason::ExpectedName, m_at);
    case Expected::Colon:
        return fail(Reason::ExpectedColon, m_at);
    case Expected::CommaOrClose:
        return fail(Reason::ExpectedCommaOrClose, m_at);
    case Expected::End:
        break;
    }
    return fail(Reason::ExpectedEnd, m_at);
}

std::optional<JsonToken> JsonTokens::open(Kind kind)
{
    if (!isValueExpected())
        return failExpected();
    m_open.push_back(m_json[m_at]);
    m_expected = kind == Kind::ObjectBegin ? Expected::NameOrClose : Expected::ValueOrClose;
    return take(kind, 1);
}

std::optional<JsonToken> JsonTokens::close(char opener, Expected whileEmpty, Kind kind)
{
    const bool isOpen = !m_open.empty() && m_open.back() == opener;
    if (!isOpen || (m_expected != whileEmpty && m_expected != Expected::CommaOrClose))
        return failExpected();
    m_open.pop_back();
    m_expected = m_open.empty() ? Expected::End : Expected::CommaOrClose;
    return take(kind, 1);
}

std::optional<JsonToken> JsonTokens::comma()
{
    if (m_expected != Expected::CommaOrClose)
        return failExpected();
    m_expected = isInObject() ? Expected::Name : Expected::Value;
    return take(Kind::Comma, 1);
}

std::optional<JsonToken> JsonTokens::colon()
{
    if (m_expected != Expected::Colon)
        return failExpected();
    m_expected = Expected::Value;
    return take(Kind::Colon, 1);
}

std::optional<JsonToken> JsonTokens::scalar()
{
    const bool isName = m_expected == Expected::Name || m_expected == Expected::NameOrClose;
    const char first = m_json[m_at];
    if (isName ? first != '"' : !isValueExpected())
        return failExpected();
    std::size_t length = 0;
    for (const std::string_view literal : {"true", "false", "null"}) {
        if (m_json.substr(m_at).starts_with(literal))
            length = literal.size();
    }
    if (first == '"')
        length = stringLength();
    else if (first == '-' || isDigit(first))
        length = numberLength();
    if (m_problem)
        return std::nullopt;
    if (length == 0)
        return failExpected();
    if (isName)
        m_expected = Expected::Colon;
    else
        m_expected = m_open.empty() ? Expected::End : Expected::CommaOrClose;
    return take(isName ? Kind::Name : Kind::Scalar, length);
}

std::size_t JsonTokens::escapeLength(std::size_t at) const
{
    const auto text = m_json.substr(at, 6);
    if (text.size() < 2)
        return 0;
    if (text[1] != 'u')
        return std::string_view("\"\\/bfnrt").find(text[1]) == std::string_view::npos ? 0 : 2;
    return text.size() == 6 && std::ranges::all_of(text.substr(2), isHexDigit) ? 6 : 0;
}

std::size_t JsonTokens::stringLength()
{
    std::size_t at = m_at + 1;
    while (at < m_json.size() && m_json[at] != '"') {
        if (static_cast<unsigned char>(m_json[at]) < 0x20) {
            fail(Reason::ControlInString, at);
            return 0;
        }
        const std::size_t step = m_json[at] == '\\' ? escapeLength(at) : 1;
        if (step == 0) {
            fail(at + 1 < m_json.size() ? Reason::InvalidEscape : Reason::UnclosedString,
                at + 1 < m_json.size() ? at : m_at);
            return 0;
        }
        at += step;
    }
    if (at < m_json.size())
        return at + 1 - m_at;
    fail(Reason::UnclosedString, m_at);
    return 0;
}

std::size_t JsonTokens::digitsAt(std::size_t at) const
{
    std::size_t end = at;
    while (end < m_json.size() && isDigit(m_json[end]))
        ++end;
    return end - std::min(at, end);
}

std::size_t JsonTokens::numberLength()
{
    std::size_t at = m_at + (m_json[m_at] == '-' ? 1U : 0U);
    const std::size_t whole = digitsAt(at);
    bool isValid = whole > 0 && (whole == 1 || m_json[at] != '0');
    at += whole;
    if (at < m_json.size() && m_json[at] == '.') {
        const std::size_t fraction = digitsAt(at + 1);
        isValid = isValid && fraction > 0;
        at += 1 + fraction;
    }
    if (at < m_json.size() && (m_json[at] == 'e' || m_json[at] == 'E')) {
        const bool isSigned = at + 1 < m_json.size() && (m_json[at + 1] == '+' || m_json[at + 1] == '-');
        at += isSigned ? 2U : 1U;
        const std::size_t exponent = digitsAt(at);
        isValid = isValid && exponent > 0;
        at += exponent;
    }
    if (!isValid)
        fail(Reason::InvalidNumber, m_at);
    return at - m_at;
}

} // namespace weir::models
