// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/syntax.h"

#include "filter/lexer.h"

namespace weir::filter {

std::vector<Token> tokens(std::string_view expression)
{
    return Lexer(expression).run();
}

std::span<const std::string_view> fieldNames()
{
    static constexpr std::string_view names[] = {"type", "id", "source", "kind", "size"};
    return names;
}

std::span<const std::string_view> kindNames()
{
    static constexpr std::string_view names[] = {"event", "comment", "fields", "diagnostic", "connection"};
    return names;
}

std::span<const std::string_view> sizeUnits()
{
    static constexpr std::string_view names[] = {"B", "kB", "KiB", "MB", "MiB", "GB", "GiB"};
    return names;
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '"';
}

} // namespace weir::filter
