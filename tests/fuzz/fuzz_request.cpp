// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzzes the way of a request: parser, answer, and what it publishes. A fault is: a crash, a result that depends on
// where the bytes were cut, more bytes held than the limits allow, an answer that is not one well-formed head and the
// body that it announces.
//
// cmake --preset fuzz && cmake --build --preset fuzz --target fuzz_request
// build/fuzz/tests/fuzz/fuzz_request -max_total_time=60 /tmp/corpus tests/fuzz/corpus/request
#include "publish/responder.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace weir::publish;

namespace {

constexpr qsizetype maxHeadBytes = 4 << 10;
constexpr qint64 maxBodyBytes = 1000;

void require(bool isGood, const char *fault)
{
    if (isGood)
        return;
    std::fprintf(stderr, "%s\n", fault);
    std::abort();
}

/// A server's parts without sockets: one channel, publishing by HTTP with the token "t".
struct Parts
{
    Parts()
        : responder(channels)
    {
        PublisherSettings settings;
        settings.publishToken = "t";
        settings.maxPublishBytes = maxBodyBytes;
        responder.configure(settings);
        channels.findOrAdd(QStringLiteral("/events"));
    }
    ChannelSet channels;
    Responder responder;
};

/// RFC 9112, "Message Format": a status line, header lines without control characters, the announced body.
void requireWellFormed(const QByteArray &answer, bool isHead)
{
    const qsizetype headEnd = answer.indexOf("\r\n\r\n");
    require(answer.startsWith("HTTP/1.1 ") && headEnd > 0, "an answer without a head");
    qint64 length = -1;
    bool isStream = false;
    for (const QByteArray &line : answer.first(headEnd).split('\n')) {
        const QByteArray text = line.endsWith('\r') ? line.chopped(1) : line;
        require(!text.contains('\r') && !text.contains('\0'), "a control character in a head");
        if (text.startsWith("Content-Length: "))
            length = text.mid(16).toLongLong();
        isStream = isStream || text == "Content-Type: text/event-stream";
    }
    const qint64 body = answer.size() - headEnd - 4;
    require(body == (isHead || isStream ? 0 : std::max<qint64>(length, 0)), "a body that is not as announced");
}

/// What became of all requests in the bytes, as text.
class Reading
{
public:
    explicit Reading(Parts &parts)
        : m_parts(parts)
        , m_parser([&parts](const Request &request) { return parts.responder.planBody(request); }, maxHeadBytes)
    {}

    void feed(QByteArray bytes)
    {
        while (!bytes.isEmpty() && !m_hasEnded) {
            switch (m_parser.feed(bytes)) {
            case RequestParser::State::Complete:
                take(m_parser.takeRequest());
                break;
            case RequestParser::State::Failed:
                m_text += "failed " + std::to_string(m_parser.errorStatus());
                requireWellFormed(Responder::failure(m_parser.errorStatus()).bytes, false);
                m_hasEnded = true;
                break;
            case RequestParser::State::NeedMore:
            case RequestParser::State::Continue:
                break;
            }
        }
    }
    const std::string &text() const { return m_text; }

private:
    void take(const Request &request)
    {
        require(request.body.size() <= maxBodyBytes, "a body beyond its limit");
        require(request.headers.size() <= 101, "too many headers");
        m_text += std::to_string(static_cast<int>(request.method)) + ' ' + request.path.toStdString() + '?' +
                  request.query.toStdString() + ' ' + request.lastEventId().toStdString() + '\n';
        for (const auto &[name, value] : request.headers)
            m_text += name.toStdString() + ':' + value.toStdString() + '\n';
        m_text += request.body.toStdString() + '\n';
        const Answer answer = m_parts.responder.answer(request);
        requireWellFormed(answer.bytes, request.method == Method::Head);
        m_text += answer.bytes.mid(9, 3).toStdString() + '\n';
        m_hasEnded = answer.closes || answer.stream;
    }

    Parts &m_parts;
    RequestParser m_parser;
    std::string m_text;
    bool m_hasEnded = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static Parts parts;
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    Reading whole(parts);
    whole.feed(bytes);
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), qsizetype(64)}) {
        Reading cut(parts);
        for (qsizetype at = 0; at < bytes.size(); at += piece)
            cut.feed(bytes.mid(at, piece));
        require(cut.text() == whole.text(), "the result depends on where the bytes were cut");
    }
    return 0;
}
