// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/listener.h"

#include "publish/socketoptions.h"

#include <QUrl>

#include <algorithm>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

/// Left for everything else in the process.
constexpr qintptr reservedDescriptors = 64;
/// What the system keeps while accepting is paused; it may have a lower limit of its own (net.core.somaxconn).
constexpr int backlog = 4096;
/// How often it looks for descriptors, of which other parts of the process use some too; more often while there are
/// few, because clients wait.
constexpr auto usualInterval = 500ms;
constexpr auto shortInterval = 50ms;
/// Free ports that are tried until one is free for both loopback addresses.
constexpr int loopbackTries = 20;

/// Gives out descriptors instead of sockets, which the server would own.
class DescriptorServer : public QTcpServer
{
    Q_OBJECT

Q_SIGNALS:
    void arrived(qintptr descriptor);

protected:
    void incomingConnection(qintptr descriptor) override { Q_EMIT arrived(descriptor); }
};

} // namespace

Listener::Listener(QObject *parent)
    : QObject(parent)
    , m_watchTimer(this)
{
    m_watchTimer.setInterval(usualInterval);
    connect(&m_watchTimer, &QTimer::timeout, this, &Listener::watchDescriptors);
}

QString Listener::listen(const QHostAddress &address, quint16 port)
{
    m_error.clear();
    raiseDescriptorLimit();
    const bool isLoopback = address == QHostAddress(QHostAddress::LocalHost);
    if (!(isLoopback ? listenOnLoopback(port) : listenOn(address, port))) {
        m_servers.clear();
        return m_error;
    }
    m_watchTimer.start();
    return {};
}

/// Clients may take localhost for either address, and must not get to another program by one of them. Without IPv6 the
/// first one must do.
bool Listener::listenOnLoopback(quint16 port)
{
    for (int i = 0; i < loopbackTries; ++i) {
        m_servers.clear();
        if (!listenOn(QHostAddress(QHostAddress::LocalHost), port))
            return false;
        if (listenOn(QHostAddress(QHostAddress::LocalHostIPv6), m_servers.front()->serverPort()) ||
            m_lastError != QAbstractSocket::AddressInUseError)
            return true;
        if (port != 0)
            return false;
    }
    return false;
}

bool Listener::listenOn(const QHostAddress &address, quint16 port)
{
    auto server = std::make_unique<DescriptorServer>();
    server->setListenBacklogSize(backlog);
    connect(server.get(), &DescriptorServer::arrived, this, &Listener::take);
    if (address.isMulticast() || address.isBroadcast() || !server->listen(address, port)) {
        m_lastError = server->serverError();
        m_error = explain(*server, address, port);
        return false;
    }
    m_servers.push_back(std::move(server));
    return true;
}

QString Listener::explain(const QTcpServer &server, const QHostAddress &address, quint16 port) const
{
    if (address.isMulticast() || address.isBroadcast())
        return tr("The address %1 is one of many computers; a server needs one of its own.").arg(address.toString());
    if (address.isLinkLocal() && address.protocol() == QAbstractSocket::IPv6Protocol && address.scopeId().isEmpty())
        return tr("The address %1 needs the name of its network interface, as in %1%eth0.").arg(address.toString());
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return address == QHostAddress(QHostAddress::LocalHostIPv6)
                   ? tr("Port %1 is already in use by another program, at the address ::1.").arg(port)
                   : tr("Port %1 is already in use by another program.").arg(port);
    case QAbstractSocket::SocketAccessError:
        return tr("This user may not listen on port %1; ports from 1024 on need no special rights.").arg(port);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return tr("The address %1 does not belong to this computer.").arg(address.toString());
    default:
        return tr("Cannot listen on %1, port %2: %3.")
            .arg(address.toString(), QString::number(port), server.errorString());
    }
}

void Listener::close()
{
    m_watchTimer.stop();
    m_servers.clear();
}

QUrl Listener::url() const
{
    QUrl url;
    if (m_servers.empty())
        return url;
    QHostAddress address = m_servers.front()->serverAddress();
    if (address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4))
        address = QHostAddress(QHostAddress::LocalHost);
    else if (address == QHostAddress(QHostAddress::AnyIPv6))
        address = QHostAddress(QHostAddress::LocalHostIPv6);
    url.setScheme(m_isEncrypted ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(address.toString());
    url.setPort(m_servers.front()->serverPort());
    return url;
}

qintptr Listener::room()
{
    return std::max<qintptr>(descriptorLimit() - reservedDescriptors - nextDescriptor(), 0);
}

void Listener::take(qintptr descriptor)
{
    if (descriptor >= descriptorLimit() - reservedDescriptors)
        setShortOfDescriptors(true);
    Q_EMIT arrived(descriptor);
}

void Listener::watchDescriptors()
{
    setShortOfDescriptors(room() == 0);
}

void Listener::setShortOfDescriptors(bool isShort)
{
    m_isShortOfDescriptors = isShort;
    const auto interval = isShort ? shortInterval : usualInterval;
    if (m_watchTimer.intervalAsDuration() != interval)
        m_watchTimer.setInterval(interval);
    updateAccepting();
}

void Listener::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    updateAccepting();
}

void Listener::updateAccepting()
{
    const bool isAccepting = !m_isPaused && !m_isShortOfDescriptors;
    for (const auto &server : m_servers) {
        // A server that was paused first empties the queue of the system; one that may hold nothing stops at once.
        server->setMaxPendingConnections(isAccepting ? 1 : 0);
        if (isAccepting)
            server->resumeAccepting();
        else
            server->pauseAccepting();
    }
}

} // namespace weir::publish

#include "listener.moc"
