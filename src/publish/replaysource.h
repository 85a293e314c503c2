// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventlog.h"

#include <QMetaType>
#include <QString>

#include <functional>
#include <optional>

namespace weir::publish {

/// What of the log is replayed, in order of arrival. A value that holds no records and keeps none alive: what the log
/// evicts before its turn is passed over, and counted.
struct ReplaySource
{
    const store::EventLog *log = nullptr; ///< must outlive every use
    store::EventNumber begin{1};          ///< [begin, end)
    store::EventNumber end{1};
    std::optional<store::SubscriptionId> subscription; ///< only its records
    /// The first record to replay that is not before `from`. Any thread. Empty: each one is.
    std::function<std::optional<store::EventNumber>(store::EventNumber from)> nextRow;
    QString name; ///< for people
};

/// How it is replayed. A value.
struct ReplayOptions
{
    enum class Pace {
        Original,  ///< as it arrived, `factor` times as fast
        FixedRate, ///< so many events a second
        Fastest,   ///< as fast as the slowest client takes it
    };
    Pace pace = Pace::Original;
    double factor = 1;
    double eventsPerSecond = 10;

    enum class Form {
        AsReceived, ///< the exact bytes of each block, which cannot be resumed from
        Encoded,    ///< decoded and encoded again
    };
    Form form = Form::Encoded;
    bool keepsReads = false; ///< AsReceived: what one network read brought goes out as one packet
    bool newIds = true;      ///< Encoded: the channel numbers the events; else they keep their ids
    bool loops = false;

    friend bool operator==(const ReplayOptions &, const ReplayOptions &) = default;
};

/// How far a replay is. A value.
struct ReplayProgress
{
    enum class State { Closed, Paused, Playing, Ended };
    State state = State::Closed;
    store::EventNumber position{1}; ///< of the record that is looked at next
    store::EventNumber begin{1};
    store::EventNumber end{1};
    qint64 timeMs = 0;      ///< of the record sent last, since the arrival of the first
    qint64 totalMs = 0;     ///< the same of the last record of the range
    quint64 events = 0;     ///< sent
    quint64 writes = 0;     ///< blocks, or reads
    quint64 rounds = 0;     ///< that were completed
    quint64 evicted = 0;    ///< records of the log within the range that were gone when their turn came
    quint64 incomplete = 0; ///< records left out because the log does not hold all their bytes
    QString remark;         ///< what it waits for
    QString problem;        ///< why it paused by itself

    friend bool operator==(const ReplayProgress &, const ReplayProgress &) = default;
};

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::ReplayProgress)
