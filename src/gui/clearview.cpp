// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/clearview.h"

#include "gui/eventpane.h"

namespace weir::gui {

ClearView::ClearView(EventPane &pane, const QString &title)
    : m_pane(&pane)
    , m_before(pane.clearedBefore())
{
    setText(tr("clear %1").arg(title));
}

ClearView::~ClearView() = default;

void ClearView::undo()
{
    if (m_pane)
        m_pane->setClearedBefore(m_before);
}

void ClearView::redo()
{
    if (!m_pane)
        return;
    if (m_after.value > 0) {
        m_pane->setClearedBefore(m_after);
        return;
    }
    m_pane->clear();
    m_after = m_pane->clearedBefore();
}

} // namespace weir::gui
