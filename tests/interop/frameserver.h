// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QSet>
#include <QTcpServer>

class QTcpSocket;

namespace weir::interop {

/// Lets one browser that stays open show any number of pages, each in a frame of its own: to start a browser for each
/// page is nearly all of the work that many small pages make. A frame lives as long as the request for it, so that
/// ending `command()` leaves its page as closing a browser would.
class FrameServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit FrameServer(QObject *parent = nullptr);

    /// What the browser has to open.
    QString url() const;
    /// The command that shows the page `page` (or a placeholder for it) until it is ended.
    QString command(const QString &page) const;
    /// The browser is there and takes frames.
    bool isReady() const { return m_browser; }

private:
    void serve();
    void answer(QTcpSocket *socket, const QByteArray &target);
    void show(QTcpSocket *request, const QByteArray &page);
    void remove(const QByteArray &number);
    void noteRemoved(const QByteArray &number);
    void tell(const QByteArray &type, const QByteArray &data);

    QTcpSocket *m_browser = nullptr; ///< the stream of what the browser has to show
    int m_lastFrame = 0;
    QSet<QByteArray> m_leaving;            ///< frames that the browser was told to remove
    QList<QPointer<QTcpSocket>> m_waiting; ///< requests to be answered when none is left of them
};

} // namespace weir::interop
