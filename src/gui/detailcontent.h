// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <string_view>
#include <vector>

namespace weir::gui {

/// A text as the detail pane shows it. A value.
struct DetailContent
{
    QString text; ///< with `\n` as its only line break
    std::uint64_t shownBytes = 0;
    std::uint64_t totalBytes = 0;
    bool isJson = false;
};

struct DetailContentWish
{
    bool isIndented = false;      ///< as JSON, if it is
    bool marksWhiteSpace = false; ///< line ends, control characters and what cannot be seen have signs
    std::uint64_t maxBytes = 0;
};

/// Any thread; linear in the size of `text`.
DetailContent prepareContent(std::string_view text, const DetailContentWish &wish);

/// Where `words` stand in `text`, not overlapping, no more than `most`; case is ignored unless there is a capital
/// letter. Any thread.
std::vector<qsizetype> findWords(
    const QString &text, const QString &words, qsizetype most, const std::function<bool()> &isCanceled);

} // namespace weir::gui
