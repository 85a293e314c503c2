// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/subscriptionmodel.h"
#include "profile/curlcommand.h"

#include <QList>
#include <QObject>
#include <QUrl>

class QUndoStack;
class QWidget;

namespace weir::gui {

/// What the user can do to subscriptions. Changes of the list go through the undo stack; dialogs are opened over the
/// window and never waited for. GUI thread only.
class SubscriptionCommands : public QObject
{
    Q_OBJECT

public:
    using Ids = QList<store::SubscriptionId>;

    /// Keeps references, and takes `window` as parent: all must outlive this.
    SubscriptionCommands(models::SubscriptionModel &model, QUndoStack &undo, QWidget *window);

    void subscribe(const QList<QUrl> &urls);
    /// `caFile`: what its server proves itself with besides the system's authorities; may be empty.
    void subscribeTrusting(const QUrl &url, const QString &caFile);
    /// Each gets a name of its own.
    void subscribeAll(const QList<subscribe::SubscriptionSettings> &subscriptions);
    void subscribeByDialog();
    void edit(store::SubscriptionId id);
    void duplicate(const Ids &ids);
    void remove(const Ids &ids);
    void connectNow(const Ids &ids);
    void disconnectNow(const Ids &ids);
    void reconnectNow(const Ids &ids);
    void setMuted(const Ids &ids, bool isMuted);
    void setSolo(const Ids &ids, bool isSolo);
    void setGroup(const Ids &ids, const QString &group); ///< empty: none
    /// The server is asked for what follows the event of that ID, at once.
    void reconnectFrom(store::SubscriptionId id, const QByteArray &lastEventId);
    /// One URL a line, without credentials.
    void copyUrls(const Ids &ids) const;
    /// With variables filled in, but for secret ones if secrets are not shown.
    void copyCurl(const Ids &ids, profile::SecretsShown secretsShown) const;
    /// A command that asks for all that follows this last event ID. False if there is no such subscription any more.
    bool copyResumingCurl(
        store::SubscriptionId id, const QByteArray &lastEventId, profile::SecretsShown secretsShown) const;

Q_SIGNALS:
    /// A subscription of the user's making is in the list.
    void added(weir::store::SubscriptionId id);

private:
    void add(const subscribe::SubscriptionSettings &settings);
    QString curlOf(const subscribe::SubscriptionSettings &settings, profile::SecretsShown secretsShown) const;

    models::SubscriptionModel &m_model;
    QUndoStack &m_undo;
    QWidget *m_window;
};

} // namespace weir::gui
