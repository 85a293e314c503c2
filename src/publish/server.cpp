// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/server.h"

#include "publish/demo.h"
#include "publish/generator.h"

#include <QSslSocket>

namespace weir::publish {

Server::Server()
    : m_channels(this) // parents, so that they move to the thread with it
    , m_channelReport(m_channels, this)
    , m_responder(m_channels)
    , m_listener(this)
    , m_clients(m_responder, this)
{
    connect(&m_channels, &ChannelSet::changed, &m_channelReport, &ChannelReport::noteChange);
    connect(&m_channelReport, &ChannelReport::changed, this, &Server::channelsChanged);
    connect(&m_listener, &Listener::arrived, &m_clients, &ClientSet::add);
    connect(&m_clients, &ClientSet::crowded, &m_listener, &Listener::setPaused);
    connect(&m_clients, &ClientSet::statusChanged, this, &Server::clientsChanged);
    connect(&m_clients, &ClientSet::ended, this, &Server::noteEnd);
}

Server::~Server()
{
    // What plays must let go of channels and clients while there are any.
    Q_EMIT stopping();
    m_listener.close();
    m_clients.disconnect(this);
    m_clients.endAllNow();
    for (const auto &[number, generator] : m_generators)
        delete generator;
}

void Server::start(const PublisherSettings &settings)
{
    if (m_listener.isListening())
        stop();
    if (m_isStopping)
        m_clients.endAllNow();
    m_settings = settings;
    m_responder.configure(settings);
    m_clients.configure(settings);
    m_channels.setDefaults(settings.channelDefaults());
    for (const ChannelSettings &channel : settings.channels)
        configureChannel(channel);
    for (const QString &path : settings.paths)
        addChannel(path);
    if (!settings.tls.isNull() && !QSslSocket::supportsSsl()) {
        Q_EMIT failed(tr("This system's Qt has no TLS."));
        return;
    }
    m_listener.setEncrypted(!settings.tls.isNull());
    if (const QString reason = m_listener.listen(settings.address, settings.port); !reason.isEmpty()) {
        Q_EMIT failed(reason);
        return;
    }
    m_channelReport.start();
    Q_EMIT started(m_listener.url());
    if (m_demo)
        m_demo->start();
    const auto waiting = std::exchange(m_waitingGenerators, {});
    for (const auto &[number, generator] : waiting)
        beginGenerator(number, generator);
}

void Server::stop()
{
    const bool wasListening = m_listener.isListening();
    m_listener.close();
    m_channelReport.stop();
    if (m_demo)
        m_demo->stop();
    while (!m_generators.empty())
        stopGenerator(m_generators.begin()->first);
    Q_EMIT stopping();
    if (!wasListening)
        return;
    m_isStopping = true;
    m_clients.endAll();
}

void Server::noteEnd()
{
    if (std::exchange(m_isStopping, false))
        Q_EMIT stopped();
}

Channel *Server::channelAt(const QString &path)
{
    Channel *channel = m_channels.findOrAdd(path);
    if (!channel)
        Q_EMIT refused(channelPathFault(path));
    return channel;
}

void Server::addChannel(const QString &path)
{
    channelAt(path);
}

void Server::configureChannel(const ChannelSettings &settings)
{
    if (const QString fault = m_channels.configure(settings); !fault.isEmpty())
        Q_EMIT refused(fault);
}

void Server::removeChannel(const QString &path, ChannelSet::Answer answer)
{
    m_channels.remove(path, answer);
}

void Server::publish(const Publication &publication)
{
    Channel *channel = channelAt(publication.path);
    if (!channel)
        return;
    const Channel::Outcome outcome =
        publication.clients.isEmpty() ? channel->send(publication.message, publication.automaticId)
                                      : channel->sendTo(m_clients.streamsOf(publication.clients), publication.message);
    if (outcome.error.isEmpty())
        Q_EMIT published(publication.path, outcome.id);
    else
        Q_EMIT refused(outcome.error);
}

void Server::startGenerator(int number, const Publisher::GeneratorSettings &settings)
{
    if (m_listener.isListening())
        beginGenerator(number, settings);
    else
        m_waitingGenerators.emplace(number, settings);
}

void Server::beginGenerator(int number, const Publisher::GeneratorSettings &settings)
{
    Channel *channel = channelAt(settings.path);
    QString error;
    std::optional<EventTemplate> eventTemplate;
    if (channel)
        eventTemplate = EventTemplate::compile(channel->idPrefix(), settings.type, settings.dataTemplate, error);
    if (!eventTemplate) {
        if (channel)
            Q_EMIT refused(error);
        Q_EMIT generatorFinished(number);
        return;
    }
    Generator::Plan plan;
    if (settings.eventsPerSecond > 0)
        plan.pace = Pacer::Plan{settings.eventsPerSecond, settings.spacing, settings.count};
    plan.count = settings.count;
    plan.waitForClients = settings.waitForClients;
    const Generator::Bounds bounds{m_settings.maxQueuedBytesPerClient, m_settings.isLossless};
    auto *generator = new Generator(*channel, plan, std::move(*eventTemplate), bounds, this);
    m_generators.emplace(number, generator);
    connect(generator, &Generator::finished, this, [this, number] { stopGenerator(number); });
    connect(channel, &Channel::closed, generator, [this, number] { stopGenerator(number); });
    generator->start();
}

void Server::stopGenerator(int number)
{
    const auto entry = m_generators.find(number);
    const bool wasWaiting = m_waitingGenerators.erase(number) > 0;
    if (entry == m_generators.end() && !wasWaiting)
        return;
    if (entry != m_generators.end()) {
        entry->second->stop();
        entry->second->deleteLater();
        m_generators.erase(entry);
    }
    Q_EMIT generatorFinished(number);
}

void Server::startDemo()
{
    if (!m_demo)
        m_demo = new Demo(m_channels, this);
    if (m_listener.isListening())
        m_demo->start();
}

} // namespace weir::publish
