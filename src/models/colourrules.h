// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/filter.h"
#include "models/sources.h"

#include <QCache>
#include <QList>
#include <QObject>
#include <QString>

#include <vector>

namespace weir::models {

/// How many pairs of colours a rule can choose from; which they are is the window's affair.
inline constexpr int ruleColourCount = 9;

/// Rows that match the expression have the colours. A value.
struct ColourRule
{
    QString name;
    QString expression;
    int colour = 1; ///< 1 … ruleColourCount
    bool isOn = true;

    friend bool operator==(const ColourRule &, const ColourRule &) = default;
};

/// The rules that all views colour their rows by, in order: the first that matches holds. A rule without a valid
/// expression, or with an empty one, matches nothing. Asked for rows on screen only, and what it answered for the last
/// few thousand is kept. GUI thread only.
class ColourRules : public QObject
{
    Q_OBJECT

public:
    explicit ColourRules(const store::ClockAnchor &clock, QObject *parent = nullptr);

    const QList<ColourRule> &rules() const { return m_rules; }
    void setRules(const QList<ColourRule> &rules);
    void setSources(const Sources &sources);

    /// The rule that holds for the event, as an index of rules(); -1: none.
    int ruleFor(const store::EventView &event) const;
    /// Its colour; 0: none.
    int colourFor(const store::EventView &event) const;

Q_SIGNALS:
    /// What an event's colours are may be something else now.
    void changed();

private:
    void compile();

    struct Compiled
    {
        int rule;
        filter::Filter filter;
    };

    store::ClockAnchor m_clock;
    QList<ColourRule> m_rules;
    std::vector<Compiled> m_compiled;
    filter::SourceNames m_names;
    mutable QCache<quint64, int> m_answers;
};

/// Rules that make sense for any stream, all of them off.
QList<ColourRule> suggestedColourRules();

} // namespace weir::models
