// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailfindbar.h"

#include "gui/theme.h"
#include "models/eventformat.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

QToolButton *toolButton(const QString &toolTip, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    return button;
}

} // namespace

DetailFindBar::DetailFindBar(QWidget *searched, QWidget *parent)
    : QWidget(parent)
    , m_searched(searched)
    , m_edit(new QLineEdit(this))
    , m_count(new QLabel(this))
{
    m_edit->setObjectName(u"findEdit"_s);
    m_edit->setPlaceholderText(tr("Find in this event"));
    m_edit->setAccessibleName(tr("Words to find in this event"));
    m_edit->setToolTip(tr("Case is ignored unless you type a capital letter"));
    m_edit->setClearButtonEnabled(true);
    m_edit->setMaximumWidth(fontMetrics().averageCharWidth() * 50);
    m_count->setObjectName(u"findCount"_s);
    auto *previous = toolButton(tr("Previous match (Shift+F3)"), this);
    auto *next = toolButton(tr("Next match (F3)"), this);
    auto *close = toolButton(tr("Close (Esc)"), this);
    previous->setArrowType(Qt::UpArrow);
    next->setArrowType(Qt::DownArrow);
    close->setIcon(icon(u"close"_s));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(6, 2, 6, 2);
    row->addWidget(m_edit, 1);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(close);
    connect(m_edit, &QLineEdit::textChanged, this, &DetailFindBar::wordsChanged);
    connect(previous, &QToolButton::clicked, this, &DetailFindBar::previousWanted);
    connect(next, &QToolButton::clicked, this, &DetailFindBar::nextWanted);
    connect(close, &QToolButton::clicked, this, &DetailFindBar::closeBar);
    hide();
}

void DetailFindBar::open()
{
    const bool wasHidden = isHidden();
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
    if (wasHidden)
        Q_EMIT wordsChanged(m_edit->text());
}

QString DetailFindBar::words() const
{
    return isHidden() ? QString() : m_edit->text();
}

void DetailFindBar::showCount(qsizetype current, qsizetype count)
{
    const auto text = [](qsizetype number) { return models::formatCount(static_cast<std::uint64_t>(number)); };
    if (words().isEmpty())
        m_count->clear();
    else if (count == 0)
        m_count->setText(tr("No match"));
    else if (current == 0)
        m_count->setText(tr("Matches: %1").arg(text(count)));
    else
        m_count->setText(tr("%1 of %2").arg(text(current), text(count)));
}

void DetailFindBar::showBusy()
{
    m_count->setText(tr("Searching…"));
}

void DetailFindBar::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        closeBar();
    else if (isEnter && event->modifiers().testFlag(Qt::ShiftModifier))
        Q_EMIT previousWanted();
    else if (isEnter)
        Q_EMIT nextWanted();
    else
        QWidget::keyPressEvent(event);
}

void DetailFindBar::closeBar()
{
    hide();
    m_searched->setFocus(Qt::OtherFocusReason);
    Q_EMIT wordsChanged({});
}

} // namespace weir::gui
