// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/publishsession.h"

#include "cli/scenariooption.h"
#include "publish/listener.h"
#include "publish/server.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>
#include <QSslCertificate>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <unistd.h>

namespace weir::cli {

using publish::Publisher;

namespace {

// What the publisher's thread may have before it, so that a fast pipe does not become a queue in memory.
constexpr int maxUnanswered = 1000;
constexpr std::chrono::milliseconds deliveryInterval{50};
/// What a client that reads leaves lying is gone long before.
constexpr std::chrono::milliseconds longLag{5000};

/// True for a file that was meant for something else, like the user's own key.
bool holdsOtherThanCertificates(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() == 0)
        return false;
    const auto content = file.read(1 << 20);
    return content.contains("PRIVATE KEY") || QSslCertificate::fromData(content).isEmpty();
}

publish::InputSettings inputSettings(const PublishOptions &options)
{
    publish::InputSettings settings;
    settings.path = options.path;
    settings.format = options.inputFormat;
    return settings;
}

} // namespace

PublishSession::PublishSession(const PublishOptions &options)
    : m_options(options)
    , m_input(inputSettings(options))
{
    connect(&m_publisher, &Publisher::started, this, &PublishSession::announce);
    connect(&m_publisher, &Publisher::failed, this, &PublishSession::fail);
    connect(&m_publisher, &Publisher::stopped, this, &PublishSession::finished);
    connect(&m_publisher, &Publisher::clientsChanged, this, &PublishSession::watchClients);
    connect(&m_publisher, &Publisher::published, this, &PublishSession::noteAnswer);
    connect(&m_publisher, &Publisher::refused, this, [this](const QString &reason) {
        std::cerr << "weir: not published: " << reason.toStdString() << std::endl;
        noteLoss();
        noteAnswer();
    });
    connect(&m_publisher, &Publisher::generatorFinished, this, [this] {
        if (m_options.exitWhenDone)
            stop();
    });
    connect(&m_signals, &UnixSignals::stop, this, &PublishSession::stop);
    connect(&m_signals, &UnixSignals::hangup, this, &PublishSession::stop);
    m_deliveryTimer.setSingleShot(true);
    m_deliveryTimer.setInterval(deliveryInterval);
    connect(&m_deliveryTimer, &QTimer::timeout, this, &PublishSession::awaitDelivery);
}

void PublishSession::fail(const QString &reason)
{
    std::cerr << "weir: " << reason.toStdString() << std::endl;
    m_exitStatus = Failure;
    Q_EMIT finished();
}

QString PublishSession::prepareTls()
{
    if (!m_options.selfSignedFile.empty())
        return makeCertificate();
    if (m_options.certificateFile.empty())
        return {};
    const auto read = publish::loadTlsIdentity(
        QString::fromStdString(m_options.certificateFile), QString::fromStdString(m_options.keyFile));
    m_options.publisher.tls = read.identity;
    return read.error.isEmpty() ? QString() : QStringLiteral("--tls-cert and --tls-key: ") + read.error;
}

QString PublishSession::makeCertificate()
{
    auto names = m_options.publisher.hostNames;
    if (!m_options.publisher.address.isLoopback())
        names.append(m_options.publisher.address.toString());
    const auto identity = publish::makeSelfSigned(names);
    if (identity.isNull())
        return QStringLiteral("--tls-self-signed: the system's OpenSSL cannot make a certificate");
    const auto path = QString::fromStdString(m_options.selfSignedFile);
    if (holdsOtherThanCertificates(path))
        return QStringLiteral("--tls-self-signed: %1 holds something that is no certificate, and is left as it is")
            .arg(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(identity.certificatePem()) < 0 || !file.commit())
        return QStringLiteral("--tls-self-signed: %1 cannot be written: %2").arg(file.fileName(), file.errorString());
    std::cerr << "weir: certificate with the SHA-256 fingerprint " << identity.fingerprint().toStdString() << std::endl;
    m_options.publisher.tls = identity;
    return {};
}

/// The publisher never runs: only its thread is used.
void PublishSession::startHub()
{
    if (m_options.generator)
        m_options.scenario = scenarioOf(*m_options.generator);
    if (m_options.scenario)
        return startScenario();
    m_hubFeed = std::make_unique<HubFeed>(m_publisher, *m_options.hub);
    connect(m_hubFeed.get(), &HubFeed::answered, this, [this](const QString &problem) {
        if (!problem.isEmpty()) {
            std::cerr << "weir: not published: " << problem.toStdString() << std::endl;
            noteLoss();
        }
        noteAnswer();
    });
    beginInput();
}

void PublishSession::start()
{
    if (m_options.hub) {
        startHub();
        return;
    }
    if (const QString problem = prepareTls(); !problem.isEmpty()) {
        fail(problem);
        return;
    }
    m_publisher.addChannel(m_options.path);
    m_publisher.start(m_options.publisher);
}

void PublishSession::announce(const QUrl &url)
{
    auto stream = url;
    stream.setPath(m_options.path);
    std::cout << stream.toString(QUrl::FullyEncoded).toStdString() << std::endl;
    if (!std::cout) {
        fail(QStringLiteral("standard output cannot be written"));
        return;
    }
    warnOfFewDescriptors();
    if (m_options.scenario && m_options.waitForClients == 0)
        startScenario();
    else if (m_options.generator)
        m_publisher.startGenerator(*m_options.generator);
    else if (m_options.waitForClients == 0 && !m_options.scenario)
        beginInput();
}

