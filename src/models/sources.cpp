// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources.h"

namespace weir::models {

filter::SourceNames namesOf(const Sources &sources)
{
    filter::SourceNames names;
    for (const auto &[id, source] : sources)
        names.emplace(id.value, source.name.toStdString());
    return names;
}

} // namespace weir::models
