// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

namespace weir::gui {

namespace Ui {
class ConsumptionPage;
}

/// How badly the subscription behaves as a consumer, to try a server. GUI thread only.
class ConsumptionPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit ConsumptionPage(QWidget *parent = nullptr);
    ~ConsumptionPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;
    /// What the page of the connection says: over HTTP/2 nothing can be held back.
    void setHttpVersion(subscribe::HttpVersion version) { m_httpVersion = version; }
    QString badge() const override;

private:
    subscribe::Consumption consumption() const;

    std::unique_ptr<Ui::ConsumptionPage> m_ui;
    subscribe::HttpVersion m_httpVersion = subscribe::HttpVersion::Http1;
};

} // namespace weir::gui
