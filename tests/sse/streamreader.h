// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sse/parser.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weir::test {

/// An item with its own copies of all texts, and of the bytes before its raw.
struct ReadItem
{
    std::string leadingBytes;
    std::string raw;
    std::string data;
    std::string id;
    std::string type;
    std::uint64_t offset = 0;
    std::uint64_t skipped = 0;
    sse::ItemKind kind = sse::ItemKind::Event;
    sse::Diagnostic diagnostic = sse::Diagnostic::None;
    bool insideBlock = false;
    bool rawIncomplete = false;

    bool operator==(const ReadItem &) const = default;
};

/// Feeds a parser, copies what comes out, and checks after every piece that all bytes are accounted for.
class StreamReader
{
public:
    explicit StreamReader(sse::ParserLimits limits = {}, std::string_view lastEventId = {});

    void feed(std::string_view piece);
    void finish();

    const sse::Parser &parser() const { return m_parser; }
    const std::vector<ReadItem> &items() const { return m_items; }
    /// The first promise of the parser that was not kept; empty if all were.
    const std::string &fault() const { return m_fault; }
    std::size_t mostBuffered() const { return m_mostBuffered; }

private:
    void takeItems();
    void takeItem(const sse::Item &item);
    void checkAccount();
    void fail(const std::string &fault);

    sse::Parser m_parser;
    sse::Batch m_batch;
    std::vector<ReadItem> m_items;
    std::string m_fault;
    std::uint64_t m_fed = 0;
    std::uint64_t m_told = 0;        ///< bytes that items account for
    std::uint64_t m_toldOfBlock = 0; ///< by the latest EventTooLarge
    std::size_t m_mostBuffered = 0;
};

/// What a parser makes of a whole stream, its end included.
struct Reading
{
    std::vector<ReadItem> items;
    std::string lastEventId;
    long long reconnectionMs = -1;
    std::size_t leftOver = 0; ///< bytes still buffered after the end
    std::string fault;

    bool operator==(const Reading &) const = default;
};

/// `cuts`: ascending distances from the start at which the stream is cut into pieces. Each piece is fed from memory of
/// its own that ends where the piece ends.
Reading readStream(std::string_view stream, const std::vector<std::size_t> &cuts = {}, sse::ParserLimits limits = {},
    std::string_view lastEventId = {});

/// Cuts before every byte.
std::vector<std::size_t> everyByte(std::string_view stream);

/// Text for failure messages: all bytes outside printable ASCII escaped.
std::string escaped(std::string_view bytes);
std::string described(const ReadItem &item);
/// Where `a` and `b` first differ, in words; empty if they are equal.
std::string difference(const Reading &a, const Reading &b);

} // namespace weir::test
