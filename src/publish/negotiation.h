// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace weir::publish {

/// False only if an Accept header value rules out text/event-stream; an absent (null) one accepts everything. RFC 9110,
/// "Accept": the most specific range decides.
bool acceptsEventStream(const QByteArray &accept);

/// True if the value names text/event-stream itself, as EventSource does and a browser that opens a page does not.
bool namesEventStream(const QByteArray &accept);

/// True if an Accept-Encoding value asks for gzip, and likes it at least as well as no coding at all. Without the
/// header nothing is compressed. RFC 9110, "Accept-Encoding".
bool acceptsGzip(const QByteArray &acceptEncoding);

} // namespace weir::publish
