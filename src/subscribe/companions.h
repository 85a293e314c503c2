// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/attempt.h"
#include "subscribe/intake.h"
#include "subscribe/settings.h"

#include <QNetworkCookieJar>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace weir::subscribe {

class Companion;

/// Further connections with the request of a subscription, to see how a server bears many. What they bring is read at
/// the subscription's pace, counted and dropped. One that ends comes back after the reconnection time, if the policy
/// says so. Ingest thread.
class Companions : public QObject
{
    Q_OBJECT

public:
    /// Opens them. Keeps a reference to `intake`.
    Companions(Intake &intake, const SubscriptionSettings &settings, QObject *parent = nullptr);
    ~Companions() override;

    struct Tally
    {
        int wanted = 0;
        int open = 0;
        std::uint64_t ended = 0; ///< connections that were refused, cut or ended
        std::uint64_t bytes = 0; ///< of bodies, as they came
        QString lastEnd;         ///< why the last of them ended
    };
    Tally tally() const;

Q_SIGNALS:
    void changed();  ///< how many are open, or why not; at most 4 times a second
    void reckoned(); ///< the same for a log: at most every 2 s, and after the last change

private:
    void noteChange();

    SubscriptionSettings m_settings;
    QNetworkCookieJar m_cookies;
    std::vector<std::unique_ptr<Companion>> m_companions;
    std::uint64_t m_ended = 0;
    QString m_lastEnd;
    QTimer m_changeTimer;
    QTimer m_reckonTimer;
};

/// "Further connections: 98 of 99 open. Ended: 3, the last one: refused with status 503."
QString text(const Companions::Tally &tally);

} // namespace weir::subscribe
