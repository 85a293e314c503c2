// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/scan.h"

#include "filter/recordtest.h"

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
    , m_offsets(code.times.size())
{
    const store::Record &last = segment.records()[end - 1];
    m_readableEnd = std::size_t{last.rawBegin} + last.rawLength;
    for (const Needle &needle : code.needles)
        m_searches.emplace_back(needle, m_bytes, m_readableEnd);
    findSieves();
}

void ScannedRecords::findSieves()
{
    m_rest = m_code->entry;
    while (m_rest < Code::rejected) {
        const Step &step = m_code->steps[m_rest];
        if (step.onYes != Code::rejected && step.onNo != Code::rejected)
            return;
        const bool passes = step.onNo == Code::rejected;
        // What else is asked of the same data is asked while it is open.
        if (step.test == Test::Json && (passes ? step.onYes : step.onNo) < Code::rejected)
            return;
        m_sieves.push_back({&step, passes});
        m_rest = passes ? step.onYes : step.onNo;
    }
}

std::size_t ScannedRecords::sift(std::span<std::uint16_t> indices)
{
    for (const Sieve &sieve : m_sieves)
        indices = indices.first(sift(indices, sieve));
    if (m_rest == Code::matched)
        return indices.size();
    return keep(indices, true, [this](const store::Record &record) {
        m_record = &record;
        return decided(m_code->judge(*this, m_rest), false, record);
    });
}

std::size_t ScannedRecords::sift(std::span<std::uint16_t> indices, const Sieve &sieve)
{
    using store::Record;
    const std::uint32_t operand = sieve.step->operand;
    if (sieve.step->test == Test::Kind)
        return keep(indices, sieve.passes, [=](const Record &record) { return ((operand >> record.kind) & 1) != 0; });
    if (sieve.step->test == Test::Size) {
        const Range range = m_code->ranges[operand];
        return keep(indices, sieve.passes, [=](const Record &record) { return range.contains(record.rawLength); });
    }
    if (sieve.step->test == Test::Text)
        return keep(indices, sieve.passes, [=, this](const Record &record) { return testText(operand, record); });
    if (sieve.step->test == Test::Type)
        return siftByType(indices, sieve);
    if (sieve.step->test == Test::Json || sieve.step->test == Test::Pattern)
        return siftDearly(indices, sieve);
    return keep(indices, sieve.passes, [&, this](const Record &record) { return isYes(*sieve.step, record); });
}

std::size_t ScannedRecords::siftDearly(std::span<std::uint16_t> indices, const Sieve &sieve)
{
    return keep(indices, sieve.passes,
        [&, this](const store::Record &record) { return decided(test(*sieve.step, record), !sieve.passes, record); });
}

bool ScannedRecords::decided(Verdict verdict, bool otherwise, const store::Record &record)
{
    if (verdict != Verdict::Undecided)
        return verdict == Verdict::Yes;
    m_troubles.noteExceeded({m_segment->first().value + indexOf(record)});
    return otherwise;
}

// A type lies somewhere in each block's bytes; to wait for the memory would take longer than to compare.
std::size_t ScannedRecords::siftByType(std::span<std::uint16_t> indices, const Sieve &sieve)
{
    constexpr std::size_t ahead = 16;
    const Wildcard &wanted = m_code->values[sieve.step->operand];
    const store::Record *const records = m_segment->records();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const std::uint16_t index = indices[i];
        __builtin_prefetch(m_bytes + records[indices[std::min(i + ahead, indices.size() - 1)]].typeBegin);
        indices[kept] = index;
        kept += wanted.matches(type(records[index])) == sieve.passes ? 1U : 0U;
    }
    return kept;
}

// Without a branch that depends on the answer.
template <typename Predicate>
std::size_t ScannedRecords::keep(std::span<std::uint16_t> indices, bool wanted, Predicate holds) const
{
    const store::Record *const records = m_segment->records();
    std::size_t kept = 0;
    for (const std::uint16_t index : indices) {
        indices[kept] = index;
        kept += holds(records[index]) == wanted ? 1U : 0U;
    }
    return kept;
}

Verdict ScannedRecords::test(const Step &step, const store::Record &record)
{
    if (step.test == Test::Json)
        return testJson(m_code->jsonTests[step.operand], record);
    if (step.test == Test::Pattern)
        return m_code->patterns[step.operand].isIn(m_segment->text(record.dataBegin, record.dataLength));
    return verdict(isYes(step, record));
}

bool ScannedRecords::isYes(const Step &step, const store::Record &record)
{
    switch (step.test) {
    case Test::Kind:
        return ((step.operand >> record.kind) & 1) != 0;
    case Test::Size:
        return m_code->ranges[step.operand].contains(record.rawLength);
    case Test::Has:
        return has(Presence{step.operand}, record);
    case Test::Gap:
        return testGap(m_code->ranges[step.operand], record);
    case Test::Attempt:
        return m_code->ranges[step.operand].contains(m_segment->connectionOf(indexOf(record)).attempt);
    case Test::Source:
        return testSource(step.operand, record);
    case Test::Time:
        return testTime(step.operand, record);
    case Test::Type:
        return m_code->values[step.operand].matches(type(record));
    case Test::Id:
        return m_code->values[step.operand].matches(id(record));
    case Test::Literal:
        return testLiteral(step.operand, record);
    case Test::Text:
        return testText(step.operand, record);
    case Test::DataText:
        return isInData(step.operand, record);
    default:
        return true;
    }
}

