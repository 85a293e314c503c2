// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QAction;

namespace weir::gui {

namespace Ui {
class Composer;
}

class ComposerJson;

/// Where a message is written. Refusals of the encoder stand at the field that caused them and are there while typing;
/// what cannot be sent cannot be submitted. The data goes out exactly as shown, with LF for every line break. GUI
/// thread only.
class Composer : public QWidget
{
    Q_OBJECT

public:
    explicit Composer(QWidget *parent = nullptr);
    ~Composer() override;

    /// What the fields say now, for a channel that the receiver names. O(length of the data).
    publish::Publication publication() const;
    void setPublication(const publish::Publication &publication);

    /// Why nothing can be sent at all ("Start the publisher first."), or empty. Ends a repetition.
    void setObstacle(const QString &reason);
    /// Says why a message was not sent. Ends a repetition.
    void showRefusal(const QString &reason);

    QAction *sendAction() const { return m_sendAction; }
    QAction *repeatAction() const { return m_repeatAction; }
    bool isRepeating() const { return m_repeatTimer.isActive(); }

Q_SIGNALS:
    /// A message to send, by hand or by the repetition; at most every 10 ms.
    void submitted(const weir::publish::Publication &publication);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    publish::Publication fields() const; ///< with empty data, since that does not depend on its length
    void createActions();
    void connectFields();
    void submit();
    void toggleRepetition();
    void endRepetition();
    void fieldsChanged();
    void dataChanged();
    void checkFields();
    void updateActions();
    void inspectData();
    void showPreview(const publish::Publication &publication);
    QString data() const;

    std::unique_ptr<Ui::Composer> m_ui;
    ComposerJson *m_json;
    QAction *m_sendAction = nullptr;
    QAction *m_repeatAction = nullptr;
    QTimer m_inspectTimer; ///< a pause in typing, before the data is read as a whole
    QTimer m_repeatTimer;
    publish::Publication m_repeated; ///< as it was when the repetition began
    QString m_obstacle;
    QString m_emptiness; ///< why the fields together make no message
    bool m_hasFaults = false;
};

} // namespace weir::gui
