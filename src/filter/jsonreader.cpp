// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/jsonreader.h"

#include "filter/casefolding.h"
#include "filter/decimal.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

namespace weir::filter {

namespace ondemand = simdjson::ondemand;

namespace {

constexpr std::size_t leastCapacity = std::size_t{64} << 10;
constexpr std::size_t keptCapacity = std::size_t{1} << 20;

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// By hand: asked for every value, and find_last_not_of() takes several times as long.
std::string_view trimmed(std::string_view token)
{
    while (!token.empty() && isBlank(token.back()))
        token.remove_suffix(1);
    return token;
}

bool isBracketed(std::string_view data)
{
    data = trimmed(data);
    while (!data.empty() && isBlank(data.front()))
        data.remove_prefix(1);
    return (data.starts_with('{') && data.ends_with('}')) || (data.starts_with('[') && data.ends_with(']'));
}

/// The four digits of `\uXXXX` behind `at`, or nothing.
std::optional<char32_t> unitAt(std::string_view text, std::size_t at)
{
    if (text.size() < at + 6 || text[at] != '\\' || text[at + 1] != 'u')
        return std::nullopt;
    char32_t unit = 0;
    for (const char digit : text.substr(at + 2, 4)) {
        constexpr std::string_view digits = "0123456789abcdef";
        const std::size_t value = digits.find(digit >= 'A' && digit <= 'F' ? static_cast<char>(digit + 32) : digit);
        if (value == std::string_view::npos)
            return std::nullopt;
        unit = unit * 16 + static_cast<char32_t>(value);
    }
    return unit;
}

/// Appends what the escape at `at` stands for, and says how long it is.
std::size_t decodeEscape(std::string_view text, std::size_t at, std::string &out)
{
    constexpr std::string_view signs = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t sign = at + 1 < text.size() ? signs.find(text[at + 1]) : std::string_view::npos;
    if (sign != std::string_view::npos) {
        out += meanings[sign];
        return 2;
    }
    const std::optional<char32_t> unit = unitAt(text, at);
    if (!unit) {
        out += '\\';
        return 1;
    }
    const auto isIn = [](char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; };
    if (!isIn(*unit, 0xD800, 0xDFFF)) {
        appendUtf8(*unit, out);
        return 6;
    }
    const std::optional<char32_t> low = unitAt(text, at + 6);
    if (isIn(*unit, 0xD800, 0xDBFF) && low && isIn(*low, 0xDC00, 0xDFFF)) {
        appendUtf8(0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00), out);
        return 12;
    }
    appendUtf8(0xFFFD, out);
    return 6;
}

std::string_view decode(std::string_view text, std::string &buffer)
{
    buffer.clear();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t escape = std::min(text.find('\\', at), text.size());
        buffer.append(text, at, escape - at);
        at = escape < text.size() ? escape + decodeEscape(text, escape, buffer) : escape;
    }
    return buffer;
}

/// `raw` begins behind the quote of a key, which is closed.
bool isKey(const char *raw, const std::string &wanted)
{
    std::size_t at = 0;
    while (at < wanted.size() && raw[at] == wanted[at] && raw[at] != '"' && raw[at] != '\\')
        ++at;
    if (raw[at] != '\\')
        return at == wanted.size() && raw[at] == '"';
    while (raw[at] != '"')
        at += raw[at] == '\\' ? 2U : 1U;
    std::string buffer;
    return decode({raw, at}, buffer) == wanted;
}

std::string_view keyText(const char *raw, std::string &buffer)
{
    std::size_t end = 0;
    while (raw[end] != '"')
        end += raw[end] == '\\' ? 2U : 1U;
    return decode({raw, end}, buffer);
}

std::optional<JsonValue> scalar(std::string_view token)
{
    token = trimmed(token);
    if (token.size() >= 2 && token.front() == '"' && token.back() == '"')
        return JsonValue{JsonType::String, token.substr(1, token.size() - 2)};
    if (token == "true" || token == "false")
        return JsonValue{token == "true" ? JsonType::True : JsonType::False, token};
    if (token == "null")
        return JsonValue{JsonType::Null, token};
    if (Decimal::parse(token))
        return JsonValue{JsonType::Number, token};
    return std::nullopt;
}

bool enterKey(ondemand::value &value, const std::string &key)
{
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS)
        return false;
    for (auto entry : object) {
        ondemand::field field;
        if (std::move(entry).get(field) != simdjson::SUCCESS)
            return false;
        if (isKey(field.key().raw(), key)) {
            value = field.value();
            return true;
        }
    }
    return false;
}

bool enterElement(ondemand::value &value, std::uint32_t index)
{
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS)
        return false;
    for (auto entry : array) {
        ondemand::value element;
        if (std::move(entry).get(element) != simdjson::SUCCESS)
            return false;
        if (index-- == 0) {
            value = element;
            return true;
        }
    }
    return false;
}

