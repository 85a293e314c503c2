// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/context.h"
#include "filter/error.h"
#include "store/segment.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <vector>

namespace weir::filter {

/// Names of the subscriptions at one moment, for `source:`. A value, replaced whole when a name changes.
using SourceNames = std::unordered_map<std::uint32_t, std::string>;

/// Records that are in no result because a regular expression would have taken more effort than is allowed (see
/// RegularExpression). To be shown: they might have matched.
struct ScanTroubles
{
    std::uint64_t effortExceeded = 0;
    store::EventNumber firstExceeded; ///< 0: none

    void noteExceeded(store::EventNumber number);
    ScanTroubles &operator+=(const ScanTroubles &other);
    friend bool operator==(const ScanTroubles &, const ScanTroubles &) = default;
};

/// One sentence in English; empty if there are none.
std::string text(const ScanTroubles &troubles);

/// A compiled filter expression. Immutable and cheap to copy; any thread may match with the same filter.
///
/// The empty expression matches everything. Words are looked for in what was received: an event without a type of its
/// own has type `message` for `type:message`, but does not contain the word `message`, nor `age`. Case is ignored
/// unless a word or value has a capital letter, in ASCII, Latin, Greek, Cyrillic and Armenian letters; others, and the
/// few whose capital takes another number of bytes (ſ, ẞ, İ), have to be typed as they are. `size` is that of the raw
/// block, as the table shows it.
///
/// Paths ask of events only, whose data is JSON; where there is no such value nothing holds, not even `!=`. `gap` and
/// `-` follow the same rule: a record without a gap matches no comparison, and whatever does not match, `-` does.
class Filter
{
public:
    Filter();

    /// Compiles `expression` (UTF-8, at most 10,000 bytes, parentheses at most 200 deep). On an error says where and
    /// what was expected; nothing else happens.
    /// `context` says what `time` means; hand in the clock of the log.
    static tl::expected<Filter, Error> compile(std::string_view expression, const Context &context = {});

    const std::string &expression() const;
    bool matchesEverything() const;

    /// A record that cannot be decided is noted in `troubles` and does not match.
    bool matches(const store::EventView &event, const SourceNames &names, ScanTroubles *troubles = nullptr) const;

    /// Appends the indices in [begin, end) of the records of `segment` that match, in rising order.
    /// Requires end <= the readable count of the snapshot that holds the segment. Adds those to `troubles` that cannot
    /// be decided.
    void scan(const store::Segment &segment, std::uint32_t begin, std::uint32_t end, const SourceNames &names,
        std::vector<std::uint16_t> &matches, ScanTroubles *troubles = nullptr) const;
    /// The same for some records: keeps of `indices`, which rise and are below `end`, those that match.
    void sift(const store::Segment &segment, std::uint32_t end, const SourceNames &names,
        std::vector<std::uint16_t> &indices, ScanTroubles *troubles = nullptr) const;

private:
    struct Program;
    std::shared_ptr<const Program> m_program;
};

} // namespace weir::filter
