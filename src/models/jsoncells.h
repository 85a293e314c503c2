// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpath.h"
#include "store/snapshot.h"

#include <QCache>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace weir::models {

/// What a JSON column has of one event.
struct JsonCell
{
    QString text;           ///< on one line, at most cellBytes; empty where the event has no such value
    bool isNumber = false;  ///< to be compared: stands at the right
    bool isAwaited = false; ///< the event is large, its values come with JsonCells::computed()
};

/// The values of the JSON columns for the rows that are looked at. Those of small events are read on the spot, those of
/// large ones by a pool thread, one event at a time; a few hundred events are remembered. Values are for the eyes: they
/// are cut. GUI thread only; the destructor waits for nothing.
class JsonCells : public QObject
{
    Q_OBJECT

public:
    /// An event whose data are larger than this is read by a pool thread: to look through this much takes some 10 µs.
    static constexpr std::size_t mostDirectBytes = 16 * 1024;

    using QObject::QObject;

    /// Forgets what is remembered, and drops what a pool thread may still find.
    void setPaths(std::vector<filter::JsonPath> paths);
    /// `path` counts those of setPaths(). Requires that `snapshot` contains `number`.
    JsonCell at(const store::Snapshot &snapshot, store::EventNumber number, std::size_t path);

Q_SIGNALS:
    /// Values of a large event are there: ask again for what is awaited. Only what is asked for is read, so that of
    /// rows which have been scrolled past none takes the turn of one in sight.
    void computed();

private:
    using Row = std::vector<JsonCell>;
    using Paths = std::shared_ptr<const std::vector<filter::JsonPath>>;

    void start(const store::Snapshot &snapshot, store::EventNumber number);
    void take(const Paths &paths, store::EventNumber number, Row row);
    static Row read(const std::vector<filter::JsonPath> &paths, std::string_view data);

    Paths m_paths = std::make_shared<const std::vector<filter::JsonPath>>();
    QCache<quint64, Row> m_rows{500};
    bool m_isReading = false;
};

} // namespace weir::models
