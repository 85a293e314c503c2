// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sentpane.h"

#include "gui/listtable.h"
#include "gui/theme.h"
#include "models/sentmessagemodel.h"
#include "ui_sentpane.h"

#include <QAction>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::SentMessageModel;

SentPane::SentPane(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SentPane>())
{
    m_ui->setupUi(this);
    m_ui->keepBox->hide();
    connect(m_ui->keepBox, &QCheckBox::clicked, this, &SentPane::keepRequested);
    createActions();
}

SentPane::~SentPane() = default;

void SentPane::createActions()
{
    m_againAction = new QAction(icon(u"send"_s), tr("Send a&gain"), this);
    m_againAction->setToolTip(tr("Send it as it was: an own id stays, an automatic one becomes a new one"));
    m_editAction = new QAction(icon(u"edit"_s), tr("Edit a &copy"), this);
    m_editAction->setToolTip(tr("Load it into the composer (double click)"));
    connect(m_againAction, &QAction::triggered, this, &SentPane::sendAgain);
    connect(m_editAction, &QAction::triggered, this, &SentPane::edit);
    m_ui->againButton->setDefaultAction(m_againAction);
    m_ui->loadButton->setDefaultAction(m_editAction);
    m_ui->sentView->addActions({m_againAction, m_editAction});
}

void SentPane::setModel(SentMessageModel *model)
{
    m_model = model;
    auto *view = m_ui->sentView;
    view->setModel(model);
    setUpListTable(*view, tr("Select all messages"));
    setColumnCharacters(*view, {8, 9, 7});
    view->horizontalHeader()->setSectionResizeMode(SentMessageModel::Data, QHeaderView::Stretch);
    connect(view, &QAbstractItemView::doubleClicked, this, &SentPane::edit);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SentPane::updateActions);
    connect(model, &QAbstractItemModel::rowsInserted, this, &SentPane::showRows);
    connect(model, &QAbstractItemModel::modelReset, this, &SentPane::showRows);
    showRows();
}

void SentPane::setSendingEnabled(bool enabled)
{
    m_isSendingEnabled = enabled;
    updateActions();
}

void SentPane::setKept(bool isKept)
{
    m_ui->keepBox->show();
    m_ui->keepBox->setChecked(isKept);
}

void SentPane::showProblem(const QString &problem)
{
    m_ui->keepNote->say(Meaning::Error, problem);
}

void SentPane::showRows()
{
    m_ui->stack->setCurrentWidget(m_model->rowCount() == 0 ? m_ui->emptyPage : m_ui->listPage);
    updateActions();
}

void SentPane::updateActions()
{
    const bool hasRow = currentRow() >= 0;
    m_againAction->setEnabled(hasRow && m_isSendingEnabled);
    m_editAction->setEnabled(hasRow);
}

int SentPane::currentRow() const
{
    const auto *selection = m_ui->sentView->selectionModel();
    return selection && selection->hasSelection() ? selection->selectedRows().first().row() : -1;
}

void SentPane::sendAgain()
{
    // A copy, because sending changes the list.
    const auto publication = m_model->at(currentRow()).publication;
    Q_EMIT sendAgainRequested(publication);
}

void SentPane::edit()
{
    if (currentRow() >= 0)
        Q_EMIT editRequested(m_model->at(currentRow()).publication);
}

} // namespace weir::gui
