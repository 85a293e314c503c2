// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channel.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

#include <algorithm>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

QByteArray newEpoch()
{
    return QByteArray::number(QRandomGenerator::system()->bounded(0x100000u, 0x1000000u), 16);
}

} // namespace

Channel::Channel(const ChannelSettings &settings, QObject *parent)
    : QObject(parent)
    , m_path(settings.path.toUtf8())
    , m_history(newEpoch())
    , m_fanOut(this)
    , m_ageTimer(this)
{
    connect(&m_fanOut, &Fanout::left, this, &Channel::progressed);
    connect(&m_ageTimer, &QTimer::timeout, this, [this] { m_history.trim(); });
    configure(settings);
}

void Channel::configure(const ChannelSettings &settings)
{
    letGo();
    const bool wasOpen = isOpen();
    const QString path = QString::fromUtf8(m_path);
    m_settings = settings;
    m_settings.path = path;
    m_history.setLimits(settings.historyEvents, settings.historyBytes, settings.historyAge);
    // An age that nobody watches would keep the last events of a channel that has fallen silent.
    if (settings.historyAge > 0s)
        m_ageTimer.start(std::clamp(settings.historyAge / 10, 1s, 60s));
    else
        m_ageTimer.stop();
    if (wasOpen && !isOpen())
        endStreams();
}

void Channel::remove()
{
    if (m_isRemoved)
        return;
    letGo();
    const bool wasOpen = isOpen();
    m_isRemoved = true;
    m_history.clear();
    m_ageTimer.stop();
    if (wasOpen)
        endStreams();
}

void Channel::restore(const ChannelSettings &settings)
{
    m_isRemoved = false;
    m_history = History(newEpoch());
    m_eventsSent = 0;
    configure(settings);
}

void Channel::endStreams()
{
    // A stream that ends may detach itself at once.
    const std::vector<Subscriber *> subscribers = m_fanOut.subscribers();
    for (Subscriber *subscriber : subscribers)
        subscriber->endStream();
    Q_EMIT closed();
}

QByteArray Channel::idPrefix() const
{
    switch (m_settings.ids) {
    case IdPolicy::Counter:
        return m_history.idPrefix();
    case IdPolicy::Time:
        return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() + '-';
    case IdPolicy::Own:
    case IdPolicy::None:
        break;
    }
    return {};
}

QString Channel::refusal(const sse::Message &message) const
{
    if (m_isRemoved)
        return tr("The channel %1 has been removed.").arg(m_settings.path);
    if (m_settings.hasEnded)
        return tr("The channel %1 has ended: clients are told to stay away.").arg(m_settings.path);
    if (const auto error = sse::check(message)) {
        const std::string_view text = sse::text(*error);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    if (!message.id || message.id->empty())
        return {};
    if (m_settings.ids == IdPolicy::None)
        return tr("The channel %1 sends no ids.").arg(m_settings.path);
    const QByteArrayView id(message.id->data(), static_cast<qsizetype>(message.id->size()));
    if (m_history.isOwn(id))
        return tr("IDs that begin with “%1” are numbered by the channel itself.")
            .arg(QString::fromUtf8(id.first(id.lastIndexOf('-') + 1)));
    return {};
}

Channel::Outcome Channel::send(sse::Message message, bool automaticId)
{
    if (QString reason = refusal(message); !reason.isEmpty())
        return {reason, {}};
    const bool isEvent = message.data.has_value();
    const QByteArray prefix = isEvent && automaticId && !message.id ? idPrefix() : QByteArray();
    if (!prefix.isNull())
        message.id = (prefix + QByteArray::number(nextPosition())).toStdString();
    std::string blocks;
    sse::encode(message, blocks);
    const FramePointer frame = Frame::fromBlocks(blocks, isEvent ? 1 : 0);
    const QByteArray id = message.id ? QByteArray::fromStdString(*message.id) : QByteArray();
    if (!prefix.isNull())
        m_history.append(frame);
    else if (isEvent && !id.isEmpty())
        m_history.append(frame, id);
    m_eventsSent += frame->eventCount();
    m_fanOut.gather(frame);
    return {{}, id};
}

void Channel::sendBytes(const QByteArray &bytes)
{
    // An empty chunk would end the stream.
    if (!bytes.isEmpty())
        sendUnheld(Frame::fromBlocks({bytes.constData(), static_cast<std::size_t>(bytes.size())}, 0));
}

void Channel::sendUnheld(const FramePointer &frame)
{
    if (!isOpen())
        return;
    m_eventsSent += frame->eventCount();
    m_fanOut.send(frame);
}

Channel::Outcome Channel::sendTo(const std::vector<Subscriber *> &subscribers, const sse::Message &message)
{
    if (QString reason = refusal(message); !reason.isEmpty())
        return {reason, {}};
    std::string blocks;
    sse::encode(message, blocks);
    const FramePointer frame = Frame::fromBlocks(blocks, message.data ? 1 : 0);
    for (Subscriber *subscriber : subscribers) {
        subscriber->catchUp();
        subscriber->deliver(frame, Outbox::Delivery::Live);
    }
    return {{}, message.id ? QByteArray::fromStdString(*message.id) : QByteArray()};
}

void Channel::sendFrame(const FramePointer &frame)
{
    if (!isOpen())
        return;
    if (frame->blocks().starts_with("id: "))
        m_history.append(frame);
    m_eventsSent += frame->eventCount();
    m_fanOut.send(frame);
}

void Channel::attach(Subscriber &subscriber, const QByteArray &lastEventId)
{
    letGo();
    m_history.trim();
    if (!lastEventId.isEmpty())
        replay(subscriber, lastEventId);
    else if (m_settings.sendLast > 0)
        replayLast(subscriber);
    m_fanOut.add(subscriber);
    Q_EMIT subscribersChanged();
    if (!lastEventId.isEmpty())
        Q_EMIT resumed();
}

void Channel::detach(Subscriber &subscriber)
{
    if (m_fanOut.remove(subscriber))
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

void Channel::replayLast(Subscriber &subscriber) const
{
    const std::uint64_t last = m_history.lastPosition();
    const auto wanted = static_cast<std::uint64_t>(m_settings.sendLast);
    for (const FramePointer &frame : m_history.after(last > wanted ? last - wanted : 0))
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

ChannelStatus Channel::status() const
{
    ChannelStatus status;
    status.settings = m_settings;
    status.clients = subscriberCount();
    status.eventsHeld = m_history.heldEvents();
    status.bytesHeld = m_history.heldBytes();
    status.eventsSent = m_eventsSent;
    return status;
}

} // namespace weir::publish
