// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/encoder.h"

#include <QByteArray>
#include <QString>

namespace weir::publish {

/// A message as a JSON object `{"type","id","data","retry","comment"}`, all optional. Data that is not a string is
/// published as its own JSON text, byte for byte.
struct MessageJson
{
    sse::Message message;
    QString path;    ///< the member "path", where that is allowed; else empty
    QString problem; ///< empty, or what is wrong and where
};

enum class PathMember { Allowed, Refused };
MessageJson readMessageJson(const QByteArray &json, PathMember path);

} // namespace weir::publish
