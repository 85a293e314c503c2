// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/syntax.h"

#include "filter/lexer.h"

#include <algorithm>

namespace weir::filter {

std::vector<Token> tokens(std::string_view expression)
{
    return Lexer(expression).run();
}

std::span<const std::string_view> fieldNames()
{
    static constexpr std::string_view names[] = {
        "type", "id", "source", "kind", "has", "size", "gap", "time", "attempt"};
    return names;
}

bool isComparedField(std::string_view name)
{
    constexpr std::string_view names[] = {"size", "gap", "time", "attempt"};
    return std::ranges::find(names, name) != std::end(names);
}

std::span<const std::string_view> comparisons()
{
    static constexpr std::string_view signs[] = {"=", "!=", "<", "<=", ">", ">=", "~"};
    return signs;
}

std::span<const std::string_view> kindNames()
{
    static constexpr std::string_view names[] = {"event", "comment", "fields", "diagnostic", "connection"};
    return names;
}

std::span<const std::string_view> presenceNames()
{
    static constexpr std::string_view names[] = {"id", "type", "data"};
    return names;
}

std::span<const std::string_view> unitsOf(std::string_view field)
{
    static constexpr std::string_view bytes[] = {"B", "kB", "KiB", "MB", "MiB", "GB", "GiB"};
    static constexpr std::string_view times[] = {"ns", "us", "ms", "s", "min", "h"};
    if (field == "size")
        return bytes;
    if (field == "gap")
        return times;
    return {};
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
