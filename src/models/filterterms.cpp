// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/filterterms.h"

#include "filter/jsonreader.h"
#include "filter/syntax.h"
#include "models/eventformat.h"

#include <QDateTime>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using filter::Token;
using filter::TokenKind;

namespace {

/// A longer one would be no question that a person asks, and would not fit on the line.
constexpr std::size_t mostValueBytes = 300;

bool isOr(std::string_view text, const Token &token)
{
    const auto word = text.substr(token.begin, token.end - token.begin);
    return token.kind == TokenKind::Operator && (word == "or" || word == "OR");
}

/// Whether "or" is what the expression does last, so that it has to be held together beside another term.
bool isAlternative(const QString &expression)
{
    const std::string text = expression.toStdString();
    int depth = 0;
    for (const auto &token : filter::tokens(text)) {
        if (token.kind == TokenKind::Parenthesis)
            depth += text[token.begin] == '(' ? 1 : -1;
        else if (depth == 0 && isOr(text, token))
            return true;
    }
    return false;
}

/// Whether a minus before it would negate all of it.
bool isSingleTerm(const QString &expression)
{
    const auto parts = filter::tokens(expression.toStdString());
    if (parts.empty() || parts.size() > 3 || parts[0].kind == TokenKind::Operator ||
        parts[0].kind == TokenKind::Parenthesis)
        return false;
    return parts.size() == 1 || (parts.size() == 2 && parts[0].kind == TokenKind::Field) ||
           (parts.size() == 3 && parts[1].kind == TokenKind::Comparison);
}

QString heldTogether(const QString &expression)
{
    return isAlternative(expression) ? u'(' + expression + u')' : expression;
}

QString negated(const QString &term)
{
    if (term.startsWith(u'-') && isSingleTerm(term.mid(1)))
        return term.mid(1);
    return isSingleTerm(term) ? u'-' + term : u"not ("_s + term + u')';
}

bool asksAlready(const QString &expression, const QString &term)
{
    if (isAlternative(expression))
        return expression == term;
    return expression == term || expression.endsWith(u' ' + term) || expression.startsWith(term + u' ');
}

QString narrowed(const QString &expression, const QString &term)
{
    if (expression.isEmpty() || asksAlready(expression, term))
        return expression.isEmpty() ? term : expression;
    return heldTogether(expression) + u' ' + heldTogether(term);
}

bool standsForItself(std::string_view field, std::string_view value)
{
    if (value.empty() || value.find_first_of("*?\\\"") != std::string_view::npos)
        return false;
    const std::string term = std::string(field) + ':' + std::string(value);
    const auto parts = filter::tokens(term);
    return parts.size() == 2 && parts[1].kind == TokenKind::Value && parts[1].end == term.size();
}

QString presence(std::string_view field, bool isThere)
{
    return (isThere ? u"has:"_s : u"-has:"_s) + QString::fromUtf8(field);
}

QString kindTerm(store::Kind kind)
{
    return u"kind:"_s + QString::fromUtf8(filter::kindNames()[static_cast<std::size_t>(kind)]);
}

QString sourceTerm(store::SubscriptionId id, const Sources &sources)
{
    const auto found = sources.find(id);
    return found == sources.end() ? QString() : fieldTerm("source", found->second.name.toStdString());
}

/// As few digits as tell it from shorter ones; rounded down, so that the event itself is among those found.
QString gapTerm(std::chrono::nanoseconds gap)
{
    if (gap < 10ms)
        return u"gap >= %1us"_s.arg(std::chrono::floor<std::chrono::microseconds>(gap).count());
    if (gap < 10s)
        return u"gap >= %1ms"_s.arg(std::chrono::floor<std::chrono::milliseconds>(gap).count());
    return u"gap >= %1s"_s.arg(std::chrono::floor<std::chrono::seconds>(gap).count());
}

QString dataTerm(std::string_view data)
{
    if (data.empty())
        return presence("data", false);
    return data.size() > mostValueBytes ? QString() : QString::fromUtf8(filter::quoted(data));
}

} // namespace

QString changedExpression(const QString &expression, const QString &term, FilterChange change)
{
    const auto before = expression.trimmed();
    switch (change) {
    case FilterChange::Replace:
        break;
    case FilterChange::Narrow:
        return narrowed(before, term);
    case FilterChange::Exclude:
        return narrowed(before, negated(term));
    case FilterChange::Widen:
        return before.isEmpty() || before == term ? term : before + u" or "_s + term;
    }
    return term;
}

QString conjunction(const QStringList &expressions)
{
    QStringList parts;
    for (const auto &expression : expressions) {
        if (!expression.trimmed().isEmpty())
            parts << expression.trimmed();
    }
    if (parts.size() > 1)
        std::ranges::transform(parts, parts.begin(), heldTogether);
    return parts.join(u' ');
}

QString fieldTerm(std::string_view field, std::string_view value)
{
    if (value.empty() || value.size() > mostValueBytes)
        return {};
    return QString::fromUtf8(field) + u':' +
           QString::fromUtf8(standsForItself(field, value) ? std::string(value) : filter::quoted(value));
}

QString pathTerm(const filter::JsonPath &path, std::string_view data)
{
    auto &reader = filter::JsonReader::ofThread();
    const auto text = QString::fromUtf8(path.text());
    const auto value = reader.open(data, 0) ? reader.find(path, filter::JsonReader::Extent::Scalar) : std::nullopt;
    if (!value)
        return u"-has:"_s + text;
    if (value->type == filter::JsonType::Object || value->type == filter::JsonType::Array)
        return u"has:"_s + text;
    if (value->text.size() > mostValueBytes)
        return {};
    std::string buffer;
    const auto decoded = value->decoded(buffer);
    const bool isString = value->type == filter::JsonType::String;
    return text + u" = "_s + QString::fromUtf8(isString ? filter::quoted(decoded) : std::string(decoded));
}

QString timeTerm(const store::EventView &event, std::string_view comparison, const store::ClockAnchor &clock)
{
    const auto time = clock.wallTime(event.arrival());
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    const auto local = QDateTime::fromSecsSinceEpoch(second.time_since_epoch().count());
    const auto fraction = QString::number((time - second).count()).rightJustified(9, u'0');
    return u"time %1 %2.%3"_s.arg(QString::fromUtf8(comparison), local.toString(u"yyyy-MM-ddTHH:mm:ss"_s), fraction);
}

QString cellTerm(const store::EventView &event, const Column &column, const Sources &sources)
{
    switch (column.kind) {
    case ColumnKind::Time:
    case ColumnKind::Number:
    case ColumnKind::Read:
        return {};
    case ColumnKind::Gap:
        return event.gap() ? gapTerm(*event.gap()) : QString();
    case ColumnKind::Source:
        return sourceTerm(event.subscription(), sources);
    case ColumnKind::Id:
        return event.id().empty() ? presence("id", false) : fieldTerm("id", event.id());
    case ColumnKind::Type:
        return event.kind() == store::Kind::Event ? fieldTerm("type", event.type()) : kindTerm(event.kind());
    case ColumnKind::Data:
        return dataTerm(dataText(event));
    case ColumnKind::Size:
        return u"size >= %1"_s.arg(event.raw().size());
    case ColumnKind::Kind:
        return kindTerm(event.kind());
    case ColumnKind::Attempt:
        return u"attempt = %1"_s.arg(event.attempt());
    case ColumnKind::Json:
        return pathTerm(column.path, event.data());
    }
    return {};
}

} // namespace weir::models
