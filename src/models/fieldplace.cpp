// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fieldplace.h"

#include "models/eventformat.h"

#include <QCoreApplication>

namespace weir::models {

namespace {

struct FieldPlace
{
    Q_DECLARE_TR_FUNCTIONS(FieldPlace)
};

constexpr std::size_t farthestLookBack = std::size_t{1} << 20;
constexpr std::size_t longestFieldName = 200;

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

} // namespace

QString fieldPlaceText(std::string_view block, std::size_t at)
{
    if (isLineEnd(block[at]))
        return FieldPlace::tr("line end");
    std::size_t begin = at;
    while (begin > 0 && !isLineEnd(block[begin - 1]) && at - begin < farthestLookBack)
        --begin;
    if (begin > 0 && !isLineEnd(block[begin - 1]))
        return FieldPlace::tr("more than %1 into a line").arg(formatBytes(farthestLookBack));
    const auto line = block.substr(begin, std::max(longestFieldName, at + 1 - begin));
    const std::size_t colon = line.find_first_of(":\r\n");
    if (colon == 0)
        return at == begin ? FieldPlace::tr("colon that begins a comment")
                           : FieldPlace::tr("comment, byte %1 of its text").arg(formatCount(at - begin - 1));
    const QString name = oneLine(line.substr(0, std::min(colon, longestFieldName)));
    if (begin + colon > at || colon == std::string_view::npos)
        return FieldPlace::tr("name of the field %1").arg(name);
    const bool hasBlank = line.size() > colon + 1 && line[colon + 1] == ' ';
    if (at == begin + colon || (hasBlank && at == begin + colon + 1))
        return FieldPlace::tr("between name and value of the field %1").arg(name);
    const std::size_t value = begin + colon + (hasBlank ? 2U : 1U);
    return FieldPlace::tr("%1, byte %2 of its value").arg(name, formatCount(at - value));
}

} // namespace weir::models
