// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/companions.h"

#include "subscribe/readingpace.h"
#include "subscribe/reconnectdelay.h"
#include "subscribe/secretmask.h"

#include <QLocale>
#include <QRandomGenerator>

#include <algorithm>

namespace weir::subscribe {

using namespace std::chrono_literals;

namespace {

constexpr auto changeInterval = 250ms;
constexpr auto reckonInterval = 2s;

} // namespace

/// One of them: attempts, one after the other.
class Companion : public QObject
{
    Q_OBJECT

public:
    Companion(Intake &intake, const SubscriptionSettings &settings, QNetworkCookieJar &cookies)
        : m_intake(intake)
        , m_settings(settings)
        , m_cookies(cookies)
    {
        m_retryTimer.setSingleShot(true);
        m_paceTimer.setSingleShot(true);
        connect(&m_retryTimer, &QTimer::timeout, this, &Companion::start);
        connect(&m_paceTimer, &QTimer::timeout, this, &Companion::read);
        m_retryTimer.start(0ms);
    }

    ~Companion() override
    {
        if (m_attempt) {
            m_attempt->abandon();
            delete m_attempt;
        }
    }

    bool isOpen() const { return m_pace.has_value(); }
    std::uint64_t bytes() const { return m_bytes; }

Q_SIGNALS:
    void changed();
    void ended(const QString &why);

private:
    void start()
    {
        const WaysOut ways{m_intake.pool, m_intake.connects, *m_intake.lookups, m_cookies};
        m_attempt = new Attempt(ways, m_settings, m_settings.lastEventId, ++m_number, this);
        connect(m_attempt, &Attempt::opened, this, &Companion::open);
        connect(m_attempt, &Attempt::readable, this, &Companion::read);
        connect(m_attempt, &Attempt::ended, this, &Companion::end);
        m_attempt->start();
    }

    void open()
    {
        m_pace.emplace(m_settings.consumption, std::chrono::steady_clock::now());
        Q_EMIT changed();
    }

    void read()
    {
        if (!m_attempt || !m_pace)
            return;
        while (true) {
            const auto now = std::chrono::steady_clock::now();
            const qint64 allowed = std::min(m_pace->allowance(now), static_cast<qint64>(m_intake.buffer.size()));
            if (allowed == 0) {
                if (const auto pause = m_pace->pause(now))
                    m_paceTimer.start(*pause);
                return;
            }
            const qint64 count = m_attempt->read(m_intake.buffer.data(), allowed);
            if (count <= 0)
                break;
            m_pace->spend(count);
            m_bytes += static_cast<std::uint64_t>(count);
        }
        m_attempt->noteDrained();
    }

    void end(const AttemptEnd &end)
    {
        ConnectionStatus status;
        status.state = ConnectionState::Closed;
        status.cause = end.cause;
        status.detail = end.detail;
        status.httpStatus = m_attempt->head().status;
        const bool wasOpen = m_pace.has_value();
        m_pace.reset();
        m_paceTimer.stop();
        m_attempt->abandon();
        std::exchange(m_attempt, nullptr)->deleteLater();
        const ReconnectPolicy &policy = m_settings.reconnect;
        if (policy.isEnabled && !closesForGood(end.cause, policy, wasOpen))
            m_retryTimer.start(effectiveReconnectionTime(policy, std::nullopt));
        Q_EMIT ended(SecretMask(m_settings.secretTexts).masked(text(status)));
    }

    Intake &m_intake;
    const SubscriptionSettings &m_settings;
    QNetworkCookieJar &m_cookies;
    Attempt *m_attempt = nullptr; ///< child
    std::optional<ReadingPace> m_pace;
    std::uint32_t m_number = 0;
    std::uint64_t m_bytes = 0;
    QTimer m_retryTimer;
    QTimer m_paceTimer;
};

Companions::Companions(Intake &intake, const SubscriptionSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(changeInterval);
    m_reckonTimer.setSingleShot(true);
    m_reckonTimer.setInterval(reckonInterval);
    connect(&m_changeTimer, &QTimer::timeout, this, &Companions::changed);
    connect(&m_reckonTimer, &QTimer::timeout, this, &Companions::reckoned);
    for (int i = 0; i < std::min(settings.consumption.extraConnections, maxExtraConnections); ++i) {
        auto companion = std::make_unique<Companion>(intake, m_settings, m_cookies);
        connect(companion.get(), &Companion::changed, this, &Companions::noteChange);
        connect(companion.get(), &Companion::ended, this, [this](const QString &why) {
            ++m_ended;
            m_lastEnd = why;
            noteChange();
        });
        m_companions.push_back(std::move(companion));
    }
}

Companions::~Companions() = default;

void Companions::noteChange()
{
    if (!m_changeTimer.isActive())
        m_changeTimer.start();
    if (!m_reckonTimer.isActive())
        m_reckonTimer.start();
}

Companions::Tally Companions::tally() const
{
    Tally tally;
    tally.wanted = static_cast<int>(m_companions.size());
    for (const auto &companion : m_companions) {
        tally.open += companion->isOpen() ? 1 : 0;
        tally.bytes += companion->bytes();
    }
    tally.ended = m_ended;
    tally.lastEnd = m_lastEnd;
    return tally;
}

QString text(const Companions::Tally &tally)
{
    const QLocale locale;
    const QString open = Companions::tr("further connections: %1 of %2 open")
                             .arg(locale.toString(tally.open), locale.toString(tally.wanted));
    if (tally.ended == 0)
        return open;
    return Companions::tr("%1, ended so far: %2, the last one: %3")
        .arg(open, locale.toString(qulonglong{tally.ended}), tally.lastEnd);
}

} // namespace weir::subscribe

#include "companions.moc"
