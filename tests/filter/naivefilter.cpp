// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/naivefilter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace weir::filter {

namespace {

using Shape = NaiveFilter::Shape;

constexpr const char *kinds[] = {"event", "comment", "fields", "diagnostic", "connection"};

int below(QRandomGenerator &random, int end)
{
    return random.bounded(end);
}

QString randomText(QRandomGenerator &random, const QString &letters, int most)
{
    QString text;
    for (int length = 1 + below(random, most); length > 0; --length)
        text += letters[below(random, static_cast<int>(letters.size()))];
    return text;
}

QString qString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool hasCapital(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.toLower() != c; });
}

QString folded(const QString &text, const QString &wanted)
{
    return hasCapital(wanted) ? text : text.toCaseFolded();
}

bool equals(const std::u32string &wanted, std::size_t w, const std::u32string &text, std::size_t t)
{
    if (w == wanted.size())
        return t == text.size();
    if (wanted[w] == U'*')
        return equals(wanted, w + 1, text, t) || (t < text.size() && equals(wanted, w, text, t + 1));
    return t < text.size() && (wanted[w] == U'?' || wanted[w] == text[t]) && equals(wanted, w + 1, text, t + 1);
}

bool equals(const QString &wanted, std::string_view text)
{
    return equals(folded(wanted, wanted).toStdU32String(), 0, folded(qString(text), wanted).toStdU32String(), 0);
}

bool contains(std::string_view text, const QString &wanted)
{
    return folded(qString(text), wanted).contains(folded(wanted, wanted));
}

const char *pick(QRandomGenerator &random, std::initializer_list<const char *> choices)
{
    return choices.begin()[below(random, static_cast<int>(choices.size()))];
}

template <typename T>
bool compares(const T &a, const QByteArray &relation, const T &b)
{
    if (relation == "=" || relation == "!=")
        return (a == b) == (relation == "=");
    if (relation.startsWith('<'))
        return a < b || (relation == "<=" && a == b);
    return b < a || (relation == ">=" && a == b);
}

QString randomJsonValue(QRandomGenerator &random)
{
    if (below(random, 2) == 0)
        return QString::number(below(random, 8) - 3) + QLatin1String(below(random, 2) == 0 ? "" : ".5");
    return QString::fromUtf8(pick(random, {"a", "b", "B", "ab", "ж", "true", "null", "\"1\"", "?b"}));
}

bool isGroup(Shape shape)
{
    return shape == Shape::And || shape == Shape::Or;
}

} // namespace

NaiveFilter NaiveFilter::random(QRandomGenerator &random, int depth)
{
    NaiveFilter result;
    result.shape = static_cast<Shape>(below(random, depth > 0 ? 14 : 11));
    if (result.shape == Shape::Not || isGroup(result.shape)) {
        for (int count = result.shape == Shape::Not ? 1 : 2 + below(random, 3); count > 0; --count)
            result.children.push_back(NaiveFilter::random(random, depth - 1));
    }
    if (result.shape == Shape::Kind)
        result.value = QString::fromLatin1(kinds[below(random, 5)]);
    else if (result.shape == Shape::Has)
        result.value = QString::fromLatin1(pick(random, {"id", "type", "data"}));
    else if (result.shape == Shape::Pattern)
        result.value = QString::fromUtf8(pick(random, {"a", "^a", "[ab]+b", "B|ж", "a.b", "b$", "(a|ä)b?\"", "^$"}));
    else if (result.shape == Shape::Json)
        result.value = randomJsonValue(random);
    else if (result.shape == Shape::Text)
        result.value = randomText(random, QStringLiteral("aaabbBÄäжЖσςé\" \\"), 3);
    else
        result.value = randomText(random, QStringLiteral("abBäжΣ*?é"), 3);
    result.size = below(random, 40);
    result.path = QString::fromLatin1(pick(random, {"a", "b", "a b", "b 0", "b 1 a", "ab"}));
    result.relation = pick(random, {"=", "!=", "<", "<=", ">", ">="});
    const bool isOrdered = result.relation != "=" && result.relation != "!=";
    if (result.shape == Shape::Json && isOrdered && QByteArray("true null ?b").contains(result.value.toUtf8()))
        result.relation = "~";
    return result;
}

