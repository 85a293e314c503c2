// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/querypage.h"

#include "ui_querypage.h"

namespace weir::gui {

QueryPage::QueryPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::QueryPage>())
{
    m_ui->setupUi(this);
    connect(m_ui->queryTable, &QueryTable::edited, this, &QueryPage::edited);
    connect(m_ui->removeQueryButton, &QPushButton::clicked, m_ui->queryTable, &QueryTable::removeSelected);
}

QueryPage::~QueryPage() = default;

void QueryPage::fill(const subscribe::SubscriptionSettings &) {}

void QueryPage::collect(subscribe::SubscriptionSettings &) const {}

bool QueryPage::check()
{
    return true;
}

QString QueryPage::badge() const
{
    return countBadge(m_ui->queryTable->itemCount());
}

void QueryPage::setQuery(const QString &query)
{
    if (query != m_ui->queryTable->query())
        m_ui->queryTable->setQuery(query);
}

QString QueryPage::query() const
{
    return m_ui->queryTable->query();
}

} // namespace weir::gui
