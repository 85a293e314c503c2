// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionmodel.h"

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

    QList<store::SubscriptionId> selection() const; ///< from top to bottom
    void select(store::SubscriptionId id);
    void focusUrl();

    /// Reads URLs separated by white space. Those that can be subscribed to are asked for; the others stay in the line
    /// with the reason below it.
    void subscribeToText(const QString &text);

    QByteArray saveState() const;
    bool restoreState(const QByteArray &state);

Q_SIGNALS:
    /// All of them valid; in the order typed.
    void subscribeRequested(const QList<QUrl> &urls);
    void selectionChanged();
    /// Double click or Return on a subscription.
    void openRequested(weir::store::SubscriptionId id);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void connectParts();
    void setColumnWidths();

    models::SubscriptionModel &m_model;
    std::unique_ptr<Ui::SubscriptionPane> m_ui;
};

} // namespace weir::gui
