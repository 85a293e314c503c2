// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/querytable.h"

#include "profile/variables.h"

#include <QHeaderView>
#include <QSet>
#include <QSignalBlocker>
#include <QUrl>

#include <algorithm>
#include <functional>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

enum QueryColumn { NameColumn, ValueColumn };
constexpr int WrittenRole = Qt::UserRole;       ///< as it stands in the address
constexpr int HasEqualsRole = Qt::UserRole + 1; ///< of the name: `a=` and `a` are different

QString decoded(const QString &written)
{
    return QUrl::fromPercentEncoding(written.toUtf8());
}

QString encoded(const QString &text)
{
    // What may stand in a query as it is (RFC 3986), but for what separates items.
    const QByteArray kept = profile::holdsVariable(text) ? "!$'()*,;:@/?{}" : "!$'()*,;:@/?";
    return QString::fromLatin1(QUrl::toPercentEncoding(text, kept));
}

struct Place
{
    qsizetype mark; ///< of the `?`; -1: none
    qsizetype end;  ///< of the query
};

Place placeOf(const QString &address)
{
    const auto fragment = address.indexOf(u'#');
    const auto end = fragment < 0 ? address.size() : fragment;
    const auto mark = address.indexOf(u'?');
    return {mark < end ? mark : -1, end};
}

} // namespace

QString queryOf(const QString &address)
{
    const auto [mark, end] = placeOf(address);
    return mark < 0 ? QString() : address.mid(mark + 1, end - mark - 1);
}

QString withQuery(const QString &address, const QString &query)
{
    const auto [mark, end] = placeOf(address);
    const auto before = address.left(mark < 0 ? end : mark);
    return before + (query.isNull() ? QString() : u'?' + query) + address.mid(end);
}

QueryTable::QueryTable(QWidget *parent)
    : QTableWidget(0, 2, parent)
{
    setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    horizontalHeader()->setSectionResizeMode(ValueColumn, QHeaderView::Stretch);
    horizontalHeader()->resizeSection(NameColumn, fontMetrics().averageCharWidth() * 24);
    verticalHeader()->hide();
    setTabKeyNavigation(false);
    setShowGrid(false);
    setCornerButtonEnabled(false);
    connect(this, &QTableWidget::itemChanged, this, &QueryTable::takeChange);
    setQuery({});
}

void QueryTable::setQuery(const QString &query)
{
    const QSignalBlocker blocker(this);
    setRowCount(0);
    if (!query.isNull())
        for (const auto &segment : query.split(u'&'))
            append(segment);
    keepEmptyRow();
}

void QueryTable::append(const QString &segment)
{
    const auto equals = segment.indexOf(u'=');
    const auto name = equals < 0 ? segment : segment.left(equals);
    const auto value = equals < 0 ? QString() : segment.mid(equals + 1);
    const int row = rowCount();
    insertRow(row);
    for (const auto &[column, written] : {std::pair(NameColumn, name), std::pair(ValueColumn, value)}) {
        auto *item = new QTableWidgetItem(decoded(written));
        item->setData(WrittenRole, written);
        setItem(row, column, item);
    }
    item(row, NameColumn)->setData(HasEqualsRole, equals >= 0);
}

void QueryTable::takeChange(QTableWidgetItem *changed)
{
    {
        const QSignalBlocker blocker(this);
        changed->setData(WrittenRole, encoded(changed->text()));
        if (changed->column() == ValueColumn && !changed->text().isEmpty())
            item(changed->row(), NameColumn)->setData(HasEqualsRole, true);
        keepEmptyRow();
    }
    Q_EMIT edited();
}

bool QueryTable::isEmptyRow(int row) const
{
    return item(row, NameColumn)->text().isEmpty() && item(row, ValueColumn)->text().isEmpty() &&
           !item(row, NameColumn)->data(HasEqualsRole).toBool();
}

void QueryTable::keepEmptyRow()
{
    if (rowCount() == 0 || !isEmptyRow(rowCount() - 1))
        append({});
}

int QueryTable::itemCount() const
{
    return rowCount() - 1;
}

QString QueryTable::query() const
{
    if (itemCount() == 0)
        return {};
    QStringList segments;
    for (int row = 0; row < itemCount(); ++row) {
        const auto name = item(row, NameColumn)->data(WrittenRole).toString();
        const bool hasEquals = item(row, NameColumn)->data(HasEqualsRole).toBool();
        segments << (hasEquals ? name + u'=' + item(row, ValueColumn)->data(WrittenRole).toString() : name);
    }
    return segments.join(u'&');
}

void QueryTable::removeSelected()
{
    QSet<int> chosen;
    for (const auto &index : selectedIndexes())
        chosen << index.row();
    auto rows = chosen.values();
    std::ranges::sort(rows, std::greater<>());
    {
        const QSignalBlocker blocker(this);
        for (const int row : rows)
            removeRow(row);
        keepEmptyRow();
    }
    Q_EMIT edited();
}

} // namespace weir::gui
