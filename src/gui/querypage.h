// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

namespace weir::gui {

namespace Ui {
class QueryPage;
}

/// The query of the address as a table. The address itself belongs to the dialog: fill() and collect() do nothing.
class QueryPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit QueryPage(QWidget *parent = nullptr);
    ~QueryPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;
    QString badge() const override;

    void setQuery(const QString &query);
    QString query() const; ///< null: none

private:
    std::unique_ptr<Ui::QueryPage> m_ui;
};

} // namespace weir::gui
