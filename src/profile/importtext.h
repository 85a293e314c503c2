// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace weir::profile {

/// What is said of what is imported, in the user's language.
struct ImportText
{
    Q_DECLARE_TR_FUNCTIONS(ImportText)
};

} // namespace weir::profile
