// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsonindent.h"

#include "models/jsontokens.h"

#include <algorithm>

namespace weir::models {

namespace {

using Kind = JsonToken::Kind;

constexpr std::size_t deepestIndentation = 64;

void newLine(std::string &out, std::size_t depth)
{
    out += '\n';
    out.append(2 * std::min(depth, deepestIndentation), ' ');
}

bool isBegin(Kind kind)
{
    return kind == Kind::ObjectBegin || kind == Kind::ArrayBegin;
}

bool isEnd(Kind kind)
{
    return kind == Kind::ObjectEnd || kind == Kind::ArrayEnd;
}

/// `depth`: brackets that are open behind `token`.
void writeToken(std::string &out, const JsonToken &token, Kind before, std::string_view json, std::size_t depth)
{
    const bool isFirstIn = isBegin(before);
    if (isEnd(token.kind) ? !isFirstIn : isFirstIn)
        newLine(out, isBegin(token.kind) ? depth - 1 : depth);
    out += json.substr(token.begin, token.length);
    if (token.kind == Kind::Comma)
        newLine(out, depth);
    if (token.kind == Kind::Colon)
        out += ' ';
}

} // namespace

std::optional<std::string> indentJson(std::string_view json)
{
    std::string out;
    out.reserve(json.size() + json.size() / 4);
    JsonTokens tokens(json);
    Kind before = Kind::Comma;
    while (const auto token = tokens.next()) {
        writeToken(out, *token, before, json, tokens.depth());
        before = token->kind;
    }
    if (tokens.problem())
        return std::nullopt;
    return out;
}

} // namespace weir::models
