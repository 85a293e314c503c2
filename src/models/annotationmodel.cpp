// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/annotationmodel.h"

#include "models/eventformat.h"

#include <algorithm>
#include <array>

namespace weir::models {

using namespace Qt::StringLiterals;

AnnotationModel::AnnotationModel(const Annotations &annotations, const LogFeed &feed, QObject *parent)
    : QAbstractTableModel(parent)
    , m_annotations(annotations)
    , m_feed(feed)
{
    connect(&annotations, &Annotations::changed, this, &AnnotationModel::take);
    connect(&feed, &LogFeed::advanced, this, &AnnotationModel::noteEvictions);
    replaceAll();
}

int AnnotationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_numbers.size());
}

int AnnotationModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant AnnotationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto found = m_annotations.events().find(numberAt(index.row()));
    if (found == m_annotations.events().end())
        return {}; // its row is about to go
    const auto &event = found->second;
    switch (role) {
    case Qt::DisplayRole:
        return text(event, index.column());
    case Qt::ToolTipRole:
        if (index.row() < m_evicted)
            return tr("The log holds this event no longer: it was evicted to keep within the memory budget.");
        return index.column() == NoteColumn ? event.annotation.note : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(index.column() == NumberColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case NumberRole:
        return static_cast<qulonglong>(event.number.value);
    case LabelRole:
        return event.annotation.label;
    case MarkRole:
        return event.annotation.isMarked;
    case EvictedRole:
        return index.row() < m_evicted;
    default:
        return {};
    }
}

QVariant AnnotationModel::text(const AnnotatedEvent &event, int column) const
{
    switch (column) {
    case NumberColumn:
        return event.number < m_feed.snapshot().begin() ? tr("evicted %1").arg(formatCount(event.number.value))
                                                        : formatCount(event.number.value);
    case TimeColumn:
        return formatTime(m_feed.log().clock().wallTime(event.arrival));
    case SourceColumn: {
        const auto source = m_sources.find(event.subscription);
        return source == m_sources.end() ? QString::number(event.subscription.value) : source->second.name;
    }
    case TypeColumn:
        return event.type;
    case NoteColumn:
        return oneLine(event.annotation.note.toStdString());
    default:
        return event.data;
    }
}

QVariant AnnotationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == NumberColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array<QString, columns> titles{
        tr("Event"), tr("Time"), tr("Source"), tr("Type"), tr("Note"), tr("Data")};
    return titles[static_cast<std::size_t>(section)];
}

void AnnotationModel::setSources(const Sources &sources)
{
    m_sources = sources;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, SourceColumn), index(rowCount() - 1, SourceColumn));
}

store::EventNumber AnnotationModel::numberAt(int row) const
{
    return row < 0 || row >= rowCount() ? store::EventNumber{} : m_numbers[static_cast<std::size_t>(row)];
}

int AnnotationModel::rowOf(store::EventNumber number) const
{
    const auto found = std::ranges::lower_bound(m_numbers, number);
    return found == m_numbers.end() || *found != number ? -1 : static_cast<int>(found - m_numbers.begin());
}

void AnnotationModel::take(const QList<store::EventNumber> &numbers)
{
    if (numbers.size() == 1)
        takeOne(numbers.front());
    else
        replaceAll();
}

void AnnotationModel::takeOne(store::EventNumber number)
{
    const auto place = std::ranges::lower_bound(m_numbers, number);
    const int row = static_cast<int>(place - m_numbers.begin());
    const bool isListed = place != m_numbers.end() && *place == number;
    const bool isThere = m_annotations.find(number) != nullptr;
    if (isListed && isThere) {
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
        return;
    }
    if (isThere) {
        beginInsertRows({}, row, row);
        m_numbers.insert(place, number);
        endInsertRows();
    } else if (isListed) {
        beginRemoveRows({}, row, row);
        m_numbers.erase(place);
        endRemoveRows();
    }
    noteEvictions();
}

void AnnotationModel::replaceAll()
{
    beginResetModel();
    m_numbers.clear();
    for (const auto &[number, event] : m_annotations.events())
        m_numbers.push_back(number);
    endResetModel();
    noteEvictions();
}

void AnnotationModel::noteEvictions()
{
    const auto firstHeld = std::ranges::lower_bound(m_numbers, m_feed.snapshot().begin());
    const int evicted = static_cast<int>(firstHeld - m_numbers.begin());
    if (std::exchange(m_evicted, evicted) != evicted && rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

} // namespace weir::models
