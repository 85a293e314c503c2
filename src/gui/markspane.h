// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/annotationmodel.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTreeView;

namespace weir::gui {

/// The list of all marks, labels and notes, whatever the views show. Emits what the user asks for. GUI thread only.
class MarksPane : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `model` must outlive this.
    explicit MarksPane(models::AnnotationModel &model, QWidget *parent = nullptr);

    QList<store::EventNumber> selection() const;

Q_SIGNALS:
    /// The user wants to see the event.
    void activated(weir::store::EventNumber number);
    void noteRequested(weir::store::EventNumber number);
    void removeRequested(const QList<weir::store::EventNumber> &numbers);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void createView();
    QWidget *createEmptyText();
    void showMenu(const QPoint &at);
    void showState();

    models::AnnotationModel &m_model;
    QTreeView *m_view;
    QStackedWidget *m_stack;
};

} // namespace weir::gui
