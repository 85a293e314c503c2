// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/attemptrecorder.h"

#include "subscribe/request.h"

#include <QCoreApplication>

#include <utility>

namespace weir::subscribe {

using namespace Qt::StringLiterals;

namespace {

QString attemptWords(const char *text)
{
    return QCoreApplication::translate("AttemptRecorder", text);
}

QString whatFollows(const ConnectionStatus &status)
{
    QString text;
    if (status.state == ConnectionState::Waiting)
        text = attemptWords(QT_TRANSLATE_NOOP("AttemptRecorder", "connects again in %1 s"))
                   .arg(static_cast<double>(status.retryDelay.count()) / 1000, 0, 'f', 3);
    else if (status.state == ConnectionState::Closed)
        text = attemptWords(QT_TRANSLATE_NOOP("AttemptRecorder", "closed"));
    else
        text = attemptWords(QT_TRANSLATE_NOOP("AttemptRecorder", "connects again at once"));
    return status.rule.isEmpty() ? text : text + u": "_s + status.rule;
}

} // namespace

AttemptRecorder::AttemptRecorder(std::shared_ptr<const Counters> counters)
    : m_counters(std::move(counters))
{}

void AttemptRecorder::begin(const ConnectionStatus &status)
{
    m_report = {};
    m_report.subscription = status.subscription;
    m_report.attempt = status.attempt;
    m_report.started = status.since;
    m_report.startedBecause = reasonText(status);
    if (!status.lastEventIdOmitted)
        m_report.lastEventIdSent = status.lastEventId;
    m_report.eventsBefore = m_counters->events.load(std::memory_order_relaxed);
    m_report.commentsBefore = m_counters->comments.load(std::memory_order_relaxed);
    m_report.bytesBefore = m_counters->bytes.load(std::memory_order_relaxed);
    m_report.wireBytesBefore = m_counters->wireBytes.load(std::memory_order_relaxed);
}

void AttemptRecorder::noteOpen(const QString &warning)
{
    m_report.opened = sinceStart(std::chrono::steady_clock::now());
    if (!warning.isEmpty())
        m_report.warnings << warning;
}

bool AttemptRecorder::noteEvents(store::MonotonicTime firstByte, store::MonotonicTime firstEvent)
{
    if (!m_report.firstByte && firstByte != store::MonotonicTime{})
        m_report.firstByte = sinceStart(firstByte);
    if (m_report.firstEvent || firstEvent == store::MonotonicTime{})
        return false;
    m_report.firstEvent = sinceStart(firstEvent);
    count();
    return true;
}

void AttemptRecorder::count()
{
    m_report.events = m_counters->events.load(std::memory_order_relaxed) - m_report.eventsBefore;
    m_report.comments = m_counters->comments.load(std::memory_order_relaxed) - m_report.commentsBefore;
    m_report.bytes = m_counters->bytes.load(std::memory_order_relaxed) - m_report.bytesBefore;
    m_report.wireBytes = m_counters->wireBytes.load(std::memory_order_relaxed) - m_report.wireBytesBefore;
}

void AttemptRecorder::end(const ConnectionStatus &status, const QString &ending)
{
    count();
    m_report.ended = sinceStart(status.since);
    m_report.lastEventIdAfter = status.lastEventId;
    m_report.ending = ending;
    m_report.next = whatFollows(status);
    m_report.bodyExcerpt = status.bodyExcerpt;
}

} // namespace weir::subscribe
