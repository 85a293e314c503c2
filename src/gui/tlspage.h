// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/settingspage.h"

#include <memory>

#include "subscribe/tlsfiles.h"

#include <QFutureWatcher>
#include <QTimer>

class QLineEdit;

namespace weir::gui {

namespace Ui {
class TlsPage;
}

/// Certificates and keys. Their files are looked at on a pool thread as soon as they are named; until that is done
/// the page is not valid.
class TlsPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit TlsPage(QWidget *parent = nullptr);
    ~TlsPage() override;

    void fill(const subscribe::SubscriptionSettings &settings) override;
    void collect(subscribe::SubscriptionSettings &settings) const override;
    bool check() override;
    QString badge() const override;

private:
    struct Finding
    {
        subscribe::TlsFiles::Field field = subscribe::TlsFiles::Field::None;
        QString problem;
    };

    void connectParts();
    void chooseFile(QLineEdit *field, const QString &title);
    void lookAtFiles();
    subscribe::TlsSettings files() const;

    QFutureWatcher<Finding> m_watcher;
    QTimer m_typing;
    Finding m_finding;
    bool m_isChecking = false;
    std::unique_ptr<Ui::TlsPage> m_ui;
};

} // namespace weir::gui
