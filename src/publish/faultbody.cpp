// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultbody.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace weir::publish {

namespace {

constexpr std::uint64_t fillerPortion = 32 << 10;
constexpr qsizetype sizeError = 16;

struct EndingFault
{
    Fault fault;
    bool isAtEvent; ///< damages the event that follows the whole ones; otherwise it comes right after them
};

constexpr EndingFault endingFaults[] = {{Fault::GzipTruncated, true}, {Fault::BadChunkSize, true},
    {Fault::NoBlankLine, true}, {Fault::CutInEvent, true}, {Fault::ResetInEvent, true}, {Fault::EndlessLine, false},
    {Fault::LengthTooLong, false}, {Fault::Silence, false}, {Fault::HalfClose, false}};

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

CutBytes firstHalf(CutBytes bytes)
{
    bytes.bytes.truncate(std::max<qsizetype>(bytes.bytes.size() / 2, 1));
    return bytes;
}

} // namespace

FaultBody::FaultBody(const FaultPlan &plan, Frame::Form form)
    : m_isChunked(form == Frame::Form::Chunk)
    , m_text(plan)
{
    if (plan.has(Fault::GzipTruncated) || plan.has(Fault::GzipUnflushed))
        m_gzip = std::make_unique<GzipWriter>();
    m_owesBom = plan.has(Fault::Bom);
    setPlan(plan);
}

void FaultBody::setPlan(const FaultPlan &plan)
{
    m_plan = plan;
    m_flush = plan.has(Fault::GzipUnflushed) ? GzipWriter::Flush::None : GzipWriter::Flush::Sync;
    m_text = FaultText(plan);
    m_ending = endingOf(plan, &m_endingFault);
    m_eventsBefore = m_ending == Ending::None ? 0 : static_cast<std::uint64_t>(plan.number(m_endingFault, "events"));
    m_isEndless = false;
    m_isLineStarted = false;
    m_fillerBytes = static_cast<std::uint64_t>(plan.number(Fault::LargeEvent, "mebibytes")) << 20;
}

FaultBody::Ending FaultBody::endingOf(const FaultPlan &plan, Fault *fault)
{
    for (const EndingFault &ending : endingFaults) {
        if (!plan.has(ending.fault))
            continue;
        *fault = ending.fault;
        return ending.isAtEvent ? Ending::AtEvent : Ending::AfterEvent;
    }
    return Ending::None;
}

std::optional<FaultBody::Portion> FaultBody::own()
{
    if (std::exchange(m_owesBom, false)) {
        CutBytes event = m_text.apply("data: weir-bom\n\n");
        event.bytes.prepend("\xEF\xBB\xBF");
        for (qsizetype &cut : event.cuts)
            cut += 3;
        return Portion{wrapped(event), 1, Next::Go};
    }
    if (m_fillerBytes > 0)
        return filler();
    if (m_ending != Ending::AfterEvent || m_eventsBefore > 0)
        return std::nullopt;
    m_ending = Ending::None;
    if (m_endingFault == Fault::EndlessLine) {
        m_isEndless = true;
        m_fillerBytes = static_cast<std::uint64_t>(m_plan.number(Fault::EndlessLine, "mebibytes")) << 20;
        if (m_fillerBytes == 0)
            m_fillerBytes = std::numeric_limits<std::uint64_t>::max();
        return filler();
    }
    const Next last = m_endingFault == Fault::LengthTooLong ? Next::Close
                      : m_endingFault == Fault::HalfClose   ? Next::HalfClose
                                                            : Next::Silence;
    return Portion{{}, 0, last};
}

std::optional<FaultBody::Portion> FaultBody::filler()
{
    const std::uint64_t size = std::min(m_fillerBytes, fillerPortion);
    m_fillerBytes -= size;
    Portion portion;
    portion.content.bytes = QByteArray(static_cast<qsizetype>(size), 'x');
    if (!std::exchange(m_isLineStarted, true))
        portion.content.bytes.prepend("data: ");
    if (m_fillerBytes == 0 && m_isEndless) {
        portion.next = Next::Close;
    } else if (m_fillerBytes == 0) {
        portion.content.bytes += m_text.apply("\n\n").bytes;
        portion.events = 1;
        m_isLineStarted = false;
    }
    portion.content = wrapped(portion.content);
    limitToLength(portion);
    return portion;
}

