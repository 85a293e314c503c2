// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/encoder.h"
#include "sse/item.h"

#include <QString>

#include <optional>

namespace weir::publish {

/// What has to be sent so that a client is told what this item of an event stream tells one; nothing for an item that
/// tells it nothing. An id counts only where the block sets it itself: an inherited one would come twice.
std::optional<sse::Message> messageOf(const sse::Item &item);

/// Empty, or one sentence with its place: what of the stream does not get into a message, or only changed.
QString lossOf(const sse::Item &item);

} // namespace weir::publish
