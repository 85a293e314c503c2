// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/numberrange.h"

#include <cmath>

namespace weir::cli {

CLI::Validator inRange(double least, double most)
{
    const CLI::Range range(least, most);
    return {[range](std::string &text) {
                double value = 0;
                const bool isNumber = CLI::detail::lexical_cast(text, value) && !std::isnan(value);
                return isNumber ? range(text) : "'" + text + "' is not a number";
            },
        range.get_description()};
}

} // namespace weir::cli
