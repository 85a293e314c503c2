// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/eventheader.h"
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "support/eventstream.h"

#include <QTest>

#include <string>

namespace weir::test {

inline filter::JsonPath path(const char *text)
{
    return filter::JsonPath::compile(text).value();
}

/// A shown view over a log of prices in JSON.
struct ColumnBench
{
    ColumnBench()
        : feed(streams.log)
        , pane(feed)
    {
        pane.resize(1400, 500);
        pane.show();
    }

    gui::EventView &view() const { return *pane.view(); }
    gui::EventHeader &header() const { return *view().header(); }
    models::EventModel &model() const { return *pane.eventModel(); }
    int column(models::ColumnKind kind) const { return model().columnOf(kind); }
    int column(const char *json) const { return model().columnOf(models::jsonColumn(path(json))); }
    bool addPrices(int count)
    {
        for (int i = 0; i < count; ++i)
            streams.feed(1, R"(data: {"price":)" + std::to_string(i) + R"(,"symbol":"ABC"})" + "\n\n");
        const int rows = model().rowCount() + count;
        return QTest::qWaitFor([&] { return model().rowCount() == rows; });
    }
    template <typename Dialog>
    Dialog *dialog() const
    {
        return pane.findChild<Dialog *>();
    }
    QStringList shownTitles() const
    {
        QStringList titles;
        for (int visual = 0; visual < header().count(); ++visual) {
            if (header().isColumnShown(header().logicalIndex(visual)))
                titles << model().headerData(header().logicalIndex(visual), Qt::Horizontal).toString();
        }
        return titles;
    }

    EventStreams streams;
    models::LogFeed feed;
    gui::EventPane pane;
};

} // namespace weir::test
