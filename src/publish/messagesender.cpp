// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/messagesender.h"

#include "publish/publisher.h"
#include "publish/sendingdesk.h"
#include "publish/server.h"

#include <QThread>

namespace weir::publish {

MessageSender::MessageSender(Publisher &publisher, QObject *parent)
    : QObject(parent)
    , m_publisher(publisher)
{
    qRegisterMetaType<Publication>();
    auto desk = std::make_shared<std::unique_ptr<SendingDesk>>(std::make_unique<SendingDesk>());
    m_desk = desk->get();
    connect(m_desk, &SendingDesk::answered, this, [this](auto number, auto problem, auto id, auto sent) {
        --m_pending;
        Q_EMIT answered(number, problem, id, sent);
    });
    // Only an object that belongs to no thread can be taken over by another one; if none does, it goes with the task.
    m_desk->moveToThread(nullptr);
    m_publisher.onServer([desk](Server &server) {
        SendingDesk *taken = desk->release();
        taken->moveToThread(QThread::currentThread());
        taken->setParent(&server);
    });
}

MessageSender::~MessageSender()
{
    m_publisher.onServer([desk = m_desk](Server &) { delete desk; });
}

std::uint64_t MessageSender::send(const Publication &publication, const Destination &destination, std::uint64_t seq)
{
    ++m_pending;
    const std::uint64_t number = ++m_last;
    m_publisher.onServer([desk = m_desk, number, publication, destination, seq](Server &server) {
        desk->send(server.channels(), server.clients(), number, publication, destination, seq);
    });
    return number;
}

} // namespace weir::publish
