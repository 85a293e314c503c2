// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpaths.h"
#include "models/logfeed.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <string>
#include <vector>

namespace weir::models {

/// What was met in the log, to be offered when a filter or a column is written. A value.
struct Seen
{
    struct Type
    {
        std::string name;
        std::uint64_t count = 0; ///< events of this type, all that were looked at
    };

    std::vector<Type> types;             ///< the most frequent first
    std::vector<std::string> ids;        ///< a few, the latest first
    std::vector<filter::SeenPath> paths; ///< of a sample of the JSON data, the most frequent first
    std::uint64_t examined = 0;          ///< records that were looked at
};

class SeenMailbox;
class SeenCollection;

/// Collects what was seen, on a pool thread, when it is asked to and only what has come since it last looked. It keeps
/// little: so many types, IDs and places, whatever the log holds. GUI thread only; the destructor waits for nothing.
class SeenValues : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t mostTypes = 500;
    static constexpr std::size_t mostIds = 50;
    static constexpr std::size_t mostTextBytes = 200; ///< longer types and IDs are not offered

    /// Keeps a reference: `feed` must outlive this.
    explicit SeenValues(LogFeed &feed, QObject *parent = nullptr, QThreadPool *pool = QThreadPool::globalInstance());
    ~SeenValues() override;

    const Seen &seen() const { return m_seen; }
    /// Looks at what is new; changed() follows, several times if there is much.
    void update();

Q_SIGNALS:
    void changed();

private:
    void collect();

    LogFeed &m_feed;
    QThreadPool *m_pool;
    Seen m_seen;
    std::shared_ptr<SeenCollection> m_collection; ///< the job's while one runs
    std::shared_ptr<SeenMailbox> m_mailbox;
    store::EventNumber m_next{1};
    bool m_isLooking = false;
};

} // namespace weir::models
