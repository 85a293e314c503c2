// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

namespace weir::gui {

namespace Ui {
class ReconnectionPage;
}

/// When and how often the subscription comes back, and when a connection counts as dead.
class ReconnectionPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit ReconnectionPage(QWidget *parent = nullptr);
    ~ReconnectionPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;

private:
    void explainRules();

    std::unique_ptr<Ui::ReconnectionPage> m_ui;
};

} // namespace weir::gui
