// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"

#include "filter/parser.h"
#include "filter/scan.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace weir::filter {

namespace {

/// A single record, as Code::judge() asks about it.
struct SingleRecord
{
    const Code &code;
    const store::EventView &event;
    const SourceNames &names;

    bool test(const Step &step) const
    {
        switch (step.test) {
        case Test::Kind:
            return ((step.operand >> static_cast<unsigned>(event.kind())) & 1) != 0;
        case Test::Size:
            return code.sizes[step.operand].contains(event.raw().size());
        case Test::Source:
            return code.values[step.operand].matches(source());
        case Test::Type:
            return code.values[step.operand].matches(event.type());
        case Test::Id:
            return code.values[step.operand].matches(event.id());
        case Test::Text:
            return hasText(code.needles[step.operand]);
        case Test::Always:
            break;
        }
        return true;
    }

    std::string_view source() const
    {
        const auto name = names.find(event.subscription().value);
        return name == names.end() ? std::string_view{} : name->second;
    }

    bool hasText(const Needle &needle) const
    {
        return needle.isIn(event.data()) || needle.isIn(event.typeBuffer()) || needle.isIn(event.id());
    }
};

} // namespace

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

tl::expected<Filter, Error> Filter::compile(std::string_view expression)
{
    tl::expected<Code, Error> code = Parser(expression).run();
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

bool Filter::matches(const store::EventView &event, const SourceNames &names) const
{
    const SingleRecord record{m_program->code, event, names};
    return m_program->code.judge(record, m_program->code.entry);
}

void Filter::scan(const store::Segment &segment, std::uint32_t begin, std::uint32_t end, const SourceNames &names,
    std::vector<std::uint16_t> &matches) const
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
}

} // namespace weir::filter
