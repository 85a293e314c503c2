// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/matchcount.h"

#include "models/eventformat.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace weir::gui {

using namespace std::chrono_literals;

MatchCount::MatchCount(QWidget *parent)
    : QLabel(parent)
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(100ms);
    connect(&m_pace, &QTimer::timeout, this, &MatchCount::showNow);
    showNow();
}

void MatchCount::setCounts(std::uint64_t shown, std::uint64_t of)
{
    m_shown = shown;
    m_total = of;
    if (!m_pace.isActive())
        m_pace.start();
}

void MatchCount::setWords(Words words)
{
    if (std::exchange(m_words, words) == words)
        return;
    setMinimumWidth(0);
    showNow();
}

void MatchCount::showNow()
{
    const QString shown = models::formatCount(m_shown);
    const QString total = models::formatCount(m_total);
    const QString hidden = models::formatCount(m_total - std::min(m_shown, m_total));
    if (m_shown == m_total)
        setText(total);
    else if (m_words == Words::All)
        setText(tr("%1 of %2 · %3 hidden", "rows shown of all").arg(shown, total, hidden));
    else
        setText(tr("%1 of %2", "rows shown of all").arg(shown, total));
    setToolTip(
        tr("Rows shown: %1\nReceived and still held: %2\nHidden by filter and kinds: %3").arg(shown, total, hidden));
    // Only ever wider, or the line would jitter with every digit.
    setMinimumWidth(std::max(minimumWidth(), sizeHint().width()));
}

} // namespace weir::gui
