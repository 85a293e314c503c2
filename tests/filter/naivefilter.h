// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/filter.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QString>

#include <vector>

namespace weir::filter {

/// An expression as a tree that is evaluated word for word, with Qt's texts: what the compiled filter is compared with.
struct NaiveFilter
{
    enum class Shape { Text, Type, Id, Source, Kind, Size, Has, Gap, Attempt, Json, Pattern, Not, And, Or };

    Shape shape = Shape::Text;
    QString value; ///< outside of Text with `*` and `?` as wildcards
    int size = 0;
    QString path;        ///< of Json, its keys and indexes separated by blanks
    QByteArray relation; ///< of Json, Gap and Attempt
    std::vector<NaiveFilter> children;

    static NaiveFilter random(QRandomGenerator &random, int depth);

    /// One of the ways to write it.
    QByteArray written(QRandomGenerator &random) const;
    bool matches(const store::EventView &event, const SourceNames &names) const;

private:
    bool matchesKind(store::Kind kind) const;
    bool matchesJson(std::string_view data) const;
    QByteArray writtenPath() const;
};

} // namespace weir::filter
