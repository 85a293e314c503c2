// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/contentdecoder.h"

#include <QCoreApplication>
#include <QList>

#include <algorithm>

namespace weir::subscribe {

namespace {

constexpr std::size_t bytesBetween = std::size_t{16} << 10;

struct Coding
{
    const char *name;
    std::unique_ptr<DecodingStage> (*stage)();
};

constexpr Coding known[] = {
    {"gzip", gzipStage},
    {"x-gzip", gzipStage},
    {"deflate", deflateStage},
    {"br", brotliStage},
    {"zstd", zstdStage},
};

const Coding *codingNamed(const QByteArray &name)
{
    const auto found =
        std::find_if(std::begin(known), std::end(known), [&](const Coding &coding) { return name == coding.name; });
    return found == std::end(known) ? nullptr : found;
}

/// Lower case, without `identity` and empty elements.
QList<QByteArray> namesIn(const QByteArray &contentEncoding)
{
    QList<QByteArray> names;
    for (const QByteArray &element : contentEncoding.split(',')) {
        const QByteArray name = element.trimmed().toLower();
        if (!name.isEmpty() && name != "identity")
            names.append(name);
    }
    return names;
}

QString codingWords(const char *text)
{
    return QCoreApplication::translate("ContentDecoder", text);
}

} // namespace

std::size_t DecodingStage::decode(std::string_view &encoded, char *out, std::size_t room)
{
    std::size_t produced = 0;
    while (produced < room && m_fault == DecodingFault::None && (!encoded.empty() || m_isOutputFull)) {
        const Progress progress = step(encoded, out + produced, room - produced);
        const bool isStuck = progress.consumed == 0 && progress.produced == 0 && !encoded.empty();
        if (isStuck && m_fault == DecodingFault::None)
            fail(DecodingFault::InvalidData);
        encoded.remove_prefix(progress.consumed);
        m_consumed += progress.consumed;
        produced += progress.produced;
        m_isOutputFull = produced == room;
    }
    return produced;
}

std::unique_ptr<ContentDecoder> ContentDecoder::forCodings(const QByteArray &contentEncoding, QString *unsupported)
{
    const QList<QByteArray> names = namesIn(contentEncoding);
    if (static_cast<std::size_t>(names.size()) > mostCodings) {
        *unsupported = codingWords(QT_TRANSLATE_NOOP("ContentDecoder", "%1 (more than %2 codings, one over the other)"))
                           .arg(QString::fromLatin1(contentEncoding))
                           .arg(mostCodings);
        return nullptr;
    }
    std::vector<Link> links;
    for (auto name = names.crbegin(); name != names.crend(); ++name) {
        const Coding *coding = codingNamed(*name);
        if (coding == nullptr) {
            *unsupported = QString::fromLatin1(*name);
            return nullptr;
        }
        links.push_back({coding->name, coding->stage(), std::vector<char>(links.empty() ? 0 : bytesBetween), {}});
    }
    if (links.empty())
        return nullptr;
    return std::unique_ptr<ContentDecoder>(new ContentDecoder(std::move(links)));
}

ContentDecoder::ContentDecoder(std::vector<Link> links)
    : m_links(std::move(links))
{}

void ContentDecoder::feed(std::string_view encoded)
{
    m_encodedBytes += encoded.size();
    if (m_fault == DecodingFault::None)
        m_links.front().waiting = encoded;
}

// After a fault too: the codings behind the faulty one still hold what was good.
std::size_t ContentDecoder::take(char *out, std::size_t room)
{
    const std::size_t taken = pull(m_links.size() - 1, out, room);
    m_decodedBytes += taken;
    return taken;
}

std::size_t ContentDecoder::pull(std::size_t link, char *out, std::size_t room)
{
    Link &from = m_links[link];
    std::size_t produced = 0;
    do {
        produced += from.stage->decode(from.waiting, out + produced, room - produced);
        if (from.stage->fault() != DecodingFault::None) {
            fail(from, from.stage->fault());
            break;
        }
    } while (produced < room && refill(link));
    return produced;
}

/// Decodes more for `link`, whose bytes are used up.
bool ContentDecoder::refill(std::size_t link)
{
    if (link == 0)
        return false;
    Link &to = m_links[link];
    to.waiting = {to.buffer.data(), pull(link - 1, to.buffer.data(), to.buffer.size())};
    return !to.waiting.empty();
}

bool ContentDecoder::finish()
{
    for (const Link &link : m_links) {
        if (m_fault == DecodingFault::None && !link.stage->mayEnd())
            fail(link, DecodingFault::Truncated);
    }
    return m_fault == DecodingFault::None;
}

// The first fault stays: it is the one nearest to the wire.
void ContentDecoder::fail(const Link &link, DecodingFault fault)
{
    if (m_fault != DecodingFault::None)
        return;
    m_fault = fault;
    m_faultyCoding = link.coding;
    m_faultOffset = link.stage->consumed();
}

QString ContentDecoder::faultText() const
{
    const QString coding = QString::fromLatin1(m_faultyCoding);
    switch (m_fault) {
    case DecodingFault::None:
        return {};
    case DecodingFault::InvalidData:
        return codingWords(QT_TRANSLATE_NOOP("ContentDecoder", "invalid %1 data near byte %2"))
            .arg(coding)
            .arg(m_faultOffset);
    case DecodingFault::WrongChecksum:
        return codingWords(QT_TRANSLATE_NOOP("ContentDecoder", "wrong checksum in the %1 stream near byte %2"))
            .arg(coding)
            .arg(m_faultOffset);
    case DecodingFault::WindowTooLarge:
        return codingWords(QT_TRANSLATE_NOOP("ContentDecoder", "the %1 stream asks for a window of more than %2 MiB"))
            .arg(coding)
            .arg((1 << mostZstdWindowBits) >> 20);
    case DecodingFault::NeedsDictionary:
        return codingWords(QT_TRANSLATE_NOOP("ContentDecoder", "the %1 stream needs a dictionary")).arg(coding);
    case DecodingFault::Truncated:
        return codingWords(QT_TRANSLATE_NOOP("ContentDecoder", "ended inside the %1 stream after byte %2"))
            .arg(coding)
            .arg(m_faultOffset);
    case DecodingFault::BytesAfterEnd:
        return codingWords(QT_TRANSLATE_NOOP("ContentDecoder", "bytes after the end of the %1 stream, from byte %2"))
            .arg(coding)
            .arg(m_faultOffset);
    case DecodingFault::OutOfMemory:
        return codingWords(QT_TRANSLATE_NOOP("ContentDecoder", "not enough memory to decode %1")).arg(coding);
    }
    return {};
}

} // namespace weir::subscribe
