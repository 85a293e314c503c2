// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventsearch.h"
#include "models/searchquery.h"

#include <QObject>

namespace weir::gui {

class EventView;
class FindBar;

/// The search of one view: what the bar asks for is looked for by the scan, gone to in the table, and counted in the
/// bar. A step that has to wait for the scan is taken as soon as the scan is that far. GUI thread only.
class FindInView : public QObject
{
    Q_OBJECT

public:
    /// Keeps references: all must outlive this.
    FindInView(FindBar &bar, EventView &view, models::EventModel &model, QObject *parent = nullptr);

    void open();
    void findNext();
    void findPrevious();

    const models::EventSearch &search() const { return m_search; }
    const models::SearchHighlights &highlights() const { return m_highlights; }

Q_SIGNALS:
    /// What is found is something else now, or where it is pointed out.
    void changed();

private:
    enum class Step { None, Next, Previous };

    void take(const models::SearchQuery &query);
    void stop();
    void begin(Step step);
    void proceed();
    void goTo(store::EventNumber number);
    store::EventNumber start() const;
    void showCount();
    QString countText() const;

    FindBar &m_bar;
    EventView &m_view;
    models::EventModel &m_model;
    models::EventSearch m_search;
    models::SearchHighlights m_highlights;
    Step m_step = Step::None; ///< asked for and not yet taken
    bool m_hasWrapped = false;
    store::EventNumber m_from; ///< where the step in hand begins
};

} // namespace weir::gui
