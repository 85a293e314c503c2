// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/transport.h"

#include <string>

namespace weir::cli {

/// `none`, `system`, `http://[USER:PASSWORD@]HOST:PORT` or `socks5://…`. Throws CLI::ValidationError; its message holds
/// no password.
subscribe::ProxySettings proxyFrom(const std::string &text);

} // namespace weir::cli
