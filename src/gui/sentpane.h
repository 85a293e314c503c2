// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <QWidget>

#include <memory>

class QAction;

namespace weir::models {
class SentMessageModel;
}

namespace weir::gui {

namespace Ui {
class SentPane;
}

/// The list of the messages sent last; asks to send one again or to edit it. GUI thread only.
class SentPane : public QWidget
{
    Q_OBJECT

public:
    explicit SentPane(QWidget *parent = nullptr);
    ~SentPane() override;

    /// Keeps a pointer: `model` must outlive this. Once.
    void setModel(models::SentMessageModel *model);
    void setSendingEnabled(bool enabled);
    /// Whether the list is kept between sessions; not offered as long as nobody says so.
    void setKept(bool isKept);
    void showProblem(const QString &problem); ///< of keeping it; empty: none

Q_SIGNALS:
    /// To be sent as it was: an own id stays, an automatic one will be a new one.
    void sendAgainRequested(const weir::publish::Publication &publication);
    void editRequested(const weir::publish::Publication &publication);
    void keepRequested(bool isKept);

private:
    void createActions();
    void showRows();
    void updateActions();
    int currentRow() const;
    void sendAgain();
    void edit();

    std::unique_ptr<Ui::SentPane> m_ui;
    models::SentMessageModel *m_model = nullptr;
    QAction *m_againAction = nullptr;
    QAction *m_editAction = nullptr;
    bool m_isSendingEnabled = false;
};

} // namespace weir::gui
