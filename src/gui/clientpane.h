// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWidget>

#include <cstdint>
#include <memory>

class QAction;

namespace weir::models {
class ClientModel;
}

namespace weir::gui {

namespace Ui {
class ClientPane;
}

/// The table of the publisher's clients, or, while there are none, how to connect one. GUI thread only.
class ClientPane : public QWidget
{
    Q_OBJECT

public:
    explicit ClientPane(QWidget *parent = nullptr);
    ~ClientPane() override;

    /// Keeps a pointer: `model` must outlive this. Once.
    void setModel(models::ClientModel *model);
    void setAddress(const QUrl &address); ///< what a client has to ask for; empty: nothing is served

Q_SIGNALS:
    void disconnectRequested(std::uint64_t client); ///< once for each selected client

private:
    void createActions();
    void showRows();
    void updateActions();
    void disconnectSelected();
    void copyCommand();

    std::unique_ptr<Ui::ClientPane> m_ui;
    models::ClientModel *m_model = nullptr;
    QAction *m_disconnectAction = nullptr;
    QAction *m_copyAction = nullptr;
};

} // namespace weir::gui
