// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <QCoreApplication>
#include <QPointer>
#include <QUndoCommand>

namespace weir::gui {

class EventPane;

/// Clears a view; undone, it shows again what the log still holds. Harmless when the view has gone. GUI thread only.
class ClearView : public QUndoCommand
{
    Q_DECLARE_TR_FUNCTIONS(ClearView)

public:
    ClearView(EventPane &pane, const QString &title);
    ~ClearView() override;

    void undo() override;
    void redo() override;

private:
    QPointer<EventPane> m_pane;
    store::EventNumber m_before;
    store::EventNumber m_after; ///< 0 before the first redo()
};

} // namespace weir::gui
