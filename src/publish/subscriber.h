// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/outbox.h"

namespace weir::publish {

/// Who gets a channel's frames. Publisher thread only.
class Subscriber
{
public:
    virtual ~Subscriber() = default;
    /// Gets what its channel has gathered so far: before it gets a frame of its own, or something happens to it alone.
    virtual void catchUp() = 0;
    /// Takes a frame and returns at once. Must not remove itself from the channel before the event loop runs again.
    virtual void deliver(const FramePointer &frame, Outbox::Delivery delivery) = 0;
    /// Bytes that the network has not taken yet, without those of a replay that is not due yet.
    virtual qint64 queuedBytes() const = 0;
    /// The bound of those.
    virtual qint64 maxQueuedBytes() const = 0;
    virtual bool isDrained() const = 0;
    /// The channel is over: ends the stream cleanly after what is queued. May detach itself.
    virtual void endStream() = 0;
};

} // namespace weir::publish
