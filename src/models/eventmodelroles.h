// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qnamespace.h>

namespace weir::models {

/// What EventModel tells of a row besides its texts.
enum EventRole {
    EventNumberRole = Qt::UserRole + 1, ///< qulonglong
    KindRole,                           ///< int: store::Kind
    SubscriptionRole,                   ///< uint: store::SubscriptionId
    ColourIndexRole,                    ///< int: Source::colourIndex
    DiagnosticRole,                     ///< int: sse::Diagnostic
    ConnectionStateRole,                ///< int: store::ConnectionState, of connections only
    RawTimeRole,                        ///< qlonglong: arrival, monotonic nanoseconds
    ReadBracketRole,                    ///< int: ReadBracket
    TimeReferenceRole,                  ///< bool: the row that times are counted from
    ColumnKindRole,                     ///< int: ColumnKind; of a cell
};

/// Where a row stands among the neighbouring rows that came in the same network read.
enum class ReadBracket { None, First, Middle, Last };

} // namespace weir::models
