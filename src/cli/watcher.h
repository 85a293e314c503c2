// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "cli/standardoutput.h"
#include "cli/unixsignals.h"
#include "filter/filter.h"
#include "store/eventlog.h"
#include "subscribe/ingest.h"
#include "subscribe/networkpresence.h"

#include <QTimer>

#include <memory>
#include <string>
#include <unordered_map>

namespace weir::cli {

/// `weir watch`: prints the log as it grows. The ingest is held back while standard output is slower than the streams,
/// so that nothing is evicted before it was printed. Lives on the main thread.
class Watcher : public QObject
{
    Q_OBJECT

public:
    explicit Watcher(const WatchOptions &options);

    void start();
    int exitStatus() const { return m_exitStatus; }

Q_SIGNALS:
    void finished();

private:
    struct Stream
    {
        std::string name;
        std::uint64_t printedEvents = 0;
        bool isClosed = false;
        bool hasFailed = false;
        std::shared_ptr<const subscribe::Counters> counters;
    };

    void addSubscriptions();
    void noteStatus(const subscribe::ConnectionStatus &status);
    void noteAttempt(const subscribe::AttemptReport &report);
    void reconnectAll();
    void print();
    void print(const store::EventView &event);
    void reportEviction(const store::Snapshot &snapshot);
    void printEvent(const store::EventView &event, Stream &stream);
    bool isWanted(const store::EventView &event);
    bool allClosed() const;
    void finish();
    void printSummary();

    WatchOptions m_options;
    subscribe::FlowLimit m_flow;
    store::EventLog m_log;
    subscribe::Ingest m_ingest;
    subscribe::NetworkPresence m_presence;
    UnixSignals m_signals;
    filter::Filter m_filter;
    filter::SourceNames m_names;
    filter::ScanTroubles m_troubles;
    StandardOutput m_out;
    QTimer m_timer;
    QTimer m_end;
    std::unordered_map<std::uint32_t, Stream> m_streams;
    std::uint64_t m_next = 1;
    std::uint64_t m_printedEvents = 0;
    int m_exitStatus = Success;
    bool m_isFinished = false;
};

/// Runs `weir watch` until it ends; needs a QCoreApplication. Returns an exit status.
int watch(const WatchOptions &options);

} // namespace weir::cli
