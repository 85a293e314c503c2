// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"

#include "filter/parser.h"
#include "filter/recordtest.h"
#include "filter/scan.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace weir::filter {

void ScanTroubles::noteExceeded(store::EventNumber number)
{
    *this += {1, number};
}

ScanTroubles &ScanTroubles::operator+=(const ScanTroubles &other)
{
    const bool isFirst = effortExceeded == 0 || (other.effortExceeded != 0 && other.firstExceeded < firstExceeded);
    if (isFirst)
        firstExceeded = other.firstExceeded;
    effortExceeded += other.effortExceeded;
    return *this;
}

std::string text(const ScanTroubles &troubles)
{
    if (troubles.effortExceeded == 0)
        return {};
    const std::string count = std::to_string(troubles.effortExceeded);
    return "match effort exceeded in " + count + (troubles.effortExceeded == 1 ? " record" : " records") +
           ", first in number " + std::to_string(troubles.firstExceeded.value) +
           ": the regular expression is too hard for them, they are left out";
}

struct Filter::Program
{
    std::string expression;
    Code code;
};

Filter::Filter()
{
    static const auto everything = std::make_shared<const Program>();
    m_program = everything;
}

tl::expected<Filter, Error> Filter::compile(std::string_view expression, const Context &context)
{
    tl::expected<Code, Error> code = Parser(expression, context).run();
    if (!code)
        return tl::make_unexpected(std::move(code.error()));
    Filter result;
    result.m_program = std::make_shared<const Program>(Program{std::string(expression), std::move(*code)});
    return result;
}

const std::string &Filter::expression() const
{
    return m_program->expression;
}

bool Filter::matchesEverything() const
{
    return m_program->code.entry == Code::matched;
}

bool Filter::matches(const store::EventView &event, const SourceNames &names, ScanTroubles *troubles) const
{
    SingleRecord record(m_program->code, event, names);
    const Verdict verdict = m_program->code.judge(record, m_program->code.entry);
    if (verdict == Verdict::Undecided && troubles != nullptr)
        troubles->noteExceeded(event.number());
    return verdict == Verdict::Yes;
}

void Filter::scan(const store::Segment &segment, std::uint32_t begin, std::uint32_t end, const SourceNames &names,
    std::vector<std::uint16_t> &matches, ScanTroubles *troubles) const
{
    if (begin >= end || m_program->code.entry == Code::rejected)
        return;
    if (matchesEverything()) {
        const std::size_t known = matches.size();
        matches.resize(known + (end - begin));
        std::iota(
            matches.begin() + static_cast<std::ptrdiff_t>(known), matches.end(), static_cast<std::uint16_t>(begin));
        return;
    }
    ScannedRecords records(m_program->code, segment, end, names);
    std::array<std::uint16_t, 1024> indices;
    while (begin < end) {
        const std::size_t count = std::min<std::size_t>(end - begin, indices.size());
        std::iota(indices.begin(), indices.begin() + count, static_cast<std::uint16_t>(begin));
        const std::size_t kept = records.sift({indices.data(), count});
        matches.insert(matches.end(), indices.begin(), indices.begin() + kept);
        begin += static_cast<std::uint32_t>(count);
    }
    if (troubles != nullptr)
        *troubles += records.troubles();
}

void Filter::sift(const store::Segment &segment, std::uint32_t end, const SourceNames &names,
    std::vector<std::uint16_t> &indices, ScanTroubles *troubles) const
{
    if (matchesEverything())
        return;
    if (m_program->code.entry == Code::rejected) {
        indices.clear();
        return;
    }
    constexpr std::size_t blockSize = 1024;
    ScannedRecords records(m_program->code, segment, end, names);
    std::size_t kept = 0;
    for (std::size_t begin = 0; begin < indices.size(); begin += blockSize) {
        const std::span block = std::span(indices).subspan(begin, std::min(blockSize, indices.size() - begin));
        const std::size_t matching = records.sift(block);
        std::copy_n(block.begin(), matching, indices.begin() + static_cast<std::ptrdiff_t>(kept));
        kept += matching;
    }
    indices.resize(kept);
    if (troubles != nullptr)
        *troubles += records.troubles();
}

} // namespace weir::filter
