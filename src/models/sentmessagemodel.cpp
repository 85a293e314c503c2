// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentmessagemodel.h"

#include "models/messagejson.h"

#include <QLocale>

#include <algorithm>
#include <string_view>

namespace weir::models {

namespace {

constexpr qsizetype longestType = 256;

std::size_t sizeOf(const SentMessage &message)
{
    const auto &parts = message.publication.message;
    return parts.type.size() + parts.id.value_or("").size() + (parts.data ? parts.data->size() : 0) +
           (parts.comment ? parts.comment->size() : 0) + message.publication.rawText.value_or("").size();
}

} // namespace

SentMessageModel::SentMessageModel(QObject *parent)
    : SentMessageModel(Limits{}, parent)
{}

SentMessageModel::SentMessageModel(Limits limits, QObject *parent)
    : QAbstractTableModel(parent)
    , m_limits(limits)
{}

void SentMessageModel::add(SentMessage message)
{
    beginInsertRows({}, 0, 0);
    m_bytes += sizeOf(message);
    m_messages.push_front(std::move(message));
    endInsertRows();
    trim();
}

void SentMessageModel::setMessages(const QList<SentMessage> &messages)
{
    beginResetModel();
    m_messages.assign(messages.begin(), messages.end());
    m_bytes = 0;
    for (const SentMessage &message : messages)
        m_bytes += sizeOf(message);
    endResetModel();
    trim();
}

QList<SentMessage> SentMessageModel::messages() const
{
    return {m_messages.begin(), m_messages.end()};
}

void SentMessageModel::trim()
{
    const auto isFull = [this](std::size_t count, std::size_t bytes) {
        return count > static_cast<std::size_t>(m_limits.messages) || bytes > m_limits.bytes;
    };
    auto keep = m_messages.size();
    auto bytes = m_bytes;
    while (keep > 1 && isFull(keep, bytes))
        bytes -= sizeOf(m_messages[--keep]);
    if (keep == m_messages.size())
        return;
    beginRemoveRows({}, static_cast<int>(keep), static_cast<int>(m_messages.size()) - 1);
    m_messages.erase(m_messages.begin() + static_cast<std::ptrdiff_t>(keep), m_messages.end());
    m_bytes = bytes;
    endRemoveRows();
}

const SentMessage &SentMessageModel::at(int row) const
{
    return m_messages.at(static_cast<std::size_t>(row));
}

int SentMessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

int SentMessageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnTotal;
}

QVariant SentMessageModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &message = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(message, index.column());
    case Qt::ToolTipRole:
        return index.column() == Time ? QLocale::c().toString(message.time, QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"))
                                      : text(message, index.column()).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(message, index.column()));
    default:
        return {};
    }
}

QString SentMessageModel::text(const SentMessage &message, int column) const
{
    switch (column) {
    case Time:
        return QLocale::c().toString(message.time.time(), QStringLiteral("HH:mm:ss"));
    case Id:
        return QString::fromUtf8(message.id);
    case Type:
        return QString::fromStdString(message.publication.message.type).left(longestType);
    case Data:
        return messageSummary(message.publication);
    default:
        return {};
    }
}

QVariant SentMessageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Id:
        return tr("ID");
    case Type:
        return tr("Type");
    case Data:
        return tr("Data");
    default:
        return {};
    }
}

} // namespace weir::models
