// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/stepdelegate.h"

#include "gui/theme.h"
#include "models/scenariostepmodel.h"

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::ScenarioStepModel;

void StepDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isWrong = !index.data(ScenarioStepModel::ProblemRole).toString().isEmpty();
    const bool isCurrent = index.data(ScenarioStepModel::IsCurrentRole).toBool();
    if (isWrong) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = icon(u"warning"_s);
    }
    option->font.setBold(isCurrent);
}

} // namespace weir::gui
