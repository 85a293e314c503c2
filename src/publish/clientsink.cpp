// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientsink.h"

namespace weir::publish {

void ClientSink::send(const sse::Message &message, bool automaticId, Done done)
{
    Q_UNUSED(automaticId)
    std::string blocks;
    if (const auto error = sse::encode(message, blocks)) {
        const std::string_view text = sse::text(*error);
        return done({QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), {}});
    }
    const QByteArray id = message.id ? QByteArray::fromStdString(*message.id) : QByteArray();
    if (deliver(Frame::fromBlocks(blocks, message.data ? 1 : 0)))
        done({{}, id});
    else
        done({tr("The client has gone."), {}});
}

void ClientSink::sendBytes(const QByteArray &bytes, Done done)
{
    // An empty chunk would end the stream.
    const std::string_view blocks(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (bytes.isEmpty() || deliver(Frame::fromBlocks(blocks, 0)))
        done({});
    else
        done({tr("The client has gone."), {}});
}

bool ClientSink::deliver(const FramePointer &frame)
{
    const std::vector<Subscriber *> streams = m_clients.streamsOf(m_receivers);
    for (Subscriber *stream : streams) {
        stream->catchUp();
        stream->deliver(frame, Outbox::Delivery::Live);
    }
    return !streams.empty();
}

} // namespace weir::publish
