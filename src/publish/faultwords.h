// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace weir::publish {

/// What the catalogue of faults says, in the user's language. No text stays no text.
inline QString faultWords(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("Faults", text);
}

} // namespace weir::publish
