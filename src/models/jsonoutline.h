// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpath.h"
#include "filter/jsonreader.h"
#include "models/jsontokens.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace weir::models {

/// Where the values of a JSON text lie, in the order in which they were sent, keys that come twice twice. Nothing is
/// decoded or copied: a value is its bytes. Of a text that breaks off or is no JSON it holds what came before.
///
/// Made in one pass on any thread, which may take half a second for 16 MiB; immutable then, usable by any thread.
class JsonOutline
{
public:
    /// A value; the first one is 0, those inside a value have higher numbers than it, and lower ones than what follows.
    using Node = std::uint32_t;
    /// About 110 MB; more values than that are not listed, see isCut().
    static constexpr std::size_t maxNodes = 4'000'000;
    /// Objects and arrays that are nested deeper have no children here, see isTooDeep().
    static constexpr std::size_t maxDepth = 500;

    using IsCanceled = std::function<bool()>;
    /// `keep` owns the bytes. Stops early with an incomplete outline if `isCanceled` says so.
    static std::shared_ptr<const JsonOutline> read(
        std::shared_ptr<const void> keep, std::string_view json, const IsCanceled &isCanceled = {});

    std::string_view json() const { return m_json; }
    const std::optional<JsonProblem> &problem() const { return m_problem; }
    bool isCut() const { return m_isCut; }
    bool isTooDeep() const { return m_isTooDeep; }
    Node nodeCount() const { return static_cast<Node>(m_places.size()); }

    // All require node < nodeCount().
    filter::JsonType type(Node node) const;
    bool isContainer(Node node) const;
    std::string_view text(Node node) const;   ///< its bytes, a string with its quotes
    std::string decodedText(Node node) const; ///< of a string without quotes and escapes
    bool isInObject(Node node) const;
    std::string key(Node node) const; ///< decoded; requires isInObject()
    std::optional<Node> parent(Node node) const;
    std::uint32_t row(Node node) const { return m_places[node].row; } ///< place among its siblings, from 0
    std::uint32_t childCount(Node node) const { return m_places[node].children; }
    /// Requires row < childCount(node). In constant time.
    Node child(Node node, std::uint32_t row) const;
    /// The first value behind `node` and all that is in it; nodeCount() if there is none.
    Node next(Node node) const { return m_places[node].next; }

    filter::JsonPath path(Node node) const;
    /// The value that `path` names. Looks at no more than `maxSteps` values and takes that off it.
    std::optional<Node> find(const filter::JsonPath &path, std::size_t &maxSteps) const;
    /// False if an earlier value has the same path, so that a filter would look at that one.
    bool isFirstOfPath(Node node) const;

private:
    friend class JsonOutlineReader;

    static constexpr Node none = ~Node{0};
    static constexpr std::uint32_t signpostSpan = 64;

    struct Place
    {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        std::uint32_t key = none; ///< of the quote that begins the key
        Node parent = none;
        std::uint32_t row = 0;
        Node next = 0;
        std::uint32_t children = 0;
    };

    std::string_view rawKey(Node node) const;
    std::optional<Node> findStep(Node node, const filter::JsonPath::Step &step, std::size_t &maxSteps) const;

    std::shared_ptr<const void> m_keep;
    std::string_view m_json;
    std::vector<Place> m_places;
    /// Of a value with many children every so many one, by which the others are reached.
    std::unordered_map<Node, std::vector<Node>> m_signposts;
    std::optional<JsonProblem> m_problem;
    bool m_isCut = false;
    bool m_isTooDeep = false;
};

/// Values whose key or own text (not that of values in them) holds `words`, in order; case is ignored unless there is a
/// capital letter. Any thread.
std::vector<JsonOutline::Node> findInOutline(
    const JsonOutline &outline, std::string_view words, const JsonOutline::IsCanceled &isCanceled = {});

} // namespace weir::models
