// SPDX-License-Identifier: GPL-3.0-or-later
// How a FaultyClient reads an event stream.
#include "publish/faultyclient.h"

#include <algorithm>
#include <utility>

namespace weir::publish {

namespace {

constexpr qsizetype maxEvent = 64 << 10;

QByteArray withPlainLineEnds(QByteArray text)
{
    for (const char *other : {"\x0b", "\x0c", "\x1c", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"})
        text.replace(other, "\n");
    return text;
}

bool isNumber(const QByteArray &value)
{
    return !value.isEmpty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

void FaultyClient::feed(const QByteArray &bytes)
{
    m_eventSize += bytes.size();
    if (has(ClientFault::LimitsEvents) && m_line.size() > maxEvent) {
        comeBack();
        return;
    }
    if (has(ClientFault::CountsSplitCrLfTwice))
        m_sawCr = false;
    if (has(ClientFault::HoldsCrBack)) {
        feedHoldingBack(bytes);
        return;
    }
    for (const char c : has(ClientFault::KnowsMoreLineEnds) ? withPlainLineEnds(bytes) : bytes) {
        if (has(ClientFault::KnowsOnlyLf)) {
            if (c == '\n')
                takeLine(std::exchange(m_line, {}));
            else
                m_line += c;
            continue;
        }
        const bool isRest = c == '\n' && std::exchange(m_sawCr, false);
        m_sawCr = c == '\r';
        if (isRest)
            continue;
        if (c == '\n' || c == '\r')
            takeLine(std::exchange(m_line, {}));
        else
            m_line += c;
    }
}

void FaultyClient::feedHoldingBack(const QByteArray &bytes)
{
    for (const char c : bytes) {
        const bool wasHeld = std::exchange(m_holdsCr, c == '\r');
        if (wasHeld || c == '\n')
            takeLine(std::exchange(m_line, {}));
        else if (c != '\r')
            m_line += c;
        if (wasHeld && c != '\n' && c != '\r')
            m_line += c;
    }
}

void FaultyClient::takeLine(QByteArray line)
{
    const bool mayHaveBom = std::exchange(m_isFirstLine, false) || has(ClientFault::DropsEveryBom);
    if (mayHaveBom && !has(ClientFault::KeepsBom) && line.startsWith("\xef\xbb\xbf"))
        line.remove(0, 3);
    if (line.isEmpty()) {
        dispatch();
        return;
    }
    if (has(ClientFault::ReadsComments) && line.startsWith(':'))
        line = line.mid(1).trimmed();
    const auto colon = has(ClientFault::SplitsAtLastColon) ? line.lastIndexOf(':') : line.indexOf(':');
    if (colon < 0) {
        takeField(line, {});
        return;
    }
    QByteArray value = line.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    else if (has(ClientFault::NeedsSpace))
        return;
    takeField(line.first(colon), value);
}

void FaultyClient::takeField(const QByteArray &name, const QByteArray &value)
{
    const QByteArray key = has(ClientFault::FoldsNames) ? name.trimmed().toLower() : name;
    if (key == "data")
        m_hasData = true;
    if (key == "retry")
        takeRetry(value);
    if (key != "id")
        return;
    if (value.contains('\0')) {
        if (has(ClientFault::TakesNulInId))
            m_idBuffer = value.first(value.indexOf('\0'));
        return;
    }
    if (has(ClientFault::KeepsFirstId) && !m_idBuffer.isEmpty())
        return;
    if (has(ClientFault::KeepsIdWhenEmpty) && value.isEmpty())
        return;
    m_idBuffer = value;
    if (has(ClientFault::TakesIdAtOnce))
        m_lastId = value;
}

void FaultyClient::takeRetry(const QByteArray &value)
{
    if (has(ClientFault::ReadsRetryLikeAtoi)) {
        m_retry = std::max(QByteArray(value).replace('x', ' ').split(' ').value(0).toLongLong(), qint64{0});
        return;
    }
    if (!isNumber(value))
        return;
    const qint64 time = has(ClientFault::WrapsRetry) ? static_cast<qint64>(static_cast<quint32>(value.toULongLong()))
                                                     : value.toLongLong();
    if (has(ClientFault::TakesRetryWithEvent))
        m_pendingRetry = time;
    else
        m_retry = std::min<qint64>(time, 3'600'000);
}

void FaultyClient::dispatch()
{
    if (m_pendingRetry)
        m_retry = *std::exchange(m_pendingRetry, std::nullopt);
    m_eventSize = 0;
    if (std::exchange(m_hasData, false) || !has(ClientFault::NeedsDataForId))
        m_lastId = m_idBuffer;
}

} // namespace weir::publish
