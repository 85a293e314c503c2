// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filterchip.h"

#include "gui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype chipCharacters = 40;
constexpr qsizetype fewestCharacters = 6;

} // namespace

FilterChip::FilterChip(QWidget *parent)
    : QFrame(parent)
    , m_label(new QLabel(this))
    , m_remove(new QToolButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_label->setTextFormat(Qt::PlainText);
    m_remove->setObjectName(u"removeBaseFilterButton"_s);
    m_remove->setText(tr("Remove"));
    m_remove->setIcon(icon(u"close"_s));
    m_remove->setToolTip(tr("Remove this filter from the view"));
    m_remove->setAutoRaise(true);
    m_remove->setFocusPolicy(Qt::TabFocus);
    const int side = fontMetrics().height();
    m_remove->setIconSize({side * 3 / 4, side * 3 / 4});
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(m_label, 1);
    row->addWidget(m_remove);
    connect(m_remove, &QToolButton::clicked, this, &FilterChip::removeRequested);
    hide();
}

void FilterChip::setExpression(const QString &expression)
{
    m_expression = expression;
    setToolTip(tr("The results of another view, which this one looks into:\n%1").arg(expression));
    setAccessibleName(tr("Within the results of %1").arg(expression));
    m_remove->setAccessibleName(tr("Remove the filter %1").arg(expression));
    setVisible(!expression.isEmpty());
    elide();
    updateGeometry();
}

int FilterChip::lengthOf(qsizetype characters) const
{
    const auto shown = static_cast<int>(std::min(characters, m_expression.size()));
    const int text = std::min(fontMetrics().horizontalAdvance(m_expression), fontMetrics().averageCharWidth() * shown);
    return text + 12 + m_remove->sizeHint().width();
}

QSize FilterChip::sizeHint() const
{
    return {lengthOf(chipCharacters), QFrame::sizeHint().height()};
}

QSize FilterChip::minimumSizeHint() const
{
    return {lengthOf(fewestCharacters), QFrame::minimumSizeHint().height()};
}

void FilterChip::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    elide();
}

void FilterChip::elide()
{
    const int room = width() - 10 - m_remove->sizeHint().width();
    m_label->setText(fontMetrics().elidedText(m_expression, Qt::ElideRight, std::max(room, 0)));
}

} // namespace weir::gui
