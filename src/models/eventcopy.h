// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/column.h"
#include "models/sources.h"
#include "models/timeformat.h"
#include "store/snapshot.h"

#include <QByteArray>

#include <atomic>
#include <vector>

namespace weir::models {

/// What is copied of events.
enum class CopyForm : std::uint8_t {
    Data,        ///< the data of each, on lines of their own
    Cell,        ///< the value of one column, uncut
    JsonLines,   ///< an object for each, as `weir watch` prints them; its `seq` is the event number
    EventStream, ///< the exact bytes of the block
    Table,       ///< a line for each, cells with tabs between them, with the header
};

/// What the clipboard, and the program that pastes it, take without a noticeable wait.
inline constexpr std::size_t mostCopiedRows = 10'000;
inline constexpr qsizetype mostCopiedBytes = qsizetype{8} << 20;

struct CopyRow
{
    store::EventNumber number;
    store::EventNumber above; ///< the row above it in the view; 0: there is none
};

/// Everything that a copy needs. A value, for another thread.
struct CopyRequest
{
    CopyForm form = CopyForm::Data;
    store::Snapshot snapshot; ///< holds all rows
    std::vector<CopyRow> rows;
    Columns columns; ///< Table: those shown, in the order of the user; Cell: one
    Sources sources;
    TimeContext time;
};

struct CopiedText
{
    QByteArray text; ///< UTF-8, unless the stream was not
    std::size_t rows = 0;
    std::size_t leftOut = 0; ///< rows that have no such form, like a connection change in an event stream
    bool isCut = false;      ///< a limit was reached; one row is copied however large it is
};

/// Any thread. Gives up soon after `isCancelled` became true.
CopiedText copied(const CopyRequest &request, const std::atomic<bool> &isCancelled);

} // namespace weir::models
