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
    if (subject.find_first_of("<>=") != std::string::npos)
        return '`' + subject + "` compares only `size`; fields take a colon (`type:value`), text can stand in quotes";
    return '`' + subject + "` stands where a word, a phrase or a field was expected";
}

std::string textOfUnknownField(const std::string &subject)
{
    if (subject == "size")
        return "`size` takes a comparison, not a colon; for example: size > 10kB";
    return "unknown field \"" + subject + "\"; known: " + list(fieldNames()) + "; text with a colon goes in quotes";
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
        return "`" + error.subject + "` needs a value directly after the colon; for example: " + error.subject +
               (error.subject == "kind:" ? "event" : "abc*");
    case ErrorKind::UnknownKind:
        return "unknown kind \"" + error.subject + "\"; known: " + list(kindNames());
    case ErrorKind::ExpectedNumber:
        return marked(error.subject) + " where a number of bytes was expected; for example: size > 10kB";
    case ErrorKind::UnknownUnit:
        return "unknown unit \"" + error.subject + "\"; known: " + list(sizeUnits());
    case ErrorKind::NumberTooLarge:
        return "the number " + error.subject + " is too large; sizes go up to 4 EiB";
    case ErrorKind::NotYet:
        return '`' + error.subject +
               "` is not understood by this version yet; to search for that text put it in quotes";
    case ErrorKind::TooComplex:
        return "the expression is too complex; at most " + std::to_string(maxExpressionBytes) + " bytes and " +
               std::to_string(maxNesting) + " parentheses in each other are possible";
    }
    return {};
}

} // namespace weir::filter
