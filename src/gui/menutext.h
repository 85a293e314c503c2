// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace weir::gui {

/// A user's own words as the text of an action: an ampersand in them stays one and makes no shortcut.
inline QString menuText(QString words)
{
    return words.replace(u'&', QStringLiteral("&&"));
}

} // namespace weir::gui
