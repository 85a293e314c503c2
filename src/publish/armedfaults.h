// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/faultplan.h"
#include "publish/httprequest.h"

#include <QList>
#include <QObject>

#include <deque>

namespace weir::publish {

/// A plan that waits for connections. A value.
struct ArmedFault
{
    int number = 0;    ///< names it
    QString path;      ///< channel; empty: every one
    int remaining = 1; ///< connections that will get it
    FaultPlan plan;

    friend bool operator==(const ArmedFault &, const ArmedFault &) = default;
};

/// Which plan the next streams get. Of several for a channel the oldest comes first. A request that follows one of our
/// own redirects keeps its plan and counts as the same connection. Publisher thread only.
class ArmedFaults : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// For the next `connections` streams of the channel at `path` (decoded; empty: of every channel). Answers its
    /// number. Requires a plan without contradiction and connections > 0.
    int arm(const QString &path, int connections, const FaultPlan &plan);
    void disarm(int number); ///< what has gone out stays
    void clear();
    bool isEmpty() const { return m_armed.isEmpty() && m_redirected.empty(); }
    const QList<ArmedFault> &armed() const { return m_armed; }

    /// What one request gets.
    struct Assignment
    {
        FaultPlan plan;
        int chain = 0; ///< names a chain of redirects
        int hop = 0;   ///< redirects that were followed
    };
    /// Takes one connection off what is armed. Nothing if there is nothing for this request.
    std::optional<Assignment> take(const Request &request);
    /// The query field by which a request is known to follow a redirect.
    static QByteArray hopField(int chain, int hop);

Q_SIGNALS:
    void changed(const QList<weir::publish::ArmedFault> &armed);

private:
    std::optional<Assignment> redirected(const Request &request) const;

    struct Chain
    {
        int number;
        FaultPlan plan;
    };
    QList<ArmedFault> m_armed;
    std::deque<Chain> m_redirected; ///< the last ones
    int m_lastNumber = 0;
    int m_lastChain = 0;
};

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::ArmedFault)
