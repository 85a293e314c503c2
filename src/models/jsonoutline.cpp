// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsonoutline.h"

#include "filter/needle.h"

namespace weir::models {

using filter::JsonType;

namespace {

using Kind = JsonToken::Kind;

constexpr std::size_t tokensBetweenLooks = 4096;
constexpr JsonOutline::Node nodesBetweenLooks = 4096;

/// What stands between the quotes of a string or key, with its escapes decoded.
std::string decodedString(std::string_view quoted)
{
    quoted.remove_prefix(1);
    if (quoted.ends_with('"'))
        quoted.remove_suffix(1);
    std::string buffer;
    return std::string(filter::JsonValue{JsonType::String, quoted}.decoded(buffer));
}

std::string_view quotedAt(std::string_view json, std::size_t begin)
{
    std::size_t end = begin + 1;
    while (json[end] != '"')
        end += json[end] == '\\' ? 2U : 1U;
    return json.substr(begin, end + 1 - begin);
}

} // namespace

class JsonOutlineReader
{
public:
    JsonOutlineReader(JsonOutline &outline, const JsonOutline::IsCanceled &isCanceled)
        : m_outline(outline)
        , m_isCanceled(isCanceled)
        , m_tokens(outline.m_json)
    {}

    void run()
    {
        std::size_t count = 0;
        while (const auto token = m_tokens.next()) {
            if (++count % tokensBetweenLooks == 0 && m_isCanceled && m_isCanceled())
                break;
            if (!take(*token))
                break;
        }
        m_outline.m_problem = m_tokens.problem();
        const std::size_t end = m_outline.m_problem ? m_outline.m_problem->at : m_at;
        while (!m_open.empty())
            close(end);
        m_outline.m_places.shrink_to_fit();
    }

private:
    bool take(const JsonToken &token)
    {
        m_at = token.begin + token.length;
        // Depth is that behind the token: the bracket that closes the deepest container is taken again.
        if (m_open.size() == JsonOutline::maxDepth && m_tokens.depth() >= JsonOutline::maxDepth) {
            m_outline.m_isTooDeep = true;
            m_key = JsonOutline::none;
            return true;
        }
        switch (token.kind) {
        case Kind::ObjectBegin:
        case Kind::ArrayBegin:
            if (!add(token))
                return false;
            m_open.push_back(m_outline.nodeCount() - 1);
            return true;
        case Kind::ObjectEnd:
        case Kind::ArrayEnd:
            close(m_at);
            return true;
        case Kind::Name:
            m_key = static_cast<std::uint32_t>(token.begin);
            return true;
        case Kind::Scalar:
            return add(token);
        case Kind::Colon:
        case Kind::Comma:
            break;
        }
        return true;
    }

    bool add(const JsonToken &token)
    {
        const auto node = m_outline.nodeCount();
        if (node == JsonOutline::maxNodes) {
            m_outline.m_isCut = true;
            return false;
        }
        JsonOutline::Place place;
        place.begin = static_cast<std::uint32_t>(token.begin);
        place.end = static_cast<std::uint32_t>(token.begin + token.length);
        place.next = node + 1;
        place.key = std::exchange(m_key, JsonOutline::none);
        if (!m_open.empty()) {
            place.parent = m_open.back();
            place.row = m_outline.m_places[place.parent].children++;
            if (place.row >= JsonOutline::signpostSpan && place.row % JsonOutline::signpostSpan == 0)
                m_outline.m_signposts[place.parent].push_back(node);
        }
        m_outline.m_places.push_back(place);
        return true;
    }

    void close(std::size_t end)
    {
        auto &place = m_outline.m_places[m_open.back()];
        place.end = static_cast<std::uint32_t>(end);
        place.next = m_outline.nodeCount();
        m_open.pop_back();
    }

