// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <ctime>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace weir::publish {

/// A whole event block with places to fill in, compiled once and rendered millions of times a second.
///
/// In the data, `{{seq}}` is the number of the event from 1, `{{now}}` the time in UTC with microseconds (RFC 3339),
/// `{{monotonicNs}}` the monotonic clock in nanoseconds, `{{uuid}}` a random UUID, `{{rand A B}}` a random whole number
/// from A to B inclusive. Line breaks in the data make further data lines. Not synchronised.
class EventTemplate
{
public:
    /// Null if the type or a placeholder is wrong; `error` then is one sentence that names it and its place.
    static std::optional<EventTemplate> compile(
        const QByteArray &idPrefix, const QByteArray &type, const QByteArray &data, QString &error);

    /// No rendered block is longer.
    std::size_t maxSize() const { return m_maxSize; }
    /// Writes a block; answers its end. Requires: maxSize() bytes at `out`.
    char *render(char *out, std::uint64_t idNumber, std::uint64_t seq);

private:
    enum class Kind : std::uint8_t { Literal, IdNumber, Seq, Now, MonotonicNs, Uuid, Random };
    struct Piece
    {
        Kind kind = Kind::Literal;
        std::string literal;
        std::int64_t low = 0;
        std::uint64_t span = 0; ///< high - low
    };

    EventTemplate()
        : m_random(std::random_device{}())
    {}
    void addLiteral(const std::string &text);
    void add(Kind kind);
    bool addData(const QByteArray &data, QString &error);
    bool addPlaceholder(const QByteArray &name, QString &error);
    bool addRandom(const QByteArray &arguments);
    char *renderNow(char *out);
    char *renderUuid(char *out);
    std::int64_t randomOf(const Piece &piece);

    std::vector<Piece> m_pieces;
    std::size_t m_maxSize = 0;
    std::mt19937_64 m_random;
    std::time_t m_second = 0;
    std::string m_secondText;
};

} // namespace weir::publish
