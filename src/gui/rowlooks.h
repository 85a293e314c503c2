// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/eventview.h"

#include <QColor>
#include <QObject>
#include <QPalette>
#include <QPointer>

namespace weir::models {
class Annotations;
class ColourRules;
class EventSearch;
class SearchHighlights;
} // namespace weir::models

namespace weir::gui {

/// How a row differs from a plain one.
struct RowLook
{
    QColor background; ///< invalid, as the next: the table's own
    QColor text;
    QColor strip; ///< of a label
    bool isMarked = false;
    bool hasNote = false;
    bool isFound = false;
    bool isFoundInData = false;                           ///< and neither in type nor id
    const models::SearchHighlights *highlights = nullptr; ///< null where there is no text to point out
};

/// What the rows of one view look like by marks, labels, notes, colour rules and the search. A label goes before a
/// rule. Asked for visible rows only. GUI thread only.
class RowLooks : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Keep references, as long as they live; null leaves them out.
    void setAnnotations(const models::Annotations *annotations);
    void setRules(const models::ColourRules *rules);
    /// `highlights` must live as long as `search`.
    void setSearch(const models::EventSearch *search, const models::SearchHighlights *highlights);

    RowLook at(const store::EventView &event, const QPalette &palette) const;
    /// Note, and why the row has its colour; empty for a plain row.
    QString toolTip(const store::EventView &event) const;

Q_SIGNALS:
    void changed();

private:
    QPointer<const models::Annotations> m_annotations;
    QPointer<const models::ColourRules> m_rules;
    QPointer<const models::EventSearch> m_search;
    const models::SearchHighlights *m_highlights = nullptr;
};

} // namespace weir::gui
