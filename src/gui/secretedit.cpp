// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/secretedit.h"

#include "gui/theme.h"

#include <QAction>

namespace weir::gui {

using namespace Qt::StringLiterals;

SecretEdit::SecretEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_reveal(addAction(icon(u"reveal"_s), TrailingPosition))
{
    m_reveal->setObjectName(u"revealAction"_s);
    m_reveal->setCheckable(true);
    connect(m_reveal, &QAction::toggled, this, &SecretEdit::setRevealed);
    setRevealed(false);
}

void SecretEdit::setRevealed(bool isRevealed)
{
    setEchoMode(isRevealed ? Normal : Password);
    m_reveal->setText(isRevealed ? tr("Hide what is typed") : tr("Show what is typed"));
    m_reveal->setToolTip(m_reveal->text());
}

} // namespace weir::gui
