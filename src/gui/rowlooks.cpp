// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/rowlooks.h"

#include "gui/rowcolours.h"
#include "models/annotations.h"
#include "models/colourrules.h"
#include "models/eventformat.h"
#include "models/eventsearch.h"
#include "models/searchquery.h"

namespace weir::gui {

using models::SearchPlace;

namespace {

void dress(RowLook &look, int colour, const QPalette &palette)
{
    if (colour == 0)
        return;
    const auto colours = rowColours(colour, palette);
    look.background = colours.background;
    look.text = colours.text;
}

} // namespace

void RowLooks::setAnnotations(const models::Annotations *annotations)
{
    m_annotations = annotations;
    if (annotations)
        connect(annotations, &models::Annotations::changed, this, &RowLooks::changed);
    Q_EMIT changed();
}

void RowLooks::setRules(const models::ColourRules *rules)
{
    m_rules = rules;
    if (rules)
        connect(rules, &models::ColourRules::changed, this, &RowLooks::changed);
    Q_EMIT changed();
}

void RowLooks::setSearch(const models::EventSearch *search, const models::SearchHighlights *highlights)
{
    m_search = search;
    m_highlights = highlights;
}

RowLook RowLooks::at(const store::EventView &event, const QPalette &palette) const
{
    RowLook look;
    if (m_rules)
        dress(look, m_rules->colourFor(event), palette);
    if (const auto *annotation = m_annotations ? m_annotations->find(event.number()) : nullptr) {
        look.isMarked = annotation->isMarked;
        look.hasNote = !annotation->note.isEmpty();
        dress(look, annotation->label, palette);
        if (annotation->label > 0)
            look.strip = rowColours(annotation->label, palette).strip;
    }
    if (!m_search || !m_search->isActive() || !m_search->contains(event.number()))
        return look;
    look.isFound = true;
    if (m_highlights->isEmpty())
        return look;
    look.highlights = m_highlights;
    look.isFoundInData = m_highlights->in(models::typeText(event), SearchPlace::Type).isEmpty() &&
                         m_highlights->in(models::oneLine(event.id()), SearchPlace::Id).isEmpty();
    return look;
}

QString RowLooks::toolTip(const store::EventView &event) const
{
    QStringList lines;
    const auto *annotation = m_annotations ? m_annotations->find(event.number()) : nullptr;
    if (annotation && !annotation->note.isEmpty())
        lines << annotation->note;
    if (annotation && annotation->label > 0)
        return lines.join(u'\n');
    if (const int rule = m_rules ? m_rules->ruleFor(event) : -1; rule >= 0)
        lines << tr("Coloured by the rule “%1”").arg(m_rules->rules()[rule].name);
    return lines.join(u'\n');
}

} // namespace weir::gui
