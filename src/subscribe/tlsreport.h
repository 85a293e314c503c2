// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/attemptreport.h"

class QSslConfiguration;

namespace weir::subscribe {

/// What a finished handshake agreed on.
TlsReport tlsReport(const QSslConfiguration &agreed);

} // namespace weir::subscribe
