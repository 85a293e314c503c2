// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace weir::subscribe {

/// The essence (`type/subtype`, lower case) of a Content-Type field: Fetch Standard, "extract a MIME type", so of
/// several values the last valid one counts. Several fields are expected to be joined by commas. Empty if none is
/// valid.
QByteArray mimeEssence(const QByteArray &fieldValue);

} // namespace weir::subscribe
