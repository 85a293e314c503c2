// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/replayrun.h"

#include <algorithm>
#include <cmath>

namespace weir::publish {

namespace {

/// Others want their turn on the thread too.
constexpr int maxItemsPerTurn = 500;
constexpr qint64 maxBytesPerTurn = 512 << 10;

using Seconds = std::chrono::duration<double>;
using State = ReplayProgress::State;

} // namespace

ReplayRun::ReplayRun(
    const ReplaySource &source, const ReplayOptions &options, std::unique_ptr<Stage> stage, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_stage(std::move(stage))
    , m_reader(source, options.form, options.keepsReads)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ReplayRun::turn);
    connect(m_stage.get(), &Stage::roomMade, this, &ReplayRun::turn);
    // The slowest may have been the one that went. Queued: whoever came or went is in the middle of it.
    connect(m_stage.get(), &Stage::clientsChanged, this, &ReplayRun::turn, Qt::QueuedConnection);
    const store::Snapshot snapshot = source.log->snapshot();
    const auto first = std::max(source.begin, snapshot.begin());
    const auto end = std::min(source.end, snapshot.end());
    if (first < end) {
        m_firstArrival = snapshot.at(first).arrival();
        m_lastArrival = snapshot.at({end.value - 1}).arrival();
    }
    m_sentArrival = m_firstArrival;
}

ReplayRun::~ReplayRun() = default;

void ReplayRun::play()
{
    begin(Until::End);
}

void ReplayRun::stepEvent()
{
    begin(Until::Event);
}

void ReplayRun::stepWrite()
{
    begin(Until::Write);
}

void ReplayRun::begin(Until until)
{
    if (isPlaying())
        return;
    if (m_state == State::Ended)
        seek(m_reader.source().begin);
    m_problem.clear();
    m_until = until;
    rebase();
    // A heartbeat in the middle of a block would become a part of it.
    m_stage->setSilent(m_options.form == ReplayOptions::Form::AsReceived);
    setState(State::Playing);
    m_timer.start(0);
}

void ReplayRun::pause()
{
    if (!isPlaying())
        return;
    m_timer.stop();
    setState(State::Paused);
}

void ReplayRun::seek(store::EventNumber number)
{
    m_reader.seek(number);
    m_item.reset();
    const store::Snapshot snapshot = m_reader.source().log->snapshot();
    if (snapshot.contains(m_reader.position()))
        m_sentArrival = snapshot.at(m_reader.position()).arrival();
    rebase();
    if (m_state == State::Ended)
        setState(State::Paused);
    if (isPlaying())
        m_timer.start(0);
}

void ReplayRun::setOptions(const ReplayOptions &options)
{
    const bool isOtherForm = options.form != m_options.form || options.keepsReads != m_options.keepsReads;
    m_options = options;
    if (isOtherForm) {
        const store::EventNumber position = m_item ? m_item->number : m_reader.position();
        m_reader = ReplayReader(m_reader.source(), options.form, options.keepsReads);
        seek(position);
    }
    rebase();
    if (isPlaying())
        m_timer.start(0);
}

void ReplayRun::rebase()
{
    m_base = RunClock::Clock::now();
    m_baseArrival.reset();
    m_eventsSinceBase = 0;
}

void ReplayRun::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

bool ReplayRun::hasRoom() const
{
    return m_options.pace == ReplayOptions::Pace::Fastest ? m_stage->hasRoomForAll() : m_stage->hasRoom();
}

void ReplayRun::turn()
{
    if (m_isInTurn || !isPlaying())
        return;
    m_isInTurn = true;
    m_reader.hold();
    int items = 0;
    qint64 bytes = 0;
    while (isPlaying() && items < maxItemsPerTurn && bytes < maxBytesPerTurn) {
        const Fetched fetched = fetch();
        if (fetched == Fetched::No) {
            finishRound();
            continue;
        }
        if (fetched == Fetched::Later) {
            items = maxItemsPerTurn;
            break;
        }
        if (!isDue() || !hasRoom())
            break;
        bytes += m_item->bytes.size();
        ++items;
        send();
    }
    m_reader.release();
    m_isInTurn = false;
    if (isPlaying() && (items >= maxItemsPerTurn || bytes >= maxBytesPerTurn))
        m_timer.start(0);
}

