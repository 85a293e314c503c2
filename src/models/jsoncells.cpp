// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsoncells.h"

#include "filter/jsonreader.h"
#include "models/eventformat.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace weir::models {

using filter::JsonReader;
using filter::JsonType;

namespace {

JsonCell cellOf(const filter::JsonValue &value)
{
    std::string buffer;
    return {oneLine(value.decoded(buffer)), value.type == JsonType::Number, false};
}

} // namespace

void JsonCells::setPaths(std::vector<filter::JsonPath> paths)
{
    m_paths = std::make_shared<const std::vector<filter::JsonPath>>(std::move(paths));
    m_rows.clear();
}

JsonCell JsonCells::at(const store::Snapshot &snapshot, store::EventNumber number, std::size_t path)
{
    if (const auto *known = m_rows.object(number.value))
        return (*known)[path];
    const auto event = snapshot.at(number);
    if (event.kind() != store::Kind::Event)
        return {};
    if (event.data().size() <= mostDirectBytes) {
        auto row = read(*m_paths, event.data());
        const JsonCell cell = row[path];
        m_rows.insert(number.value, new Row(std::move(row)));
        return cell;
    }
    start(snapshot, number);
    return {QStringLiteral("…"), false, true};
}

JsonCells::Row JsonCells::read(const std::vector<filter::JsonPath> &paths, std::string_view data)
{
    Row row(paths.size());
    auto &reader = JsonReader::ofThread();
    if (!reader.open(data, 0))
        return row;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (const auto value = reader.find(paths[i], JsonReader::Extent::Whole))
            row[i] = cellOf(*value);
    }
    return row;
}

void JsonCells::start(const store::Snapshot &snapshot, store::EventNumber number)
{
    if (std::exchange(m_isReading, true))
        return;
    QThreadPool::globalInstance()->start([guard = QPointer(this), paths = m_paths, snapshot, number] {
        auto row = read(*paths, snapshot.at(number).data());
        auto *application = QCoreApplication::instance();
        if (!application)
            return;
        // The guard may be looked at in the GUI thread only.
        QMetaObject::invokeMethod(
            application,
            [guard, paths, number, row = std::move(row)] {
                if (guard)
                    guard->take(paths, number, row);
            },
            Qt::QueuedConnection);
    });
}

void JsonCells::take(const Paths &paths, store::EventNumber number, Row row)
{
    m_isReading = false;
    if (paths == m_paths)
        m_rows.insert(number.value, new Row(std::move(row)));
    Q_EMIT computed();
}

} // namespace weir::models