std::optional<JsonValue> container(ondemand::value &value, JsonReader::Extent extent)
{
    const bool isObject = value.raw_json_token().front() == '{';
    std::string_view text;
    if (extent == JsonReader::Extent::Whole) {
        ondemand::object object;
        ondemand::array array;
        const auto error = isObject ? value.get_object().get(object) : value.get_array().get(array);
        if (error != simdjson::SUCCESS)
            return std::nullopt;
        if ((isObject ? object.raw_json() : array.raw_json()).get(text) != simdjson::SUCCESS)
            return std::nullopt;
    }
    return JsonValue{isObject ? JsonType::Object : JsonType::Array, trimmed(text)};
}

std::optional<JsonValue> described(ondemand::value &value, JsonReader::Extent extent)
{
    const std::string_view token = value.raw_json_token();
    const bool isContainer = token.starts_with('{') || token.starts_with('[');
    return isContainer ? container(value, extent) : scalar(token);
}

// False after what is no JSON: nothing that follows can be relied on.
bool visitBelow(ondemand::value value, const JsonPath &path, std::size_t depth, const JsonReader::Visitor &visit);

bool visitObject(ondemand::value &value, const JsonPath &path, std::size_t depth, const JsonReader::Visitor &visit)
{
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS)
        return false;
    std::string buffer;
    for (auto entry : object) {
        ondemand::field field;
        if (std::move(entry).get(field) != simdjson::SUCCESS)
            return false;
        const JsonPath place = path.key(keyText(field.key().raw(), buffer));
        if (!visitBelow(field.value(), place, depth - 1, visit))
            return false;
    }
    return true;
}

bool visitBelow(ondemand::value value, const JsonPath &path, std::size_t depth, const JsonReader::Visitor &visit)
{
    const std::string_view token = value.raw_json_token();
    if (token.starts_with('{'))
        return depth == 0 || visitObject(value, path, depth, visit);
    if (!token.starts_with('[')) {
        const auto found = scalar(token);
        if (found)
            visit(path, *found);
        return found.has_value();
    }
    ondemand::array array;
    if (depth == 0 || value.get_array().get(array) != simdjson::SUCCESS)
        return depth == 0;
    for (auto entry : array) {
        ondemand::value element;
        return std::move(entry).get(element) == simdjson::SUCCESS &&
               visitBelow(element, path.element(0), depth - 1, visit);
    }
    return true;
}

} // namespace

struct JsonReader::State
{
    ondemand::parser parser;
    ondemand::document document;
    std::string copy;
    bool isFresh = true;

    bool makeRoom(std::size_t size)
    {
        if (size <= parser.capacity() && (parser.capacity() <= keptCapacity || size > keptCapacity))
            return true;
        parser = ondemand::parser();
        copy = {};
        return parser.allocate(std::max(
                   leastCapacity, size > keptCapacity ? size : std::min(2 * size, keptCapacity))) == simdjson::SUCCESS;
    }

    std::optional<ondemand::value> root()
    {
        if (!isFresh)
            document.rewind();
        isFresh = false;
        ondemand::value value;
        if (document.get_value().get(value) != simdjson::SUCCESS)
            return std::nullopt;
        return value;
    }
};

std::string_view JsonValue::decoded(std::string &buffer) const
{
    const bool hasEscapes = type == JsonType::String && text.find('\\') != std::string_view::npos;
    return hasEscapes ? decode(text, buffer) : text;
}

JsonReader::JsonReader()
    : m_state(std::make_unique<State>())
{}

JsonReader::~JsonReader() = default;

JsonReader &JsonReader::ofThread()
{
    thread_local JsonReader reader;
    return reader;
}

bool JsonReader::open(std::string_view data, std::size_t readable)
{
    if (!isBracketed(data) || !m_state->makeRoom(data.size()))
        return false;
    // How far broken JSON can be read depends on the byte behind it, and must not on whether it was copied.
    const bool isInPlace = readable >= simdjson::SIMDJSON_PADDING && data.data()[data.size()] == '\n';
    const char *text = data.data();
    if (!isInPlace) {
        m_state->copy.assign(data);
        m_state->copy.append(simdjson::SIMDJSON_PADDING, '\n');
        text = m_state->copy.data();
    }
    const std::size_t capacity = data.size() + simdjson::SIMDJSON_PADDING;
    m_state->isFresh = true;
    return m_state->parser.iterate(text, data.size(), capacity).get(m_state->document) == simdjson::SUCCESS;
}

std::optional<JsonValue> JsonReader::find(const JsonPath &path, Extent extent)
{
    std::optional<ondemand::value> value = m_state->root();
    if (!value)
        return std::nullopt;
    for (const JsonPath::Step &step : path.steps()) {
        if (!(step.isIndex ? enterElement(*value, step.index) : enterKey(*value, step.key)))
            return std::nullopt;
    }
    return described(*value, extent);
}

void JsonReader::forEach(std::size_t depth, const Visitor &visit)
{
    if (std::optional<ondemand::value> value = m_state->root())
        visitBelow(*value, {}, depth, visit);
}

} // namespace weir::filter
