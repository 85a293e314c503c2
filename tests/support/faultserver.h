// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

class QTcpSocket;

namespace weir::test {

/// What a FaultServer does after a request, step by step. A value.
class Script
{
public:
    Script &send(const QByteArray &bytes);
    /// In pieces of `size` bytes, each handed to the network by itself.
    Script &sendInPieces(const QByteArray &bytes, int size = 1);
    Script &pause(std::chrono::milliseconds time);
    /// Waits for FaultServer::go().
    Script &awaitGo();
    /// FIN.
    Script &finish();
    /// RST: everything on the way is lost too.
    Script &reset();
    /// Sends `block` again and again, as fast as the client takes it, until it hangs up.
    Script &flood(const QByteArray &block);

    // Ready-made responses. Without an ending step the connection stays open and takes the next request.
    static Script stream(const QByteArray &body = {}, const QByteArray &moreHead = {});
    static Script response(
        const QByteArray &statusAndReason, const QByteArray &fields = {}, const QByteArray &body = {});
    static Script redirect(int status, const QByteArray &location);

private:
    friend class FaultConnection;
    enum class Do { Send, Pause, Await, Finish, Reset, Flood };
    struct Step
    {
        Do action;
        QByteArray bytes;
        std::chrono::milliseconds time{0};
    };
    Script &add(const Step &step);

    QList<Step> m_steps;
};

/// A request as it came in.
struct Request
{
    QByteArray raw;  ///< the head, with its empty line
    QByteArray body; ///< by Content-Length
    QByteArray method;
    QByteArray target;
    QList<QPair<QByteArray, QByteArray>> fields; ///< names as sent
    QByteArray clientCertificate;                ///< its common name, if one was shown
    qint64 arrivalMs = 0;                        ///< since the server was made
    int connection = 0;                          ///< from 1, in order of acceptance

    /// All values of the field, the name compared without case.
    QList<QByteArray> values(const QByteArray &name) const;
    /// The only value; null if there is none or several.
    QByteArray value(const QByteArray &name) const;
    bool has(const QByteArray &name) const { return !values(name).isEmpty(); }
};

/// A scripted HTTP server on a free loopback port, for the thread that made it. Each path has a list of scripts: the
/// first request gets the first, and all further requests the last. A path without any is answered with 404.
class FaultServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit FaultServer(QObject *parent = nullptr);
    ~FaultServer() override;

    /// From now on connections are encrypted with the test certificate; a client certificate may be asked for.
    void useTls(QSslSocket::PeerVerifyMode clients = QSslSocket::VerifyNone);

    void on(const QByteArray &path, const QList<Script> &scripts);
    QUrl url(const QByteArray &pathAndQuery) const;

    /// Lets every connection that waits in awaitGo() continue; those that come later wait again.
    void go();
    /// Hangs up on everybody, by RST or FIN.
    void dropAll(bool withReset);
    /// Takes no more connections: they are refused. The port stays reserved by nobody.
    void stopListening() { close(); }

    const QList<Request> &requests() const { return m_requests; }
    int requestCount(const QByteArray &path) const;
    int acceptedCount() const { return m_accepted; }
    int openCount() const;
    int waitingCount() const;                          ///< connections in awaitGo()
    qint64 bytesTaken() const { return m_bytesTaken; } ///< by the kernel, of floods and everything else

Q_SIGNALS:
    void requestReceived(const weir::test::Request &request);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class FaultConnection;

    void acceptAll();
    Script scriptFor(const QByteArray &target);
    void note(const Request &request);

    QHash<QByteArray, QList<Script>> m_scripts;
    QHash<QByteArray, int> m_served;
    QList<Request> m_requests;
    QElapsedTimer m_clock;
    std::optional<QSslConfiguration> m_tls;
    int m_accepted = 0;
    qint64 m_bytesTaken = 0;
};

} // namespace weir::test
