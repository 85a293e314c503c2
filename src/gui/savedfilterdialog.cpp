// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/savedfilterdialog.h"

#include "gui/filterproblem.h"
#include "gui/savedfiltermodel.h"
#include "ui_savedfilterdialog.h"

#include <QHeaderView>
#include <QPushButton>

#include <algorithm>

namespace weir::gui {

namespace {

/// What a filter is called until somebody says better.
QString suggestedName(const QString &expression)
{
    constexpr int most = 24;
    const QString name = expression.simplified();
    return name.size() > most ? name.left(most).trimmed() : name;
}

} // namespace

SavedFilterDialog::SavedFilterDialog(SavedFilters &filters, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SavedFilterDialog>())
    , m_filters(filters)
    , m_model(new SavedFilterModel(filters.list(), this))
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->filterTable->setModel(m_model);
    m_ui->filterTable->horizontalHeader()->setSectionResizeMode(SavedFilterModel::Expression, QHeaderView::Stretch);
    m_ui->filterTable->setColumnWidth(SavedFilterModel::Name, fontMetrics().averageCharWidth() * 28);
    m_ui->filterTable->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_ui->keptLabel->say(Meaning::Secondary,
        tr("Filters are kept in the settings file as they are typed: leave passwords and tokens out of them."));
    connect(m_ui->addButton, &QPushButton::clicked, this, [this] { addExpression({}); });
    connect(m_ui->removeButton, &QPushButton::clicked, this, [this] { m_model->remove(row()); });
    connect(m_ui->upButton, &QPushButton::clicked, this, [this] { m_model->moveBy(row(), -1); });
    connect(m_ui->downButton, &QPushButton::clicked, this, [this] { m_model->moveBy(row(), 1); });
    for (auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, change, this, &SavedFilterDialog::update);
    connect(m_model, &QAbstractItemModel::rowsMoved, this, &SavedFilterDialog::update);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &SavedFilterDialog::update);
    connect(
        m_ui->filterTable->selectionModel(), &QItemSelectionModel::currentChanged, this, &SavedFilterDialog::update);
    if (m_model->rowCount() > 0)
        select(0, SavedFilterModel::Name);
    update();
}

SavedFilterDialog::~SavedFilterDialog() = default;

void SavedFilterDialog::addExpression(const QString &expression)
{
    const int row = m_model->add({0, suggestedName(expression), expression, false});
    select(row, SavedFilterModel::Name);
    m_ui->filterTable->edit(m_model->index(row, SavedFilterModel::Name));
}

int SavedFilterDialog::row() const
{
    return m_ui->filterTable->currentIndex().row();
}

void SavedFilterDialog::select(int row, int column)
{
    m_ui->filterTable->setCurrentIndex(m_model->index(row, column));
}

void SavedFilterDialog::update()
{
    const int current = row();
    m_ui->removeButton->setEnabled(current >= 0);
    m_ui->upButton->setEnabled(current > 0);
    m_ui->downButton->setEnabled(current >= 0 && current + 1 < m_model->rowCount());
    const QString nameProblem = m_model->nameProblem();
    m_ui->buttonBox->button(QDialogButtonBox::Ok)->setEnabled(nameProblem.isEmpty());
    const QString problem = current < 0 ? QString() : problemOf(m_model->filters()[current].expression);
    m_ui->noteLabel->say(Meaning::Error, nameProblem.isEmpty() ? problem : nameProblem);
}

void SavedFilterDialog::accept()
{
    m_filters.setList(m_model->filters());
    QDialog::accept();
}

} // namespace weir::gui
