// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/accesslog.h"

#include <QAbstractTableModel>
#include <QList>

#include <deque>

namespace weir::models {

/// The publisher's last requests, oldest first: a ring of `limit`. Those that contain a text can be shown alone. Made
/// for floods: a batch costs one removal and one insertion. GUI thread only.
class RequestModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Status, Method, Target, Address, Bytes, Duration, UserAgent, Note };
    static constexpr int columnTotal = Note + 1;
    enum Role { StatusRole = Qt::UserRole }; ///< the status as int, on every column
    static constexpr int limit = 10'000;

    explicit RequestModel(QObject *parent = nullptr);

    /// A record with a known number replaces the one that is there. `leftOut`: requests that were only counted.
    void add(const QList<publish::RequestRecord> &records, std::uint64_t leftOut);
    void clear();
    /// Shows what contains the text in any column, whatever the case. Empty: all.
    void setFilter(const QString &text);

    std::uint64_t total() const { return m_total; }     ///< requests since clear(), with those not held any more
    std::uint64_t leftOut() const { return m_leftOut; } ///< of them, those that were never held
    int heldCount() const { return static_cast<int>(m_records.size()); }
    /// What is shown as lines of tab-separated columns, with a line of headings.
    QString text(const QList<int> &rows) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool replace(const publish::RequestRecord &record);
    void removeOldest(int count);
    void append(const QList<publish::RequestRecord> &records);
    bool matches(const publish::RequestRecord &record) const;
    const publish::RequestRecord &at(int row) const;
    static QString text(const publish::RequestRecord &record, int column);

    std::deque<publish::RequestRecord> m_records; ///< numbers rise
    std::deque<std::uint64_t> m_shown;            ///< numbers of those that match
    QString m_filter;
    std::uint64_t m_total = 0;
    std::uint64_t m_leftOut = 0;
};

} // namespace weir::models