ReplayRun::Fetched ReplayRun::fetch()
{
    if (m_item)
        return Fetched::Yes;
    ReplayItem item;
    switch (m_reader.next(item)) {
    case ReplayReader::Outcome::Item:
        m_item = std::move(item);
        return Fetched::Yes;
    case ReplayReader::Outcome::NotYet:
        return Fetched::Later;
    case ReplayReader::Outcome::End:
        break;
    }
    return Fetched::No;
}

/// Else sets the timer.
bool ReplayRun::isDue()
{
    if (m_options.pace == ReplayOptions::Pace::Fastest || m_until != Until::End)
        return true;
    if (!m_baseArrival)
        m_baseArrival = m_item->arrival;
    const Seconds due = m_options.pace == ReplayOptions::Pace::FixedRate
                            ? Seconds(static_cast<double>(m_eventsSinceBase) / m_options.eventsPerSecond)
                            : Seconds(m_item->arrival - *m_baseArrival) / m_options.factor;
    const Seconds elapsed = RunClock::Clock::now() - m_base;
    if (elapsed >= due)
        return true;
    const std::chrono::duration<double, std::milli> wait = due - elapsed;
    m_timer.start(static_cast<int>(std::ceil(std::min(wait.count(), 60'000.0))));
    return false;
}

void ReplayRun::send()
{
    const ReplayItem item = *std::exchange(m_item, std::nullopt);
    // Comments and reconnection times are between a server and its clients.
    m_sentArrival = item.arrival;
    const bool isPassedOver = m_stage->isHub() && m_options.form == ReplayOptions::Form::Encoded && !item.message.data;
    if (isPassedOver)
        return;
    m_events += item.events;
    m_eventsSinceBase += item.events;
    ++m_writes;
    ++m_writesInRound;
    const auto answer = [this](const EventSink::Answer &done) {
        if (!done.problem.isEmpty())
            fail(done.problem);
    };
    if (m_options.form == ReplayOptions::Form::AsReceived) {
        m_stage->sendBlocks(item.bytes, item.events, m_options.keepsReads, answer);
    } else {
        sse::Message message = item.message;
        if (m_options.newIds)
            message.id.reset();
        m_stage->sink().send(message, m_options.newIds, answer);
    }
    const bool isStepOver = m_until == Until::Write || (m_until == Until::Event && item.events > 0);
    if (isStepOver)
        pause();
}

void ReplayRun::finishRound()
{
    ++m_rounds;
    const bool isEmpty = std::exchange(m_writesInRound, 0) == 0;
    if (isEmpty && m_events == 0)
        m_problem = tr("There is nothing to replay.");
    if (m_options.loops && !isEmpty && m_until == Until::End) {
        m_reader.seek(m_reader.source().begin);
        rebase();
        return;
    }
    m_stage->setSilent(false);
    setState(State::Ended);
}

void ReplayRun::fail(const QString &reason)
{
    m_problem = reason;
    pause();
}

ReplayProgress ReplayRun::progress() const
{
    const auto sinceFirst = [this](store::MonotonicTime time) {
        return static_cast<qint64>(std::chrono::floor<std::chrono::milliseconds>(time - m_firstArrival).count());
    };
    ReplayProgress progress;
    progress.state = m_state;
    progress.position = m_item ? m_item->number : m_reader.position();
    progress.begin = m_reader.source().begin;
    progress.end = m_reader.source().end;
    progress.timeMs = sinceFirst(m_sentArrival);
    progress.totalMs = sinceFirst(m_lastArrival);
    progress.events = m_events - static_cast<quint64>(m_stage->sink().pending());
    progress.writes = m_writes;
    progress.rounds = m_rounds;
    progress.evicted = m_reader.evicted();
    progress.incomplete = m_reader.incomplete();
    if (isPlaying() && !hasRoom())
        progress.remark = m_stage->isHub() ? tr("Waits for the hub’s answers: %1").arg(m_stage->sink().pending())
                                           : tr("Waits for the slowest client");
    progress.problem = m_problem;
    return progress;
}

} // namespace weir::publish
