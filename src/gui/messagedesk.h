// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/hubbook.h"
#include "gui/sentstore.h"
#include "models/sentmessagemodel.h"
#include "publish/messagesender.h"

#include <QHash>
#include <QObject>

namespace weir::gui {

class Composer;
class HubDialog;
class LibraryPage;
class SentPane;

/// Carries messages between the composer, the library, the list of what was sent, and the publisher or a hub. GUI
/// thread only.
class MessageDesk : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Composer &composer;
        SentPane &sent;
        LibraryPage &library;
    };
    /// Keeps references: all must outlive this. `window`: dialogs open over it.
    MessageDesk(publish::Publisher &publisher, Parts parts, QWidget *window);

    /// Where messages for the own server go, and why nothing can be sent there now; an empty text: it can.
    void setServer(const QString &path, const QString &obstacle);
    /// Sends to the destination chosen in the composer.
    void send(const publish::Publication &publication);
    /// To the clients of the own server that it names, whatever the destination chosen.
    void sendToClients(const publish::Publication &publication);
    void load(const publish::Publication &publication); ///< into the composer
    /// Where the library is kept, and what was sent if the user wants that.
    void useDataFolder(const QString &folder);
    /// Calls `use` with the destination chosen in the composer, at once or when its token is there.
    void withDestination(std::function<void(const publish::Destination &destination)> use);
    HubBook &hubs() { return m_hubs; }
    void addHub(); ///< asks for it; the composer's destination stays
    /// The hub that is chosen, by its index; -1: the own server.
    int hub() const;
    void chooseHub(int index);

Q_SIGNALS:
    /// Another destination was chosen, or why nothing can be sent there has changed.
    void destinationChanged(const QString &name, const QString &obstacle);
    void composerWanted(); ///< to be seen
    void libraryWanted();
    void pathWanted(const QString &path); ///< the one that a message was sent to

private:
    void connectComposer();
    void connectLists();
    void connectHubs();
    void sendAgain(const publish::Publication &publication);
    void editAgain(const publish::Publication &publication);
    void hand(const publish::Publication &publication, const publish::Destination &destination);
    void take(std::uint64_t number, const QString &problem, const QByteArray &id, const publish::Publication &sent);
    void editHub(int index);
    HubDialog *openHubDialog(int index, const NamedHub &hub);
    QString sentText(const QByteArray &id, const QString &hub) const;

    Parts m_parts;
    QWidget *m_window;
    HubBook m_hubs;
    publish::MessageSender m_sender;
    models::SentMessageModel m_sent;
    SentStore m_store{m_sent};
    QHash<std::uint64_t, QString> m_hubNames; ///< by message under way; empty: the own server
    QString m_path;
    QString m_obstacle;
    std::uint64_t m_seq = 0;
};

} // namespace weir::gui
