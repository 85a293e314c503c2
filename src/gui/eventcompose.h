// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messagejson.h"

#include <QList>
#include <QObject>

class QAction;

namespace weir::gui {

class EventView;
class ViewArea;

/// As messages: the selected events and comments of a view, from the top, as many as fit into a message or two hundred
/// of them. Type and data are exact; the ID only if `withIds`, because a channel numbers events itself.
QList<models::NamedMessage> selectedMessages(const EventView &view, bool withIds);

/// Drags the selected events; returns when they were dropped or not. Qt has no other way to drag.
void dragSelectedEvents(EventView &view);

/// The commands that put the selected event of the current view into the composer. GUI thread only.
class EventCompose : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `views` must outlive this.
    EventCompose(ViewArea &views, QObject *parent);

    /// For the menu of a row.
    const QList<QAction *> &actions() const { return m_actions; }

Q_SIGNALS:
    void composeRequested(const weir::publish::Publication &publication);
    void remark(const QString &text); ///< what the user should know, in a sentence

private:
    void add(const QString &name, const QString &text, bool withIds);

    ViewArea &m_views;
    QList<QAction *> m_actions;
};

} // namespace weir::gui
