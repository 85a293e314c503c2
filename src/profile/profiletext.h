// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace weir::profile {

/// What is said of profiles, in the user's language.
struct ProfileText
{
    Q_DECLARE_TR_FUNCTIONS(ProfileText)
};

} // namespace weir::profile
