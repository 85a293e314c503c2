// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clientcontrol.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <memory>

namespace weir::publish {

/// A publisher with a plan armed for its channel /events, and a client that got it.
class FaultRun
{
public:
    explicit FaultRun(const FaultPlan &plan, const QByteArray &headers = {}, const PublisherSettings &settings = {});

    RunningPublisher &publisher() { return m_publisher; }
    ClientControl &control() { return m_control; }
    RawClient &client() { return *m_client; }
    /// Connects another one.
    RawClient &connectAgain(const QByteArray &headers = {});

    /// An event of the type `t` with that id; its text is textOf().
    void publish(const QByteArray &id, const QByteArray &data);
    static QByteArray textOf(const QByteArray &id, const QByteArray &data);
    static QByteArray chunkOf(const QByteArray &text); ///< framed
    /// A plan of one fault.
    static FaultPlan plan(Fault fault, const QVariantMap &parameters = {});
    /// TCP segments with data for the client so far. What the system sent again counts once: on a machine that stands
    /// still for a while it does that by itself.
    int segmentsSent() const;

private:
    int servingDescriptor() const;

    RunningPublisher m_publisher;
    ClientControl m_control;
    std::unique_ptr<RawClient> m_client;
};

} // namespace weir::publish