    JsonOutline &m_outline;
    const JsonOutline::IsCanceled &m_isCanceled;
    JsonTokens m_tokens;
    std::vector<JsonOutline::Node> m_open;
    std::uint32_t m_key = JsonOutline::none;
    std::size_t m_at = 0;
};

std::shared_ptr<const JsonOutline> JsonOutline::read(
    std::shared_ptr<const void> keep, std::string_view json, const IsCanceled &isCanceled)
{
    auto outline = std::make_shared<JsonOutline>();
    outline->m_keep = std::move(keep);
    outline->m_json = json;
    JsonOutlineReader(*outline, isCanceled).run();
    return outline;
}

JsonType JsonOutline::type(Node node) const
{
    switch (m_json[m_places[node].begin]) {
    case '{':
        return JsonType::Object;
    case '[':
        return JsonType::Array;
    case '"':
        return JsonType::String;
    case 't':
        return JsonType::True;
    case 'f':
        return JsonType::False;
    case 'n':
        return JsonType::Null;
    default:
        return JsonType::Number;
    }
}

bool JsonOutline::isContainer(Node node) const
{
    const char first = m_json[m_places[node].begin];
    return first == '{' || first == '[';
}

std::string_view JsonOutline::text(Node node) const
{
    const Place &place = m_places[node];
    return m_json.substr(place.begin, place.end - place.begin);
}

std::string JsonOutline::decodedText(Node node) const
{
    return type(node) == JsonType::String ? decodedString(text(node)) : std::string(text(node));
}

bool JsonOutline::isInObject(Node node) const
{
    return m_places[node].key != none;
}

std::string_view JsonOutline::rawKey(Node node) const
{
    return quotedAt(m_json, m_places[node].key);
}

std::string JsonOutline::key(Node node) const
{
    return decodedString(rawKey(node));
}

std::optional<JsonOutline::Node> JsonOutline::parent(Node node) const
{
    const Node parent = m_places[node].parent;
    return parent == none ? std::nullopt : std::optional(parent);
}

JsonOutline::Node JsonOutline::child(Node node, std::uint32_t row) const
{
    Node child = node + 1;
    std::uint32_t at = row - row % signpostSpan;
    if (at > 0)
        child = m_signposts.at(node)[at / signpostSpan - 1];
    for (; at < row; ++at)
        child = m_places[child].next;
    return child;
}

filter::JsonPath JsonOutline::path(Node node) const
{
    std::vector<Node> way;
    for (std::optional<Node> at = node; at && parent(*at); at = parent(*at))
        way.push_back(*at);
    filter::JsonPath path;
    for (auto at = way.rbegin(); at != way.rend(); ++at)
        path = isInObject(*at) ? path.key(key(*at)) : path.element(row(*at));
    return path;
}

std::optional<JsonOutline::Node> JsonOutline::findStep(
    Node node, const filter::JsonPath::Step &step, std::size_t &maxSteps) const
{
    if (type(node) != (step.isIndex ? JsonType::Array : JsonType::Object))
        return std::nullopt;
    if (step.isIndex)
        return step.index < childCount(node) ? std::optional(child(node, step.index)) : std::nullopt;
    for (Node child = node + 1; child < next(node) && maxSteps > 0; child = next(child), --maxSteps) {
        const auto raw = rawKey(child);
        const bool isSame = raw.find('\\') == std::string_view::npos ? raw.substr(1, raw.size() - 2) == step.key
                                                                     : decodedString(raw) == step.key;
        if (isSame)
            return child;
    }
    return std::nullopt;
}

std::optional<JsonOutline::Node> JsonOutline::find(const filter::JsonPath &path, std::size_t &maxSteps) const
{
    if (m_places.empty())
        return std::nullopt;
    std::optional<Node> node = 0;
    for (const auto &step : path.steps()) {
        node = findStep(*node, step, maxSteps);
        if (!node)
            return std::nullopt;
    }
    return node;
}

bool JsonOutline::isFirstOfPath(Node node) const
{
    std::size_t steps = maxNodes;
    return find(path(node), steps) == node;
}

std::vector<JsonOutline::Node> findInOutline(
    const JsonOutline &outline, std::string_view words, const JsonOutline::IsCanceled &isCanceled)
{
    std::vector<JsonOutline::Node> found;
    const filter::Needle needle(words);
    if (needle.isEmpty())
        return found;
    for (JsonOutline::Node node = 0; node < outline.nodeCount(); ++node) {
        if (node % nodesBetweenLooks == 0 && isCanceled && isCanceled())
            break;
        const bool isInKey = outline.isInObject(node) && needle.isIn(outline.key(node));
        if (isInKey || (!outline.isContainer(node) && needle.isIn(outline.decodedText(node))))
            found.push_back(node);
    }
    return found;
}

} // namespace weir::models
