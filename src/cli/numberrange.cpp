// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/numberrange.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace weir::cli {

namespace {

template <typename Number>
std::string plain(Number number)
{
    std::ostringstream text;
    text << std::setprecision(15) << number;
    return text.str();
}

template <typename Number>
CLI::Validator between(Number least, Number most, const char *kind)
{
    const auto check = [=](std::string &text) {
        Number value = 0;
        if (!CLI::detail::lexical_cast(text, value) || std::isnan(static_cast<double>(value)))
            return "'" + text + "' is not a " + kind;
        return value >= least && value <= most
                   ? std::string()
                   : "'" + text + "' is not between " + plain(least) + " and " + plain(most);
    };
    return {check, "[" + plain(least) + " - " + plain(most) + "]"};
}

} // namespace

CLI::Validator inRange(double least, double most)
{
    return between(least, most, "number");
}

CLI::Validator inRange(std::int64_t least, std::int64_t most)
{
    return between(least, most, "whole number");
}

CLI::Validator inRange(int least, int most)
{
    return inRange(std::int64_t{least}, std::int64_t{most});
}

} // namespace weir::cli
