// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pagestack.h"

#include "gui/theme.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QListWidget>
#include <QResizeEvent>
#include <QSignalBlocker>
#include <QStackedWidget>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

// From about this many characters on, the list stands beside the page.
constexpr int widePageCharacters = 75;

void setHeight(QWidget *page, QSizePolicy::Policy policy)
{
    page->setSizePolicy(page->sizePolicy().horizontalPolicy(), policy);
}

} // namespace

PageStack::PageStack(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
    , m_list(new QListWidget)
    , m_box(new QComboBox)
    , m_stack(new QStackedWidget)
{
    m_list->setObjectName(u"pageList"_s);
    m_list->setAccessibleName(tr("Pages"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->hide();
    m_box->setObjectName(u"pageBox"_s);
    m_box->setAccessibleName(tr("Page"));
    m_box->setToolTip(tr("What the panel shows"));
    m_box->setMaxVisibleItems(20);
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
    m_layout->addWidget(m_list);
    m_layout->addWidget(m_box);
    m_layout->addWidget(m_stack, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &PageStack::select);
    connect(m_box, &QComboBox::currentIndexChanged, this, &PageStack::select);
}

void PageStack::addPage(QWidget *page, const QString &title, const QString &icon)
{
    const QIcon picture = gui::icon(icon);
    m_stack->addWidget(page);
    m_list->addItem(new QListWidgetItem(picture, title));
    m_box->addItem(picture, title);
    select(std::max(m_stack->currentIndex(), 0));
    fitList();
}

void PageStack::setTitle(const QWidget *page, const QString &title)
{
    for (int i = 0; i < count(); ++i) {
        if (m_stack->widget(i) == page && m_box->itemText(i) != title) {
            m_box->setItemText(i, title);
            m_list->item(i)->setText(title);
            fitList();
        }
    }
}

int PageStack::count() const
{
    return m_stack->count();
}

QWidget *PageStack::page(int index) const
{
    return m_stack->widget(index);
}

QString PageStack::currentPage() const
{
    return m_stack->currentWidget() ? m_stack->currentWidget()->objectName() : QString();
}

bool PageStack::showPage(const QString &name)
{
    for (int i = 0; i < count(); ++i) {
        if (m_stack->widget(i)->objectName() == name) {
            select(i);
            return true;
        }
    }
    return false;
}

void PageStack::showPage(const QWidget *page)
{
    showPage(page->objectName());
}

void PageStack::select(int index)
{
    if (index < 0)
        return;
    const QSignalBlocker listBlocker(m_list);
    const QSignalBlocker boxBlocker(m_box);
    m_list->setCurrentRow(index);
    m_box->setCurrentIndex(index);
    // The tallest page of all must not make the panel tall while it is not in front.
    for (int i = 0; i < count(); ++i)
        setHeight(m_stack->widget(i), i == index ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    m_stack->setCurrentIndex(index);
    updateGeometry();
}

void PageStack::fitList()
{
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + 2 * m_list->frameWidth() + fontMetrics().averageCharWidth());
}

QSize PageStack::minimumSizeHint() const
{
    const QSize page = m_stack->minimumSizeHint();
    const QSize box = m_box->minimumSizeHint();
    return {std::max(page.width(), box.width()), page.height() + box.height()};
}

void PageStack::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isWide = event->size().width() > widePageCharacters * fontMetrics().averageCharWidth();
    m_layout->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_list->setVisible(isWide);
    m_box->setVisible(!isWide);
}

void PageStack::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitList();
}

} // namespace weir::gui
