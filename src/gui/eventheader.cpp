// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventheader.h"

#include "gui/theme.h"
#include "models/eventmodel.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QFontMetricsF>
#include <QIODevice>
#include <QMenu>
#include <QScopedValueRollback>

#include <algorithm>
#include <array>

namespace weir::gui {

using models::Column;
using models::ColumnKind;
using namespace Qt::StringLiterals;

namespace {

/// Widths in characters of the fixed font, in the order of ColumnKind.
constexpr std::array<int, models::fixedColumnCount + 1> defaultCharacters = {
    17, 9, 12, 13, 12, 16, 7, 11, 11, 9, 9, 14};

constexpr quint32 headerVersion = 5;
constexpr qint64 mostWidth = 100'000;

/// A reference row is one of the session's that is over, so times are not counted from it any more.
models::TimeFormat restoredFormat(quint8 mode, quint8 precision)
{
    const bool isKnown = mode < models::timeModeCount && models::TimeMode{mode} != models::TimeMode::SinceReference;
    return {isKnown ? models::TimeMode{mode} : models::TimeMode::Local,
        precision == 0 ? models::TimePrecision::Milliseconds : models::TimePrecision::Microseconds};
}

/// In 64ths of a pixel. Widths are kept with it: in another font they would cut what they showed.
qint32 digitWidth()
{
    return static_cast<qint32>(QFontMetricsF(fixedFont()).horizontalAdvance(u'0') * 64);
}

/// The first gives way first.
constexpr std::array waysGiven = {ColumnKind::Read, ColumnKind::Attempt, ColumnKind::Kind, ColumnKind::Number,
    ColumnKind::Size, ColumnKind::Id, ColumnKind::Gap, ColumnKind::Type, ColumnKind::Source};

} // namespace

EventHeader::EventHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(true);
    setSectionsClickable(false);
    setHighlightSections(false);
    setStretchLastSection(false);
    setAccessibleName(tr("Columns of the table of events"));
    connect(
        this, &QHeaderView::sectionResized, this, [this](int section, int, int width) { noteResize(section, width); });
    connect(this, &QHeaderView::sectionMoved, this, [this] {
        if (!m_isFitting)
            Q_EMIT columnsChanged();
    });
}

void EventHeader::setModel(QAbstractItemModel *model)
{
    m_model = qobject_cast<models::EventModel *>(model);
    Q_ASSERT(m_model);
    QHeaderView::setModel(model);
    m_sections.assign(static_cast<std::size_t>(count()), {});
    // Connected after the base class, which knows the new sections by now.
    connect(model, &QAbstractItemModel::columnsInserted, this,
        [this](const QModelIndex &, int first, int last) { insertSections(first, last); });
    connect(model, &QAbstractItemModel::columnsRemoved, this,
        [this](const QModelIndex &, int first, int last) { removeSections(first, last); });
    connect(model, &QAbstractItemModel::headerDataChanged, this, &EventHeader::adoptTimeFormat);
    setPlaces(defaultPlaces());
}

void EventHeader::adoptTimeFormat()
{
    const auto format = m_model->timeFormat();
    const int column = m_model->columnOf(ColumnKind::Time);
    if (column < 0 || std::exchange(m_timeFormat, format) == format)
        return;
    auto all = places();
    for (auto &place : all) {
        if (place.column.kind == ColumnKind::Time)
            place.width = 0;
    }
    setPlaces(all);
}

void EventHeader::insertSections(int first, int last)
{
    m_sections.insert(m_sections.begin() + first, static_cast<std::size_t>(last - first + 1), {});
    const QScopedValueRollback guard(m_isFitting, true);
    for (int section = first; section <= last; ++section)
        resizeSection(section, defaultWidth(section));
}

void EventHeader::removeSections(int first, int last)
{
    m_sections.erase(m_sections.begin() + first, m_sections.begin() + last + 1);
}