void PublishSession::warnOfFewDescriptors() const
{
    const auto room = publish::Listener::room();
    if (room < m_options.publisher.maxClients) {
        std::cerr << "weir: of " << m_options.publisher.maxClients << " clients only " << room
                  << " can connect, the others wait: this system allows no more open files (ulimit -Hn)" << std::endl;
    }
}

void PublishSession::watchClients(const QList<publish::ClientStatus> &clients)
{
    if (endsWhenDone())
        nameTheSilent(clients);
    if (m_options.scenario && !m_player && clients.size() >= m_options.waitForClients)
        startScenario();
    if (!m_options.scenario && !m_options.generator && !m_notifier && !m_inputEnded &&
        clients.size() >= m_options.waitForClients)
        beginInput();
}

/// A client that never reads would otherwise hold up the end without a word.
void PublishSession::nameTheSilent(const QList<publish::ClientStatus> &clients)
{
    for (const auto &client : clients) {
        if (client.lag >= longLag && !m_named.contains(client.id)) {
            m_named.insert(client.id);
            std::cerr << "weir: waiting for " << client.address.toStdString()
                      << ", which has taken nothing for 5 s; Ctrl+C ends without it" << std::endl;
        }
    }
}

void PublishSession::startScenario()
{
    m_player = std::make_unique<publish::ScenarioPlayer>(m_publisher);
    connect(
        m_player.get(), &publish::ScenarioPlayer::progressed, this, [this](const publish::ScenarioProgress &progress) {
            if (progress.state != publish::ScenarioProgress::State::Ended || m_isStopping)
                return;
            if (!progress.problem.isEmpty()) {
                std::cerr << "weir: the scenario ended: " << progress.problem.toStdString() << std::endl;
                m_exitStatus = Failure;
            }
            if (m_exitStatus == Failure)
                stop();
            else if (endsWhenDone())
                awaitDelivery();
        });
    publish::Target target;
    target.destination.path = m_options.path;
    target.destination.hub = m_options.hub;
    m_player->start(*m_options.scenario, target);
}

void PublishSession::beginInput()
{
    m_notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &PublishSession::readInput);
}

void PublishSession::readInput()
{
    std::array<char, 65536> bytes;
    const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count > 0) {
        take(m_input.feed(QByteArray(bytes.data(), count)));
        return;
    }
    if (count < 0) {
        const bool isForOthers = errno == EIO && ::isatty(STDIN_FILENO) == 1;
        std::cerr << "weir: standard input is not read: "
                  << (isForOthers ? "this terminal serves the program in its foreground" : std::strerror(errno))
                  << std::endl;
    }
    m_notifier->setEnabled(false);
    m_inputEnded = true;
    take(m_input.finish());
    endIfDone();
}

void PublishSession::take(const publish::EventInput::Result &result)
{
    for (const auto &problem : result.problems) {
        std::cerr << "weir: standard input, " << problem.toStdString() << std::endl;
        noteLoss();
    }
    for (const auto &publication : result.publications) {
        ++m_unanswered;
        if (m_hubFeed)
            sendToHub(publication);
        else
            m_publisher.publish(publication);
    }
    if (m_unanswered >= maxUnanswered)
        m_notifier->setEnabled(false);
}

void PublishSession::sendToHub(const publish::Publication &publication)
{
    const QString omission = publish::leftOut(m_options.hub->kind, publication.message);
    if (!omission.isEmpty() && !m_saidOmissions.contains(omission)) {
        m_saidOmissions.insert(omission);
        std::cerr << "weir: " << omission.toStdString() << " This is said once." << std::endl;
    }
    m_hubFeed->send(publication);
}

void PublishSession::noteAnswer()
{
    --m_unanswered;
    if (!m_inputEnded && m_notifier && m_unanswered < maxUnanswered)
        m_notifier->setEnabled(true);
    endIfDone();
}

void PublishSession::endIfDone()
{
    if (endsWhenDone() && m_inputEnded && m_unanswered == 0)
        awaitDelivery();
}

/// Stopping cuts off who does not take what is queued soon.
void PublishSession::awaitDelivery()
{
    m_publisher.onServer([this](publish::Server &server) {
        const auto channels = server.channels().channels();
        const bool isDelivered =
            std::all_of(channels.begin(), channels.end(), [](const auto *channel) { return channel->isDrained(); });
        QMetaObject::invokeMethod(this, [this, isDelivered] {
            if (isDelivered)
                stop();
            else
                m_deliveryTimer.start();
        });
    });
}

/// Who runs to an end has to be able to tell by the status that something is missing.
void PublishSession::noteLoss()
{
    if (endsWhenDone())
        m_exitStatus = Failure;
}

void PublishSession::stop()
{
    if (m_isStopping)
        return;
    m_isStopping = true;
    if (m_options.hub)
        Q_EMIT finished();
    else
        m_publisher.stop();
}

int publishEvents(const PublishOptions &options)
{
    PublishSession session(options);
    QObject::connect(&session, &PublishSession::finished, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    session.start();
    QCoreApplication::exec();
    return session.exitStatus();
}

} // namespace weir::cli
