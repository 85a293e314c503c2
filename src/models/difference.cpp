// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/difference.h"

#include "models/jsondifference.h"

#include <QCoreApplication>

namespace weir::models {

namespace {

struct DifferenceText
{
    Q_DECLARE_TR_FUNCTIONS(DifferenceText)
};

bool isWholeJson(const JsonOutline &outline)
{
    return !outline.problem() && !outline.isCut() && !outline.isTooDeep();
}

} // namespace

Difference differenceOf(std::string_view before, std::string_view after, const DifferenceWish &wish,
    const std::function<bool()> &isCanceled)
{
    if (wish.comparesText)
        return textDifference(before, after, isCanceled);
    const auto a = JsonOutline::read(nullptr, before, isCanceled);
    const auto b = JsonOutline::read(nullptr, after, isCanceled);
    if (isCanceled && isCanceled())
        return {};
    if (isWholeJson(*a) && isWholeJson(*b))
        return jsonDifference(*a, *b, wish.ignoresKeyOrder, isCanceled);
    auto result = textDifference(before, after, isCanceled);
    // Of ordinary text nobody expects that it is JSON.
    if (isWholeJson(*a) || isWholeJson(*b))
        result.remark = DifferenceText::tr("Compared by line: only one of them is JSON.") + u' ' + result.remark;
    return result;
}

} // namespace weir::models
