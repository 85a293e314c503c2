// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/settings.h"

namespace weir::publish {

ChannelSettings PublisherSettings::channelDefaults() const
{
    ChannelSettings defaults;
    defaults.historyEvents = historyEvents;
    defaults.historyBytes = maxHistoryBytes;
    defaults.heartbeat = heartbeat;
    defaults.retry = retry;
    return defaults;
}

} // namespace weir::publish
