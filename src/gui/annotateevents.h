// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/annotations.h"

#include <QUndoCommand>

namespace weir::gui {

/// Changes what has been added to events; undone, they have again what they had before. Keeps a reference to the
/// annotations, which must outlive the undo stack. GUI thread only.
class AnnotateEvents : public QUndoCommand
{
public:
    AnnotateEvents(models::Annotations &annotations, QList<models::AnnotatedEvent> before,
        QList<models::AnnotatedEvent> after, const QString &text);
    ~AnnotateEvents() override;

    void undo() override;
    void redo() override;
    /// Of the last redo(): events that there was no room for.
    std::size_t leftOut() const { return m_leftOut; }

private:
    models::Annotations &m_annotations;
    QList<models::AnnotatedEvent> m_before;
    QList<models::AnnotatedEvent> m_after;
    std::size_t m_leftOut = 0;
};

} // namespace weir::gui
