// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace weir::profile {

/// What is said of curl command lines, in the user's language.
struct CurlText
{
    Q_DECLARE_TR_FUNCTIONS(CurlText)
};

} // namespace weir::profile
