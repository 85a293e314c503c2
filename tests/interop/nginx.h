// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interop/program.h"

#include <QTemporaryDir>

namespace weir::interop {

/// nginx, unprivileged, in a folder of its own.
class Nginx
{
public:
    /// With nchan: /sub/NAME is the stream of a channel, POST to /pub/NAME publishes to it.
    Nginx();
    /// With what stands in its `server` block, after `listen ADDRESS:PORT`.
    explicit Nginx(const QByteArray &server);

    static QString module();
    void start();
    void stop() { m_program.stop(); }
    quint16 port() const { return m_port; }
    bool accepts() const;
    Program &program() { return m_program; }

    /// Publishes and says whether nchan took it.
    bool publish(const QByteArray &channel, const QByteArray &body) const;

private:
    Nginx(const QByteArray &modules, const QByteArray &server);

    QTemporaryDir m_folder;
    Program m_program;
    quint16 m_port;
};

} // namespace weir::interop