QByteArray NaiveFilter::written(QRandomGenerator &random) const
{
    const QByteArray text = value.toUtf8();
    switch (shape) {
    case Shape::Text: {
        const bool isBare = !text.contains('"') && !text.contains(' ') && below(random, 2) == 0;
        return isBare ? text : '"' + QByteArray(text).replace('\\', "\\\\").replace('"', "\\\"") + '"';
    }
    case Shape::Type:
        return "type:" + text;
    case Shape::Id:
        return "id:" + text;
    case Shape::Source:
        return "source:" + text;
    case Shape::Kind:
        return "kind:" + text;
    case Shape::Size:
        return pick(random, {"size<", "size < ", "size <"}) + QByteArray::number(size) +
               pick(random, {"B", " B", ".0 b"});
    case Shape::Has:
        return "has:" + text;
    case Shape::Gap:
        return "gap " + relation + QByteArray::number(size * 10) + pick(random, {"ms", " ms", "000us"});
    case Shape::Attempt:
        return "attempt" + relation + ' ' + QByteArray::number(size % 5);
    case Shape::Pattern:
        return (below(random, 2) == 0 ? "/" : "data ~ /") + text + (size % 2 ? "/i" : "/");
    case Shape::Json:
        return writtenPath() + pick(random, {" ", ""}) + relation + pick(random, {" ", ""}) + text;
    case Shape::Not:
        return pick(random, {"-", "not ", "NOT  "}) +
               (isGroup(children[0].shape) ? '(' + children[0].written(random) + ')' : children[0].written(random));
    case Shape::And:
    case Shape::Or:
        break;
    }
    QByteArray result;
    for (const NaiveFilter &child : children) {
        if (!result.isEmpty())
            result += shape == Shape::Or ? pick(random, {" or ", " OR "}) : pick(random, {" ", " and ", "\tAND "});
        const bool needsParentheses = shape == Shape::And && child.shape == Shape::Or;
        const QByteArray inner = child.written(random);
        result += needsParentheses || below(random, 4) == 0 ? '(' + inner + ')' : inner;
    }
    return result;
}

bool NaiveFilter::matchesKind(store::Kind kind) const
{
    return value == QLatin1String(kinds[static_cast<std::size_t>(kind)]);
}

QByteArray NaiveFilter::writtenPath() const
{
    QByteArray result = "data";
    for (const QString &step : path.split(QLatin1Char(' ')))
        result += step[0].isDigit() ? '[' + step.toUtf8() + ']'
                  : size % 3 == 0   ? "[\"" + step.toUtf8() + "\"]"
                                    : '.' + step.toUtf8();
    return result;
}

bool NaiveFilter::matchesJson(std::string_view data) const
{
    const auto document = QJsonDocument::fromJson(qString(data).toUtf8());
    QJsonValue found = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    for (const QString &step : path.split(QLatin1Char(' '))) {
        const bool isIndex = step[0].isDigit();
        if (isIndex ? !found.isArray() : !found.isObject())
            return false;
        found = isIndex ? found.toArray().at(step.toInt()) : found.toObject().value(step);
    }
    if (found.isUndefined())
        return false;
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    const QString text = QString(value).remove(QLatin1Char('"'));
    const QString sent = found.isString() ? found.toString() : QString();
    if (relation == "~") {
        const QByteArray wrapped = QJsonDocument(QJsonArray{found}).toJson(QJsonDocument::Compact);
        const QString shown = found.isString() ? sent : QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
        return folded(shown, text).contains(folded(text, text));
    }
    const bool isUnequal = relation == "!=";
    if (isNumber)
        return found.isDouble() ? compares(found.toDouble(), relation, number) : isUnequal;
    if (value == QLatin1String("true") || value == QLatin1String("null"))
        return (value == QLatin1String("true") ? found == QJsonValue(true) : found.isNull()) != isUnequal;
    if (!found.isString())
        return isUnequal;
    if (relation == "=" || isUnequal)
        return equals(text, sent.toUtf8().toStdString()) != isUnequal;
    return compares(folded(sent, text).toStdU32String(), relation, folded(text, text).toStdU32String());
}

bool NaiveFilter::matches(const store::EventView &event, const SourceNames &names) const
{
    const auto childMatches = [&](const NaiveFilter &child) { return child.matches(event, names); };
    switch (shape) {
    case Shape::Text:
        return contains(event.typeBuffer(), value) || contains(event.id(), value) || contains(event.data(), value);
    case Shape::Type:
        return equals(value, event.type());
    case Shape::Id:
        return equals(value, event.id());
    case Shape::Source:
        return equals(value, names.contains(event.subscription().value) ? names.at(event.subscription().value) : "");
    case Shape::Kind:
        return matchesKind(event.kind());
    case Shape::Size:
        return event.raw().size() < static_cast<std::size_t>(size);
    case Shape::Has:
        return !(value == QLatin1String("id")     ? event.id()
                 : value == QLatin1String("type") ? event.typeBuffer()
                                                  : event.data())
                    .empty();
    case Shape::Gap:
        return event.gap() && compares(std::int64_t{event.gap()->count()}, relation, std::int64_t{size} * 10'000'000);
    case Shape::Attempt:
        return compares(static_cast<int>(event.attempt()), relation, size % 5);
    case Shape::Pattern: {
        const auto options = size % 2 ? QRegularExpression::CaseInsensitiveOption : QRegularExpression::NoPatternOption;
        return QRegularExpression(value, options).match(qString(event.data())).hasMatch();
    }
    case Shape::Json:
        return event.kind() == store::Kind::Event && matchesJson(event.data());
    case Shape::Not:
        return !childMatches(children[0]);
    case Shape::And:
        return std::all_of(children.begin(), children.end(), childMatches);
    case Shape::Or:
        return std::any_of(children.begin(), children.end(), childMatches);
    }
    return false;
}

} // namespace weir::filter
