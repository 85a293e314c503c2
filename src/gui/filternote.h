// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/inlinenote.h"

#include <QTimer>

namespace weir::gui {

/// The line below a filter: what is wrong with the expression, else a passing remark, else what the filter could not
/// decide. GUI thread only.
class FilterNote : public InlineNote
{
    Q_OBJECT

public:
    explicit FilterNote(QWidget *parent = nullptr);

    /// Empty: the expression is understood.
    void setError(const QString &error);
    /// Records that might match and are not shown; stays until it is told anew. Empty: none.
    void setTroubles(const QString &troubles);
    /// For ten seconds, or until the expression changes.
    void remark(const QString &text);
    void dropRemark();

private:
    void show();

    QString m_error;
    QString m_remark;
    QString m_troubles;
    QTimer m_remarkTime;
};

} // namespace weir::gui
