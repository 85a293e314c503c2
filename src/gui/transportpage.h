// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

namespace weir::gui {

namespace Ui {
class TransportPage;
}

/// HTTP version, addresses, compression and proxy: the way of the request.
class TransportPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit TransportPage(QWidget *parent = nullptr);
    ~TransportPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;
    QString badge() const override;

private:
    void showFields();
    bool isThroughProxy() const;

    std::unique_ptr<Ui::TransportPage> m_ui;
};

} // namespace weir::gui
