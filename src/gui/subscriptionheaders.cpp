// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptionheaders.h"

#include "gui/theme.h"

#include <QHeaderView>
#include <QSet>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include <algorithm>
#include <functional>

namespace weir::gui {

using namespace Qt::StringLiterals;
using subscribe::Header;

namespace {

enum HeaderColumn { NameColumn, ValueColumn, SecretColumn, EnabledColumn };

/// Shows the values of secret headers as dots, and what is not sent dimmed.
class HeaderDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.siblingAtColumn(EnabledColumn).data(Qt::CheckStateRole).toInt() != Qt::Checked)
            option->palette.setColor(QPalette::Text, colour(Meaning::Secondary, option->palette));
        const auto secret = index.siblingAtColumn(SecretColumn).data(Qt::CheckStateRole).toInt();
        if (index.column() == ValueColumn && secret == Qt::Checked && !option->text.isEmpty())
            option->text = QString(8, u'•');
    }
};

} // namespace

SubscriptionHeaders::SubscriptionHeaders(QWidget *parent)
    : QTableWidget(0, 4, parent)
{
    setHorizontalHeaderLabels({tr("Name"), tr("Value"), tr("Secret"), tr("Send")});
    horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Interactive);
    horizontalHeader()->setSectionResizeMode(ValueColumn, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(SecretColumn, QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(EnabledColumn, QHeaderView::ResizeToContents);
    horizontalHeader()->moveSection(EnabledColumn, 0);
    horizontalHeader()->resizeSection(NameColumn, fontMetrics().averageCharWidth() * 20);
    verticalHeader()->hide();
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setShowGrid(false);
    setItemDelegate(new HeaderDelegate(this));
    connect(this, &QTableWidget::itemChanged, this, &SubscriptionHeaders::takeChange);
    setHeaders({});
}

void SubscriptionHeaders::setHeaders(const QList<Header> &headers)
{
    const QSignalBlocker blocker(this);
    setRowCount(0);
    for (const auto &header : headers)
        append(header);
    keepEmptyRow();
}

void SubscriptionHeaders::append(const Header &header)
{
    const int row = rowCount();
    insertRow(row);
    setItem(row, NameColumn, new QTableWidgetItem(QString::fromUtf8(header.name)));
    setItem(row, ValueColumn, new QTableWidgetItem(QString::fromUtf8(header.value)));
    auto *secret = new QTableWidgetItem;
    secret->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    secret->setCheckState(header.isSecret ? Qt::Checked : Qt::Unchecked);
    secret->setData(Qt::AccessibleTextRole, tr("Secret"));
    setItem(row, SecretColumn, secret);
    auto *enabled = new QTableWidgetItem;
    enabled->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    enabled->setCheckState(header.isEnabled ? Qt::Checked : Qt::Unchecked);
    enabled->setData(Qt::AccessibleTextRole, tr("Send"));
    enabled->setToolTip(tr("Send this header; else it is kept, but not sent"));
    setItem(row, EnabledColumn, enabled);
    updateSecret(row);
}

void SubscriptionHeaders::updateSecret(int row)
{
    auto *secret = item(row, SecretColumn);
    const bool isAlwaysSecret = subscribe::isSecretHeader(item(row, NameColumn)->text().trimmed().toUtf8());
    secret->setFlags(secret->flags().setFlag(Qt::ItemIsUserCheckable, !isAlwaysSecret));
    secret->setToolTip(isAlwaysSecret ? tr("The value of this header is always kept secret")
                                      : tr("Never show, log or save the value"));
    if (isAlwaysSecret)
        secret->setCheckState(Qt::Checked);
}

void SubscriptionHeaders::takeChange(QTableWidgetItem *item)
{
    {
        const QSignalBlocker blocker(this);
        updateSecret(item->row());
        keepEmptyRow();
    }
    viewport()->update();
    Q_EMIT edited();
}

void SubscriptionHeaders::keepEmptyRow()
{
    const int last = rowCount() - 1;
    if (last >= 0 && headerAt(last).name.isEmpty() && headerAt(last).value.isEmpty())
        return;
    append({});
}

Header SubscriptionHeaders::headerAt(int row) const
{
    return {item(row, NameColumn)->text().trimmed().toUtf8(), item(row, ValueColumn)->text().trimmed().toUtf8(),
        item(row, SecretColumn)->checkState() == Qt::Checked, item(row, EnabledColumn)->checkState() == Qt::Checked};
}

QList<Header> SubscriptionHeaders::headers() const
{
    QList<Header> headers;
    for (int row = 0; row < rowCount(); ++row)
        if (auto header = headerAt(row); !header.name.isEmpty() || !header.value.isEmpty())
            headers << header;
    return headers;
}

std::optional<QString> SubscriptionHeaders::problem() const
{
    for (const auto &header : headers()) {
        auto error = subscribe::SettingsError::HeaderNameInvalid;
        if (!subscribe::validateHeader(header, &error))
            return header.name.isEmpty() ? subscribe::text(error)
                                         : QString::fromUtf8(header.name) + u": "_s + subscribe::text(error);
    }
    return std::nullopt;
}

void SubscriptionHeaders::removeSelected()
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
