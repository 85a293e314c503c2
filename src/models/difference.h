// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <string_view>
#include <vector>

namespace weir::models {

enum class Change { None, Added, Removed, Changed };

/// A stretch of a text, in UTF-16 code units.
struct TextSpan
{
    qsizetype begin = 0;
    qsizetype length = 0;
};

/// One row of a difference: a place of JSON data with its old and new value, or a line of text.
struct DifferenceRow
{
    Change change = Change::None;
    /// A path as filters write it, or line numbers from 1; of a row that stands for lines left out empty.
    QString place;
    QString before; ///< on one line, cut if long
    QString after;
    QString remark;                    ///< e.g. that both values are equal and only written differently
    std::vector<TextSpan> wordsBefore; ///< what differs inside a line
    std::vector<TextSpan> wordsAfter;
};

struct Difference
{
    /// More rows are not listed.
    static constexpr std::size_t mostRows = 10'000;

    bool isJson = false; ///< rows are places, not lines
    QString remark;      ///< why data was compared as text, or what was given up; empty: nothing
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t changed = 0;
    bool isCut = false;
    std::vector<DifferenceRow> rows;
};

struct DifferenceWish
{
    bool ignoresKeyOrder = true;
    bool comparesText = false; ///< even if both are JSON
};

/// What changed from `before` to `after`: by place if both are JSON, else by line. Numbers are compared as they were
/// sent, whatever their length. Bounded: what differs too much is said to be removed and added as a whole. Any thread.
Difference differenceOf(std::string_view before, std::string_view after, const DifferenceWish &wish,
    const std::function<bool()> &isCanceled = {});

/// By line, inside changed lines by word.
Difference textDifference(
    std::string_view before, std::string_view after, const std::function<bool()> &isCanceled = {});

} // namespace weir::models
