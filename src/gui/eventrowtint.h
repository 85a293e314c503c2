// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/types.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>

namespace weir::gui {

/// How fresh the newest rows are: each fades from a tint to nothing within a second. At high rates, where a tint would
/// only flicker, nothing is fresh. GUI thread only.
class RowTint : public QObject
{
    Q_OBJECT

public:
    explicit RowTint(QObject *parent = nullptr);

    void setEnabled(bool enabled);
    /// Rows from `first` on are new.
    void add(store::EventNumber first, std::uint64_t count);
    /// 1: just arrived; 0: not fresh.
    double freshness(store::EventNumber number) const;

Q_SIGNALS:
    /// About 20 times a second while a row fades.
    void faded();

private:
    struct Batch
    {
        store::EventNumber first;
        std::uint64_t count;
        qint64 arrivedMs;
    };

    void forgetOld();

    QElapsedTimer m_clock;
    QTimer m_timer;
    std::deque<Batch> m_batches;
    std::uint64_t m_recent = 0;
    bool m_isEnabled = true;
};

} // namespace weir::gui
