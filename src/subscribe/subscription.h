// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/attempt.h"
#include "subscribe/attemptrecorder.h"
#include "subscribe/companions.h"
#include "subscribe/intake.h"
#include "subscribe/nextstep.h"
#include "subscribe/readingpace.h"
#include "subscribe/secretmask.h"
#include "subscribe/settings.h"
#include "subscribe/status.h"

#include <QNetworkCookieJar>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace weir::subscribe {

/// One subscription's life: idle → connecting → open → waiting → connecting …, or closed. HTML Living Standard,
/// "Server-sent events", processing model. Every change of state is told once, logged once, and has at most one timer
/// or one request in hand. Ingest thread.
class Subscription : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference to `intake`.
    Subscription(Intake &intake, store::SubscriptionId id, const SubscriptionSettings &settings,
        std::shared_ptr<Counters> counters);
    ~Subscription() override;

    void setSettings(const SubscriptionSettings &settings);
    void connectNow();
    void disconnectNow();
    void reconnectNow();
    /// Of an open connection: in force unless the server sets another one until it ends.
    void setLastEventId(const QByteArray &lastEventId);

    /// The system has lost its network, or has it back. Those that reach this machine itself do not care.
    void noteNetwork(bool isOnline);
    /// The machine was suspended for so long. Connections that were open then are not trusted any more.
    void noteResumed();

Q_SIGNALS:
    void statusChanged(const weir::subscribe::ConnectionStatus &status);
    void attemptChanged(const weir::subscribe::AttemptReport &report);

private:
    void startAttempt(Cause cause);
    void beginStatus(ConnectionState state, Cause cause, const QString &detail);
    void publishStatus() { publishStatus(m_status.since); }
    void publishStatus(store::MonotonicTime time);
    void dropAttempt();
    void breakOff();

    void open();
    void fillOpenStatus();
    void noteProgress();
    void readBody();
    void noteRead();
    qint64 readableBytes();
    void waitForPace();
    void tellStop(bool hasStopped);
    void openCompanions();
    QString warning() const;
    void tellCompanions();
    void logCompanions();
    void checkIdle();
    void restartIdleTimer(std::chrono::milliseconds time);

    void finishBody(AttemptEnd &end);
    void endAttempt(const weir::subscribe::AttemptEnd &end);
    void follow(const NextStep &step, const QByteArray &bodyExcerpt);
    void startWait(std::chrono::milliseconds delay);
    void holdWhileOffline();
    void endReport();
    void reconnectBecause(Cause cause);
    void keepLastEventId();
    std::optional<AttemptEnd> reasonNotToStart() const;

    Intake &m_intake;
    SubscriptionSettings m_settings;
    std::shared_ptr<Counters> m_counters;
    ConnectionStatus m_status;
    AttemptRecorder m_recorder;
    QNetworkCookieJar m_cookies;
    QByteArray m_lastEventId;
    std::optional<QByteArray> m_lastEventIdWhenSet; ///< the parser's, when the user set another one
    std::optional<std::chrono::milliseconds> m_serverReconnectionTime;
    ReconnectDelay m_delay;
    Attempt *m_attempt = nullptr;
    std::unique_ptr<BodyReader> m_body;       ///< while open
    std::optional<ReadingPace> m_pace;        ///< while open, if the reading is held back on purpose
    bool m_hasToldStop = false;               ///< that the reading has stopped
    std::unique_ptr<Companions> m_companions; ///< from the first opening to the closing
    bool m_isHeldBack = false;
    bool m_isOnline = true;
    bool m_wasOpen = false;
    QTimer m_retryTimer;
    QTimer m_idleTimer;
    QTimer m_paceTimer;
};

} // namespace weir::subscribe
