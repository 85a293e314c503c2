// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interop/program.h"

#include <QTemporaryDir>

namespace weir::interop {

/// Firefox without a window, with a profile of its own that lets it start without questions, looking at one page. Needs
/// no driver.
class Firefox
{
public:
    Firefox();
    void open(const QString &url);
    Program &program() { return m_program; }
    /// The command that opens an address (or a placeholder for it).
    QString command(const QString &url) const;

private:
    QTemporaryDir m_profile;
    Program m_program;
};

} // namespace weir::interop