int EventHeader::dataColumn() const
{
    return m_model ? m_model->columnOf(ColumnKind::Data) : -1;
}

int EventHeader::shownCount() const
{
    int shown = 0;
    for (int column = 0; column < count(); ++column)
        shown += isColumnShown(column) ? 1 : 0;
    return shown;
}

bool EventHeader::isColumnShown(int column) const
{
    return !isSectionHidden(column) || m_sections[static_cast<std::size_t>(column)].isGivingWay;
}

void EventHeader::setColumnShown(int column, bool shown)
{
    auto &section = m_sections[static_cast<std::size_t>(column)];
    section.isPinned = shown;
    if (shown == !isSectionHidden(column) && !section.isGivingWay)
        return;
    if (!shown && isColumnShown(column) && shownCount() == 1)
        return;
    section.isGivingWay = false;
    setSectionHidden(column, !shown);
    fit(m_width);
    Q_EMIT columnsChanged();
}

void EventHeader::addColumn(const Column &column)
{
    if (m_model->columnOf(column) < 0) {
        auto columns = m_model->columns();
        columns.append(column);
        m_model->setColumns(columns);
        const int section = m_model->columnOf(column);
        if (const int place = visualIndex(dataColumn()); place < visualIndex(section))
            moveSection(visualIndex(section), place);
        setSectionHidden(section, true); // for setColumnShown() to see a change
    }
    if (!column.title.isEmpty()) {
        auto columns = m_model->columns();
        columns[m_model->columnOf(column)] = column;
        m_model->setColumns(columns);
    }
    setColumnShown(m_model->columnOf(column), true);
}

void EventHeader::removeColumn(int column)
{
    auto columns = m_model->columns();
    if (column < 0 || column >= columns.size() || columns[column].kind != ColumnKind::Json)
        return;
    if (isColumnShown(column) && shownCount() == 1)
        setColumnShown(dataColumn(), true);
    columns.removeAt(column);
    m_model->setColumns(columns);
    fit(m_width);
    Q_EMIT columnsChanged();
}

ColumnPlaces EventHeader::places() const
{
    ColumnPlaces places;
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        const auto &section = m_sections[static_cast<std::size_t>(column)];
        const int width = column == dataColumn() ? m_dataMinimum : section.width;
        places.append({m_model->columns()[column], width, isColumnShown(column), section.isPinned});
    }
    return places;
}

void EventHeader::setPlaces(const ColumnPlaces &wanted)
{
    const auto places = completed(wanted);
    {
        const QScopedValueRollback guard(m_isFitting, true);
        models::Columns columns;
        for (const auto &place : places)
            columns.append(place.column);
        // In the order of the kinds, for no column to be removed only to be inserted at another place.
        std::ranges::stable_sort(columns, {}, &Column::kind);
        m_model->setColumns(columns);
        for (int visual = 0; visual < places.size(); ++visual)
            setPlace(visual, places[visual]);
    }
    fit(m_width);
    Q_EMIT columnsChanged();
}

void EventHeader::setPlace(int visual, const ColumnPlace &place)
{
    const int column = m_model->columnOf(place.column);
    const int width = place.width > 0 ? place.width : defaultWidth(column);
    moveSection(visualIndex(column), visual);
    // A hidden section takes its size when it is shown.
    setSectionHidden(column, false);
    resizeSection(column, width);
    setSectionHidden(column, !place.isShown);
    m_sections[static_cast<std::size_t>(column)] = {false, place.isPinned, width};
    if (column == dataColumn())
        m_dataMinimum = width;
}

void EventHeader::showDefaultColumns()
{
    auto places = defaultPlaces();
    for (const auto &column : m_model->columns()) {
        if (column.kind == ColumnKind::Json)
            places.append({column, 0, false, false});
    }
    setPlaces(places);
}

