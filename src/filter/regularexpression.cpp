// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/regularexpression.h"

#include "filter/limits.h"

#include <pcre2.h>

#include <algorithm>
#include <array>

namespace weir::filter {

namespace {

template <auto release>
struct Release
{
    template <typename T>
    void operator()(T *object) const
    {
        release(object);
    }
};

/// What a thread needs to match anything; made once for each.
class MatchSpace
{
public:
    MatchSpace()
        : m_context(pcre2_match_context_create(nullptr))
        , m_data(pcre2_match_data_create(1, nullptr))
        , m_stack(pcre2_jit_stack_create(leastStack, mostStack, nullptr))
    {
        if (m_context && m_stack)
            pcre2_jit_stack_assign(m_context.get(), nullptr, m_stack.get());
        if (m_context)
            pcre2_set_heap_limit(m_context.get(), heapLimit);
    }

    int match(const pcre2_code *code, std::string_view text) const
    {
        if (!m_context || !m_data)
            return PCRE2_ERROR_NOMEMORY;
        const std::size_t effort = std::min(leastEffort + effortPerByte * text.size(), mostEffort);
        pcre2_set_match_limit(m_context.get(), static_cast<std::uint32_t>(effort));
        return pcre2_match(
            code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, m_data.get(), m_context.get());
    }

private:
    static constexpr std::size_t leastStack = std::size_t{32} << 10;
    static constexpr std::size_t mostStack = std::size_t{1} << 20;
    static constexpr std::uint32_t heapLimit = 20'000; ///< KiB

    std::unique_ptr<pcre2_match_context, Release<pcre2_match_context_free>> m_context;
    std::unique_ptr<pcre2_match_data, Release<pcre2_match_data_free>> m_data;
    std::unique_ptr<pcre2_jit_stack, Release<pcre2_jit_stack_free>> m_stack;
};

std::uint32_t optionsFor(RegularExpression::Flags flags)
{
    // The store keeps well-formed UTF-8, but of lines that were cut off nobody knows.
    std::uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    options |= flags.ignoresCase ? PCRE2_CASELESS : 0U;
    options |= flags.dotMatchesAll ? PCRE2_DOTALL : 0U;
    options |= flags.isMultiline ? PCRE2_MULTILINE : 0U;
    options |= flags.isExtended ? PCRE2_EXTENDED : 0U;
    return options;
}

std::string messageOf(int error)
{
    std::array<PCRE2_UCHAR, 256> buffer{};
    pcre2_get_error_message(error, buffer.data(), buffer.size());
    return reinterpret_cast<const char *>(buffer.data());
}

} // namespace

tl::expected<RegularExpression, RegularExpression::Mistake> RegularExpression::compile(
    std::string_view pattern, Flags flags)
{
    int error = 0;
    std::size_t offset = 0;
    pcre2_code *const code = pcre2_compile(
        reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), optionsFor(flags), &error, &offset, nullptr);
    if (code == nullptr)
        return tl::make_unexpected(Mistake{messageOf(error), std::min(offset, pattern.size())});
    // Without it, say for want of memory, matching is slower and nothing else.
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    RegularExpression result;
    result.m_code = std::shared_ptr<const pcre2_code>(
        code, [](const pcre2_code *unused) { pcre2_code_free(const_cast<pcre2_code *>(unused)); });
    return result;
}

Verdict RegularExpression::isIn(std::string_view text) const
{
    thread_local const MatchSpace space;
    const int result = space.match(m_code.get(), text);
    if (result >= 0)
        return Verdict::Yes;
    return result == PCRE2_ERROR_NOMATCH ? Verdict::No : Verdict::Undecided;
}

} // namespace weir::filter
