// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/composerjson.h"
#include "gui/theme.h"
#include "publish/settings.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace weir::gui {

/// What the composer holds, to be looked at in a pool thread. A value.
struct Draft
{
    publish::Publication publication; ///< without the long text
    QString text;                     ///< the data, or the text of raw bytes
    std::uint64_t seq = 1;
    bool wantsBytes = false;
};

/// What is to be said about a draft. A value.
struct DraftReport
{
    QString textFault; ///< why the text cannot be sent; empty if it can
    enum class Json { NotAsked, Valid, Faulty };
    Json json = Json::NotAsked;
    JsonFault jsonFault;
    QString reading; ///< of raw bytes: what a client makes of them
    Meaning readingMeaning = Meaning::Secondary;
    QString bytes; ///< what goes over the wire, for people to read; at most some 64 Ki of it
};

/// Takes as long as the text is long; any thread.
DraftReport checkDraft(const Draft &draft);

} // namespace weir::gui
