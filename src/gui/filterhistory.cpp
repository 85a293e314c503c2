// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filterhistory.h"

namespace weir::gui {

void FilterHistory::setExpressions(const QStringList &expressions)
{
    QStringList kept;
    for (const auto &expression : expressions) {
        if (!expression.trimmed().isEmpty() && kept.size() < most)
            kept << expression.trimmed();
    }
    kept.removeDuplicates();
    if (kept == m_expressions)
        return;
    m_expressions = kept;
    Q_EMIT changed();
}

void FilterHistory::add(const QString &expression)
{
    setExpressions(QStringList(expression) + m_expressions);
}

void FilterHistory::clear()
{
    setExpressions({});
}

} // namespace weir::gui
