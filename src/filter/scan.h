// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/code.h"
#include "filter/filter.h"
#include "store/segment.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::filter {

/// Looks for one needle in slices of a segment's bytes that come roughly in rising order. Searching far ahead in one go
/// costs a fraction of searching slice by slice; how far it looks ahead grows while that pays.
class SliceSearch
{
public:
    /// `end`: of the bytes that may be read.
    SliceSearch(const Needle &needle, const char *bytes, std::size_t end)
        : m_needle(&needle)
        , m_bytes(bytes)
        , m_end(end)
    {}

    /// Where the first occurrence within [begin, end) begins, or std::string_view::npos.
    std::size_t find(std::size_t begin, std::size_t end);
    bool isIn(std::size_t begin, std::size_t length) const
    {
        return length >= m_needle->size() && m_needle->isIn({m_bytes + begin, length});
    }
    const Needle &needle() const { return *m_needle; }

private:
    void searchFrom(std::size_t begin, std::size_t end);

    const Needle *m_needle;
    const char *m_bytes;
    std::size_t m_end;
    std::size_t m_clearBegin = 0; ///< nothing within [m_clearBegin, m_clearEnd)
    std::size_t m_clearEnd = 0;
    std::size_t m_hit = std::string_view::npos; ///< the first occurrence that begins behind m_clearBegin
    std::size_t m_lookahead = 0;
};

/// The records of one segment. The terms that all have to hold sift a block of records one after the other, each in a
/// loop of its own; the rest of the expression is asked record by record. What holds for many records is found out
/// once.
class ScannedRecords
{
public:
    ScannedRecords(const Code &code, const store::Segment &segment, std::uint32_t end, const SourceNames &names);

    /// Moves the indices of those that match to the front, in order, and says how many they are.
    std::size_t sift(std::span<std::uint16_t> indices);

    /// Records that were left out because they could not be decided.
    const ScanTroubles &troubles() const { return m_troubles; }

    /// For Code::judge().
    Verdict test(const Step &step) { return test(step, *m_record); }

private:
    /// All that match have this answer to the step.
    struct Sieve
    {
        const Step *step;
        bool passes;
    };
    enum class Answer : std::uint8_t { Unknown, No, Yes };
    struct IdAnswer
    {
        std::uint32_t begin = 0;
        std::uint16_t length = 0;
        Answer answer = Answer::Unknown;
    };

    void findSieves();
    std::size_t sift(std::span<std::uint16_t> indices, const Sieve &sieve);
    std::size_t siftByType(std::span<std::uint16_t> indices, const Sieve &sieve);
    std::size_t siftDearly(std::span<std::uint16_t> indices, const Sieve &sieve);
    template <typename Predicate>
    std::size_t keep(std::span<std::uint16_t> indices, bool wanted, Predicate holds) const;

    Verdict test(const Step &step, const store::Record &record);
    bool isYes(const Step &step, const store::Record &record);
    bool has(Presence what, const store::Record &record) const;
    bool testGap(const Range &range, const store::Record &record) const;
    bool testTime(std::uint32_t operand, const store::Record &record);
    bool testLiteral(std::uint32_t operand, const store::Record &record);
    bool isInData(std::uint32_t needle, const store::Record &record);
    Verdict testJson(const JsonTest &test, const store::Record &record);
    bool decided(Verdict verdict, bool otherwise, const store::Record &record);
    std::uint32_t indexOf(const store::Record &record) const;
    bool testSource(std::uint32_t operand, const store::Record &record);
    bool testText(std::uint32_t operand, const store::Record &record);
    bool testRepeatedId(std::uint32_t operand, const store::Record &record);
    std::string_view type(const store::Record &record) const;
    std::string_view typeBuffer(const store::Record &record) const;
    std::string_view id(const store::Record &record) const;

    const Code *m_code;
    const store::Segment *m_segment;
    const SourceNames *m_names;
    const char *m_bytes;
    std::vector<Sieve> m_sieves;
    std::uint16_t m_rest = Code::matched; ///< the step where those go on that passed all sieves
    const store::Record *m_record = nullptr;
    std::vector<SliceSearch> m_searches;                   ///< one for each needle
    std::vector<IdAnswer> m_repeatedIds;                   ///< one for each needle: ids that lie outside of their block
    std::vector<std::vector<Answer>> m_sourceOfConnection; ///< by value, then by the segment's connection
    std::vector<TimeTest::OffsetMemory> m_offsets;         ///< one for each time
    std::size_t m_readableEnd = 0;                         ///< of the bytes
    const store::Record *m_jsonRecord = nullptr;           ///< whose data the reader has open
    bool m_isJson = false;
    ScanTroubles m_troubles;
};

} // namespace weir::filter
