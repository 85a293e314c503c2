// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace weir::publish {

/// Makes the system notice a peer that vanished without a word: keep-alive probes after 15 s, and an end 120 s after
/// data went unacknowledged, unless `waitsForSlow` (the same limit would end a reader that merely stands still).
void detectDeadPeer(qintptr descriptor, bool waitsForSlow);

/// Ends the sending side only, so that the peer reads all of the answer; QTcpSocket has no function for it.
void shutDownSending(qintptr descriptor);

/// Hands bytes to the system at once, without a buffer and a turn of the event loop in between; answers how many it
/// took: none if it has no room or the connection has failed, which whoever owns the socket will hear of. For a socket
/// whose own buffer is empty, or bytes would overtake others.
qint64 sendAtOnce(qintptr descriptor, QByteArrayView bytes);

/// True if bytes wait in the system to be read.
bool hasUnreadBytes(qintptr descriptor);

/// Makes the next close of the socket a reset (RST), which destroys what the peer has not read.
void resetOnClose(qintptr descriptor);

/// Bytes handed to the system that the peer has not acknowledged; 0 where that cannot be asked.
qint64 unacknowledgedBytes(qintptr descriptor);
/// Bytes that the system took and has not sent yet, because the client takes no more now; 0 where it does not tell.
qint64 unsentBytes(qintptr descriptor);

/// Lets the process have as many descriptors as it may give itself, up to what a publisher can need.
void raiseDescriptorLimit();

/// The number that the next descriptor would get; descriptorLimit() if there is none left. They are given out lowest
/// first, so it tells how many the whole process has.
qintptr nextDescriptor();

/// One more than the highest descriptor that this process may have; large where there is no such limit.
qintptr descriptorLimit();

} // namespace weir::publish
