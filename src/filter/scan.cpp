// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/scan.h"

#include <algorithm>

namespace weir::filter {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t leastLookahead = 1024;
constexpr std::size_t mostLookahead = std::size_t{1} << 20;

} // namespace

std::size_t SliceSearch::find(std::size_t begin, std::size_t end)
{
    if (begin >= m_clearBegin && end <= m_clearEnd)
        return npos;
    if (m_hit == npos || begin < m_clearBegin || begin > m_hit)
        searchFrom(begin, end);
    return m_hit != npos && m_hit + m_needle->size() <= end ? m_hit : npos;
}

void SliceSearch::searchFrom(std::size_t begin, std::size_t end)
{
    // Slices left out since the last search were of no interest, and those ahead may not be either.
    const bool goesOn = begin >= m_clearBegin && begin <= m_clearEnd + leastLookahead;
    m_lookahead = goesOn ? std::clamp(m_lookahead * 2, leastLookahead, mostLookahead) : 0;
    const std::size_t stop = std::max(end, std::min(m_end, begin + m_lookahead));
    const std::size_t found = m_needle->find({m_bytes + begin, stop - begin});
    m_clearBegin = begin;
    m_hit = found == npos ? npos : begin + found;
    m_clearEnd = found == npos ? stop : m_hit + m_needle->size() - 1;
}

ScannedRecords::ScannedRecords(
    const Code &code, const store::Segment &segment, std::uint32_t end, const SourceNames &names)
    : m_code(&code)
    , m_segment(&segment)
    , m_names(&names)
    , m_bytes(segment.text(0, 0).data())
    , m_repeatedIds(code.needles.size())
    , m_sourceOfConnection(code.values.size())
{
    const store::Record &last = segment.records()[end - 1];
    for (const Needle &needle : code.needles)
        m_searches.emplace_back(needle, m_bytes, std::size_t{last.rawBegin} + last.rawLength);
}

bool ScannedRecords::test(const Step &step)
{
    switch (step.test) {
    case Test::Kind:
        return ((step.operand >> m_record->kind) & 1) != 0;
    case Test::Size:
        return m_code->sizes[step.operand].contains(m_record->rawLength);
    case Test::Source:
        return testSource(step.operand);
    case Test::Type:
        return m_code->values[step.operand].matches(type());
    case Test::Id:
        return m_code->values[step.operand].matches(id());
    case Test::Text:
        return testText(step.operand);
    case Test::Always:
        break;
    }
    return true;
}

std::string_view ScannedRecords::type() const
{
    const bool isUnnamed = m_record->typeLength == 0 && store::Kind{m_record->kind} == store::Kind::Event;
    return isUnnamed ? "message" : typeBuffer();
}

std::string_view ScannedRecords::typeBuffer() const
{
    return m_segment->shortText(m_record->typeBegin, m_record->typeLength);
}

std::string_view ScannedRecords::id() const
{
    return m_segment->shortText(m_record->idBegin, m_record->idLength);
}

bool ScannedRecords::testSource(std::uint32_t operand)
{
    std::vector<Answer> &answers = m_sourceOfConnection[operand];
    const std::uint32_t connection = m_segment->reads()[m_record->read].connection;
    if (connection >= answers.size())
        answers.resize(connection + 1, Answer::Unknown);
    if (answers[connection] == Answer::Unknown) {
        const auto index = static_cast<std::uint32_t>(m_record - m_segment->records());
        const auto name = m_names->find(m_segment->subscription(index).value);
        const bool isYes = m_code->values[operand].matches(name == m_names->end() ? std::string_view{} : name->second);
        answers[connection] = isYes ? Answer::Yes : Answer::No;
    }
    return answers[connection] == Answer::Yes;
}

// Type, id and data are slices of the block's bytes unless they had to be decoded, so that a search of the block
// answers for all three when it finds nothing, or what it finds lies in one of them.
bool ScannedRecords::testText(std::uint32_t operand)
{
    SliceSearch &search = m_searches[operand];
    const std::size_t rawBegin = m_record->rawBegin;
    const std::size_t rawEnd = rawBegin + m_record->rawLength;
    const std::size_t hit = search.find(rawBegin, rawEnd);
    const std::size_t hitEnd = hit == npos ? npos : hit + search.needle().size();
    const auto isInSlice = [&](std::size_t begin, std::size_t length) {
        const bool isInRaw = begin >= rawBegin && begin + length <= rawEnd;
        if (isInRaw && (hit == npos || (hit >= begin && hitEnd <= begin + length)))
            return hit != npos;
        return search.isIn(begin, length);
    };
    if (isInSlice(m_record->dataBegin, m_record->dataLength))
        return true;
    if (isInSlice(m_record->typeBegin, typeBuffer().size()))
        return true;
    const std::string_view idText = id();
    return m_record->idBegin < rawBegin ? testRepeatedId(operand, idText) : isInSlice(m_record->idBegin, idText.size());
}

bool ScannedRecords::testRepeatedId(std::uint32_t operand, std::string_view id)
{
    IdAnswer &known = m_repeatedIds[operand];
    if (known.answer == Answer::Unknown || known.begin != m_record->idBegin || known.length != m_record->idLength) {
        const bool isYes = m_code->needles[operand].isIn(id);
        known = {m_record->idBegin, m_record->idLength, isYes ? Answer::Yes : Answer::No};
    }
    return known.answer == Answer::Yes;
}

} // namespace weir::filter
