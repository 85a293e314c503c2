// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channel.h"

#include <QHash>

namespace weir::publish {

/// The channels of a server by path. They live as long as the server: a path never ends. Publisher thread only.
class ChannelSet : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void setHistoryLimits(int maxEvents, qint64 maxBytes);

    /// Null if nothing was ever added there. `path`: decoded, UTF-8.
    Channel *find(const QByteArray &path) const { return m_channels.value(path); }
    /// Null if it cannot be a path: it must begin with one slash and have no query, fragment or control character.
    Channel *findOrAdd(const QString &path);
    QList<QByteArray> paths() const; ///< sorted

private:
    QHash<QByteArray, Channel *> m_channels; ///< children
    int m_maxEvents = 1000;
    qint64 m_maxBytes = 64 << 20;
};

} // namespace weir::publish
