// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventtemplate.h"

#include "sse/encoder.h"
#include "sse/utf8.h"

#include <QCoreApplication>
#include <QList>

#include <charconv>
#include <chrono>
#include <cstring>

namespace weir::publish {

namespace {

constexpr std::size_t maxNumberSize = 20;
constexpr std::size_t nowSize = 27;
constexpr std::size_t uuidSize = 36;

QString translated(const char *text)
{
    return QCoreApplication::translate("weir::publish::EventTemplate", text);
}

/// Line breaks continue the data on a line of its own.
std::string asDataLines(const std::string &text)
{
    std::string lines;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r' && text[i] != '\n') {
            lines += text[i];
            continue;
        }
        lines += "\ndata: ";
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
            ++i;
    }
    return lines;
}

template <class Number>
char *renderNumber(char *out, Number number)
{
    return std::to_chars(out, out + maxNumberSize, number).ptr;
}

void renderDigits(char *out, unsigned value, int digits)
{
    for (int i = digits - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

} // namespace

std::optional<EventTemplate> EventTemplate::compile(
    const QByteArray &idPrefix, const QByteArray &type, const QByteArray &data, QString &error)
{
    sse::Message probe;
    probe.type = type.toStdString();
    probe.data = "";
    if (const auto wrong = sse::check(probe)) {
        const std::string_view text = sse::text(*wrong);
        error = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        return std::nullopt;
    }
    EventTemplate result;
    result.addLiteral("id: " + idPrefix.toStdString());
    result.add(Kind::IdNumber);
    result.addLiteral(type.isEmpty() ? "\n" : "\nevent: " + type.toStdString() + "\n");
    result.addLiteral("data: ");
    if (!result.addData(data, error))
        return std::nullopt;
    result.addLiteral("\n\n");
    return result;
}

void EventTemplate::addLiteral(const std::string &text)
{
    if (m_pieces.empty() || m_pieces.back().kind != Kind::Literal)
        m_pieces.emplace_back();
    m_pieces.back().literal += text;
    m_maxSize += text.size();
}

void EventTemplate::add(Kind kind)
{
    m_pieces.push_back({kind, {}, 0, 0});
    m_maxSize += kind == Kind::Uuid ? uuidSize : kind == Kind::Now ? nowSize : maxNumberSize;
}

bool EventTemplate::addData(const QByteArray &data, QString &error)
{
    std::string decoded;
    sse::appendDecodedUtf8({data.constData(), static_cast<std::size_t>(data.size())}, decoded);
    std::size_t at = 0;
    while (true) {
        const std::size_t open = decoded.find("{{", at);
        addLiteral(asDataLines(decoded.substr(at, open - at)));
        if (open == std::string::npos)
            return true;
        const std::size_t close = decoded.find("}}", open);
        if (close == std::string::npos) {
            error = translated("Placeholder at column %1: “}}” is missing.").arg(open + 1);
            return false;
        }
        if (!addPlaceholder(QByteArray::fromStdString(decoded.substr(open + 2, close - open - 2)).trimmed(), error)) {
            error = translated("Placeholder at column %1: %2").arg(QString::number(open + 1), error);
            return false;
        }
        at = close + 2;
    }
}

bool EventTemplate::addPlaceholder(const QByteArray &name, QString &error)
{
    constexpr std::pair<const char *, Kind> simple[] = {
        {"seq", Kind::Seq}, {"now", Kind::Now}, {"monotonicNs", Kind::MonotonicNs}, {"uuid", Kind::Uuid}};
    for (const auto &[known, kind] : simple) {
        if (name == known) {
            add(kind);
            return true;
        }
    }
    if (name.startsWith("rand ")) {
        if (addRandom(name.mid(5).simplified()))
            return true;
        error = translated("“rand” takes two whole numbers, the smaller one first.");
        return false;
    }
    error =
        translated("“%1” is unknown; known are seq, now, monotonicNs, uuid and rand A B.").arg(QString::fromUtf8(name));
    return false;
}

bool EventTemplate::addRandom(const QByteArray &arguments)
{
    const QList<QByteArray> numbers = arguments.split(' ');
    if (numbers.size() != 2)
        return false;
    bool isLowNumber = false;
    bool isHighNumber = false;
    const qint64 low = numbers[0].toLongLong(&isLowNumber);
    const qint64 high = numbers[1].toLongLong(&isHighNumber);
    if (!isLowNumber || !isHighNumber || low > high)
        return false;
    add(Kind::Random);
    m_pieces.back().low = low;
    m_pieces.back().span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    return true;
}

char *EventTemplate::render(char *out, std::uint64_t idNumber, std::uint64_t seq)
{
    for (const Piece &piece : m_pieces) {
        switch (piece.kind) {
        case Kind::Literal:
            std::memcpy(out, piece.literal.data(), piece.literal.size());
            out += piece.literal.size();
            break;
        case Kind::IdNumber:
            out = renderNumber(out, idNumber);
            break;
        case Kind::Seq:
            out = renderNumber(out, seq);
            break;
        case Kind::Now:
            out = renderNow(out);
            break;
        case Kind::MonotonicNs: {
            const auto now = std::chrono::steady_clock::now().time_since_epoch();
            out = renderNumber(out, std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
            break;
        }
        case Kind::Uuid:
            out = renderUuid(out);
            break;
        case Kind::Random:
            out = renderNumber(out, randomOf(piece));
            break;
        }
    }
    return out;
}

std::int64_t EventTemplate::randomOf(const Piece &piece)
{
    const std::uint64_t drawn = m_random();
    const std::uint64_t offset = piece.span + 1 == 0 ? drawn : drawn % (piece.span + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(piece.low) + offset);
}

char *EventTemplate::renderNow(char *out)
{
    using namespace std::chrono;
    const auto now = time_point_cast<microseconds>(system_clock::now());
    const auto second = floor<seconds>(now);
    if (const std::time_t time = system_clock::to_time_t(second); time != m_second || m_secondText.empty()) {
        m_second = time;
        char text[32];
        std::tm parts{};
        ::gmtime_r(&time, &parts);
        m_secondText.assign(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.", &parts));
    }
    std::memcpy(out, m_secondText.data(), m_secondText.size());
    out += m_secondText.size();
    renderDigits(out, static_cast<unsigned>((now - second).count()), 6);
    out[6] = 'Z';
    return out + 7;
}

char *EventTemplate::renderUuid(char *out)
{
    constexpr char digits[] = "0123456789abcdef";
    std::uint64_t bits = m_random();
    for (int i = 0, used = 0; i < static_cast<int>(uuidSize); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            *out++ = '-';
            continue;
        }
        unsigned nibble = bits & 0xf;
        bits >>= 4;
        if (++used == 16)
            bits = m_random();
        if (i == 14)
            nibble = 4; // the version of a random UUID
        if (i == 19)
            nibble = 8 | (nibble & 3); // its variant
        *out++ = digits[nibble];
    }
    return out;
}

} // namespace weir::publish
