// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/columnsdialog.h"

#include "gui/columndialog.h"
#include "ui_columnsdialog.h"

#include <QPushButton>

#include <algorithm>

namespace weir::gui {

using models::Column;
using models::ColumnKind;
using namespace Qt::StringLiterals;

namespace {

constexpr int placeRole = Qt::UserRole;

} // namespace

ColumnsDialog::ColumnsDialog(const ColumnPlaces &places, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ColumnsDialog>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    fill(places);
    connectButtons();
    updateButtons();
}

ColumnsDialog::~ColumnsDialog() = default;

void ColumnsDialog::connectButtons()
{
    connect(m_ui->upButton, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_ui->downButton, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_ui->addButton, &QPushButton::clicked, this, &ColumnsDialog::add);
    connect(m_ui->editButton, &QPushButton::clicked, this, &ColumnsDialog::edit);
    connect(m_ui->removeButton, &QPushButton::clicked, this, &ColumnsDialog::remove);
    connect(m_ui->resetButton, &QPushButton::clicked, this, &ColumnsDialog::reset);
    connect(m_ui->columnList, &QListWidget::itemDoubleClicked, this, &ColumnsDialog::edit);
    connect(m_ui->columnList, &QListWidget::currentRowChanged, this, &ColumnsDialog::updateButtons);
    connect(m_ui->columnList, &QListWidget::itemChanged, this, &ColumnsDialog::updateButtons);
    connect(m_ui->columnList->model(), &QAbstractItemModel::rowsMoved, this, &ColumnsDialog::updateButtons);
}

void ColumnsDialog::fill(const ColumnPlaces &places)
{
    m_ui->columnList->clear();
    m_places.clear();
    for (int row = 0; row < places.size(); ++row)
        addItem(row, places[row]);
    m_ui->columnList->setCurrentRow(0);
}

void ColumnsDialog::addItem(int row, const ColumnPlace &place)
{
    auto *item = new QListWidgetItem;
    item->setData(placeRole, m_places.size());
    m_places.append(place);
    item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled);
    item->setCheckState(place.isShown ? Qt::Checked : Qt::Unchecked);
    showColumn(item);
    m_ui->columnList->insertItem(row, item);
}

void ColumnsDialog::showColumn(QListWidgetItem *item)
{
    const auto &column = m_places[item->data(placeRole).toInt()].column;
    const auto usual = models::columnTitle({column.kind, column.path, {}, {}});
    item->setText(column.title.isEmpty() ? usual : tr("%1 (%2)", "title, usual title").arg(column.title, usual));
    item->setToolTip(models::columnToolTip(column));
}

ColumnPlace ColumnsDialog::placeOf(const QListWidgetItem *item) const
{
    auto place = m_places[item->data(placeRole).toInt()];
    const bool isShown = item->checkState() == Qt::Checked;
    place.isPinned = isShown && (place.isPinned || !place.isShown);
    place.isShown = isShown;
    return place;
}

void ColumnsDialog::move(int steps)
{
    auto *list = m_ui->columnList;
    const int from = list->currentRow();
    const int to = from + steps;
    if (from < 0 || to < 0 || to >= list->count())
        return;
    list->insertItem(to, list->takeItem(from));
    list->setCurrentRow(to);
}

void ColumnsDialog::add()
{
    auto *dialog = new ColumnDialog(Column{ColumnKind::Json}, this);
    dialog->offer(m_seen);
    connect(dialog, &ColumnDialog::confirmed, this, &ColumnsDialog::insert);
    dialog->open();
}

int ColumnsDialog::rowOf(const Column &column) const
{
    for (int row = 0; row < m_ui->columnList->count(); ++row) {
        if (placeOf(m_ui->columnList->item(row)).column.isSame(column))
            return row;
    }
    return -1;
}

void ColumnsDialog::insert(const Column &column)
{
    int row = rowOf(column);
    if (row < 0) {
        row = std::max(0, rowOf(Column{ColumnKind::Data}));
        addItem(row, {column, 0, true, true});
    } else {
        replace(m_ui->columnList->item(row), column);
        m_ui->columnList->item(row)->setCheckState(Qt::Checked);
    }
    m_ui->columnList->setCurrentRow(row);
}

void ColumnsDialog::edit()
{
    auto *item = m_ui->columnList->currentItem();
    if (!item)
        return;
    const auto column = placeOf(item).column;
    auto *dialog = new ColumnDialog(column, this);
    dialog->offer(m_seen);
    // By what it shows, not by the item: the list may have been reset meanwhile.
    connect(dialog, &ColumnDialog::confirmed, this, [this, column](const Column &changed) {
        const int row = rowOf(column);
        const int same = rowOf(changed);
        if (row >= 0 && (same < 0 || same == row))
            replace(m_ui->columnList->item(row), changed);
    });
    dialog->open();
}

void ColumnsDialog::replace(QListWidgetItem *item, const Column &column)
{
    m_places[item->data(placeRole).toInt()].column = column;
    showColumn(item);
}

void ColumnsDialog::remove()
{
    const auto *item = m_ui->columnList->currentItem();
    if (item && placeOf(item).column.kind == ColumnKind::Json)
        delete m_ui->columnList->takeItem(m_ui->columnList->currentRow());
    updateButtons();
}

void ColumnsDialog::reset()
{
    auto places = defaultPlaces();
    for (int row = 0; row < m_ui->columnList->count(); ++row) {
        const auto place = placeOf(m_ui->columnList->item(row));
        if (place.column.kind == ColumnKind::Json)
            places.append({place.column, 0, false, false});
    }
    fill(places);
}

void ColumnsDialog::updateButtons()
{
    const auto *list = m_ui->columnList;
    const int row = list->currentRow();
    const auto *item = list->currentItem();
    m_ui->upButton->setEnabled(row > 0);
    m_ui->downButton->setEnabled(row >= 0 && row + 1 < list->count());
    m_ui->editButton->setEnabled(item);
    m_ui->removeButton->setEnabled(item && placeOf(item).column.kind == ColumnKind::Json);
    bool isAnyShown = false;
    for (int i = 0; i < list->count(); ++i)
        isAnyShown = isAnyShown || list->item(i)->checkState() == Qt::Checked;
    m_ui->buttons->button(QDialogButtonBox::Ok)->setEnabled(isAnyShown);
}

void ColumnsDialog::accept()
{
    ColumnPlaces places;
    for (int row = 0; row < m_ui->columnList->count(); ++row)
        places.append(placeOf(m_ui->columnList->item(row)));
    Q_EMIT confirmed(places);
    QDialog::accept();
}

} // namespace weir::gui
