// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

namespace weir::gui {

namespace Ui {
class HeadersPage;
}

/// Headers of the request, cookies, and the last event ID to begin with.
class HeadersPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit HeadersPage(QWidget *parent = nullptr);
    ~HeadersPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;
    QString badge() const override;

    QByteArray contentType() const; ///< as it will be sent; empty: none is set
    void addHeader(const subscribe::Header &header);

private:
    std::unique_ptr<Ui::HeadersPage> m_ui;
};

} // namespace weir::gui
