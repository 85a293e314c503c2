// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/savedfilters.h"

#include <QToolBar>

#include <set>

namespace weir::gui {

/// The saved filters as buttons that are switched on and off, and one to edit them. Hidden while there are none; those
/// that find no room are in a menu at the end. One whose expression is not understood is marked, and is never on. GUI
/// thread only.
class SavedFilterButtons : public QToolBar
{
    Q_OBJECT

public:
    explicit SavedFilterButtons(QWidget *parent = nullptr);

    /// Those that are still there stay on.
    void setFilters(const QList<SavedFilter> &filters);
    /// Also those that are on but not understood; see expressions().
    const std::set<quint32> &on() const { return m_on; }
    void setOn(const std::set<quint32> &ids);
    /// Of those that are on and understood.
    QStringList expressions() const;
    /// What is wrong with those that are on and not understood; empty: nothing.
    QString problem() const;

Q_SIGNALS:
    /// The user switched one.
    void switched();
    void editRequested();

private:
    void addFilter(const SavedFilter &filter);
    void addEdit();

    QList<SavedFilter> m_filters;
    std::set<quint32> m_on;
};

} // namespace weir::gui
