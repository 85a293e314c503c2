// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/listener.h"

#include "publish/socketoptions.h"

#include <QUrl>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

/// Left for everything else in the process.
constexpr qintptr reservedDescriptors = 64;
/// What the system keeps while accepting is paused; it may have a lower limit of its own (net.core.somaxconn).
constexpr int backlog = 4096;

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
    m_watchTimer.setInterval(500ms);
    connect(&m_watchTimer, &QTimer::timeout, this, &Listener::watchDescriptors);
}

QString Listener::listen(const QHostAddress &address, quint16 port)
{
    m_error.clear();
    if (!listenOn(address, port))
        return m_error;
    // Browsers may take localhost for either address. Without IPv6 the first one must do.
    if (address == QHostAddress(QHostAddress::LocalHost))
        listenOn(QHostAddress(QHostAddress::LocalHostIPv6), m_servers.front()->serverPort());
    m_watchTimer.start();
    return {};
}

bool Listener::listenOn(const QHostAddress &address, quint16 port)
{
    auto server = std::make_unique<DescriptorServer>();
    server->setListenBacklogSize(backlog);
    connect(server.get(), &DescriptorServer::arrived, this, &Listener::take);
    if (!server->listen(address, port)) {
        m_error = explain(*server, address, port);
        return false;
    }
    m_servers.push_back(std::move(server));
    return true;
}

QString Listener::explain(const QTcpServer &server, const QHostAddress &address, quint16 port) const
{
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return tr("Port %1 is already in use by another program.").arg(port);
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

void Listener::take(qintptr descriptor)
{
    if (descriptor >= descriptorLimit() - reservedDescriptors) {
        m_isShortOfDescriptors = true;
        updateAccepting();
    }
    // The pause takes hold only when the queue of the system is empty.
    if (descriptor >= descriptorLimit() - reservedDescriptors / 2) {
        closeDescriptor(descriptor);
        return;
    }
    Q_EMIT arrived(descriptor);
}

void Listener::watchDescriptors()
{
    m_isShortOfDescriptors = nextDescriptor() >= descriptorLimit() - reservedDescriptors;
    updateAccepting();
}

void Listener::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    updateAccepting();
}

void Listener::updateAccepting()
{
    for (const auto &server : m_servers) {
        if (m_isPaused || m_isShortOfDescriptors)
            server->pauseAccepting();
        else
            server->resumeAccepting();
    }
}

} // namespace weir::publish

#include "listener.moc"
