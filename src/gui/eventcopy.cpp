// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventcopy.h"

#include "gui/eventheader.h"
#include "gui/eventview.h"
#include "models/eventformat.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>

namespace weir::gui {

using models::CopiedText;
using models::CopyForm;
using models::CopyRequest;
using namespace Qt::StringLiterals;

namespace {

// What is made at once takes some milliseconds at most.
constexpr std::size_t mostRowsAtOnce = 200;
constexpr std::size_t mostBytesAtOnce = std::size_t{1} << 20;

QItemSelection sorted(QItemSelection ranges)
{
    std::ranges::sort(ranges, {}, [](const QItemSelectionRange &range) { return range.top(); });
    return ranges;
}

qint64 rowCount(const QItemSelection &ranges)
{
    qint64 count = 0;
    for (const auto &range : ranges)
        count += range.height();
    return count;
}

/// One more than can be copied, for what is left out to be seen.
std::vector<models::CopyRow> rowsOf(const QItemSelection &ranges, const models::EventModel &model)
{
    std::vector<models::CopyRow> rows;
    for (const auto &range : ranges) {
        for (int row = range.top(); row <= range.bottom() && rows.size() <= models::mostCopiedRows; ++row) {
            if (model.numberAt(row).value != 0)
                rows.push_back({model.numberAt(row), model.numberAt(row - 1)});
        }
    }
    return rows;
}

models::Columns columnsFor(CopyForm form, const EventView &view)
{
    const auto &columns = view.eventModel()->columns();
    if (form == CopyForm::Cell)
        return {columns.value(view.currentIndex().column())};
    models::Columns shown;
    const auto *header = view.header();
    for (int visual = 0; visual < header->count(); ++visual) {
        if (header->isColumnShown(header->logicalIndex(visual)))
            shown.append(columns[header->logicalIndex(visual)]);
    }
    return shown;
}

bool isSmall(const CopyRequest &request)
{
    std::size_t size = 0;
    if (request.rows.size() > mostRowsAtOnce)
        return false;
    for (const auto &row : request.rows)
        size += request.snapshot.at(row.number).raw().size();
    return size <= mostBytesAtOnce;
}

} // namespace

EventCopy::EventCopy(EventView &view)
    : QObject(&view)
    , m_view(view)
{}

EventCopy::~EventCopy()
{
    cancel();
}

void EventCopy::cancel()
{
    if (m_isCancelled)
        *m_isCancelled = true;
    m_isCancelled.reset();
}

void EventCopy::copy(CopyForm form)
{
    const auto &model = *m_view.eventModel();
    const auto ranges = sorted(m_view.selectionModel()->selection());
    if (ranges.isEmpty() || (form == CopyForm::Cell && !m_view.currentIndex().isValid()))
        return;
    cancel();
    const qint64 selected = rowCount(ranges);
    const CopyRequest request{
        form, model.snapshot(), rowsOf(ranges, model), columnsFor(form, m_view), model.sources(), model.timeContext()};
    if (isSmall(request))
        return take(models::copied(request, false), form, selected);
    m_isCancelled = std::make_shared<std::atomic<bool>>(false);
    Q_EMIT noticed(tr("Copying…"));
    QThreadPool::globalInstance()->start([guard = QPointer(this), request, selected, isCancelled = m_isCancelled] {
        const auto text = models::copied(request, *isCancelled);
        auto *application = QCoreApplication::instance();
        if (!application)
            return;
        // The guard may be looked at in the GUI thread only.
        const auto deliver = [guard, text, form = request.form, selected, isCancelled] {
            if (guard && !*isCancelled)
                guard->take(text, form, selected);
        };
        QMetaObject::invokeMethod(application, deliver, Qt::QueuedConnection);
    });
}

void EventCopy::take(const CopiedText &copied, CopyForm form, qint64 selected)
{
    if (copied.rows == 0)
        return Q_EMIT noticed(tr("Nothing to copy: the selected rows have no such form"));
    auto *content = new QMimeData;
    content->setText(QString::fromUtf8(copied.text));
    if (form == CopyForm::EventStream)
        content->setData(u"text/event-stream"_s, copied.text); // also where it is not UTF-8
    QGuiApplication::clipboard()->setMimeData(content);
    const auto count = [](auto number) { return models::formatCount(static_cast<std::uint64_t>(number)); };
    if (copied.isCut)
        Q_EMIT noticed(tr("The first %1 of %2 selected rows copied: the clipboard takes %3 rows or %4 at once")
                           .arg(count(copied.rows), count(selected), count(models::mostCopiedRows),
                               models::formatBytes(models::mostCopiedBytes)));
    else if (copied.leftOut > 0)
        Q_EMIT noticed(tr("Rows copied: %1; left out, because they have no such form: %2")
                           .arg(count(copied.rows), count(copied.leftOut)));
    else
        Q_EMIT noticed(tr("Rows copied: %1").arg(count(copied.rows)));
}

void EventCopy::addAction(QMenu &menu, const QString &name, const QString &text, CopyForm form)
{
    auto *action = menu.addAction(text);
    action->setObjectName(name);
    action->setEnabled(m_view.selectionModel()->hasSelection());
    connect(action, &QAction::triggered, this, [this, form] { copy(form); });
}

void EventCopy::addActions(QMenu &menu)
{
    const auto column = m_view.currentIndex().column();
    const auto title = m_view.eventModel()->headerData(column, Qt::Horizontal).toString().replace(u'&', u"&&"_s);
    addAction(menu, u"copyCellAction"_s, title.isEmpty() ? tr("&Cell") : tr("&Cell (%1)").arg(title), CopyForm::Cell);
    addAction(menu, u"copyJsonAction"_s, tr("&JSON lines"), CopyForm::JsonLines);
    addAction(menu, u"copyStreamAction"_s, tr("&Event stream"), CopyForm::EventStream);
    addAction(menu, u"copyTableAction"_s, tr("&Table rows"), CopyForm::Table);
}

} // namespace weir::gui
