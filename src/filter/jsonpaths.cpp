// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/jsonpaths.h"

#include "filter/syntax.h"

#include <algorithm>

namespace weir::filter {

namespace {

/// A sample has no need of giants.
constexpr std::size_t maxDataBytes = std::size_t{256} << 10;

std::string exampleOf(const JsonValue &value)
{
    std::string buffer;
    const std::string_view text = value.decoded(buffer);
    return value.type == JsonType::String ? quoted(text) : std::string(text);
}

void keepLatest(std::vector<std::string> &examples, std::string example)
{
    const auto known = std::ranges::find(examples, example);
    if (known != examples.end())
        examples.erase(known);
    else if (examples.size() == SeenPath::maxExamples)
        examples.pop_back();
    examples.insert(examples.begin(), std::move(example));
}

} // namespace

void JsonPaths::add(const store::Segment &segment, std::uint32_t begin, std::uint32_t end, std::uint32_t sample)
{
    const std::uint64_t count = begin < end ? end - begin : 0;
    const std::uint64_t looks = std::min<std::uint64_t>(count, sample);
    for (std::uint64_t look = 0; look < looks; ++look) {
        const auto index = static_cast<std::uint32_t>(begin + look * count / looks);
        if (segment.kind(index) == store::Kind::Event)
            addData(segment.data(index));
    }
}

void JsonPaths::addData(std::string_view data)
{
    JsonReader &reader = JsonReader::ofThread();
    if (data.size() > maxDataBytes || !reader.open(data, 0))
        return;
    reader.forEach(maxSeenDepth, [this](const JsonPath &path, const JsonValue &value) { note(path, value); });
}

void JsonPaths::note(const JsonPath &path, const JsonValue &value)
{
    std::string text = path.text();
    auto known = m_indexes.find(text);
    if (known == m_indexes.end()) {
        if (isFull())
            return;
        known = m_indexes.emplace(std::move(text), m_paths.size()).first;
        m_paths.push_back({path, 0, {}});
    }
    SeenPath &seen = m_paths[known->second];
    ++seen.count;
    if (value.text.size() <= SeenPath::maxExampleBytes)
        keepLatest(seen.examples, exampleOf(value));
}

std::vector<SeenPath> JsonPaths::paths() const
{
    std::vector<SeenPath> result = m_paths;
    std::ranges::stable_sort(result, std::ranges::greater{}, &SeenPath::count);
    return result;
}

} // namespace weir::filter
