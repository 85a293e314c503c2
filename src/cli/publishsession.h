// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "cli/hubfeed.h"
#include "cli/unixsignals.h"
#include "publish/eventinput.h"
#include "publish/publisher.h"
#include "publish/scenarioplayer.h"

#include <QObject>
#include <QSet>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>

namespace weir::cli {

/// `weir publish`: serves what comes from standard input, a generator or a scenario, and prints the stream's URL as its
/// first line; or sends it to a hub, and prints nothing. Standard input is read no faster than the publisher takes it.
/// Lives on the main thread.
class PublishSession : public QObject
{
    Q_OBJECT

public:
    explicit PublishSession(const PublishOptions &options);

    void start();
    int exitStatus() const { return m_exitStatus; }

Q_SIGNALS:
    void finished();

private:
    /// Empty, or one sentence that says why there is no certificate.
    QString prepareTls();
    QString makeCertificate();
    void fail(const QString &reason);
    void announce(const QUrl &url);
    void warnOfFewDescriptors() const;
    void startHub();
    void startScenario();
    bool endsWhenDone() const { return m_options.exitWhenDone || m_options.hub; }
    void watchClients(const QList<publish::ClientStatus> &clients);
    void nameTheSilent(const QList<publish::ClientStatus> &clients);
    void beginInput();
    void readInput();
    void take(const publish::EventInput::Result &result);
    /// Says what the hub will not take of it.
    void sendToHub(const publish::Publication &publication);
    void noteAnswer();
    void endIfDone();
    void awaitDelivery();
    void noteLoss();
    void stop();

    PublishOptions m_options;
    publish::Publisher m_publisher;
    std::unique_ptr<publish::ScenarioPlayer> m_player; ///< of a scenario, once it has begun
    std::unique_ptr<HubFeed> m_hubFeed;                ///< where standard input goes to a hub
    UnixSignals m_signals;
    publish::EventInput m_input;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QSet<QString> m_saidOmissions;
    QSet<std::uint64_t> m_named; ///< clients that held up the end
    int m_unanswered = 0;        ///< publications that the publisher has not taken yet
    QTimer m_deliveryTimer;      ///< until clients are asked again whether they have everything
    bool m_inputEnded = false;
    bool m_isStopping = false;
    int m_exitStatus = Success;
};

/// Runs `weir publish` until it ends; needs a QCoreApplication. Returns an exit status.
int publishEvents(const PublishOptions &options);

} // namespace weir::cli
