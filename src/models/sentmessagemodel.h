// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <QAbstractTableModel>
#include <QByteArray>
#include <QDateTime>
#include <QList>

#include <deque>

namespace weir::models {

/// A message that the publisher has taken, and what became of it.
struct SentMessage
{
    QDateTime time;
    QByteArray id; ///< the id that it got; empty for none
    publish::Publication publication;
};

/// The messages sent last, newest first, so that they can be sent again. Bounded in number and in bytes: the oldest go
/// first, but the newest always stays. GUI thread only.
class SentMessageModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Id, Type, Data };
    static constexpr int columnTotal = Data + 1;

    struct Limits
    {
        int messages = 100;
        std::size_t bytes = 64 << 20; ///< of all texts together
    };

    explicit SentMessageModel(QObject *parent = nullptr);
    SentMessageModel(Limits limits, QObject *parent);

    void add(SentMessage message);
    void setMessages(const QList<SentMessage> &messages); ///< newest first
    QList<SentMessage> messages() const;
    const SentMessage &at(int row) const; ///< Requires: 0 <= row < rowCount(). Valid until the next add().
    Limits limits() const { return m_limits; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void trim();
    QString text(const SentMessage &message, int column) const;

    Limits m_limits;
    std::deque<SentMessage> m_messages; ///< newest first
    std::size_t m_bytes = 0;
};

} // namespace weir::models
