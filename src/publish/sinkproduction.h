// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/eventsink.h"
#include "publish/eventtemplate.h"
#include "publish/pacer.h"
#include "publish/production.h"

#include <QTimer>

namespace weir::publish {

/// Sends events made from a template one by one to a sink that is no whole channel, as fast as it has room. Completed
/// when the sink has answered each of them. Publisher thread only.
class SinkProduction : public Production
{
    Q_OBJECT

public:
    /// Keeps a reference to the sink.
    SinkProduction(EventSink &sink, const Pacer::Plan &pace, MessageTemplate message, std::uint64_t firstSeq,
        QObject *parent = nullptr);

    void start() override;
    void pause() override;
    void resume() override;
    std::uint64_t produced() const override { return m_produced; }

private:
    void advance();
    void sendOne();

    EventSink &m_sink;
    Pacer m_pacer;
    MessageTemplate m_template;
    std::uint64_t m_firstSeq;
    std::uint64_t m_produced = 0;
    std::uint64_t m_unanswered = 0; ///< an answer finds this: it must not go before
    QTimer m_timer;
    RunClock m_clock;
    bool m_isPaused = false;
    bool m_hasCompleted = false;
};

} // namespace weir::publish
