// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>
#include <QWidget>

#include <cstdint>
#include <memory>

class QAction;
class QToolButton;

namespace weir::models {
class ClientModel;
}

namespace weir::gui {

namespace Ui {
class ClientPane;
}

/// The table of the publisher's clients and what can be done to them, or, while there are none, how to connect one. The
/// request head of the selected client is asked for when it is shown; its secrets are masked until the user reveals
/// them, and forgotten with the selection. GUI thread only.
class ClientPane : public QWidget
{
    Q_OBJECT

public:
    explicit ClientPane(QWidget *parent = nullptr);
    ~ClientPane() override;

    /// Keeps a pointer: `model` must outlive this. Once.
    void setModel(models::ClientModel *model);
    void setAddress(const QUrl &address); ///< what a client has to ask for; empty: nothing is served
    QList<std::uint64_t> selectedClients() const;
    /// The answer to headRequested(), as it came.
    void showHead(std::uint64_t client, const QByteArray &head);

Q_SIGNALS:
    void disconnectRequested(std::uint64_t client); ///< these: once for each selected client
    void resetRequested(std::uint64_t client);
    void pauseRequested(std::uint64_t client, bool paused);
    void sendRequested(const QList<std::uint64_t> &clients); ///< what the composer says, to these only
    void faultsRequested();                                  ///< for the selected clients
    void headRequested(std::uint64_t client);
    void selectionChanged();

private:
    void createActions();
    void showRows();
    void updateActions();
    QAction *addAction(QToolButton *button, const QString &iconName, const QString &text, const QString &toolTip);
    void disconnectSelected();
    void resetSelected();
    void pauseSelected();
    void updateHead();
    void showText();
    void copyCommand();

    std::unique_ptr<Ui::ClientPane> m_ui;
    models::ClientModel *m_model = nullptr;
    QAction *m_disconnectAction = nullptr;
    QAction *m_resetAction = nullptr;
    QAction *m_pauseAction = nullptr;
    QAction *m_sendAction = nullptr;
    QAction *m_faultsAction = nullptr;
    QAction *m_revealAction = nullptr;
    std::uint64_t m_headOf = 0; ///< 0: none is shown
    QByteArray m_head;
    QAction *m_copyAction = nullptr;
};

} // namespace weir::gui
