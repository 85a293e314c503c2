// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace weir::publish {

/// Cuts a text as a language model's answer comes: `words` (each with the space before it, long ones in two),
/// `characters` (as a reader counts them, an emoji is one) or `lines`. The pieces joined are the text.
QStringList textPieces(const QString &text, const QString &how);

} // namespace weir::publish