FaultBody::Portion FaultBody::fromBlock(std::string_view block)
{
    CutBytes text = m_text.apply(block);
    Portion portion;
    if (!FaultText::isEvent(block))
        portion.content = wrapped(text);
    else if (m_ending == Ending::AtEvent && m_eventsBefore == 0)
        portion = damagedEvent(std::move(text));
    else
        portion = wholeEvent(std::move(text));
    limitToLength(portion);
    return portion;
}

FaultBody::Portion FaultBody::wholeEvent(CutBytes text)
{
    if (m_eventsBefore > 0)
        --m_eventsBefore;
    return {wrapped(text), 1, Next::Go};
}

FaultBody::Portion FaultBody::damagedEvent(CutBytes text)
{
    const qsizetype size = text.bytes.size();
    switch (m_endingFault) {
    case Fault::NoBlankLine:
        text.bytes.chop(text.bytes.endsWith("\r\n") ? 2 : 1);
        return {wrapped(text), 0, Next::EndBody};
    case Fault::GzipTruncated: {
        const CutBytes coded{m_gzip->write(view(text.bytes), GzipWriter::Flush::Sync), {}};
        const CutBytes half = firstHalf(coded);
        return {framed(half, QByteArray::number(half.bytes.size(), 16)), 0, Next::EndBody};
    }
    case Fault::BadChunkSize: {
        const QByteArray kind = m_plan.text(Fault::BadChunkSize, "size");
        if (kind == "letters") {
            const CutBytes coded = m_gzip ? CutBytes{m_gzip->write(view(text.bytes), m_flush), {}} : text;
            return {framed(coded, "size"), 0, Next::Go};
        }
        return {wrapped(text, kind == "tooLarge" ? size + sizeError : size / 2), 0, Next::Go};
    }
    case Fault::ResetInEvent:
        return {firstHalf(wrapped(text)), 0, Next::Reset};
    default:
        return {firstHalf(wrapped(text)), 0, Next::Close};
    }
}

CutBytes FaultBody::wrapped(const CutBytes &text)
{
    return wrapped(text, text.bytes.size());
}

/// Coded and framed. `announced`: the size that the chunk claims, as long as nothing is coded.
CutBytes FaultBody::wrapped(const CutBytes &text, qsizetype announced)
{
    if (!m_gzip)
        return framed(text, QByteArray::number(announced, 16));
    const CutBytes coded{m_gzip->write(view(text.bytes), m_flush), {}};
    const qsizetype size = coded.bytes.size() + announced - text.bytes.size();
    return framed(coded, QByteArray::number(std::max<qsizetype>(size, 1), 16));
}

CutBytes FaultBody::framed(const CutBytes &bytes, const QByteArray &size) const
{
    // An empty chunk would end the body.
    if (!m_isChunked || bytes.bytes.isEmpty())
        return bytes;
    CutBytes chunk{size + "\r\n" + bytes.bytes + "\r\n", bytes.cuts};
    for (qsizetype &cut : chunk.cuts)
        cut += size.size() + 2;
    return chunk;
}

/// A body that is too short for its announced length must not reach it.
void FaultBody::limitToLength(Portion &portion)
{
    const qint64 before = m_bodyBytes;
    m_bodyBytes += portion.content.bytes.size();
    if (!m_plan.has(Fault::LengthTooLong))
        return;
    const qint64 most = m_plan.number(Fault::LengthTooLong, "bytes") - 1;
    if (m_bodyBytes < most)
        return;
    portion.content.bytes.truncate(std::max<qint64>(most - before, 0));
    portion.next = Next::Close;
}

QByteArray FaultBody::end()
{
    const QByteArray rest = m_gzip && m_plan.has(Fault::GzipTruncated) ? QByteArray()
                            : m_gzip                                   ? m_gzip->finish()
                                                                       : QByteArray();
    const CutBytes last = framed({rest, {}}, QByteArray::number(rest.size(), 16));
    return m_isChunked ? last.bytes + "0\r\n\r\n" : last.bytes;
}

} // namespace weir::publish
