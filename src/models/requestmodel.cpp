// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/requestmodel.h"

#include <QLocale>

#include <algorithm>

namespace weir::models {

using publish::RequestRecord;

namespace {

bool isNumberColumn(int column)
{
    return column == RequestModel::Status || column == RequestModel::Bytes || column == RequestModel::Duration;
}

template <typename Records>
auto findRecord(Records &records, std::uint64_t number)
{
    return std::lower_bound(records.begin(), records.end(), number,
        [](const RequestRecord &record, std::uint64_t wanted) { return record.number < wanted; });
}

} // namespace

RequestModel::RequestModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void RequestModel::add(const QList<RequestRecord> &records, std::uint64_t leftOut)
{
    QList<RequestRecord> added;
    for (const RequestRecord &record : records) {
        if (replace(record))
            continue;
        // A stream that ended soon comes twice in one batch.
        const auto known = findRecord(added, record.number);
        if (known != added.end() && known->number == record.number)
            *known = record;
        else if (m_records.empty() || record.number > m_records.back().number)
            added.append(record);
    }
    m_total += static_cast<std::uint64_t>(added.size()) + leftOut;
    m_leftOut += leftOut;
    if (added.size() > limit)
        added.remove(0, added.size() - limit);
    removeOldest(heldCount() + static_cast<int>(added.size()) - limit);
    append(added);
}

bool RequestModel::replace(const RequestRecord &record)
{
    const auto known = findRecord(m_records, record.number);
    if (known == m_records.end() || known->number != record.number)
        return false;
    *known = record;
    const auto shown = std::lower_bound(m_shown.begin(), m_shown.end(), record.number);
    if (shown == m_shown.end() || *shown != record.number)
        return true;
    const auto row = static_cast<int>(shown - m_shown.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, columnTotal - 1));
    return true;
}

void RequestModel::removeOldest(int count)
{
    if (count <= 0)
        return;
    const std::uint64_t last = m_records[static_cast<std::size_t>(count) - 1].number;
    const auto end = std::upper_bound(m_shown.begin(), m_shown.end(), last);
    const bool isShown = end != m_shown.begin();
    if (isShown)
        beginRemoveRows({}, 0, static_cast<int>(end - m_shown.begin()) - 1);
    m_shown.erase(m_shown.begin(), end);
    m_records.erase(m_records.begin(), m_records.begin() + count);
    if (isShown)
        endRemoveRows();
}

void RequestModel::append(const QList<RequestRecord> &records)
{
    QList<std::uint64_t> shown;
    for (const RequestRecord &record : records) {
        if (matches(record))
            shown.append(record.number);
    }
    if (!shown.isEmpty())
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(shown.size()) - 1);
    m_records.insert(m_records.end(), records.begin(), records.end());
    m_shown.insert(m_shown.end(), shown.begin(), shown.end());
    if (!shown.isEmpty())
        endInsertRows();
}

void RequestModel::clear()
{
    beginResetModel();
    m_records.clear();
    m_shown.clear();
    m_total = m_leftOut = 0;
    endResetModel();
}

void RequestModel::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    beginResetModel();
    m_filter = text;
    m_shown.clear();
    for (const RequestRecord &record : m_records) {
        if (matches(record))
            m_shown.push_back(record.number);
    }
    endResetModel();
}

bool RequestModel::matches(const RequestRecord &record) const
{
    if (m_filter.isEmpty())
        return true;
    for (int column = 0; column < columnTotal; ++column) {
        if (text(record, column).contains(m_filter, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

const RequestRecord &RequestModel::at(int row) const
{
    return *findRecord(m_records, m_shown[static_cast<std::size_t>(row)]);
}

QString RequestModel::text(const QList<int> &rows) const
{
    QStringList headings;
    for (int column = 0; column < columnTotal; ++column)
        headings.append(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    QString lines = headings.join(u'\t') + u'\n';
    for (const int row : rows) {
        QStringList cells;
        for (int column = 0; column < columnTotal; ++column)
            cells.append(text(at(row), column).simplified());
        lines += cells.join(u'\t') + u'\n';
    }
    return lines;
}

int RequestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int RequestModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant RequestModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::ParentIsInvalid))
        return {};
    const RequestRecord &record = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(record, index.column());
    case Qt::ToolTipRole:
        // A tool tip that looks like HTML is shown as HTML, and this one comes from the network.
        return text(record, index.column()).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(record, index.column()));
    case Qt::TextAlignmentRole:
        return isNumberColumn(index.column()) ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                                              : QVariant();
    case StatusRole:
        return record.status;
    default:
        return {};
    }
}

QString RequestModel::text(const RequestRecord &record, int column)
{
    switch (column) {
    case Time:
        return QLocale::c().toString(record.time.toLocalTime().time(), QStringLiteral("HH:mm:ss.zzz"));
    case Status:
        return record.status == 0 ? QStringLiteral("–") : QString::number(record.status);
    case Method:
        return QString::fromUtf8(record.method);
    case Target:
        return QString::fromUtf8(record.target);
    case Address:
        return record.address;
    case Bytes:
        return QLocale().toString(quint64{record.bytes});
    case Duration:
        return record.isOpen ? tr("open") : tr("%1 ms").arg(QLocale().toString(qlonglong{record.duration.count()}));
    case UserAgent:
        return QString::fromUtf8(record.userAgent);
    case Note:
        return record.note;
    default:
        return {};
    }
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && isNumberColumn(section))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnTotal)
        return {};
    static constexpr const char *names[] = {QT_TR_NOOP("Time"), QT_TR_NOOP("Status"), QT_TR_NOOP("Method"),
        QT_TR_NOOP("Path"), QT_TR_NOOP("Address"), QT_TR_NOOP("Bytes"), QT_TR_NOOP("Duration"),
        QT_TR_NOOP("User agent"), QT_TR_NOOP("Note")};
    return tr(names[section]);
}

} // namespace weir::models
