// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

namespace weir::gui {

/// What follows the `?` of an address as the user wrote it, without its fragment; null where there is no `?`.
QString queryOf(const QString &address);
/// The address with another query; null: without one. All the rest stays as it was written.
QString withQuery(const QString &address, const QString &query);

/// The query of an address as names and values, decoded, to be edited. What is not edited keeps its place and its
/// spelling, escapes included. There is always one empty row at the end to type a new item into. GUI thread only.
class QueryTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit QueryTable(QWidget *parent = nullptr);

    void setQuery(const QString &query);
    QString query() const; ///< null if there is no item
    int itemCount() const;
    void removeSelected();

Q_SIGNALS:
    void edited();

private:
    void append(const QString &segment);
    void takeChange(QTableWidgetItem *item);
    void keepEmptyRow();
    bool isEmptyRow(int row) const;
};

} // namespace weir::gui
