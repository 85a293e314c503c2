// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <ctime>
#include <random>
#include <string>

namespace weir::publish {

/// What the placeholders of a template stand for at the moment it is rendered. Not synchronised.
class TemplateValues
{
public:
    static constexpr std::size_t nowSize = 27;
    static constexpr std::size_t uuidSize = 36;

    std::uint64_t seq = 1;      ///< `{{seq}}`
    std::uint64_t idNumber = 1; ///< what follows the channel's prefix in an id of its own

    std::uint64_t drawRandom() { return m_random(); }
    /// Each writes at `out`, which has room for it, and answers the end.
    char *renderNow(char *out);  ///< UTC with microseconds. RFC 3339
    char *renderUuid(char *out); ///< random. RFC 9562, "UUID Version 4"

private:
    std::mt19937_64 m_random{std::random_device{}()};
    std::time_t m_second = 0;
    std::string m_secondText;
};

} // namespace weir::publish
