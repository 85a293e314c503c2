// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/annotations.h"
#include "models/logfeed.h"
#include "models/sources.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::models {

/// All annotated events as rows, oldest first, whatever the views show. Those that the log has evicted say so.
/// GUI thread only.
class AnnotationModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NumberColumn, TimeColumn, SourceColumn, TypeColumn, NoteColumn, DataColumn };
    static constexpr int columns = DataColumn + 1;
    enum Role {
        NumberRole = Qt::UserRole + 1, ///< qulonglong
        LabelRole,                     ///< int, 0: none
        MarkRole,                      ///< bool
        EvictedRole,                   ///< bool
    };

    /// Keeps references: both must outlive this.
    AnnotationModel(const Annotations &annotations, const LogFeed &feed, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void setSources(const Sources &sources);
    store::EventNumber numberAt(int row) const; ///< 0 where there is no such row
    int rowOf(store::EventNumber number) const; ///< -1 where it has none

private:
    void take(const QList<store::EventNumber> &numbers);
    void takeOne(store::EventNumber number);
    void replaceAll();
    void noteEvictions();
    QVariant text(const AnnotatedEvent &event, int column) const;

    const Annotations &m_annotations;
    const LogFeed &m_feed;
    Sources m_sources;
    std::vector<store::EventNumber> m_numbers;
    int m_evicted = 0; ///< rows whose event is gone, all at the top
};

} // namespace weir::models
