// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

namespace weir::gui {

namespace Ui {
class ReadingPage;
}

/// What the response is taken for, and the limits of reading it.
class ReadingPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit ReadingPage(QWidget *parent = nullptr);
    ~ReadingPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;
    QString badge() const override;

private:
    std::unique_ptr<Ui::ReadingPage> m_ui;
};

} // namespace weir::gui
