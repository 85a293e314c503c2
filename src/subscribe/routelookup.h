// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subscribe/networkroute.h"

#include <QObject>

#include <memory>

class QThreadPool;

namespace weir::subscribe {

/// Runs routeTo() on another thread. Deleting this forgets the answer without waiting for it. Lives on any one thread.
/// (A continuation of QFuture would do, but before Qt 6.7 it cannot stand that its context is deleted meanwhile.)
class RouteLookup : public QObject
{
    Q_OBJECT

public:
    explicit RouteLookup(QObject *parent = nullptr);
    ~RouteLookup() override;

    /// A later call makes the answers to earlier ones void.
    void start(QThreadPool &threads, const QUrl &url, const TransportSettings &transport, bool isForeign,
        std::uint32_t attempt);

Q_SIGNALS:
    /// Once for each start(), unless another one came after it. The receiver must not delete the sender.
    void found(const weir::subscribe::NetworkRoute &route);

private:
    struct Mailbox;

    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace weir::subscribe
