// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/publisher.h"
#include "publish/server.h"

#include <functional>
#include <memory>
#include <utility>

namespace weir::publish {

/// Holds the part of a feature that lives on the publisher thread for a front that lives elsewhere. `Part`: a QObject
/// with `void open(Server &)`, which is called first, on the publisher thread. It becomes a child of the server and
/// goes with it, or after this. Connect to its signals right after it was made.
template <class Part>
class ServerPart
{
public:
    /// Keeps a reference: the publisher must outlive this.
    explicit ServerPart(Publisher &publisher)
        : m_publisher(publisher)
        , m_part(new Part)
    {}
    ~ServerPart()
    {
        if (m_hasMoved)
            m_publisher.onServer([part = m_part](Server &) { delete part; });
        else
            delete m_part;
    }
    Q_DISABLE_COPY_MOVE(ServerPart)

    Part &part() { return *m_part; } ///< for connecting, before handOver()

    /// To the publisher thread.
    void handOver()
    {
        m_hasMoved = true;
        m_part->moveToThread(nullptr); // an object that belongs to no thread may be taken by one
        auto owner = std::make_shared<std::unique_ptr<Part>>(m_part);
        m_publisher.onServer([owner](Server &server) {
            Part *part = owner->release();
            part->moveToThread(server.thread());
            part->setParent(&server);
            part->open(server);
        });
    }

    /// Runs on the publisher thread, in the order of asking.
    void tell(std::function<void(Part &)> task)
    {
        m_publisher.onServer([part = m_part, task = std::move(task)](Server &) { task(*part); });
    }

private:
    Publisher &m_publisher;
    Part *m_part;
    bool m_hasMoved = false;
};

} // namespace weir::publish
