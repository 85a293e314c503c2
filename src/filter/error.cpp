// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/error.h"

#include "filter/limits.h"
#include "filter/syntax.h"

#include <span>
#include <string_view>

namespace weir::filter {

namespace {

std::string list(std::span<const std::string_view> names)
{
    std::string result;
    for (const std::string_view name : names) {
        if (!result.empty())
            result += ", ";
        result += name;
    }
    return result;
}

std::string marked(const std::string &subject)
{
    return subject.empty() ? "the expression ends" : '`' + subject + "` stands";
}

std::string textOfMissingTerm(const std::string &subject)
{
    if (subject.empty())
        return "the expression ends where a word, a phrase or a field was expected";
    if (subject == "-")
        return "`-` must stand directly before the term that it negates";
    if (subject == "~")
        return "`~` follows `data` or a value in it; for example: data.user ~ /^al/";
    if (subject.find_first_of("<>=") != std::string::npos)
        return '`' + subject +
               "` compares size, gap, time, attempt and values in data (data.price > 5); other fields take a colon "
               "(type:value), text can stand in quotes";
    return '`' + subject + "` stands where a word, a phrase or a field was expected";
}

std::string exampleOf(std::string_view field)
{
    if (field == "gap")
        return "gap > 2s";
    if (field == "time")
        return "time >= 14:05";
    if (field == "attempt")
        return "attempt = 3";
    return "size > 10kB";
}

std::string textOfUnknownField(const std::string &subject)
{
    if (isComparedField(subject))
        return '`' + subject + "` takes a comparison, not a colon; for example: " + exampleOf(subject);
    if (subject == "data")
        return "`data` takes no colon; for example: data.price > 5, or data ~ word";
    return "unknown field \"" + subject + "\"; known: " + list(fieldNames()) + "; text with a colon goes in quotes";
}

std::string textOfMissingValue(const Error &error)
{
    if (error.subject.ends_with(':'))
        return "`" + error.subject + "` needs a value directly after the colon; for example: " + error.subject +
               (error.subject == "kind:"     ? "event"
                   : error.subject == "has:" ? "data.price"
                                             : "abc*");
    return "`" + error.subject + "` needs a value; for example: " +
           (error.subject == "~" ? "data.user ~ /^al/" : "data.price > 5, or data.name = \"abc\"");
}

std::string textOfMissingNumber(const Error &error)
{
    const std::string what = error.field == "gap"       ? "a length of time"
                             : error.field == "attempt" ? "a number"
                                                        : "a number of bytes";
    return marked(error.subject) + " where " + what + " was expected; for example: " + exampleOf(error.field);
}

std::string textOfMissingTime(const Error &error)
{
    return marked(error.subject) +
           " where a time was expected; for example: 14:05, 14:05:01.5, 2026-11-22, 2026-11-22T14:00Z";
}

std::string textOfUnit(const Error &error)
{
    const std::string units = list(unitsOf(error.field));
    if (error.kind == ErrorKind::ExpectedUnit)
        return "`" + error.field + "` needs a unit after " + error.subject + "; known: " + units;
    return "unknown unit \"" + error.subject + "\"; " +
           (units.empty() ? "`" + error.field + "` has none" : "known: " + units);
}

} // namespace

std::string text(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::ExpectedTerm:
        return textOfMissingTerm(error.subject);
    case ErrorKind::UnclosedQuote:
        return "the quote that begins here is not closed; expected another \"";
    case ErrorKind::UnclosedParenthesis:
        return "the parenthesis that opens here is not closed; expected )";
    case ErrorKind::UnexpectedParenthesis:
        return "this ) closes nothing; expected a term or the end";
    case ErrorKind::UnknownField:
        return textOfUnknownField(error.subject);
    case ErrorKind::ExpectedValue:
        return textOfMissingValue(error);
    case ErrorKind::UnknownKind:
        return "unknown kind \"" + error.subject + "\"; known: " + list(kindNames());
    case ErrorKind::ExpectedNumber:
        return textOfMissingNumber(error);
    case ErrorKind::UnknownUnit:
    case ErrorKind::ExpectedUnit:
        return textOfUnit(error);
    case ErrorKind::NumberTooLarge:
        return "the number " + error.subject + " is too large" +
               (error.field == "size" ? "; sizes go up to 4 EiB" : std::string());
    case ErrorKind::ExpectedTime:
        return textOfMissingTime(error);
    case ErrorKind::ExpectedPath:
        return "this is no place in JSON data; expected " + error.subject +
               "; for example: data.price, data.list[0], data[\"odd key\"]";
    case ErrorKind::ExpectedComparison:
        return "`" + error.subject + "` needs a comparison; for example: " + error.subject +
               " > 5, or has:" + error.subject + "; to search for that text put it in quotes";
    case ErrorKind::UnknownPresence:
        return "`has:` does not know \"" + error.subject + "\"; known: " + list(presenceNames()) +
               ", and places in JSON data like data.price";
    case ErrorKind::UnorderedValue:
        return "`" + error.subject +
               "` is neither more nor less than anything; expected a number or a text, or = or !=";
    case ErrorKind::UnclosedRegularExpression:
        return "the regular expression that begins here is not closed; expected another /; text with a slash goes in "
               "quotes";
    case ErrorKind::BadRegularExpression:
        return "the regular expression is wrong here: " + error.subject;
    case ErrorKind::UnknownFlag:
        return "unknown flag \"" + error.subject +
               "\" of a regular expression; known: i, s, m, x; text with a slash goes in quotes";
    case ErrorKind::TooComplex:
        return "the expression is too complex; at most " + std::to_string(maxExpressionBytes) + " bytes and " +
               std::to_string(maxNesting) + " parentheses in each other are possible";
    }
    return {};
}

} // namespace weir::filter
