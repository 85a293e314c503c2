// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace weir::filter {

/// A place in JSON data, as filters write it: `data.price`, `data.a.b[0]`, `data["odd key"].z`. A value; any thread.
///
/// Of keys that an object has twice the first one counts. Keys are compared exactly, whatever escapes they were sent
/// with. Nothing but an object or array has places: data that is a single number or text is reached by no path.
class JsonPath
{
public:
    struct Step
    {
        std::string key;
        std::uint32_t index = 0; ///< in an array, from 0
        bool isIndex = false;

        friend bool operator==(const Step &, const Step &) = default;
    };

    JsonPath() = default; ///< the data themselves

    /// On an error says where in `text`, and what was expected.
    static tl::expected<JsonPath, Error> compile(std::string_view text);

    JsonPath key(std::string_view key) const;
    JsonPath element(std::uint32_t index) const;

    const std::vector<Step> &steps() const { return m_steps; }
    /// As an expression has it: compile(text()) gives the same path.
    std::string text() const;

    /// What stands there in `data`: a string without quotes and escapes (half a surrogate pair becomes U+FFFD), all
    /// else exactly as it was sent, so that a number keeps all of its digits. Nothing where `data` is no JSON or has no
    /// such place. Only as much of `data` is checked as lies on the way.
    std::optional<std::string> valueText(std::string_view data) const;

    friend bool operator==(const JsonPath &, const JsonPath &) = default;

private:
    friend class JsonPathReader;

    std::vector<Step> m_steps;
};

/// A character that a key may have behind a point; others need `["…"]`.
bool isPlainKeyCharacter(char c);

} // namespace weir::filter
