// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptiontree.h"

#include <QSet>
#include <QTimer>
#include <QTreeView>

namespace weir::gui {

class SubscriptionDelegate;

/// The list of subscriptions in their groups. Groups stand open until the user closes them. Pulses run only while
/// there is one to see, and not at all where the desktop wants no animation. GUI thread only.
class SubscriptionView : public QTreeView
{
    Q_OBJECT

public:
    explicit SubscriptionView(QWidget *parent = nullptr);

    /// Must be called once; keeps a reference.
    void setTree(models::SubscriptionTree &tree);

    QList<store::SubscriptionId> selection() const; ///< from top to bottom, with the members of selected groups
    QString selectedGroup() const;                  ///< if a group and nothing else is selected
    void select(store::SubscriptionId id);
    void selectGroup(const QString &group);
    void editGroup(const QString &group); ///< lets the user type another name in place

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setColumnWidths();
    void fitColumns();
    void keepGroupsOpen();
    void updatePulse();
    bool hasVisiblePulse() const;

    models::SubscriptionTree *m_tree = nullptr;
    SubscriptionDelegate *m_delegate;
    QSet<QString> m_closedGroups;
    QTimer m_settling; ///< until a series of changes of the tree is over
    QTimer m_pulsing;
};

} // namespace weir::gui
