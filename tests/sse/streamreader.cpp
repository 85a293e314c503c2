// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/streamreader.h"

#include <algorithm>
#include <memory>

namespace weir::test {

StreamReader::StreamReader(sse::ParserLimits limits, std::string_view lastEventId)
    : m_parser(limits, lastEventId)
{}

void StreamReader::feed(std::string_view piece)
{
    // Memory of its own, freed at the next piece: a view that is kept too long is found by AddressSanitizer.
    const auto copy = std::make_unique_for_overwrite<char[]>(piece.size());
    std::copy(piece.begin(), piece.end(), copy.get());
    m_parser.feed({copy.get(), piece.size()}, m_batch);
    m_fed += piece.size();
    takeItems();
}

void StreamReader::finish()
{
    m_parser.finish(m_batch);
    takeItems();
}

void StreamReader::takeItems()
{
    for (const sse::Item &item : m_batch.items())
        takeItem(item);
    m_mostBuffered = std::max(m_mostBuffered, m_parser.bufferedBytes());
    checkAccount();
}

void StreamReader::takeItem(const sse::Item &item)
{
    using sse::Diagnostic;
    ReadItem read{std::string(item.raw.data() - item.leading, item.leading), std::string(item.raw),
        std::string(item.data), std::string(item.id), std::string(item.type), item.offset, item.skipped, item.kind,
        item.diagnostic, item.insideBlock, item.rawIncomplete};
    const bool endsSkippedBlock = item.diagnostic == Diagnostic::Resynchronised ||
                                  (item.diagnostic == Diagnostic::IncompleteBlock && item.raw.empty());
    if (!item.insideBlock) {
        m_told += item.leading + item.raw.size() + item.skipped;
        if (endsSkippedBlock)
            m_told -= m_toldOfBlock;
        if (item.diagnostic == Diagnostic::EventTooLarge)
            m_toldOfBlock = item.skipped;
    }
    if (item.insideBlock && item.leading != 0)
        fail("an item inside a block has leading bytes");
    if (item.kind == sse::ItemKind::FieldsOnly && !item.data.empty())
        fail("fields only with data");
    m_items.push_back(std::move(read));
}

void StreamReader::checkAccount()
{
    const std::uint64_t accounted = m_told + m_parser.bufferedBytes() + m_parser.untoldBytes();
    if (accounted != m_fed)
        fail("fed " + std::to_string(m_fed) + " bytes, accounted for " + std::to_string(accounted));
}

void StreamReader::fail(const std::string &fault)
{
    if (m_fault.empty())
        m_fault = fault;
}

Reading readStream(std::string_view stream, const std::vector<std::size_t> &cuts, sse::ParserLimits limits,
    std::string_view lastEventId)
{
    StreamReader reader(limits, lastEventId);
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        reader.feed(stream.substr(from, cut - from));
        from = cut;
    }
    reader.feed(stream.substr(from));
    reader.finish();
    const auto time = reader.parser().reconnectionTime();
    return {reader.items(), std::string(reader.parser().lastEventId()), time ? time->count() : -1,
        reader.parser().bufferedBytes(), reader.fault()};
}

std::vector<std::size_t> everyByte(std::string_view stream)
{
    std::vector<std::size_t> cuts;
    for (std::size_t cut = 1; cut < stream.size(); ++cut)
        cuts.push_back(cut);
    return cuts;
}

std::string escaped(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes.substr(0, 400)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            text += "\\n";
        else if (c == '\r')
            text += "\\r";
        else if (byte >= 0x20 && byte < 0x7F)
            text += c;
        else
            text += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
    return text;
}

std::string described(const ReadItem &item)
{
    return "kind " + std::to_string(static_cast<int>(item.kind)) + " diagnostic " +
           std::to_string(static_cast<int>(item.diagnostic)) + " at " + std::to_string(item.offset) + " leading '" +
           escaped(item.leadingBytes) + "' raw '" + escaped(item.raw) + "' data '" + escaped(item.data) + "' id '" +
           escaped(item.id) + "' type '" + escaped(item.type) + "' skipped " + std::to_string(item.skipped) +
           (item.insideBlock ? " inside" : "") + (item.rawIncomplete ? " incomplete" : "");
}

std::string difference(const Reading &a, const Reading &b)
{
    if (a == b)
        return {};
    const std::size_t common = std::min(a.items.size(), b.items.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (!(a.items[i] == b.items[i]))
            return "item " + std::to_string(i) + ": " + described(a.items[i]) + "\n  but: " + described(b.items[i]);
    }
    if (a.items.size() != b.items.size())
        return std::to_string(a.items.size()) + " items, but: " + std::to_string(b.items.size());
    return "last event ID '" + escaped(a.lastEventId) + "', '" + escaped(b.lastEventId) + "'; reconnection time " +
           std::to_string(a.reconnectionMs) + ", " + std::to_string(b.reconnectionMs) + "; left over " +
           std::to_string(a.leftOver) + ", " + std::to_string(b.leftOver) + "; fault '" + a.fault + "', '" + b.fault +
           "'";
}

} // namespace weir::test
