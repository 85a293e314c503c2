// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/serverconfiguration.h"

#include <QDialog>

#include <memory>

class QLineEdit;

namespace weir::gui {

namespace Ui {
class ServerDialog;
}

/// Edits how the publisher serves: to whom, over TLS or not, whether programs may publish, and its limits. Asks before
/// it opens the server to other computers. Opened over the window, never waited for. GUI thread only.
class ServerDialog : public QDialog
{
    Q_OBJECT

public:
    /// Keeps a reference: `configuration` must outlive this. `stream`: an example of an address to publish to.
    ServerDialog(ServerConfiguration &configuration, const QUrl &stream, bool isRunning, QWidget *parent);
    ~ServerDialog() override;

Q_SIGNALS:
    void confirmed(const weir::gui::ServerSettings &settings);

private:
    void fillReach();
    void fill();
    void connectParts();
    void connectCertificate();
    void connectToken();
    ServerSettings collect() const;
    QHostAddress address() const;
    void check();
    void showSecrets();
    void chooseFile(QLineEdit *field, const QString &title);
    void saveCertificate();
    void copyCommand();
    void confirm();
    void askToOpen(const ServerSettings &settings);
    void finish(const ServerSettings &settings);

    ServerConfiguration &m_configuration;
    QUrl m_stream;
    std::unique_ptr<Ui::ServerDialog> m_ui;
};

} // namespace weir::gui
