// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/templatecompiler.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <optional>

namespace weir::publish {

namespace {

constexpr int maxNesting = 16;
constexpr std::size_t maxDecimals = 15;

QString compilerWords(const char *text)
{
    return QCoreApplication::translate("weir::publish::EventTemplate", text);
}

QString unknown(std::string_view name)
{
    return compilerWords(
        "“%1” is unknown; known are seq, now, monotonicNs, uuid, rand A B, pick a|b|c, json TEXT and open.")
        .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(space) + 1 - first);
}

/// Line breaks continue the data on a line of its own.
std::string asDataLines(std::string_view text)
{
    std::string lines;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r' && text[i] != '\n') {
            lines += text[i];
            continue;
        }
        lines += "\ndata: ";
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
            ++i;
    }
    return lines;
}

std::size_t decimalsOf(std::string_view number)
{
    const std::size_t point = number.find('.');
    return point == std::string_view::npos ? 0 : number.size() - point - 1;
}

/// The number times 10^decimals, if it is one and fits.
std::optional<std::int64_t> scaled(std::string_view number, std::size_t decimals)
{
    std::string digits(number);
    const std::size_t own = decimalsOf(number);
    if (const std::size_t point = digits.find('.'); point != std::string::npos) {
        if (own == 0 || point == 0 || digits[point - 1] == '-')
            return {};
        digits.erase(point, 1);
    }
    digits.append(decimals - own, '0');
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

class Compiler
{
public:
    Compiler(std::string_view text, LineForm form)
        : m_text(text)
        , m_form(form)
    {}

    bool run(TemplateProgram &program);
    TemplateFault fault() const;

private:
    enum class Until { End, Braces, BarOrBraces };
    bool compileText(TemplateProgram &program, Until until);
    bool compilePlaceholder(TemplateProgram &program);
    bool compileSimple(std::string_view words, TemplateProgram &program);
    bool compileRandom(std::string_view arguments, TemplateProgram &program);
    bool compilePick(TemplateProgram &program);
    bool compileJson(TemplateProgram &program);
    bool fail(const QString &reason, std::size_t offset);
    bool isAt(std::string_view mark) const { return m_text.substr(m_at).starts_with(mark); }
    bool endsAt(Until until) const;
    void addLiteral(TemplateProgram &program, std::string_view text) const;
    void skipSpaces();

    std::string_view m_text;
    LineForm m_form;
    std::size_t m_at = 0;
    std::size_t m_open = 0; ///< where the placeholder in hand begins
    int m_depth = 0;
    QString m_reason;
    std::size_t m_faultOffset = 0;
};

bool Compiler::run(TemplateProgram &program)
{
    return compileText(program, Until::End);
}

bool Compiler::fail(const QString &reason, std::size_t offset)
{
    m_reason = reason;
    m_faultOffset = offset;
    return false;
}

TemplateFault Compiler::fault() const
{
    const std::string_view before = m_text.substr(0, m_faultOffset);
    const std::size_t line = before.rfind('\n') + 1;
    const auto column = std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line), before.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
    TemplateFault fault{m_reason, m_faultOffset};
    fault.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
    fault.column = static_cast<int>(column) + 1;
    fault.isInLines = m_text.find('\n') != std::string_view::npos;
    return fault;
}

void Compiler::addLiteral(TemplateProgram &program, std::string_view text) const
{
    if (m_form == LineForm::DataLines)
        program.addLiteral(asDataLines(text));
    else
        program.addLiteral(text);
}

void Compiler::skipSpaces()
{
    while (isAt(" "))
        ++m_at;
}

bool Compiler::endsAt(Until until) const
{
    if (m_at >= m_text.size())
        return true;
    return until != Until::End && (isAt("}}") || (until == Until::BarOrBraces && isAt("|")));
}

// Single braces that stand in pairs inside a nested text are part of it, so that JSON needs no escapes.
bool Compiler::compileText(TemplateProgram &program, Until until)
{
    int braces = 0;
    std::size_t literal = m_at;
    const auto flush = [&] { addLiteral(program, m_text.substr(literal, m_at - literal)); };
    while (m_at < m_text.size() && (braces > 0 || !endsAt(until))) {
        if (isAt("{{")) {
            flush();
            if (!compilePlaceholder(program))
                return false;
            literal = m_at;
            continue;
        }
        if (until == Until::BarOrBraces && isAt("\\|")) {
            flush();
            literal = ++m_at;
        } else if (until != Until::End) {
            braces += m_text[m_at] == '{' ? 1 : m_text[m_at] == '}' && braces > 0 ? -1 : 0;
        }
        ++m_at;
    }
    flush();
    return true;
}

