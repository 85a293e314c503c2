// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/code.h"
#include "filter/filter.h"
#include "store/segment.h"

#include <string_view>

namespace weir::filter {

inline bool isGapWithin(const Range &range, const store::EventView &event)
{
    const auto gap = event.gap();
    return gap && range.contains(gap->count() < 0 ? 0 : static_cast<std::uint64_t>(gap->count()));
}

/// A single record, as Code::judge() asks about it.
class SingleRecord
{
public:
    SingleRecord(const Code &code, const store::EventView &event, const SourceNames &names)
        : m_code(code)
        , m_event(event)
        , m_names(names)
    {}

    Verdict test(const Step &step);

private:
    bool isYes(const Step &step) const;
    bool has(Presence what) const;
    bool isAt(const TimeTest &time) const;
    bool hasText(const Needle &needle) const;
    bool mayHave(const Needle &literal) const;
    std::string_view source() const;
    Verdict askJson(const JsonTest &test);

    const Code &m_code;
    const store::EventView &m_event;
    const SourceNames &m_names;
    bool m_hasOpened = false;
    bool m_isJson = false;
};

} // namespace weir::filter
