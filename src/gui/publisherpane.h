// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/publisher.h"

#include <QByteArray>
#include <QUrl>
#include <QWidget>

#include <functional>
#include <memory>

class QAction;

namespace weir::models {
class ClientModel;
}
namespace weir::profile {
class SecretStore;
}

namespace weir::publish {
class ClientControl;
}

namespace weir::gui {

namespace Ui {
class PublisherPane;
}

class ChannelsPage;
class ClientPane;
class FaultPage;
class InlineNote;
class Composer;
class FeedPage;
class LibraryPage;
class MessageDesk;
class PlayPages;
class ReplayPage;
class SentPane;
class ServerCommands;

/// The publisher panel: the server's switch and address, and pages: the composer, the messages sent last, the clients.
/// A page has files of its own, and a line in addPages(). Lies well in a narrow dock at the side and in a wide one at
/// the bottom. Starting, stopping and publishing may come from elsewhere too. The window title tells the state
/// ("Publisher ● :8080") for the dock that shows it. GUI thread only.
class PublisherPane : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `publisher` must outlive this.
    explicit PublisherPane(publish::Publisher &publisher, QWidget *parent = nullptr);
    ~PublisherPane() override;

    /// Start or stop, send, repeat, subscribe, open in browser: what belongs in the Publisher menu. Owned by this.
    QList<QAction *> menuActions() const;

    /// Where the channel is being served; empty while the publisher is stopped or the path is not valid.
    QUrl address() const;

    /// Where the secrets of the server and the tokens of hubs are kept. Keeps a pointer; without it they last for the
    /// session.
    void setSecretStore(profile::SecretStore *store);

    /// Where messages and scenarios are kept, and what was sent if the user wants that. Nothing is kept until then.
    void useDataFolder(const QString &folder);
    /// Calls `use` with the file of what a client of the running server has to trust besides the system's authorities;
    /// empty: nothing. At once, or when the file is written; not at all if it cannot be, which the panel says.
    void withAuthority(std::function<void(const QString &caFile)> use);
    /// Puts it into the composer and shows that.
    void compose(const publish::Publication &publication);

    /// Port and path, what was set for the server and its channels, the page in front, and the hubs. Never the text of
    /// a message or a token: these are secrets.
    QByteArray saveState() const;
    /// False, and nothing changed, for what saveState() cannot have written.
    bool restoreState(const QByteArray &state);

    ReplayPage *replayPage() const;
    void showReplay(); ///< brings that page to the front

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user wants to watch the channel in this window. `caFile`: see withAuthority(). The receiver must not delete
    /// the sender.
    void subscribeRequested(const QUrl &url, const QString &caFile);
    /// Something that the user should know, in a sentence.
    void remark(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addPages();
    void addPage(QWidget *page, const QString &name, const QString &title, const QString &icon);
    void connectPublisher();
    void connectParts();
    void connectClients();
    void showFaults();
    void showClients(const QList<publish::ClientStatus> &clients);
    void showRunning(const QUrl &server);
    void showStopped(const QString &failure);
    void updateParts();

    publish::Publisher &m_publisher;
    std::unique_ptr<Ui::PublisherPane> m_ui;
    Composer *m_composer;
    LibraryPage *m_library;
    FeedPage *m_feedPage;
    SentPane *m_sentPane;
    publish::ClientControl *m_control;
    ClientPane *m_clientPane;
    ChannelsPage *m_channelsPage;
    ServerCommands *m_server;
    FaultPage *m_faultPage;
    InlineNote *m_faultNote;
    int m_armedConnections = 0;
    int m_faultyClients = 0;
    PlayPages *m_play;
    models::ClientModel *m_clients;
    MessageDesk *m_desk;
};

} // namespace weir::gui
