// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTimer>

#include <memory>
#include <vector>

namespace weir::publish {

/// Listens and hands on sockets. For the loopback address it listens on 127.0.0.1 and, where there is one, ::1. Stops
/// accepting before the process runs out of descriptors, so that the rest of it can go on: clients then wait in the
/// queue of the system, and none is turned away. Publisher thread only.
class Listener : public QObject
{
    Q_OBJECT

public:
    explicit Listener(QObject *parent = nullptr);

    /// Empty, or one sentence that says why it cannot listen.
    QString listen(const QHostAddress &address, quint16 port);
    void setEncrypted(bool encrypted) { m_isEncrypted = encrypted; } ///< says how url() begins
    void close();
    /// While paused, clients wait in the queue of the system.
    void setPaused(bool isPaused);
    bool isListening() const { return !m_servers.empty(); }
    QUrl url() const;
    /// How many more connections the process has descriptors for.
    static qintptr room();

Q_SIGNALS:
    void arrived(qintptr descriptor); ///< the receiver owns it

private:
    bool listenOnLoopback(quint16 port);
    bool listenOn(const QHostAddress &address, quint16 port);
    QString explain(const QTcpServer &server, const QHostAddress &address, quint16 port) const;
    void take(qintptr descriptor);
    void watchDescriptors();
    void setShortOfDescriptors(bool isShort);
    void updateAccepting();

    std::vector<std::unique_ptr<QTcpServer>> m_servers;
    bool m_isPaused = false;
    bool m_isShortOfDescriptors = false;
    QTimer m_watchTimer;
    QString m_error; ///< of the last address that it could not listen on
    QAbstractSocket::SocketError m_lastError = QAbstractSocket::UnknownSocketError;
    bool m_isEncrypted = false;
};

} // namespace weir::publish
