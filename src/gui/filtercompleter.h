// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/filtersuggestions.h"

#include <QObject>

class QKeyEvent;

namespace weir::gui {

class FilterEdit;
class FilterMemory;
class SuggestionPopup;

/// Offers below a filter line what may be written at the cursor, and the filters that were used before. It never takes
/// what was not chosen: with the list open but untouched, Return applies the filter as it is. GUI thread only.
class FilterCompleter : public QObject
{
    Q_OBJECT

public:
    /// A child of `edit`. Keeps a reference: `memory` must outlive this.
    FilterCompleter(FilterEdit &edit, FilterMemory &memory);

    void setSources(const models::Sources &sources) { m_sources = sources; }
    void showHistory();

Q_SIGNALS:
    /// An earlier filter was chosen.
    void expressionChosen(const QString &expression);
    void historyCleared();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Offer { None, Unasked, Asked, History };

    bool takesKey(const QKeyEvent &event);
    bool takesKeyWhileOpen(const QKeyEvent &event);
    void suggest(Offer offer);
    void refresh();
    void close();
    void pick(int row);
    void complete(const models::FilterSuggestion &suggestion);

    FilterEdit &m_edit;
    FilterMemory &m_memory;
    SuggestionPopup *m_popup;
    models::Sources m_sources;
    models::FilterSuggestions m_suggestions;
    Offer m_offer = Offer::None; ///< what the list shows, or would if there were something
};

} // namespace weir::gui
