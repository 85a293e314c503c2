// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpath.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace weir::filter {

enum class JsonType : std::uint8_t { String, Number, True, False, Null, Object, Array };

/// A value inside JSON text; a view of it.
struct JsonValue
{
    JsonType type = JsonType::Null;
    std::string_view text; ///< as it was sent; of a string what stands between its quotes

    /// The text, of a string with its escapes decoded into `buffer` if it has any. An escape that is none stands for
    /// itself, half a surrogate pair for U+FFFD.
    std::string_view decoded(std::string &buffer) const;
};

/// Finds values in JSON text without making a tree of it. Each thread has one and keeps its memory: up to some 10 MB,
/// more only while a larger text is open.
///
/// What is no JSON is noticed only as far as it lies on the way to a value, but unclosed strings, unclosed brackets at
/// the end and malformed UTF-8 are noticed anywhere.
class JsonReader
{
public:
    enum class Extent : std::uint8_t { Scalar, Whole };

    JsonReader();
    ~JsonReader();
    static JsonReader &ofThread();

    /// False if `data` is no JSON at first sight. `data` must stay until the next open(); so many bytes behind it as
    /// `readable` says can be read too, which may save a copy.
    bool open(std::string_view data, std::size_t readable);

    /// Requires that open() returned true. Objects and arrays have their text only if the Whole extent is asked for.
    std::optional<JsonValue> find(const JsonPath &path, Extent extent);

    using Visitor = std::function<void(const JsonPath &path, const JsonValue &value)>;
    /// Calls `visit` for every value but objects and arrays that lies at most `depth` steps below the data, of an array
    /// only for its first element. Requires that open() returned true.
    void forEach(std::size_t depth, const Visitor &visit);

private:
    struct State;
    const std::unique_ptr<State> m_state;
};

} // namespace weir::filter
