// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentmessagemodel.h"

#include <QLocale>

#include <algorithm>
#include <string_view>

namespace weir::models {

namespace {

// A cell shows one line; what is beyond it would be formatted for nothing.
constexpr std::size_t previewBytes = 256;

std::size_t sizeOf(const SentMessage &message)
{
    const auto &parts = message.publication.message;
    return parts.type.size() + parts.id.value_or("").size() + (parts.data ? parts.data->size() : 0) +
           (parts.comment ? parts.comment->size() : 0);
}

QString firstCharacters(std::string_view utf8)
{
    auto length = std::min(utf8.size(), previewBytes);
    while (length < utf8.size() && length > 0 && (static_cast<unsigned char>(utf8[length]) & 0xc0) == 0x80)
        --length;
    auto text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(length));
    text.replace(QLatin1String("\r\n"), QStringLiteral("⏎"));
    text.replace(QLatin1Char('\n'), QStringLiteral("⏎").at(0)).replace(QLatin1Char('\r'), QStringLiteral("⏎").at(0));
    return length < utf8.size() ? text + QStringLiteral("…") : text;
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
        return index.column() == Time ? QLocale().toString(message.time, QLocale::LongFormat)
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
        return QLocale::c().toString(message.time.time(), QStringLiteral("HH:mm:ss.zzz"));
    case Id:
        return QString::fromUtf8(message.id);
    case Type:
        return firstCharacters(message.publication.message.type);
    case Data:
        return summary(message.publication);
    default:
        return {};
    }
}

QString SentMessageModel::summary(const publish::Publication &publication) const
{
    const auto &message = publication.message;
    if (message.data)
        return firstCharacters(*message.data);
    if (message.comment)
        return tr("(comment) %1").arg(firstCharacters(*message.comment));
    if (message.retry)
        return tr("(reconnection time %1 ms)").arg(QLocale().toString(qint64{message.retry->count()}));
    return tr("(no data)");
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
