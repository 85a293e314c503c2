// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/valuedecoding.h"

namespace weir::models {

/// The parts of a JSON Web Token (RFC 7519) in one of its compact forms, with its times as dates; absent if `value` is
/// nothing like one. The signature is not verified: there is no key, and nobody is asked. Any thread.
std::optional<DecodedForm> decodeJwt(const QByteArray &value);

/// `2026-11-22 14:05:01.123 +01:00 (13:05:01.123 UTC)`, of a time since 1970. Any thread.
QString unixTimeText(qint64 milliseconds);

} // namespace weir::models
