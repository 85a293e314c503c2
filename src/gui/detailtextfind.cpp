// SPDX-License-Identifier: GPL-3.0-or-later
// What is found and selected in a DetailText.
#include "gui/detailfindbar.h"
#include "gui/detailtext.h"
#include "gui/theme.h"

#include <QPlainTextEdit>

#include <algorithm>

namespace weir::gui {

namespace {

constexpr qsizetype mostMatches = 1'000'000;
constexpr qsizetype mostMarks = 1000;
constexpr int foundAlpha = 80;

} // namespace

qsizetype DetailText::shownAt(qsizetype place) const
{
    // A break stands in front of what begins at its place.
    return place + (std::ranges::upper_bound(m_breaks, place) - m_breaks.begin());
}

qsizetype DetailText::placeOf(qsizetype shown) const
{
    const auto count = static_cast<qsizetype>(m_breaks.size());
    qsizetype low = 0;
    for (qsizetype high = count; low < high;) {
        const qsizetype middle = (low + high) / 2;
        if (m_breaks[static_cast<std::size_t>(middle)] + middle < shown)
            low = middle + 1;
        else
            high = middle;
    }
    return shown - low;
}

QString DetailText::selectedText() const
{
    const auto cursor = m_edit->textCursor();
    const qsizetype begin = placeOf(cursor.selectionStart());
    return m_content.text.mid(begin, placeOf(cursor.selectionEnd()) - begin);
}

void DetailText::openFind()
{
    m_find->open();
}

void DetailText::search()
{
    m_matches.clear();
    m_searching.cancel();
    markVisibleMatches();
    m_find->showCount(0, 0);
    const auto words = m_find->words();
    if (words.isEmpty())
        return;
    m_find->showBusy();
    m_searching.start([text = m_content.text, words](
                          const auto &isCanceled) { return findWords(text, words, mostMatches, isCanceled); });
}

void DetailText::takeMatches(const std::vector<qsizetype> &matches)
{
    m_matches = matches;
    m_find->showCount(0, static_cast<qsizetype>(matches.size()));
    markVisibleMatches();
    if (!m_goesToMatch || matches.empty())
        return;
    const auto from = std::ranges::lower_bound(m_matches, placeOf(m_edit->textCursor().selectionStart()));
    goTo(from == m_matches.end() ? 0 : static_cast<std::size_t>(from - m_matches.begin()));
}

void DetailText::findNext()
{
    if (m_matches.empty())
        return openFind();
    const auto cursor = m_edit->textCursor();
    const auto from = std::ranges::upper_bound(m_matches, placeOf(cursor.selectionStart()));
    goTo(from == m_matches.end() ? 0 : static_cast<std::size_t>(from - m_matches.begin()));
}

void DetailText::findPrevious()
{
    if (m_matches.empty())
        return openFind();
    const auto from = std::ranges::lower_bound(m_matches, placeOf(m_edit->textCursor().selectionStart()));
    goTo(from == m_matches.begin() ? m_matches.size() - 1 : static_cast<std::size_t>(from - m_matches.begin()) - 1);
}

void DetailText::goTo(std::size_t match)
{
    const qsizetype end = m_edit->document()->characterCount() - 1;
    const auto at = std::min(shownAt(m_matches[match]), end);
    const auto behind = std::min(shownAt(m_matches[match] + m_find->words().size() - 1) + 1, end);
    auto cursor = m_edit->textCursor();
    cursor.setPosition(static_cast<int>(at));
    cursor.setPosition(static_cast<int>(behind), QTextCursor::KeepAnchor);
    m_edit->setTextCursor(cursor);
    m_edit->ensureCursorVisible();
    m_find->showCount(static_cast<qsizetype>(match) + 1, static_cast<qsizetype>(m_matches.size()));
    markVisibleMatches();
}

void DetailText::markVisibleMatches()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QRect area = m_edit->viewport()->rect();
    const qsizetype first = placeOf(m_edit->cursorForPosition(area.topLeft()).position());
    const qsizetype last = placeOf(m_edit->cursorForPosition(area.bottomRight()).position());
    QColor background = colour(Meaning::Warning, palette());
    background.setAlpha(foundAlpha);
    const auto length = m_find->words().size();
    const qsizetype end = m_edit->document()->characterCount() - 1;
    for (auto match = std::ranges::lower_bound(m_matches, first - length);
         match != m_matches.end() && *match < last && marks.size() < mostMarks; ++match) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_edit->document());
        const qsizetype behind = std::min(shownAt(*match + length - 1) + 1, end);
        mark.cursor.setPosition(static_cast<int>(shownAt(*match)));
        mark.cursor.setPosition(static_cast<int>(behind), QTextCursor::KeepAnchor);
        mark.format.setBackground(background);
        marks.append(mark);
    }
    if (!marks.isEmpty() || !m_edit->extraSelections().isEmpty())
        m_edit->setExtraSelections(marks);
}

} // namespace weir::gui
