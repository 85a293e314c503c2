// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptiontree.h"

#include <QUrl>
#include <QWidget>

#include <memory>

class QAction;

namespace weir::gui {

namespace Ui {
class SubscriptionPane;
}

/// The list of subscriptions with a line to type or paste URLs into; URLs can be dropped on it too. It changes nothing
/// by itself: what the user wants leaves it as a signal or through the actions that it is given. GUI thread only.
class SubscriptionPane : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `model` must outlive this.
    explicit SubscriptionPane(models::SubscriptionModel &model, QWidget *parent = nullptr);
    ~SubscriptionPane() override;

    /// Context menu of the list, and the buttons below it. Null is a separator. The actions are not owned.
    void setActions(const QList<QAction *> &contextMenu, const QList<QAction *> &buttons);

    QList<store::SubscriptionId> selection() const; ///< from top to bottom, with the members of selected groups
    QString selectedGroup() const;                  ///< if a group and nothing else is selected
    void select(store::SubscriptionId id);
    void editGroup(const QString &group); ///< lets the user type another name in place
    QStringList groups() const { return m_tree.groups(); }
    void focusUrl();

    /// Reads URLs separated by white space. Those that can be subscribed to are asked for; the others stay in the line
    /// with the reason below it. A text that begins with `curl` is read as curl commands.
    void subscribeToText(const QString &text);

    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

Q_SIGNALS:
    /// All of them valid; in the order typed.
    void subscribeRequested(const QList<QUrl> &urls);
    /// From curl commands, in their order.
    void settingsRequested(const QList<weir::subscribe::SubscriptionSettings> &settings);
    void selectionChanged();
    /// These were dragged to that group, or theirs was renamed; empty: no group.
    void groupWanted(const QList<weir::store::SubscriptionId> &ids, const QString &group);
    /// Double click or Return on a subscription.
    void openRequested(weir::store::SubscriptionId id);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void connectParts();
    void subscribeToCurl(const QString &text);

    models::SubscriptionModel &m_model;
    models::SubscriptionTree m_tree;
    std::unique_ptr<Ui::SubscriptionPane> m_ui;
};

} // namespace weir::gui
