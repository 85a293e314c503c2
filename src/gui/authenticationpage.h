// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

namespace weir::gui {

namespace Ui {
class AuthenticationPage;
}

/// Credentials of the request.
class AuthenticationPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit AuthenticationPage(QWidget *parent = nullptr);
    ~AuthenticationPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;
    QString badge() const override;

private:
    void showFields();

    std::unique_ptr<Ui::AuthenticationPage> m_ui;
};

} // namespace weir::gui
