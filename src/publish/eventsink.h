// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <QObject>

#include <functional>

namespace weir::publish {

/// Where messages go, one at a time: a channel of the own server or an external hub. What composes, generates or
/// plays events needs to know no more of it. Publisher thread only.
class EventSink : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    struct Answer
    {
        QString problem; ///< empty: sent; else a sentence that names the cause
        QByteArray id;   ///< that the event got; empty if it has none or the sink does not tell
    };
    using Done = std::function<void(const Answer &)>;

    /// Sends the message after those before it. `automaticId`: an event without an id gets one from the sink. `done` is
    /// called exactly once, at once or later, unless the sink is destroyed before. Without room it is refused.
    virtual void send(const sse::Message &message, bool automaticId, Done done) = 0;
    /// Sends bytes as they are, if the sink can.
    virtual void sendBytes(const QByteArray &bytes, Done done) = 0;
    /// Whether another message would be taken now.
    virtual bool hasRoom() const = 0;
    /// Messages taken and not answered.
    virtual int pending() const = 0;

Q_SIGNALS:
    void roomMade(); ///< hasRoom() became true
    void drained();  ///< pending() became 0
};

} // namespace weir::publish
