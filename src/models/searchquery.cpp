// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/searchquery.h"

#include "filter/syntax.h"

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRanges = 50;

bool hasCapital(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.isUpper(); });
}

/// Capitals behind a backslash (`\W`) are no letters that are looked for.
bool hasCapitalInPattern(const QString &pattern)
{
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == u'\\')
            ++i;
        else if (pattern[i].isUpper())
            return true;
    }
    return false;
}

QString withEscapedSlashes(const QString &pattern)
{
    QString result;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == u'\\' && i + 1 < pattern.size())
            result += pattern[i++];
        else if (pattern[i] == u'/')
            result += u'\\';
        result += pattern[i];
    }
    return result;
}

/// `"two \"words\""` without its quotes and escapes.
QString unquoted(const QString &text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\' && i + 1 < text.size())
            result += text[++i];
        else if (text[i] != u'"')
            result += text[i];
    }
    return result;
}

bool negates(const filter::Token &token, const std::string &expression)
{
    const auto word = expression.substr(token.begin, token.end - token.begin);
    return token.kind == filter::TokenKind::Operator && (word == "-" || word == "not");
}

} // namespace

std::string searchExpression(const SearchQuery &query)
{
    if (query.isEmpty())
        return {};
    switch (query.mode) {
    case SearchMode::Text:
        return filter::quoted(query.text.toStdString());
    case SearchMode::RegularExpression:
        return '/' + withEscapedSlashes(query.text).toStdString() + (hasCapitalInPattern(query.text) ? "/" : "/i");
    case SearchMode::Expression:
        break;
    }
    return query.text.toStdString();
}

SearchHighlights::SearchHighlights(const SearchQuery &query)
{
    if (query.isEmpty())
        return;
    if (query.mode == SearchMode::Text)
        addText(query.text);
    else if (query.mode == SearchMode::RegularExpression)
        addPattern(query.text, !hasCapitalInPattern(query.text));
    else
        addTokens(query.text.toStdString());
}

bool SearchHighlights::Needle::isFor(SearchPlace place) const
{
    return place == SearchPlace::Type ? inType : place == SearchPlace::Id ? inId : inData;
}

void SearchHighlights::addText(const QString &text)
{
    if (text.isEmpty())
        return;
    const auto options =
        hasCapital(text) ? QRegularExpression::NoPatternOption : QRegularExpression::CaseInsensitiveOption;
    m_needles.append({QRegularExpression(QRegularExpression::escape(text), options)});
}

void SearchHighlights::addPattern(const QString &pattern, bool ignoresCase)
{
    const auto options = ignoresCase ? QRegularExpression::CaseInsensitiveOption : QRegularExpression::NoPatternOption;
    // A pattern that gives up on a cell is not pointed out there; the scan tells of those that it could not decide.
    Needle needle{QRegularExpression(u"(*LIMIT_MATCH=20000)"_s + pattern, options), false, false, true};
    if (needle.pattern.isValid())
        m_needles.append(needle);
}

void SearchHighlights::addTokens(const std::string &expression)
{
    bool isNegated = false;
    std::string field;
    for (const auto &token : filter::tokens(expression)) {
        const auto text = expression.substr(token.begin, token.end - token.begin);
        const auto shown = QString::fromStdString(text);
        switch (token.kind) {
        case filter::TokenKind::Word:
        case filter::TokenKind::Phrase:
            if (!isNegated)
                addText(unquoted(shown));
            break;
        case filter::TokenKind::RegularExpression:
            if (const auto slash = shown.lastIndexOf(u'/'); !isNegated && slash > 0)
                addPattern(shown.mid(1, slash - 1), shown.mid(slash).contains(u'i'));
            break;
        case filter::TokenKind::Value:
            if (!isNegated && (field == "type:" || field == "id:") && text.find_first_of("*?") == std::string::npos) {
                addText(unquoted(shown));
                m_needles.last().inType = field == "type:";
                m_needles.last().inId = field == "id:";
                m_needles.last().inData = false;
            }
            break;
        default:
            break;
        }
        field = token.kind == filter::TokenKind::Field ? text : std::string();
        if (!(token.kind == filter::TokenKind::Field || token.kind == filter::TokenKind::Parenthesis))
            isNegated = negates(token, expression);
    }
}

QList<TextRange> SearchHighlights::in(const QString &text, SearchPlace place) const
{
    QList<TextRange> found;
    for (const auto &needle : m_needles) {
        if (!needle.isFor(place))
            continue;
        for (auto matches = needle.pattern.globalMatch(text); matches.hasNext() && found.size() < mostRanges;) {
            const auto match = matches.next();
            if (match.capturedLength() > 0)
                found.append({match.capturedStart(), match.capturedLength()});
        }
    }
    std::ranges::sort(found, {}, &TextRange::begin);
    QList<TextRange> apart;
    for (const auto &range : found) {
        if (!apart.isEmpty() && range.begin < apart.last().begin + apart.last().length) {
            auto &last = apart.last();
            last.length = std::max(last.begin + last.length, range.begin + range.length) - last.begin;
        } else {
            apart.append(range);
        }
    }
    return apart;
}

} // namespace weir::models
