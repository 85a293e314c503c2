// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interop/program.h"

#include <QTemporaryDir>

namespace weir::interop {

/// Chromium without a window, with a profile of its own, looking at one page. Never with virtual time: it makes
/// EventSource reconnect without any delay.
class Chromium
{
public:
    void open(const QString &url);
    Program &program() { return m_program; }
    int devToolsPort() const; ///< 0 until it listens
    /// The command that opens an address (or a placeholder for it).
    QString command(const QString &url) const;

private:
    QTemporaryDir m_profile;
    Program m_program;
};

/// A page whose script opens an EventSource on `streamUrl` and posts all that happens to /report.
QByteArray eventSourcePage(const QString &streamUrl);

} // namespace weir::interop
