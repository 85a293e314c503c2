// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/overviewstrip.h"

#include "gui/eventview.h"
#include "gui/rowcolours.h"
#include "gui/theme.h"
#include "models/annotations.h"
#include "models/eventformat.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::EventNumber;

namespace {

constexpr int laneWidth = 4;
constexpr int lanes = 3;
constexpr int border = 1;
/// A single row must be seen and hit, however many there are.
constexpr int markHeight = 3;
constexpr int catchDistance = 3;
constexpr int mostLooks = 16;
constexpr int mostNotes = 5;

} // namespace

OverviewStrip::OverviewStrip(
    EventView &view, models::EventModel &model, const models::EventSearch &search, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_model(model)
    , m_search(search)
    , m_errors(model)
{
    setObjectName(u"overviewStrip"_s);
    setAccessibleName(tr("Overview of errors, marks and matches"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setCursor(Qt::PointingHandCursor);
    m_collecting.setSingleShot(true);
    m_collecting.setInterval(100ms);
    connect(&m_collecting, &QTimer::timeout, this, &OverviewStrip::collect);
    follow(search);
    follow(m_errors);
    connect(&model, &models::EventModel::ledgerChanged, &m_collecting, [this] {
        if (!m_collecting.isActive())
            m_collecting.start();
    });
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
}

void OverviewStrip::follow(const models::EventSearch &search)
{
    connect(&search, &models::EventSearch::changed, &m_collecting, [this] {
        if (!m_collecting.isActive())
            m_collecting.start();
    });
}

const char *OverviewStrip::errorExpression()
{
    return "kind:diagnostic or (kind:connection (type:waiting or type:closed))";
}

void OverviewStrip::setAnnotations(const models::Annotations *annotations)
{
    m_annotations = annotations;
    if (annotations)
        connect(annotations, &models::Annotations::changed, this, &OverviewStrip::collect);
    collect();
}

QSize OverviewStrip::sizeHint() const
{
    return {lanes * laneWidth + 2 * border, fontMetrics().height()};
}

int OverviewStrip::rowAt(int y) const
{
    const qint64 rows = m_model.rowCount();
    return static_cast<int>(std::clamp<qint64>(rows * y / std::max(1, height()), 0, std::max<qint64>(0, rows - 1)));
}

OverviewStrip::Stretch OverviewStrip::stretchAt(int y, int pixels) const
{
    Stretch stretch;
    stretch.firstRow = rowAt(std::max(0, y));
    const qint64 end = qint64{m_model.rowCount()} * (y + pixels) / std::max(1, height());
    stretch.endRow = static_cast<int>(std::clamp<qint64>(end, stretch.firstRow + 1, m_model.rowCount()));
    stretch.first = m_model.numberAt(stretch.firstRow);
    stretch.end = {m_model.numberAt(stretch.endRow - 1).value + 1};
    return stretch;
}

void OverviewStrip::collect()
{
    m_buckets.clear();
    if (!isVisible())
        return;
    const bool hasRows = m_model.rowCount() > 0;
    m_buckets.resize(hasRows ? static_cast<std::size_t>(height()) : 0);
    for (std::size_t y = 0; y < m_buckets.size(); ++y) {
        const auto stretch = stretchAt(static_cast<int>(y), 1);
        auto &bucket = m_buckets[y];
        bucket.hasError = m_errors.countBefore(stretch.end) > m_errors.countBefore(stretch.first);
        bucket.hasFound = m_search.countBefore(stretch.end) > m_search.countBefore(stretch.first);
        noteAnnotations(bucket, stretch);
    }
    update();
}

void OverviewStrip::noteAnnotations(Bucket &bucket, const Stretch &stretch) const
{
    if (!m_annotations || m_annotations->count() == 0)
        return;
    const auto &events = m_annotations->events();
    int looks = 0;
    for (auto each = events.lower_bound(stretch.first); each != events.end() && each->first < stretch.end; ++each) {
        if (++looks > mostLooks)
            return;
        if (m_model.rowOf(each->first) < 0)
            continue;
        bucket.hasMark |= each->second.annotation.isMarked || !each->second.annotation.note.isEmpty();
        bucket.label = std::max(bucket.label, each->second.annotation.label);
    }
}

void OverviewStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    const int rows = m_model.rowCount();
    if (rows > m_view.visibleRowCount()) {
        const auto place = [&](qint64 row) { return static_cast<int>(row * height() / rows); };
        const int top = place(m_view.firstVisibleRow());
        const int bottom = place(m_view.firstVisibleRow() + m_view.visibleRowCount());
        QColor shade = palette().color(QPalette::Text);
        shade.setAlpha(40);
        painter.fillRect(QRect(0, top, width(), std::max(markHeight, bottom - top)), shade);
    }
    const auto paint = [&](int y, int lane, const QColor &colour) {
        painter.fillRect(QRect(border + lane * laneWidth, y, laneWidth, markHeight), colour);
    };
    const QColor error = colour(Meaning::Error, palette());
    const QColor mark = colour(Meaning::Accent, palette());
    const QColor found = foundColours(palette()).strip;
    for (int y = 0; y < static_cast<int>(m_buckets.size()); ++y) {
        const auto &bucket = m_buckets[static_cast<std::size_t>(y)];
        if (bucket.hasError)
            paint(y, 0, error);
        if (bucket.label > 0)
            paint(y, 1, rowColours(bucket.label, palette()).strip);
        if (bucket.hasMark)
            paint(y, 1, mark);
        if (bucket.hasFound)
            paint(y, 2, found);
    }
}

void OverviewStrip::goTo(int y)
{
    auto *bar = m_view.verticalScrollBar();
    bar->setSliderPosition(rowAt(std::clamp(y, 0, height() - 1)) - m_view.visibleRowCount() / 2);
    // As if the user had moved it, which tells the view whether to follow.
    bar->triggerAction(QAbstractSlider::SliderMove);
}

void OverviewStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_model.rowCount() == 0)
        return event->ignore();
    // What is aimed at is a thin line: the nearest one within reach is meant.
    int y = static_cast<int>(event->position().y());
    for (int distance = 0; distance <= catchDistance; ++distance) {
        for (const int at : {y - distance, y + distance}) {
            if (at < 0 || at >= static_cast<int>(m_buckets.size()))
                continue;
            const auto &bucket = m_buckets[static_cast<std::size_t>(at)];
            if (bucket.hasError || bucket.hasFound || bucket.hasMark || bucket.label > 0)
                return goTo(at);
        }
    }
    goTo(y);
}

void OverviewStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton && m_model.rowCount() > 0)
        goTo(static_cast<int>(event->position().y()));
}

QString OverviewStrip::toolTip(int y) const
{
    if (m_model.rowCount() == 0)
        return {};
    const auto stretch = stretchAt(y - catchDistance, 2 * catchDistance + 1);
    const auto count = [](int number) { return models::formatCount(static_cast<std::uint64_t>(number)); };
    QStringList lines{
        tr("Rows %1 to %2 of %3").arg(count(stretch.firstRow + 1), count(stretch.endRow), count(m_model.rowCount()))};
    if (const auto errors = m_errors.countBefore(stretch.end) - m_errors.countBefore(stretch.first); errors > 0)
        lines << tr("Diagnostics and lost connections: %1").arg(models::formatCount(errors));
    if (const auto found = m_search.countBefore(stretch.end) - m_search.countBefore(stretch.first); found > 0)
        lines << tr("Matches of the search: %1").arg(models::formatCount(found));
    if (!m_annotations)
        return lines.join(u'\n');
    const auto &events = m_annotations->events();
    int noted = 0;
    for (auto each = events.lower_bound(stretch.first); each != events.end() && each->first < stretch.end; ++each) {
        if (m_model.rowOf(each->first) < 0)
            continue;
        if (++noted > mostNotes) {
            lines << u"…"_s;
            break;
        }
        const auto &event = each->second;
        const auto note = models::oneLine(event.annotation.note.toStdString(), 60);
        lines << tr("Marked: event %1").arg(models::formatCount(event.number.value)) +
                     (note.isEmpty() ? QString() : u" · "_s + note);
    }
    return lines.join(u'\n');
}

bool OverviewStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), toolTip(help->pos().y()), this);
    return true;
}

void OverviewStrip::resizeEvent(QResizeEvent *)
{
    collect();
}

void OverviewStrip::showEvent(QShowEvent *)
{
    m_errors.setExpression(errorExpression());
    m_collecting.start();
}

void OverviewStrip::hideEvent(QHideEvent *)
{
    m_errors.setExpression({});
}

} // namespace weir::gui
