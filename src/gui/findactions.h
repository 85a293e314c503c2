// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QAction;

namespace weir::gui {

class ViewArea;

/// The commands that look for events in the current view. GUI thread only.
class FindActions : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `views` must outlive this.
    explicit FindActions(ViewArea &views, QObject *parent = nullptr);

    /// In the order of a menu.
    const QList<QAction *> &actions() const { return m_actions; }

private:
    QAction *add(const QString &name, const QString &text, const QString &toolTip, const QKeySequence &shortcut);

    ViewArea &m_views;
    QList<QAction *> m_actions;
};

} // namespace weir::gui
