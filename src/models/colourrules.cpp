// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/colourrules.h"

#include <QCoreApplication>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

/// Some tables of the largest screen.
constexpr qsizetype keptAnswers = 4096;

struct RuleNames
{
    Q_DECLARE_TR_FUNCTIONS(ColourRules)
};

} // namespace

ColourRules::ColourRules(const store::ClockAnchor &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_answers(keptAnswers)
{}

void ColourRules::setRules(const QList<ColourRule> &rules)
{
    if (rules == m_rules)
        return;
    m_rules = rules;
    compile();
    m_answers.clear();
    Q_EMIT changed();
}

void ColourRules::compile()
{
    m_compiled.clear();
    for (int i = 0; i < m_rules.size(); ++i) {
        const auto &rule = m_rules[i];
        if (!rule.isOn)
            continue;
        const auto filter = filter::Filter::compile(rule.expression.toStdString(), {m_clock});
        if (filter && !filter->matchesEverything())
            m_compiled.push_back({i, *filter});
    }
}

void ColourRules::setSources(const Sources &sources)
{
    auto names = namesOf(sources);
    if (names == m_names)
        return;
    m_names = std::move(names);
    m_answers.clear();
    if (!m_compiled.empty())
        Q_EMIT changed();
}

int ColourRules::ruleFor(const store::EventView &event) const
{
    if (m_compiled.empty())
        return -1;
    if (const int *known = m_answers.object(event.number().value))
        return *known;
    int rule = -1;
    for (const auto &each : m_compiled) {
        if (each.filter.matches(event, m_names)) {
            rule = each.rule;
            break;
        }
    }
    m_answers.insert(event.number().value, new int(rule));
    return rule;
}

int ColourRules::colourFor(const store::EventView &event) const
{
    const int rule = ruleFor(event);
    return rule < 0 ? 0 : m_rules[rule].colour;
}

QList<ColourRule> suggestedColourRules()
{
    return {
        {RuleNames::tr("Failed connections"), u"kind:connection (type:waiting or type:closed)"_s, 1, false},
        {RuleNames::tr("What a browser would hide"), u"kind:diagnostic"_s, 2, false},
        {RuleNames::tr("Pauses"), u"gap > 10s"_s, 3, false},
        {RuleNames::tr("Errors in words"), u"error or exception or fatal"_s, 8, false},
        {RuleNames::tr("Large events"), u"size > 100kB"_s, 7, false},
    };
}

} // namespace weir::models
