// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

namespace weir::interop {

/// Relays TCP to a port of this machine, and can cut what it relays: a client then sees its connection lost although
/// the server goes on. Writes the server's port into the Host header, because the publisher rightly refuses another
/// one.
class CuttingProxy : public QTcpServer
{
    Q_OBJECT

public:
    explicit CuttingProxy(quint16 target, QObject *parent = nullptr);

    /// Resets every connection, and from now on every new one, until resume().
    void cut();
    void resume() { m_isCut = false; }
    /// Heads of all requests that were relayed.
    const QList<QByteArray> &requests() const { return m_requests; }

Q_SIGNALS:
    void cutNow();

private:
    void relay();
    void connectPair(class QTcpSocket *client);

    quint16 m_target;
    bool m_isCut = false;
    QList<QByteArray> m_requests;
};

} // namespace weir::interop
