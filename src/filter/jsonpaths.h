// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonreader.h"
#include "filter/limits.h"
#include "store/segment.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace weir::filter {

/// A place where JSON data had values, for completion and columns.
struct SeenPath
{
    static constexpr std::size_t maxExamples = 8;
    static constexpr std::size_t maxExampleBytes = 80; ///< longer values are no examples

    JsonPath path;
    std::uint64_t count = 0; ///< in how many of the events that were looked at
    /// As an expression has them behind `=`, the latest first; strings are in quotes.
    std::vector<std::string> examples;
};

/// Collects the places of JSON data with examples of their values. It looks at a sample and keeps little: at most
/// maxSeenPaths places, the first ones, down to maxSeenDepth steps; of arrays only the first element. One thread at a
/// time.
class JsonPaths
{
public:
    /// Looks at up to `sample` events of [begin, end), spread evenly. Requires end <= the readable count.
    void add(const store::Segment &segment, std::uint32_t begin, std::uint32_t end, std::uint32_t sample = 200);

    void addData(std::string_view data);

    /// The most frequent first, those of the same frequency in the order in which they were seen.
    std::vector<SeenPath> paths() const;
    bool isFull() const { return m_paths.size() == maxSeenPaths; }

private:
    void note(const JsonPath &path, const JsonValue &value);

    std::vector<SeenPath> m_paths;
    std::unordered_map<std::string, std::size_t> m_indexes; ///< by the path as text
};

} // namespace weir::filter
