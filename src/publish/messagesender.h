// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/destination.h"

#include <QObject>

namespace weir::publish {

class Publisher;
class SendingDesk;

/// Sends publications from the window's thread to channels and hubs: renders templates, decodes raw bytes, and tells
/// what became of each. Lives on the publisher's creating thread; nothing waits.
class MessageSender : public QObject
{
    Q_OBJECT

public:
    /// Keeps a reference: `publisher` must outlive this.
    explicit MessageSender(Publisher &publisher, QObject *parent = nullptr);
    ~MessageSender() override;

    /// Answers the message's number. `seq` is what `{{seq}}` stands for.
    std::uint64_t send(const Publication &publication, const Destination &destination, std::uint64_t seq);
    /// Messages without an answer.
    int pending() const { return m_pending; }

Q_SIGNALS:
    /// Once for each send(), in any order between destinations. `problem` is empty, or a sentence says why it was not
    /// sent. `sent` is what went out: without placeholders.
    void answered(
        std::uint64_t number, const QString &problem, const QByteArray &id, const weir::publish::Publication &sent);

private:
    Publisher &m_publisher;
    SendingDesk *m_desk; ///< lives and dies on the publisher thread
    std::uint64_t m_last = 0;
    int m_pending = 0;
};

} // namespace weir::publish
