// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/naivefilter.h"

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

bool isGroup(Shape shape)
{
    return shape == Shape::And || shape == Shape::Or;
}

} // namespace

NaiveFilter NaiveFilter::random(QRandomGenerator &random, int depth)
{
    NaiveFilter result;
    result.shape = static_cast<Shape>(below(random, depth > 0 ? 9 : 6));
    if (result.shape == Shape::Not || isGroup(result.shape)) {
        for (int count = result.shape == Shape::Not ? 1 : 2 + below(random, 3); count > 0; --count)
            result.children.push_back(NaiveFilter::random(random, depth - 1));
    }
    if (result.shape == Shape::Kind)
        result.value = QString::fromLatin1(kinds[below(random, 5)]);
    else if (result.shape == Shape::Text)
        result.value = randomText(random, QStringLiteral("aaabbBÄäжЖσςé\" \\"), 3);
    else
        result.value = randomText(random, QStringLiteral("abBäжΣ*?é"), 3);
    result.size = below(random, 40);
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
