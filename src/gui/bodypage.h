// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

#include <QTimer>

namespace weir::gui {

namespace Ui {
class BodyPage;
}

/// Body of the request as text. A body that is no UTF-8 is not shown and kept, unless the user types another one.
class BodyPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit BodyPage(QWidget *parent = nullptr);
    ~BodyPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;
    QString badge() const override;

    void setContentType(const QByteArray &contentType);

Q_SIGNALS:
    void jsonTypeWanted();

private:
    void explain();

    QByteArray m_contentType;
    QTimer m_checking; ///< until the user pauses typing
    std::unique_ptr<Ui::BodyPage> m_ui;
};

} // namespace weir::gui
