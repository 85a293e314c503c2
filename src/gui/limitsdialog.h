// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"

#include <QDialog>

class QCheckBox;
class QSpinBox;

namespace weir::gui {

class InlineNote;

/// What Weir holds at most. A value.
struct Limits
{
    std::size_t memoryBudget = store::LogLimits::defaultMemoryBudget(); ///< bytes, of all events together
    std::size_t maxEventBytes = 0;                                      ///< of one event; 0: as it is by default

    friend bool operator==(const Limits &, const Limits &) = default;
};

/// Edits the limits, and says how much is in use. Opened over the window, never waited for. GUI thread only.
class LimitsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `subscriptions`: how many are in the list.
    LimitsDialog(const Limits &limits, const store::Ledger &ledger, int subscriptions, QWidget *parent);

Q_SIGNALS:
    /// `isForAll`: the largest event is meant for the subscriptions in the list too.
    void confirmed(const weir::gui::Limits &limits, bool isForAll);

private:
    void confirm();
    void check();

    Limits m_initial;
    QSpinBox *m_budget;
    QSpinBox *m_event;
    QCheckBox *m_forAll;
    InlineNote *m_note;
};

} // namespace weir::gui
