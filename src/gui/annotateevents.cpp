// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/annotateevents.h"

namespace weir::gui {

AnnotateEvents::AnnotateEvents(models::Annotations &annotations, QList<models::AnnotatedEvent> before,
    QList<models::AnnotatedEvent> after, const QString &text)
    : QUndoCommand(text)
    , m_annotations(annotations)
    , m_before(std::move(before))
    , m_after(std::move(after))
{}

AnnotateEvents::~AnnotateEvents() = default;

void AnnotateEvents::undo()
{
    m_annotations.set(m_before);
}

void AnnotateEvents::redo()
{
    m_leftOut = m_annotations.set(m_after);
}

} // namespace weir::gui
