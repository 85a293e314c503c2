// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelset.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

namespace weir::publish {

/// Tells how the channels of a server are, at most twice a second and only what differs: their number, settings,
/// clients, held events and rates. Publisher thread only.
class ChannelReport : public QObject
{
    Q_OBJECT

public:
    explicit ChannelReport(const ChannelSet &channels, QObject *parent = nullptr);

    /// Looks from now on, while the server runs.
    void start();
    /// Tells the last state soon and then looks no more.
    void stop();
    /// Something was added, changed or removed: tells it soon, also while the server is stopped.
    void noteChange();

Q_SIGNALS:
    void changed(const QList<weir::publish::ChannelStatus> &channels); ///< sorted by path

private:
    void report();
    double rateOf(const QByteArray &path, std::uint64_t sent, double seconds);

    struct Count
    {
        std::uint64_t sent = 0;
        double rate = 0;
    };
    const ChannelSet &m_channels;
    QTimer m_timer;
    QTimer m_soon;
    QElapsedTimer m_sinceLast;
    QHash<QByteArray, Count> m_counts;
    QList<ChannelStatus> m_reported;
};

} // namespace weir::publish