std::uint32_t ScannedRecords::indexOf(const store::Record &record) const
{
    return static_cast<std::uint32_t>(&record - m_segment->records());
}

bool ScannedRecords::has(Presence what, const store::Record &record) const
{
    if (what == Presence::Data)
        return record.dataLength != 0;
    return (what == Presence::Id ? record.idLength : record.typeLength) != 0;
}

bool ScannedRecords::testGap(const Range &range, const store::Record &record) const
{
    return isGapWithin(range, m_segment->at(indexOf(record)));
}

bool ScannedRecords::testTime(std::uint32_t operand, const store::Record &record)
{
    return m_code->times[operand].contains(m_segment->at(indexOf(record)).arrival(), m_offsets[operand]);
}

bool ScannedRecords::testLiteral(std::uint32_t operand, const store::Record &record)
{
    return isInData(operand, record) || isInData(*m_code->escapes, record);
}

bool ScannedRecords::isInData(std::uint32_t needle, const store::Record &record)
{
    const std::size_t begin = record.dataBegin;
    const std::size_t end = begin + record.dataLength;
    return end <= m_readableEnd ? m_searches[needle].find(begin, end) != npos
                                : m_searches[needle].isIn(begin, record.dataLength);
}

Verdict ScannedRecords::testJson(const JsonTest &test, const store::Record &record)
{
    JsonReader &reader = JsonReader::ofThread();
    if (m_jsonRecord != &record) {
        const std::size_t end = std::size_t{record.dataBegin} + record.dataLength;
        const std::size_t readable = end < m_readableEnd ? m_readableEnd - end : 0;
        m_isJson = reader.open(m_segment->text(record.dataBegin, record.dataLength), readable);
        m_jsonRecord = &record;
    }
    return m_isJson ? test.ask(reader) : Verdict::No;
}

std::string_view ScannedRecords::type(const store::Record &record) const
{
    const bool isUnnamed = record.typeLength == 0 && store::Kind{record.kind} == store::Kind::Event;
    return isUnnamed ? "message" : typeBuffer(record);
}

std::string_view ScannedRecords::typeBuffer(const store::Record &record) const
{
    return m_segment->shortText(record.typeBegin, record.typeLength);
}

std::string_view ScannedRecords::id(const store::Record &record) const
{
    return m_segment->shortText(record.idBegin, record.idLength);
}

bool ScannedRecords::testSource(std::uint32_t operand, const store::Record &record)
{
    std::vector<Answer> &answers = m_sourceOfConnection[operand];
    const std::uint32_t connection = m_segment->reads()[record.read].connection;
    if (connection >= answers.size())
        answers.resize(connection + 1, Answer::Unknown);
    if (answers[connection] == Answer::Unknown) {
        const auto name = m_names->find(m_segment->subscription(indexOf(record)).value);
        const bool isYes = m_code->values[operand].matches(name == m_names->end() ? std::string_view{} : name->second);
        answers[connection] = isYes ? Answer::Yes : Answer::No;
    }
    return answers[connection] == Answer::Yes;
}

// Type, id and data are slices of the block's bytes unless they had to be decoded, so that a search of the block
// answers for all three when it finds nothing, or what it finds lies in one of them.
bool ScannedRecords::testText(std::uint32_t operand, const store::Record &record)
{
    SliceSearch &search = m_searches[operand];
    const std::size_t rawBegin = record.rawBegin;
    const std::size_t rawEnd = rawBegin + record.rawLength;
    const std::size_t hit = search.find(rawBegin, rawEnd);
    const std::size_t hitEnd = hit + search.needle().size();
    const auto isInSlice = [&](std::size_t begin, std::size_t length) {
        const bool isInRaw = begin >= rawBegin && begin + length <= rawEnd;
        if (isInRaw && (hit == npos || (hit >= begin && hitEnd <= begin + length)))
            return hit != npos;
        return search.isIn(begin, length);
    };
    if (isInSlice(record.dataBegin, record.dataLength))
        return true;
    if (record.typeLength != 0 && isInSlice(record.typeBegin, typeBuffer(record).size()))
        return true;
    if (record.idLength == 0)
        return false;
    return record.idBegin < rawBegin ? testRepeatedId(operand, record) : isInSlice(record.idBegin, id(record).size());
}

bool ScannedRecords::testRepeatedId(std::uint32_t operand, const store::Record &record)
{
    IdAnswer &known = m_repeatedIds[operand];
    if (known.answer == Answer::Unknown || known.begin != record.idBegin || known.length != record.idLength) {
        const bool isYes = m_code->needles[operand].isIn(id(record));
        known = {record.idBegin, record.idLength, isYes ? Answer::Yes : Answer::No};
    }
    return known.answer == Answer::Yes;
}

} // namespace weir::filter
