// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultserver.h"

#include "support/faultconnection.h"
#include "support/testcertificate.h"

#include <QTcpSocket>

#include <algorithm>

namespace weir::test {

Script &Script::add(const Step &step)
{
    m_steps.append(step);
    return *this;
}

Script &Script::send(const QByteArray &bytes)
{
    return add({Do::Send, bytes});
}

Script &Script::sendInPieces(const QByteArray &bytes, int size)
{
    for (qsizetype i = 0; i < bytes.size(); i += size) {
        send(bytes.mid(i, size));
        pause(std::chrono::milliseconds{1});
    }
    return *this;
}

Script &Script::pause(std::chrono::milliseconds time)
{
    return add({Do::Pause, {}, time});
}

Script &Script::awaitGo()
{
    return add({Do::Await, {}});
}

Script &Script::finish()
{
    return add({Do::Finish, {}});
}

Script &Script::reset()
{
    return add({Do::Reset, {}});
}

Script &Script::flood(const QByteArray &block)
{
    return add({Do::Flood, block});
}

Script Script::stream(const QByteArray &body, const QByteArray &moreHead)
{
    return Script().send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + moreHead + "\r\n" + body);
}

Script Script::response(const QByteArray &statusAndReason, const QByteArray &fields, const QByteArray &body)
{
    return Script().send("HTTP/1.1 " + statusAndReason + "\r\n" + fields +
                         "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

Script Script::redirect(int status, const QByteArray &location)
{
    return response(QByteArray::number(status) + " Elsewhere", "Location: " + location + "\r\n");
}

QList<QByteArray> Request::values(const QByteArray &name) const
{
    QList<QByteArray> found;
    for (const auto &[fieldName, fieldValue] : fields) {
        if (fieldName.compare(name, Qt::CaseInsensitive) == 0)
            found.append(fieldValue);
    }
    return found;
}

QByteArray Request::value(const QByteArray &name) const
{
    const QList<QByteArray> all = values(name);
    return all.size() == 1 ? all.constFirst() : QByteArray();
}

FaultServer::FaultServer(QObject *parent)
    : QTcpServer(parent)
{
    m_clock.start();
    setMaxPendingConnections(1000);
    setListenBacklogSize(1000);
    connect(this, &QTcpServer::newConnection, this, &FaultServer::acceptAll);
    if (!listen(QHostAddress::LocalHost, 0))
        qWarning("the fault server cannot listen: %s", qPrintable(errorString()));
}

FaultServer::~FaultServer() = default;

void FaultServer::useTls(QSslSocket::PeerVerifyMode clients)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(testCertificate());
    tls.setPrivateKey(testKey());
    tls.setPeerVerifyMode(clients);
    tls.addCaCertificate(testCertificate());
    m_tls = tls;
}

void FaultServer::incomingConnection(qintptr descriptor)
{
    if (!m_tls) {
        QTcpServer::incomingConnection(descriptor);
        return;
    }
    auto *socket = new QSslSocket(this);
    socket->setSslConfiguration(*m_tls);
    socket->setSocketDescriptor(descriptor);
    socket->startServerEncryption();
    addPendingConnection(socket);
}

void FaultServer::on(const QByteArray &path, const QList<Script> &scripts)
{
    m_scripts.insert(path, scripts);
    m_served.remove(path);
}

QUrl FaultServer::url(const QByteArray &pathAndQuery) const
{
    return QUrl::fromEncoded(
        (m_tls ? "https" : "http") + QByteArray("://127.0.0.1:") + QByteArray::number(serverPort()) + pathAndQuery);
}

void FaultServer::go()
{
    const auto connections = findChildren<FaultConnection *>();
    for (FaultConnection *connection : connections)
        connection->go();
}

void FaultServer::dropAll(bool withReset)
{
    const auto connections = findChildren<FaultConnection *>();
    for (FaultConnection *connection : connections)
        connection->drop(withReset);
}

int FaultServer::requestCount(const QByteArray &path) const
{
    return static_cast<int>(std::count_if(
        m_requests.begin(), m_requests.end(), [&](const Request &request) { return request.target == path; }));
}

int FaultServer::openCount() const
{
    return static_cast<int>(findChildren<FaultConnection *>().size());
}

int FaultServer::waitingCount() const
{
    const auto connections = findChildren<FaultConnection *>();
    return static_cast<int>(std::count_if(connections.begin(), connections.end(),
        [](const FaultConnection *connection) { return connection->isWaiting(); }));
}

void FaultServer::acceptAll()
{
    while (QTcpSocket *socket = nextPendingConnection())
        new FaultConnection(*this, socket, ++m_accepted);
}

Script FaultServer::scriptFor(const QByteArray &target)
{
    const QByteArray path = target.split('?').constFirst();
    const QList<Script> scripts = m_scripts.value(path);
    if (scripts.isEmpty())
        return Script::response("404 Not Found");
    const qsizetype index = std::min<qsizetype>(m_served[path]++, scripts.size() - 1);
    return scripts[index];
}

void FaultServer::note(const Request &request)
{
    Request noted = request;
    noted.arrivalMs = m_clock.elapsed();
    m_requests.append(noted);
    Q_EMIT requestReceived(noted);
}

} // namespace weir::test
