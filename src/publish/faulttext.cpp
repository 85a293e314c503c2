// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faulttext.h"

namespace weir::publish {

namespace {

std::string invalidBytes(const QByteArray &name)
{
    if (name == "truncated")
        return "\xE2\x82";
    if (name == "overlong")
        return "\xC0\xAF";
    if (name == "surrogate")
        return "\xED\xA0\x80";
    return "\xFF";
}

/// The offset of the first line that begins so; npos if there is none.
std::size_t findLine(std::string_view block, std::string_view start)
{
    std::size_t at = 0;
    while (at < block.size()) {
        if (block.substr(at).starts_with(start))
            return at;
        const std::size_t end = block.find('\n', at);
        if (end == std::string_view::npos)
            break;
        at = end + 1;
    }
    return std::string_view::npos;
}

/// Puts `bytes` at the end of the line that begins so. False: there is no such line.
bool appendToLine(std::string &block, std::string_view start, std::string_view bytes)
{
    const std::size_t at = findLine(block, start);
    if (at == std::string_view::npos)
        return false;
    const std::size_t end = block.find('\n', at);
    block.insert(end == std::string::npos ? block.size() : end, bytes);
    return true;
}

} // namespace

FaultText::FaultText(const FaultPlan &plan)
    : m_plan(plan)
{
    if (plan.has(Fault::LineEnds)) {
        const QByteArray ends = plan.text(Fault::LineEnds, "ends");
        m_ends = ends == "cr" ? Ends::Cr : ends == "crlf" ? Ends::CrLf : Ends::Mixed;
    } else if (plan.has(Fault::SplitLineEnd)) {
        m_ends = Ends::CrLf;
    }
    if (plan.has(Fault::InvalidUtf8))
        m_invalid = invalidBytes(plan.text(Fault::InvalidUtf8, "bytes"));
}

bool FaultText::isEvent(std::string_view block)
{
    return findLine(block, "data:") != std::string_view::npos || findLine(block, "data\n") != std::string_view::npos;
}

std::string FaultText::changedFields(std::string_view block) const
{
    std::string changed(block);
    if (!isEvent(block))
        return changed;
    if (m_plan.has(Fault::NulInId)) {
        const std::string nul(1, '\0');
        if (!appendToLine(changed, "id:", nul))
            changed.insert(0, "id: weir" + nul + "\n");
    }
    if (m_plan.has(Fault::BadRetry))
        changed.insert(0, "retry: " + m_plan.text(Fault::BadRetry, "value").toStdString() + "\n");
    if (!m_invalid.empty())
        appendToLine(changed, "data:", m_invalid);
    return changed;
}

CutBytes FaultText::apply(std::string_view block)
{
    CutBytes result;
    const std::string changed = changedFields(block);
    std::size_t at = 0;
    while (at < changed.size()) {
        const std::size_t end = changed.find('\n', at);
        const bool isWhole = end != std::string::npos;
        const std::size_t size = (isWhole ? end : changed.size()) - at;
        result.bytes.append(changed.data() + at, static_cast<qsizetype>(size));
        if (isWhole)
            result.bytes.append(nextLineEnd(size == 0));
        at += size + 1;
    }
    result.cuts = cutsOf(result.bytes);
    return result;
}

QByteArray FaultText::nextLineEnd(bool isLineEmpty)
{
    static const QByteArray turns[] = {"\r\n", "\r", "\n"};
    QByteArray end = "\n";
    if (m_ends == Ends::CrLf)
        end = "\r\n";
    else if (m_ends == Ends::Cr)
        end = "\r";
    else if (m_ends == Ends::Mixed)
        end = turns[m_turn++ % 3];
    // A CR and then an LF would be one line end.
    if (isLineEmpty && m_isAfterCr && end == "\n")
        end = "\r\n";
    m_isAfterCr = end == "\r";
    return end;
}

std::vector<qsizetype> FaultText::cutsOf(const QByteArray &bytes) const
{
    std::vector<qsizetype> cuts;
    const qsizetype splitAt = m_plan.has(Fault::SplitAt) ? m_plan.number(Fault::SplitAt, "byte") : 0;
    const bool splitsCharacters = m_plan.has(Fault::SplitCharacter);
    const bool splitsLineEnds = m_plan.has(Fault::SplitLineEnd);
    if (splitAt == 0 && !splitsCharacters && !splitsLineEnds)
        return cuts;
    for (qsizetype at = 1; at < bytes.size(); ++at) {
        const auto before = static_cast<unsigned char>(bytes[at - 1]);
        const auto after = static_cast<unsigned char>(bytes[at]);
        const bool isInCharacter = before >= 0xC0 && (after & 0xC0) == 0x80;
        const bool isInLineEnd = before == '\r' && after == '\n';
        if (at == splitAt || (splitsCharacters && isInCharacter) || (splitsLineEnds && isInLineEnd))
            cuts.push_back(at);
    }
    return cuts;
}

} // namespace weir::publish
