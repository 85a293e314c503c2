// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/intake.h"

#include <QCoreApplication>

#include <algorithm>

namespace weir::subscribe {

namespace {

/// As much as QNAM holds unread, so that one read usually empties it.
constexpr std::size_t readBytes = std::size_t{256} << 10;

/// The ingest thread is the only writer, so no read-modify-write is needed.
void add(std::atomic<std::uint64_t> &counter, std::uint64_t more)
{
    counter.store(counter.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
}

} // namespace

Intake::Intake(store::EventLog &target, const FlowLimit *limit)
    : log(target)
    , gate(target, limit)
    , connects(ConnectGate::Limits{})
    , lookups(new QThreadPool)
    , buffer(readBytes)
{
    // Most of them wait for an answer, so their number has nothing to do with that of the processors.
    lookups->setMaxThreadCount(16);
}

Intake::~Intake()
{
    constexpr int patienceMs = 20;
    lookups->clear();
    if (lookups->waitForDone(patienceMs))
        delete lookups;
}

BodyReader::BodyReader(Intake &intake, Counters &counters, const SubscriptionSettings &settings,
    std::unique_ptr<ContentDecoder> decoder, store::SubscriptionId subscription, std::uint32_t attempt,
    const QByteArray &lastEventId)
    : m_intake(intake)
    , m_counters(counters)
    , m_decoder(std::move(decoder))
    , m_maxDecodedBytesPerRead(settings.maxDecodedBytesPerRead)
{
    const sse::ParserLimits limits{settings.maxEventBytes};
    const std::string_view seed(lastEventId.constData(), static_cast<std::size_t>(lastEventId.size()));
    if (settings.bodyFormat == BodyFormat::JsonLines)
        m_parser.emplace<sse::LineParser>(limits, seed);
    else
        m_parser.emplace<sse::Parser>(limits, seed);
    m_read.subscription = subscription;
    m_read.attempt = attempt;
}

BodyReader::~BodyReader() = default;

Verdict BodyReader::take(std::string_view bytes)
{
    if (m_problem != Cause::None)
        return {m_problem, {}, {}};
    const store::MonotonicTime arrival = std::chrono::steady_clock::now();
    if (m_firstByte == store::MonotonicTime{})
        m_firstByte = arrival;
    add(m_counters.wireBytes, bytes.size());
    if (m_decoder)
        return decode(bytes, arrival);
    parse(bytes, arrival);
    return {};
}

Verdict BodyReader::decode(std::string_view bytes, store::MonotonicTime arrival)
{
    // Silence is of the wire, not of what comes out of the decoder.
    m_counters.lastByteNs.store(arrival.time_since_epoch().count(), std::memory_order_relaxed);
    auto &out = m_intake.decoded;
    out.resize(readBytes);
    m_decoder->feed(bytes);
    std::size_t total = 0;
    while (const std::size_t size = m_decoder->take(out.data(), out.size())) {
        parse(std::string_view(out.data(), size), arrival);
        total += size;
        if (total > m_maxDecodedBytesPerRead) {
            m_problem = Cause::DecodedTooLarge;
            return {m_problem,
                QCoreApplication::translate("BodyReader", "%1 KiB became more than %2 MiB in one read")
                    .arg((bytes.size() + 1023) >> 10)
                    .arg(m_maxDecodedBytesPerRead >> 20),
                {}};
        }
    }
    if (m_decoder->fault() == DecodingFault::None)
        return {};
    m_problem = Cause::DecodingFailed;
    return {m_problem, m_decoder->faultText(), {}};
}

void BodyReader::parse(std::string_view bytes, store::MonotonicTime arrival)
{
    std::visit([&](auto &parser) { parser.feed(bytes, m_intake.batch); }, m_parser);
    append(bytes.size(), arrival);
}

namespace {

void finishParser(sse::Parser &parser, bool, sse::Batch &batch)
{
    parser.finish(batch);
}

void finishParser(sse::LineParser &parser, bool isCut, sse::Batch &batch)
{
    parser.finish(batch, isCut ? sse::LineParser::End::Cut : sse::LineParser::End::Complete);
}

} // namespace

Verdict BodyReader::finish(bool isCut)
{
    Verdict verdict;
    if (m_decoder && m_problem == Cause::None && !m_decoder->finish())
        verdict = {Cause::DecodingFailed, m_decoder->faultText(), {}};
    isCut = isCut || m_problem != Cause::None || verdict.cause != Cause::None;
    std::visit([&](auto &parser) { finishParser(parser, isCut, m_intake.batch); }, m_parser);
    if (m_intake.batch.empty())
        return verdict;
    append(0, std::chrono::steady_clock::now());
    const auto &items = m_intake.batch.items();
    const bool isInside = std::any_of(items.begin(), items.end(),
        [](const sse::Item &item) { return item.diagnostic == sse::Diagnostic::IncompleteBlock; });
    if (isInside && verdict.cause == Cause::None)
        verdict.cause = Cause::EndInsideEvent;
    return verdict;
}

void BodyReader::setMaxEventBytes(std::size_t bytes)
{
    std::visit([bytes](auto &parser) { parser.setMaxEventBytes(bytes); }, m_parser);
}

std::string_view BodyReader::lastEventId() const
{
    return std::visit([](const auto &parser) { return std::string_view(parser.lastEventId()); }, m_parser);
}

std::optional<std::chrono::milliseconds> BodyReader::reconnectionTime() const
{
    const auto *parser = std::get_if<sse::Parser>(&m_parser);
    return parser ? parser->reconnectionTime() : std::nullopt;
}

void BodyReader::append(std::size_t bytes, store::MonotonicTime arrival)
{
    m_read.arrival = arrival;
    m_read.bytes = static_cast<std::uint32_t>(bytes);
    m_intake.log.append(m_read, m_intake.batch);
    ++m_read.number;
    m_read.streamOffset += bytes;
    count(bytes, arrival);
}

void BodyReader::count(std::size_t bytes, store::MonotonicTime arrival)
{
    std::uint64_t events = 0;
    std::uint64_t comments = 0;
    for (const sse::Item &item : m_intake.batch.items()) {
        events += item.kind == sse::ItemKind::Event;
        comments += item.kind == sse::ItemKind::Comment;
    }
    const std::int64_t now = arrival.time_since_epoch().count();
    if (bytes > 0) {
        add(m_counters.bytes, bytes);
        m_counters.lastByteNs.store(now, std::memory_order_relaxed);
    }
    if (comments > 0) {
        add(m_counters.comments, comments);
        m_counters.lastCommentNs.store(now, std::memory_order_relaxed);
    }
    if (events == 0)
        return;
    if (!hadEvent())
        m_firstEvent = arrival;
    if (m_counters.firstEventNs.load(std::memory_order_relaxed) == 0)
        m_counters.firstEventNs.store(now, std::memory_order_relaxed);
    m_counters.lastEventNs.store(now, std::memory_order_relaxed);
    add(m_counters.events, events);
}

} // namespace weir::subscribe
