// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channel.h"

#include <QHash>
#include <QSet>

namespace weir::publish {

/// The channels of a server by path. The objects live as long as the server, so who fills one need not watch it; a
/// channel that was removed is not found any more until its path is used again. Publisher thread only.
class ChannelSet : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// For new channels, and for those that configure() was not called for. The path is passed over.
    void setDefaults(const ChannelSettings &defaults);

    /// Null if nothing was ever added there, or it was removed. `path`: decoded, UTF-8.
    Channel *find(const QByteArray &path) const;
    /// Null if it cannot be a path; see channelPathFault().
    Channel *findOrAdd(const QString &path);
    /// Adds the channel, or changes it while it runs. Empty, or one sentence that says why nothing was done.
    QString configure(const ChannelSettings &settings);

    /// What a path is answered after its channel was removed. 204 tells clients to stay away.
    enum class Answer { NotFound, NoContent };
    /// Ends the channel's streams cleanly. False if there is none.
    bool remove(const QString &path, Answer answer);
    bool isGone(const QByteArray &path) const { return m_gone.contains(path); } ///< removed, and answered with 204

    QList<Channel *> channels() const; ///< sorted by path
    QList<QByteArray> paths() const;   ///< sorted

Q_SIGNALS:
    void changed(); ///< one was added, configured or removed, or its clients changed

private:
    Channel *add(const ChannelSettings &settings);

    QHash<QByteArray, Channel *> m_channels; ///< children
    QSet<QByteArray> m_configured;           ///< have settings of their own
    QSet<QByteArray> m_gone;
    ChannelSettings m_defaults;
};

} // namespace weir::publish