bool Compiler::compilePlaceholder(TemplateProgram &program)
{
    const std::size_t open = std::exchange(m_open, m_at);
    if (++m_depth > maxNesting)
        return fail(compilerWords("Placeholders are nested too deeply."), m_open);
    m_at += 2;
    skipSpaces();
    bool isGood = false;
    if (isAt("pick ")) {
        isGood = compilePick(program);
    } else if (isAt("json ")) {
        isGood = compileJson(program);
    } else {
        const std::size_t close = m_text.find("}}", m_at);
        const auto words = trimmed(m_text.substr(m_at, close - m_at));
        m_at = std::min(close, m_text.size());
        isGood = close == std::string_view::npos || compileSimple(words, program);
    }
    if (!isGood)
        return false;
    if (!isAt("}}"))
        return fail(compilerWords("“}}” is missing."), m_open);
    m_at += 2;
    m_open = open;
    --m_depth;
    return true;
}

bool Compiler::compileSimple(std::string_view words, TemplateProgram &program)
{
    using Kind = TemplateProgram::Kind;
    constexpr std::pair<std::string_view, Kind> simple[] = {
        {"seq", Kind::Seq}, {"now", Kind::Now}, {"monotonicNs", Kind::MonotonicNs}, {"uuid", Kind::Uuid}};
    for (const auto &[known, kind] : simple) {
        if (words == known) {
            program.add(kind);
            return true;
        }
    }
    if (words == "open") {
        program.addLiteral("{{");
        return true;
    }
    if (words == "rand" || words.starts_with("rand "))
        return compileRandom(trimmed(words.substr(4)), program) ||
               fail(compilerWords("“rand” takes two numbers, the smaller one first."), m_open);
    if (words == "pick")
        return fail(compilerWords("“pick” takes the texts to choose from: pick a|b|c."), m_open);
    if (words == "json")
        return fail(compilerWords("“json” takes the text to put into a JSON string: json TEXT."), m_open);
    return fail(unknown(words), m_open);
}

bool Compiler::compileRandom(std::string_view arguments, TemplateProgram &program)
{
    const std::size_t space = arguments.find(' ');
    if (space == std::string_view::npos)
        return false;
    const auto first = arguments.substr(0, space);
    const auto second = trimmed(arguments.substr(space));
    const std::size_t decimals = std::max(decimalsOf(first), decimalsOf(second));
    if (decimals > maxDecimals)
        return false;
    const auto low = scaled(first, decimals);
    const auto high = scaled(second, decimals);
    if (!low || !high || *low > *high)
        return false;
    program.addRandom(*low, *high, static_cast<int>(decimals));
    return true;
}

bool Compiler::compilePick(TemplateProgram &program)
{
    m_at += 5;
    std::vector<TemplateProgram> options;
    while (true) {
        skipSpaces();
        TemplateProgram option;
        if (!compileText(option, Until::BarOrBraces))
            return false;
        option.trimEnd();
        options.push_back(std::move(option));
        if (!isAt("|"))
            break;
        ++m_at;
    }
    program.addPick(std::move(options));
    return true;
}

bool Compiler::compileJson(TemplateProgram &program)
{
    m_at += 5;
    skipSpaces();
    // Inside a JSON string a line break is an escape.
    const LineForm form = std::exchange(m_form, LineForm::AsIs);
    TemplateProgram text;
    const bool isGood = compileText(text, Until::Braces);
    m_form = form;
    text.trimEnd();
    program.addJsonString(std::move(text));
    return isGood;
}

} // namespace

QString TemplateFault::text() const
{
    if (isInLines)
        return compilerWords("Placeholder at line %1, column %2: %3")
            .arg(QString::number(line), QString::number(column), reason);
    return compilerWords("Placeholder at column %1: %2").arg(QString::number(column), reason);
}

tl::expected<TemplateProgram, TemplateFault> compileTemplate(std::string_view text, LineForm form)
{
    Compiler compiler(text, form);
    TemplateProgram program;
    if (!compiler.run(program))
        return tl::unexpected(compiler.fault());
    return program;
}

} // namespace weir::publish
