// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QDialog>

#include <memory>
#include <vector>

namespace weir::gui {

namespace Ui {
class SubscriptionDialog;
}
class BodyPage;
class ConsumptionPage;
class HeadersPage;
class QueryPage;
class SettingsPage;

/// All settings of one subscription, on pages, checked while they are typed: what is wrong stands below its field, its
/// page bears a mark, and as long as anything is wrong the dialog cannot be accepted. Opened with open(); it deletes
/// itself when closed. GUI thread only.
class SubscriptionDialog : public QDialog
{
    Q_OBJECT

public:
    /// `verb` is what the accepting button says: "Subscribe", "Save".
    SubscriptionDialog(const subscribe::SubscriptionSettings &settings, const QString &verb, QWidget *parent = nullptr);
    ~SubscriptionDialog() override;

    /// Requires isValid(). What the user left alone is exactly as it was given.
    subscribe::SubscriptionSettings settings() const;
    bool isValid() const;
    int pageCount() const { return static_cast<int>(m_pages.size()); }
    void showPage(int page);

Q_SIGNALS:
    /// Accepted. The receiver must not delete the sender.
    void confirmed(const weir::subscribe::SubscriptionSettings &settings);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Page
    {
        SettingsPage *widget;
        QString title;
    };

    void addPages();
    void addPage(SettingsPage *page, const QString &title);
    void connectParts();
    void fill();
    void fillColours();
    void validate();
    void mark(int page, bool isValid);
    bool checkUrl();
    bool checkMethod();
    subscribe::SubscriptionSettings said() const; ///< by the fields, as exactly as they can show it

    subscribe::SubscriptionSettings m_initial;
    subscribe::SubscriptionSettings m_shown; ///< by the fields before anybody touched them
    std::unique_ptr<Ui::SubscriptionDialog> m_ui;
    std::vector<Page> m_pages;
    QueryPage *m_query = nullptr;
    HeadersPage *m_headers = nullptr;
    ConsumptionPage *m_consumption = nullptr;
    BodyPage *m_body = nullptr;
};

} // namespace weir::gui
