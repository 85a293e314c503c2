// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpath.h"
#include "models/column.h"
#include "models/sources.h"
#include "store/segment.h"

#include <QString>
#include <QStringList>

#include <string_view>

namespace weir::models {

// Filter expressions made of what is seen in the table. Pure; any thread.

/// How a term changes an expression.
enum class FilterChange {
    Replace, ///< only the term
    Narrow,  ///< and the term
    Exclude, ///< and not the term
    Widen,   ///< or the term
};

/// `expression` changed by `term`, in parentheses only where the meaning needs them. Widening an empty expression
/// replaces it: everything or something would be everything. Both have to be expressions that compile, or be empty.
QString changedExpression(const QString &expression, const QString &term, FilterChange change);

/// What matches all of `expressions`; empty ones ask for nothing.
QString conjunction(const QStringList &expressions);

/// `type:trade`; what would not stand for itself is quoted. For the fields type, id and source.
QString fieldTerm(std::string_view field, std::string_view value);
/// The value at `path` of the event's data, as `data.price = 101.5`; `has:` for an object or array, and with a minus
/// where there is nothing. Empty for a value that is too long for an expression.
QString pathTerm(const filter::JsonPath &path, std::string_view data);
/// `time >= 2026-11-22T14:05:01.123456789`, in local time. `comparison` as the language has it.
QString timeTerm(const store::EventView &event, std::string_view comparison, const store::ClockAnchor &clock);
/// What the events that look the same in this column have in common; empty where that cannot be said. Times and numbers
/// have no such term, see timeTerm().
QString cellTerm(const store::EventView &event, const Column &column, const Sources &sources);

} // namespace weir::models
