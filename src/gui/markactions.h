// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/annotations.h"

#include <QKeySequence>
#include <QObject>

#include <functional>
#include <memory>

class QAction;
class QMenu;
class QUndoStack;

namespace weir::gui {

class ViewArea;

/// The commands that mark, label and note the selected events of the current view, and that go from mark to mark. All
/// changes can be undone. GUI thread only.
class MarkActions : public QObject
{
    Q_OBJECT

public:
    /// Keeps references: all must outlive this.
    MarkActions(models::Annotations &annotations, QUndoStack &undo, ViewArea &views, QWidget &window);
    ~MarkActions() override;

    /// In the order of a menu.
    const QList<QAction *> &actions() const { return m_actions; }
    /// Those for the menu of a row.
    const QList<QAction *> &rowActions() const { return m_rowActions; }

    /// Takes marks, labels and notes away.
    void remove(const QList<store::EventNumber> &numbers);
    void editNote(store::EventNumber number);

Q_SIGNALS:
    /// A sentence for the user.
    void remark(const QString &text);

private:
    using Change = std::function<void(models::Annotation &annotation)>;

    QAction *add(const QString &name, const QString &text, const QString &toolTip, const QKeySequence &shortcut);
    void addLabels();
    void addSteps();
    void toggleMark();
    void setLabel(int label);
    void noteSelected();
    void goToMark(bool isForward);
    void showOnlyMarked();
    void change(const QList<models::AnnotatedEvent> &events, const QString &text, const Change &change);
    QList<models::AnnotatedEvent> selected() const;

    models::Annotations &m_annotations;
    QUndoStack &m_undo;
    ViewArea &m_views;
    QWidget &m_window;
    std::unique_ptr<QMenu> m_labels;
    QAction *m_onlyMarked = nullptr;
    QList<QAction *> m_actions;
    QList<QAction *> m_rowActions;
};

} // namespace weir::gui
