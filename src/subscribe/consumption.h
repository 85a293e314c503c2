// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>

namespace weir::subscribe {

/// How the body of a response is taken, to see what a server makes of a client that reads too slowly, not at all, or
/// comes with many connections. By default as fast as it comes, over one connection. A value.
///
/// What is not read fills the buffers of this system and of the server's first, several MiB on one machine, before the
/// server can notice; and that the server hung up shows only when the reading goes on.
struct Consumption
{
    std::uint64_t bytesPerSecond = 0;        ///< of a body as it comes; 0: as fast as it comes
    std::optional<std::uint64_t> stopsAfter; ///< so many bytes of each body; then nothing more is read
    std::chrono::milliseconds stopsFor{0};   ///< then the reading goes on for good; 0: it never does
    int extraConnections = 0;                ///< further ones with the same request: read alike, counted, not kept

    bool holdsBack() const { return bytesPerSecond > 0 || stopsAfter; }
    friend bool operator==(const Consumption &, const Consumption &) = default;
};

inline constexpr int maxExtraConnections = 10'000;

/// One phrase that says what differs from the usual; empty if nothing does.
QString text(const Consumption &consumption);

} // namespace weir::subscribe
