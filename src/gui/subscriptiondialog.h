// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/settings.h"

#include <QDialog>

#include <memory>

namespace weir::gui {

namespace Ui {
class SubscriptionDialog;
}

/// All settings of one subscription, checked while they are typed: what is wrong stands below its field, and as long as
/// anything is wrong the dialog cannot be accepted. Opened with open(); it deletes itself when closed. GUI thread only.
class SubscriptionDialog : public QDialog
{
    Q_OBJECT

public:
    /// `verb` is what the accepting button says: "Subscribe", "Save".
    SubscriptionDialog(const subscribe::SubscriptionSettings &settings, const QString &verb, QWidget *parent = nullptr);
    ~SubscriptionDialog() override;

    /// Requires isValid().
    subscribe::SubscriptionSettings settings() const;
    bool isValid() const;

Q_SIGNALS:
    /// Accepted. The receiver must not delete the sender.
    void confirmed(const weir::subscribe::SubscriptionSettings &settings);

protected:
    void changeEvent(QEvent *event) override;

private:
    void connectParts();
    void fill();
    void fillColours();
    void validate();
    bool checkUrl();
    bool checkHeaders();
    bool checkLastEventId();

    subscribe::SubscriptionSettings m_initial;
    std::unique_ptr<Ui::SubscriptionDialog> m_ui;
};

} // namespace weir::gui
