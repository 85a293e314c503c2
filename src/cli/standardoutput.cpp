// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/standardoutput.h"

#include "cli/unixsignals.h"

#include <cerrno>
#include <unistd.h>

namespace weir::cli {

void StandardOutput::writeIfLarge()
{
    if (m_buffer.size() >= large)
        flush();
}

void StandardOutput::flush()
{
    std::string_view rest = m_buffer;
    while (!rest.empty() && !m_closed) {
        const auto written = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (written >= 0)
            rest.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR || UnixSignals::stopRequested())
            m_closed = true;
    }
    m_buffer.clear();
}

} // namespace weir::cli
