// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/filterhistory.h"
#include "gui/savedfilters.h"
#include "models/seenvalues.h"

namespace weir::gui {

/// What the filter lines of all views share: what was seen in the log, the filters used before, the saved ones. Filters
/// are kept in the user's settings as they were typed, with whatever is in them. GUI thread only.
class FilterMemory : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `feed` must outlive this. Remembers nothing until load().
    explicit FilterMemory(models::LogFeed &feed, QObject *parent = nullptr);

    models::SeenValues &seenValues() { return m_seen; }
    FilterHistory &history() { return m_history; }
    SavedFilters &saved() { return m_saved; }
    /// By the clock of the log.
    store::WallTime now() const;

    /// Reads the user's settings, and from then on writes every change to them on a pool thread. Called once, before
    /// the window is shown. Saved filters that cannot be read are put aside there; says so in words, or nothing.
    QString load();

private:
    void save() const;

    models::LogFeed &m_feed;
    models::SeenValues m_seen;
    FilterHistory m_history;
    SavedFilters m_saved;
};

} // namespace weir::gui
