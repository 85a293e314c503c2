// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/ingest.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <deque>
#include <map>

namespace weir::models {

/// The connection attempts of every subscription, kept as the engine reports them; as rows, oldest first, those of the
/// one that is looked at. Of each subscription the newest attempt is kept whole; of the older ones as many as
/// `keptAttempts` and `keptBytes` allow, their bodies cut to `keptExcerpt`. What went is counted. GUI thread only.
class ConnectionLog : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        AttemptColumn,
        TimeColumn,
        DurationColumn,
        StatusColumn,
        EventsColumn,
        BytesColumn,
        EndingColumn,
        NextColumn
    };
    static constexpr int columns = NextColumn + 1;
    static constexpr std::size_t keptAttempts = 20;
    static constexpr qsizetype keptBytes = qsizetype{32} << 10;
    static constexpr qsizetype keptExcerpt = qsizetype{1} << 10;

    /// Keeps a reference: `ingest` must outlive this.
    ConnectionLog(subscribe::Ingest &ingest, const store::ClockAnchor &clock, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Whose attempts are the rows; 0: nobody's.
    void setSubscription(store::SubscriptionId id);
    store::SubscriptionId subscription() const { return m_shown; }
    /// With live counts if it still runs. Requires 0 <= row < rowCount().
    subscribe::AttemptReport at(int row) const;
    bool isExcerptCut(int row) const;       ///< of the body only the beginning is kept
    int rowOf(std::uint32_t attempt) const; ///< -1 if it is not kept
    std::uint64_t goneAttempts() const;     ///< of the subscription shown
    /// The subscription will not come back.
    void forget(store::SubscriptionId id);

    /// As the engine reports it: a new attempt, or news of the last one.
    void take(const subscribe::AttemptReport &report);

private:
    struct Entry
    {
        subscribe::AttemptReport report;
        bool isExcerptCut = false;
    };
    struct Attempts
    {
        std::deque<Entry> entries;
        std::shared_ptr<const subscribe::Counters> counters;
        std::uint64_t gone = 0;
        std::uint64_t eventsBefore = 0; ///< of attempts that are over
        std::uint64_t commentsBefore = 0;
        std::uint64_t bytesBefore = 0;
        std::uint64_t wireBytesBefore = 0;
    };

    Attempts &attemptsOf(store::SubscriptionId id);
    const Attempts *shown() const;
    void add(Attempts &attempts, const subscribe::AttemptReport &report);
    void finish(Attempts &attempts, const subscribe::AttemptReport &report);
    void trim(Attempts &attempts, bool isShown);
    void tick();
    QVariant text(const subscribe::AttemptReport &report, int column) const;

    subscribe::Ingest &m_ingest;
    store::ClockAnchor m_clock;
    std::map<store::SubscriptionId, Attempts> m_attempts;
    store::SubscriptionId m_shown;
    QTimer m_timer;
};

/// At most 64 KiB of a body for people to read: indented if it is JSON, else as it is; over-long lines are broken.
QString excerptText(const QByteArray &body);

} // namespace weir::models
