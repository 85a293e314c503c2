// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/feeddesk.h"

#include "publish/channelset.h"

#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <limits>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

/// Parsed ahead, so that the sockets never wait for the disk.
constexpr std::size_t lowWater = 2000;
/// In one turn of the event loop, so that the server stays responsive.
constexpr int mostInTurn = 500;
constexpr int mostAtHub = 4;
constexpr qint64 clientQueue = 1 << 20;
constexpr auto shortestWait = 2ms;
constexpr auto longestWait = 60s;

} // namespace

FeedDesk::FeedDesk()
{
    m_reading.setParent(this);
    m_timer.setParent(this);
    m_telling.setParent(this);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_telling.setSingleShot(true);
    m_telling.setInterval(100);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &FeedDesk::takePiece);
    connect(&m_timer, &QTimer::timeout, this, &FeedDesk::advance);
    connect(&m_telling, &QTimer::timeout, this, [this] { Q_EMIT progressed(m_progress); });
}

FeedDesk::~FeedDesk()
{
    m_reading.cancel();
}

void FeedDesk::start(ChannelSet &channels, const FeedSettings &settings)
{
    m_channels = &channels;
    m_settings = settings;
    m_settings.input.path = settings.destination.path;
    m_settings.destination.waitAboveBytes = settings.messagesPerSecond > 0 ? 0 : clientQueue;
    // Little is under way when a hub refuses, since that will be refused too.
    if (m_settings.destination.hub)
        m_settings.destination.hub->maxPending = mostAtHub;
    m_progress = {};
    m_sinks.clear();
    m_ready.clear();
    m_unanswered = 0;
    m_steps = 0;
    m_allowed = 0;
    m_hasReadAll = false;
    m_file = std::make_shared<EventFile>(settings.path, m_settings.input);
    m_pacer.reset();
    if (settings.messagesPerSecond > 0)
        m_pacer.emplace(Pacer::Plan{settings.messagesPerSecond});
    m_clock = {};
    enter(settings.isStepwise ? State::Paused : State::Running);
    if (settings.isStepwise)
        m_clock.pause();
    m_isReading = false;
    readOn();
}

void FeedDesk::pause()
{
    if (m_progress.state != State::Running)
        return;
    m_clock.pause();
    enter(State::Paused);
}

void FeedDesk::resume()
{
    if (m_progress.state != State::Paused)
        return;
    m_clock.resume();
    enter(State::Running);
    advance();
}

void FeedDesk::step()
{
    if (m_progress.state != State::Paused)
        return;
    ++m_steps;
    advance();
}

void FeedDesk::stop()
{
    if (isOver() || !m_file)
        return;
    enter(State::Stopped);
    m_reading.cancel();
    m_ready.clear();
    m_sinks.clear();
}

void FeedDesk::readOn()
{
    if (m_isReading || m_hasReadAll || m_ready.size() >= lowWater)
        return;
    m_isReading = true;
    auto promise = std::make_shared<QPromise<EventFile::Piece>>();
    promise->start();
    m_reading.setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, file = m_file] {
        if (!promise->isCanceled())
            promise->addResult(file->read());
        promise->finish();
    });
}

void FeedDesk::takePiece()
{
    if (isOver() || m_reading.future().resultCount() == 0)
        return;
    m_isReading = false;
    const EventFile::Piece piece = m_reading.result();
    m_ready.insert(m_ready.end(), piece.content.publications.begin(), piece.content.publications.end());
    m_progress.unread += static_cast<std::uint64_t>(piece.content.problems.size());
    if (!piece.content.problems.isEmpty())
        m_progress.problem = piece.content.problems.last();
    if (!piece.failure.isEmpty())
        m_progress.problem = tr("The file cannot be read: %1").arg(piece.failure);
    m_progress.position = piece.position;
    m_progress.size = piece.size;
    m_hasReadAll = piece.isLast;
    tell();
    readOn();
    advance();
}

void FeedDesk::advance()
{
    if (isOver() || !m_file)
        return;
    sendDue();
    readOn();
    if (m_hasReadAll && m_ready.empty() && m_unanswered == 0 && !isOver())
        enter(State::Done);
    else
        scheduleNext();
}

std::uint64_t FeedDesk::allowance()
{
    if (m_progress.state == State::Paused)
        return m_steps;
    if (!m_pacer)
        return std::numeric_limits<std::uint64_t>::max();
    m_allowed += m_pacer->take(m_clock.elapsed(), std::numeric_limits<std::uint64_t>::max());
    return m_allowed;
}

void FeedDesk::sendDue()
{
    const std::uint64_t allowed = allowance();
    std::uint64_t sent = 0;
    m_progress.isHeldUp = false;
    while (sent < std::min<std::uint64_t>(allowed, mostInTurn) && !m_ready.empty() && sendNext())
        ++sent;
    if (m_steps > 0)
        m_steps -= std::min(m_steps, sent);
    else
        m_allowed -= std::min(m_allowed, sent);
}

/// False when there is no room, or a hub's answer has paused the feed.
bool FeedDesk::sendNext()
{
    EventSink *sink = sinkFor(m_ready.front().path);
    if (sink && !sink->hasRoom()) {
        m_progress.isHeldUp = true;
        tell();
        return false;
    }
    const Publication publication = std::move(m_ready.front());
    m_ready.pop_front();
    if (!sink)
        return true;
    ++m_unanswered;
    sink->send(
        publication.message, publication.automaticId, [this](const EventSink::Answer &answer) { noteAnswer(answer); });
    return m_steps > 0 || m_progress.state == State::Running;
}

EventSink *FeedDesk::sinkFor(const QString &path)
{
    const QString key = m_settings.destination.hub ? QString() : path;
    if (const auto known = m_sinks.find(key); known != m_sinks.end())
        return known->second.get();
    Destination destination = m_settings.destination;
    destination.path = path;
    QString problem;
    auto sink = openSink(*m_channels, destination, problem);
    if (!sink) {
        noteRefusal(problem);
        return nullptr;
    }
    connect(sink.get(), &EventSink::roomMade, this, &FeedDesk::advance, Qt::QueuedConnection);
    return m_sinks.emplace(key, std::move(sink)).first->second.get();
}

void FeedDesk::noteAnswer(const EventSink::Answer &answer)
{
    --m_unanswered;
    if (answer.problem.isEmpty())
        ++m_progress.sent;
    else
        noteRefusal(answer.problem);
    // What one message of a hub has met, the next ones meet too.
    if (!answer.problem.isEmpty() && m_settings.destination.hub)
        pause();
    tell();
    if (m_hasReadAll && m_ready.empty() && m_unanswered == 0 && !m_timer.isActive())
        m_timer.start(0);
}

void FeedDesk::noteRefusal(const QString &problem)
{
    ++m_progress.refused;
    m_progress.problem = problem;
    tell();
}

void FeedDesk::scheduleNext()
{
    if (m_ready.empty() || m_progress.isHeldUp)
        return;
    if (m_progress.state == State::Paused) {
        if (m_steps > 0)
            m_timer.start(0);
        return;
    }
    if (!m_pacer || m_allowed > 0) {
        m_timer.start(0);
        return;
    }
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(m_pacer->next() - m_clock.elapsed());
    m_timer.start(std::clamp<std::chrono::milliseconds>(wait, shortestWait, longestWait));
}

void FeedDesk::enter(State state)
{
    m_progress.state = state;
    m_telling.stop();
    Q_EMIT progressed(m_progress);
}

void FeedDesk::tell()
{
    if (!m_telling.isActive() && !isOver())
        m_telling.start();
}

} // namespace weir::publish
