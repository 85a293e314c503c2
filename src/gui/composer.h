// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/draftcheck.h"
#include "gui/pooltask.h"
#include "publish/settings.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QAction;
class QMenu;

namespace weir::gui {

namespace Ui {
class Composer;
}

/// Where a message is written: its fields, or raw bytes. Refusals of the encoder and wrong templates stand at the field
/// that caused them and are there while typing; what is known to be wrong cannot be submitted. The data goes out
/// exactly as shown, with LF for every line break. Long texts are looked at in a pool thread. GUI thread only.
class Composer : public QWidget
{
    Q_OBJECT

public:
    explicit Composer(QWidget *parent = nullptr);
    ~Composer() override;

    /// What the fields say now, for a channel that the receiver names. O(length of the data).
    publish::Publication publication() const;
    void setPublication(const publish::Publication &publication);

    /// Why nothing can be sent to the own server ("Start the publisher first."), or empty. Ends a repetition.
    void setObstacle(const QString &reason);
    /// Says why a message was not sent. Ends a repetition.
    void showRefusal(const QString &reason);
    /// Says what became of a message.
    void showSent(const QString &what);

    /// The hubs that can be chosen besides the own server.
    void setHubs(const QStringList &names, int chosen);
    int hub() const; ///< index of the one chosen; -1: the own server
    /// What the hub cannot take of a message, asked for whenever the fields change; empty: everything.
    void setHubNote(std::function<QString(const sse::Message &message)> note) { m_hubNote = std::move(note); }
    void setServerName(const QString &name);

    QAction *sendAction() const { return m_sendAction; }
    QAction *repeatAction() const { return m_repeatAction; }
    QAction *saveAction() const { return m_saveAction; }
    bool isRepeating() const { return m_repeatTimer.isActive(); }

Q_SIGNALS:
    /// A message to send, by hand or by the repetition; at most every 10 ms.
    void submitted(const weir::publish::Publication &publication);
    void saveRequested(const weir::publish::Publication &publication); ///< into the library
    void hubChosen(int hub);                                           ///< see hub()
    void addHubRequested();
    void editHubRequested(int hub);
    void removeHubRequested(int hub);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum IdKind { AutomaticId, OwnId, NoId }; // the order of the entries in the form

    publish::Publication fields() const; ///< with empty data, since that does not depend on its length
    void createActions();
    void createMenu();
    void addPlaceholders(QMenu &menu);
    void connectFields();
    void submit();
    void toggleRepetition();
    void endRepetition();
    void fieldsChanged();
    void textChanged();
    void changeForm();
    void showFields();
    bool hasMoreFields() const; ///< besides type and data
    void checkFields();
    QString typeFault(const publish::Publication &publication) const;
    QString idFault(const publish::Publication &publication) const;
    QString obstacle() const;
    void updateActions();
    void inspect();
    void showReport(const DraftReport &report);
    bool isRaw() const;
    QString text() const;
    bool takeDrop(const QDropEvent &event);

    std::unique_ptr<Ui::Composer> m_ui;
    std::unique_ptr<PoolTask<DraftReport>> m_check;
    QAction *m_sendAction = nullptr;
    QAction *m_repeatAction = nullptr;
    QAction *m_saveAction = nullptr;
    QAction *m_editHubAction = nullptr;
    QAction *m_removeHubAction = nullptr;
    QMenu *m_placeholders = nullptr;
    std::function<QString(const sse::Message &)> m_hubNote;
    QTimer m_inspectTimer; ///< a pause in typing, before the text is read as a whole
    QTimer m_repeatTimer;
    publish::Publication m_repeated; ///< as it was when the repetition began
    QString m_obstacle;
    QString m_emptiness; ///< why the fields together make no message
    bool m_isRoomy = false;
    bool m_hasFaults = false;
    bool m_hasTextFault = false; ///< of the text as it was when it was read last
};

} // namespace weir::gui
