// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/faultcatalogue.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace weir::gui {

class FaultSwitch;

/// Puts a plan of faults together: a switch for each fault, in groups that fold, found by a text or taken from a
/// preset. Brings no scroll bar. GUI thread only.
class FaultSwitches : public QWidget
{
    Q_OBJECT

public:
    explicit FaultSwitches(QWidget *parent = nullptr);

    /// Null, and `error` says why, if the switches contradict one another.
    std::optional<publish::FaultPlan> plan(QString *error) const;
    void setPlan(const publish::FaultPlan &plan); ///< unfolds the groups that it concerns
    QWidget *firstOn() const;                     ///< null: all are off

Q_SIGNALS:
    void changed(); ///< by the user

private:
    struct Group
    {
        QString title;
        QToolButton *head;
        QWidget *body;
        QList<FaultSwitch *> switches;
    };
    QWidget *createTools();
    Group createGroup(publish::FaultGroup group);
    void choosePreset(int index);
    void updateGroups();

    QLineEdit *m_find;
    QComboBox *m_presets;
    QList<Group> m_groups;
};

} // namespace weir::gui
