// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faultserver.h"

#include <QObject>
#include <QTimer>

class QTcpSocket;

namespace weir::test {

/// One accepted connection of a FaultServer: reads requests, plays their scripts.
class FaultConnection : public QObject
{
    Q_OBJECT

public:
    /// Takes the socket.
    FaultConnection(FaultServer &server, QTcpSocket *socket, int number);

    void go();
    void drop(bool withReset);
    bool isWaiting() const { return m_isWaiting; }

private:
    void read();
    void play();
    void perform(const Script::Step &step);
    void resume();
    void feedFlood();
    Request parse(const QByteArray &head) const;

    FaultServer &m_server;
    QTcpSocket *m_socket;
    int m_number;
    QByteArray m_input;
    QList<Script::Step> m_steps;
    QTimer m_pause;
    QByteArray m_flood;
    bool m_isPlaying = false;
    bool m_isWaiting = false;
};

} // namespace weir::test
