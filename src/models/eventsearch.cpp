// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventsearch.h"

#include "models/filterterms.h"

namespace weir::models {

namespace {

std::string together(const filter::Filter &filter, const std::string &expression)
{
    return conjunction({QString::fromStdString(filter.expression()), QString::fromStdString(expression)}).toStdString();
}

} // namespace

EventSearch::EventSearch(EventModel &model, QObject *parent)
    : QObject(parent)
    , m_model(model)
{
    connect(&m_scan, &ViewScan::found, this, &EventSearch::add);
    connect(&m_model, &EventModel::criteriaChanged, this, &EventSearch::restart);
    connect(&m_model, &EventModel::snapshotChanged, this, &EventSearch::take);
    connect(&m_model, &EventModel::sourcesChanged, this, [this] {
        if (m_expression.find("source") != std::string::npos)
            restart();
    });
}

tl::expected<void, filter::Error> EventSearch::setExpression(const std::string &expression)
{
    if (expression == m_expression)
        return {};
    const filter::Context context{m_model.clock()};
    if (const auto alone = filter::Filter::compile(expression, context); !alone)
        return tl::unexpected(alone.error());
    const auto both = together(m_model.criteria().filter, expression);
    // Each can be within the limits and both together beyond them.
    if (auto compiled = filter::Filter::compile(both, context); !compiled) {
        compiled.error().position = 0;
        return tl::unexpected(compiled.error());
    }
    m_expression = expression;
    restart();
    return {};
}

void EventSearch::restart()
{
    ViewCriteria criteria = m_model.criteria();
    if (!isActive()) {
        m_index = {};
        m_troubles = {};
        m_awaitsFirst = false;
        m_scan.setSnapshot({});
        Q_EMIT changed();
        return;
    }
    const auto both = together(criteria.filter, m_expression);
    const auto filter = filter::Filter::compile(both, {m_model.clock()});
    if (!filter)
        return; // the view's filter has grown beyond the limits for both: the last result stands
    criteria.filter = *filter;
    criteria.sources = m_model.sources();
    m_awaitsFirst = true;
    m_index.dropBefore(criteria.clearedBefore);
    m_scan.setCriteria(std::move(criteria));
    m_scan.setSnapshot(m_model.snapshot());
    Q_EMIT changed();
}

void EventSearch::take()
{
    if (!isActive())
        return;
    const bool hasLost = m_index.dropBefore(m_model.snapshot().begin()) > 0;
    m_scan.setSnapshot(m_model.snapshot());
    if (hasLost)
        Q_EMIT changed();
}

void EventSearch::add(const ScanResult &result)
{
    if (!isActive())
        return;
    if (result.isFirst) {
        m_index = {};
        m_troubles = {};
        m_awaitsFirst = false;
    }
    m_troubles += result.troubles;
    for (const auto &rows : result.rows) {
        // The segment may have been evicted between the job's snapshot and now.
        if (rows.first >= m_model.snapshot().begin())
            m_index.append(rows);
    }
    Q_EMIT changed();
}

store::EventNumber EventSearch::next(store::EventNumber number) const
{
    const auto row = m_index.lowerBound({number.value + 1});
    return row < m_index.rowCount() ? m_index.numberAt(row) : store::EventNumber{};
}

store::EventNumber EventSearch::previous(store::EventNumber number) const
{
    const auto row = m_index.lowerBound(number);
    return row > 0 ? m_index.numberAt(row - 1) : store::EventNumber{};
}

} // namespace weir::models