int EventHeader::defaultWidth(int column) const
{
    const QFontMetrics metrics(fixedFont());
    const auto kind = m_model->columns()[column].kind;
    const bool hasDate = kind == ColumnKind::Time && m_model->timeFormat().mode == models::TimeMode::LocalDate;
    const int characters = defaultCharacters[static_cast<std::size_t>(kind)] + (hasDate ? 11 : 0);
    return metrics.horizontalAdvance(QString(characters, u'0')) + 2 * metrics.averageCharWidth();
}

void EventHeader::setDefaultWidths()
{
    const QScopedValueRollback guard(m_isFitting, true);
    for (int section = 0; section < count(); ++section)
        resizeSection(section, defaultWidth(section));
    m_dataMinimum = defaultWidth(dataColumn());
}

void EventHeader::noteResize(int section, int width)
{
    if (width > 0 && section < static_cast<int>(m_sections.size()))
        m_sections[static_cast<std::size_t>(section)].width = width;
    if (m_isFitting)
        return;
    if (section == dataColumn())
        m_dataMinimum = width;
    else
        fit(m_width);
    Q_EMIT columnsChanged();
}

void EventHeader::fit(int width)
{
    m_width = width;
    const int filling = dataColumn();
    // Hiding a section resizes it, which lays out the view, which fits its header again.
    if (m_isFitting || filling < 0 || isSectionHidden(filling))
        return;
    const QScopedValueRollback guard(m_isFitting, true);
    giveWay(width);
    const int others = length() - sectionSize(filling);
    resizeSection(filling, std::max(m_dataMinimum, width - others));
}

void EventHeader::giveWay(int width)
{
    const int filling = dataColumn();
    for (int column = 0; column < count(); ++column) {
        if (std::exchange(m_sections[static_cast<std::size_t>(column)].isGivingWay, false))
            setSectionHidden(column, false);
    }
    for (const auto kind : waysGiven) {
        const int column = m_model->columnOf(kind);
        if (width <= 0 || length() - sectionSize(filling) + m_dataMinimum <= width)
            return;
        if (column < 0 || m_sections[static_cast<std::size_t>(column)].isPinned || isSectionHidden(column))
            continue;
        m_sections[static_cast<std::size_t>(column)].isGivingWay = true;
        setSectionHidden(column, true);
    }
}

QByteArray EventHeader::save() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    const auto format = m_model->timeFormat();
    stream << headerVersion << toState(places()) << static_cast<quint8>(format.mode)
           << static_cast<quint8>(format.precision) << digitWidth();
    return state;
}

bool EventHeader::restore(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 version = 0;
    QByteArray columns;
    quint8 mode = 0;
    quint8 precision = 0;
    qint32 digit = 0;
    stream >> version >> columns >> mode >> precision >> digit;
    auto places = placesFromState(columns);
    if (stream.status() != QDataStream::Ok || version != headerVersion || !places || digit <= 0)
        return false;
    for (auto &place : *places)
        place.width = static_cast<int>(std::min<qint64>(qint64{place.width} * digitWidth() / digit, mostWidth));
    m_model->setTimeFormat(restoredFormat(mode, precision));
    setPlaces(*places);
    return true;
}

void EventHeader::addColumnActions(QMenu *menu)
{
    const bool isLast = shownCount() == 1;
    for (int visual = 0; visual < count(); ++visual) {
        const int section = logicalIndex(visual);
        auto *action = menu->addAction(models::columnTitle(m_model->columns()[section]).replace(u'&', u"&&"_s));
        action->setCheckable(true);
        action->setChecked(isColumnShown(section));
        action->setEnabled(!isLast || !isColumnShown(section));
        connect(action, &QAction::toggled, this, [this, section](bool on) { setColumnShown(section, on); });
    }
}

void EventHeader::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Q_EMIT menuFilled(menu, logicalIndexAt(event->pos()));
    menu->popup(event->globalPos());
}

void EventHeader::changeEvent(QEvent *event)
{
    QHeaderView::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_model) {
        setDefaultWidths();
        fit(m_width);
    }
}

} // namespace weir::gui
