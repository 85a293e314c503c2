// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channel.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

#include <algorithm>

namespace weir::publish {

namespace {

QByteArray newEpoch()
{
    return QByteArray::number(QRandomGenerator::system()->bounded(0x100000u, 0x1000000u), 16);
}

} // namespace

Channel::Channel(QByteArray path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_history(newEpoch())
{}

QString Channel::refusal(const sse::Message &message) const
{
    if (const auto error = sse::check(message)) {
        const std::string_view text = sse::text(*error);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    if (message.id &&
        QByteArrayView(message.id->data(), static_cast<qsizetype>(message.id->size())).startsWith(idPrefix()))
        return tr("IDs that begin with “%1” are numbered by the channel itself.").arg(QString::fromLatin1(idPrefix()));
    return {};
}

Channel::Outcome Channel::send(sse::Message message, bool automaticId)
{
    if (QString reason = refusal(message); !reason.isEmpty())
        return {reason, {}};
    const bool isEvent = message.data.has_value();
    const bool isNumbered = isEvent && automaticId && !message.id;
    if (isNumbered)
        message.id = (idPrefix() + QByteArray::number(nextPosition())).toStdString();
    std::string blocks;
    sse::encode(message, blocks);
    const FramePointer frame = Frame::fromBlocks(blocks, isEvent ? 1 : 0);
    const QByteArray id = message.id ? QByteArray::fromStdString(*message.id) : QByteArray();
    if (isNumbered)
        m_history.append(frame);
    else if (isEvent && !id.isEmpty())
        m_history.append(frame, id);
    fanOut(frame);
    return {{}, id};
}

void Channel::sendBytes(const QByteArray &bytes)
{
    // An empty chunk would end the stream.
    if (!bytes.isEmpty())
        fanOut(Frame::fromBlocks({bytes.constData(), static_cast<std::size_t>(bytes.size())}, 0));
}

void Channel::sendFrame(const FramePointer &frame)
{
    m_history.append(frame);
    fanOut(frame);
}

void Channel::fanOut(const FramePointer &frame)
{
    for (Subscriber *subscriber : m_subscribers)
        subscriber->deliver(frame, Outbox::Delivery::Live);
}

void Channel::attach(Subscriber &subscriber, const QByteArray &lastEventId)
{
    if (!lastEventId.isEmpty())
        replay(subscriber, lastEventId);
    m_subscribers.push_back(&subscriber);
    Q_EMIT subscribersChanged();
}

void Channel::detach(Subscriber &subscriber)
{
    if (std::erase(m_subscribers, &subscriber) > 0)
        Q_EMIT subscribersChanged();
}

void Channel::replay(Subscriber &subscriber, const QByteArray &lastEventId) const
{
    const auto position = m_history.find(lastEventId);
    if (!position)
        subscriber.deliver(gapMarker(lastEventId), Outbox::Delivery::Replay);
    for (const FramePointer &frame : m_history.after(position.value_or(0)))
        subscriber.deliver(frame, Outbox::Delivery::Replay);
}

FramePointer Channel::gapMarker(const QByteArray &lastEventId) const
{
    const std::uint64_t oldest = m_history.oldestPosition();
    QJsonObject data{{QStringLiteral("reason"), QStringLiteral("unknown-id")},
        {QStringLiteral("lastEventId"), QString::fromUtf8(lastEventId)}, {QStringLiteral("oldest"), QJsonValue()}};
    if (oldest <= m_history.lastPosition())
        data[QStringLiteral("oldest")] = QString::fromUtf8(m_history.idAt(oldest));
    sse::Message marker;
    marker.type = "weir-gap";
    marker.data = QJsonDocument(data).toJson(QJsonDocument::Compact).toStdString();
    std::string blocks;
    sse::encode(marker, blocks);
    return Frame::fromBlocks(blocks, 1);
}

qint64 Channel::longestQueue() const
{
    qint64 longest = 0;
    for (const Subscriber *subscriber : m_subscribers)
        longest = std::max(longest, subscriber->queuedBytes());
    return longest;
}

bool Channel::isDrained() const
{
    return std::all_of(m_subscribers.begin(), m_subscribers.end(),
        [](const Subscriber *subscriber) { return subscriber->isDrained(); });
}

} // namespace weir::publish
