// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventmodel.h"
#include "models/rowindex.h"
#include "models/viewscan.h"

#include <QObject>

#include <tl/expected.hpp>

namespace weir::models {

/// Which of a view's rows match an expression, beside its filter: a scan over the same records with the same criteria
/// and one condition more. Follows the view's criteria, pause, clearing and eviction, and new events. Keeps two bytes a
/// match at most, nothing for other rows; questions are answered in O(log matches). GUI thread only.
class EventSearch : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `model` must outlive this.
    explicit EventSearch(EventModel &model, QObject *parent = nullptr);

    /// Looks for what matches `expression`, from the oldest row on. The empty expression stops. On an error nothing
    /// changes; positions count in `expression`.
    tl::expected<void, filter::Error> setExpression(const std::string &expression);
    const std::string &expression() const { return m_expression; }
    bool isActive() const { return !m_expression.empty(); }

    /// Everything that the view holds has been looked at.
    bool isComplete() const { return !m_awaitsFirst && m_scan.isComplete(); }
    std::uint64_t count() const { return m_index.rowCount(); }
    bool contains(store::EventNumber number) const { return m_index.rowOf(number).has_value(); }
    /// Matches with a number below `number`.
    std::uint64_t countBefore(store::EventNumber number) const { return m_index.lowerBound(number); }
    /// The nearest match above or below `number`; 0 if there is none among those found so far.
    store::EventNumber next(store::EventNumber number) const;
    store::EventNumber previous(store::EventNumber number) const;
    /// One past the last record looked at.
    store::EventNumber examinedEnd() const { return m_index.end(); }
    /// What could not be decided, of the view's filter or of the expression.
    const filter::ScanTroubles &troubles() const { return m_troubles; }

Q_SIGNALS:
    /// GUI thread, at most about 60 times a second: matches came or went, or the search began or is complete. The
    /// receiver must not delete the sender.
    void changed();

private:
    void restart();
    void take();
    void add(const ScanResult &result);

    EventModel &m_model;
    ViewScan m_scan;
    RowIndex m_index;
    std::string m_expression;
    filter::ScanTroubles m_troubles;
    bool m_awaitsFirst = false; ///< what is in the index was found by other criteria
};

} // namespace weir::models
