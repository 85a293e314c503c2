// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alignment.h"
#include "models/difference.h"
#include "models/eventformat.h"
#include "models/excerpt.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

struct TextDifferenceText
{
    Q_DECLARE_TR_FUNCTIONS(TextDifferenceText)
};

using Lines = std::vector<std::string_view>;

constexpr std::size_t shownLineBytes = 2000; ///< of a line
constexpr std::size_t contextLines = 3;
constexpr std::size_t mostWordEdits = 200;

Lines linesOf(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        lines.push_back(text.substr(0, text[end] == '\n' ? end : end + 1));
        text.remove_prefix(end + 1);
    }
    return lines;
}

std::vector<std::uint64_t> hashesOf(const Lines &lines)
{
    std::vector<std::uint64_t> hashes;
    hashes.reserve(lines.size());
    for (const auto line : lines)
        hashes.push_back(std::hash<std::string_view>()(line));
    return hashes;
}

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

/// As a line shows them, see oneLine().
bool isBlank(QChar c)
{
    return c == u' ' || c == u'⇥';
}

/// Letters and digits in a row are a word, and so are blanks; every other character stands for itself.
std::vector<TextSpan> wordsOf(const QString &line)
{
    std::vector<TextSpan> words;
    for (qsizetype at = 0; at < line.size();) {
        qsizetype end = at + 1;
        while (end < line.size() &&
               ((isWordCharacter(line[at]) && isWordCharacter(line[end])) || (isBlank(line[at]) && isBlank(line[end]))))
            ++end;
        words.push_back({at, end - at});
        at = end;
    }
    return words;
}

std::vector<std::uint64_t> hashesOf(const std::vector<TextSpan> &words, const QString &line)
{
    std::vector<std::uint64_t> hashes;
    hashes.reserve(words.size());
    for (const auto &word : words)
        hashes.push_back(qHash(QStringView(line).mid(word.begin, word.length)));
    return hashes;
}

void addSpans(std::vector<TextSpan> &spans, const std::vector<TextSpan> &words, std::size_t from, std::size_t to)
{
    if (from < to)
        spans.push_back({words[from].begin, words[to - 1].begin + words[to - 1].length - words[from].begin});
}

/// Marks the words that differ; lines with next to nothing in common have no marks.
void compareWords(DifferenceRow &removed, DifferenceRow &added)
{
    const auto before = wordsOf(removed.before);
    const auto after = wordsOf(added.after);
    auto alignment = align(hashesOf(before, removed.before), hashesOf(after, added.after), mostWordEdits);
    if (!alignment.isComplete || alignment.runs.empty())
        return;
    alignment.runs.push_back({static_cast<std::uint32_t>(before.size()), static_cast<std::uint32_t>(after.size()), 0});
    std::size_t fromBefore = 0;
    std::size_t fromAfter = 0;
    for (const auto &run : alignment.runs) {
        addSpans(removed.wordsBefore, before, fromBefore, run.before);
        addSpans(added.wordsAfter, after, fromAfter, run.after);
        fromBefore = run.before + run.length;
        fromAfter = run.after + run.length;
    }
}

class TextComparison
{
public:
    TextComparison(std::string_view before, std::string_view after)
        : m_before(linesOf(before))
        , m_after(linesOf(after))
    {}

    Difference run(const std::function<bool()> &isCanceled)
    {
        auto alignment = align(hashesOf(m_before), hashesOf(m_after), 1500, isCanceled);
        if (!alignment.isComplete)
            m_result.remark = TextDifferenceText::tr(
                "They differ so much that the search for common lines was given up; there may be more of them.");
        alignment.runs.push_back(
            {static_cast<std::uint32_t>(m_before.size()), static_cast<std::uint32_t>(m_after.size()), 0});
        std::size_t fromBefore = 0;
        std::size_t fromAfter = 0;
        for (const auto &run : alignment.runs) {
            addChanged(fromBefore, run.before, fromAfter, run.after);
            addCommon(run);
            fromBefore = run.before + run.length;
            fromAfter = run.after + run.length;
        }
        return std::move(m_result);
    }

private:
    bool add(const DifferenceRow &row)
    {
        m_result.isCut = m_result.isCut || m_result.rows.size() == Difference::mostRows;
        if (!m_result.isCut)
            m_result.rows.push_back(row);
        return !m_result.isCut;
    }

    void addChanged(std::size_t before, std::size_t endBefore, std::size_t after, std::size_t endAfter)
    {
        m_result.removed += endBefore - before;
        m_result.added += endAfter - after;
        const std::size_t pairs = std::min(endBefore - before, endAfter - after);
        std::vector<std::size_t> places; // of each pair, where its lines begin to differ
        for (std::size_t i = 0; i < pairs; ++i)
            places.push_back(firstDifference(m_before[before + i], m_after[after + i]));
        places.resize(std::max(endBefore - before, endAfter - after));
        const std::size_t first = m_result.rows.size();
        for (std::size_t i = before; i < endBefore; ++i) {
            const auto text = excerpt(m_before[i], places[i - before], shownLineBytes);
            if (!add({Change::Removed, number(i), text, {}, {}, {}, {}}))
                return;
        }
        const std::size_t middle = m_result.rows.size();
        for (std::size_t i = after; i < endAfter; ++i) {
            const auto text = excerpt(m_after[i], places[i - after], shownLineBytes);
            if (!add({Change::Added, number(i), {}, text, {}, {}, {}}))
                return;
        }
        for (std::size_t i = 0; i < pairs; ++i)
            compareWords(m_result.rows[first + i], m_result.rows[middle + i]);
    }

    /// The first and last lines of what they have in common, with a row for those between.
    void addCommon(const CommonRun &run)
    {
        const bool isFirst = run.before == 0 && run.after == 0;
        const bool isLast = run.before + run.length == m_before.size() && run.after + run.length == m_after.size();
        const std::size_t head = isFirst ? 0 : std::min<std::size_t>(contextLines, run.length);
        const std::size_t tail = isLast ? 0 : std::min<std::size_t>(contextLines, run.length - head);
        for (std::size_t i = 0; i < head; ++i)
            addSame(run.before + i);
        const std::size_t left = run.length - head - tail;
        if (left > 0)
            add({Change::None, {}, {}, {}, TextDifferenceText::tr("Equal lines: %1").arg(formatCount(left)), {}, {}});
        for (std::size_t i = run.length - tail; i < run.length; ++i)
            addSame(run.before + i);
    }

    void addSame(std::size_t line)
    {
        const QString text = oneLine(m_before[line], shownLineBytes);
        add({Change::None, number(line), text, text, {}, {}, {}});
    }

    static QString number(std::size_t line) { return formatCount(line + 1); }

    Lines m_before;
    Lines m_after;
    Difference m_result;
};

} // namespace

Difference textDifference(std::string_view before, std::string_view after, const std::function<bool()> &isCanceled)
{
    return TextComparison(before, after).run(isCanceled);
}

} // namespace weir::models
