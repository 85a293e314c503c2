// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/clientpane.h"

#include "gui/theme.h"
#include "models/clientmodel.h"
#include "ui_clientpane.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::ClientModel;

ClientPane::ClientPane(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ClientPane>())
{
    m_ui->setupUi(this);
    m_ui->commandEdit->setFont(fixedFont());
    createActions();
    setAddress({});
}

ClientPane::~ClientPane() = default;

void ClientPane::createActions()
{
    m_disconnectAction = new QAction(icon(u"disconnect"_s), tr("Dis&connect"), this);
    m_disconnectAction->setToolTip(
        tr("End the streams of the selected clients; most clients connect again by themselves"));
    m_copyAction = new QAction(icon(u"copy"_s), tr("Copy command"), this);
    m_copyAction->setToolTip(tr("Copy the command"));
    connect(m_disconnectAction, &QAction::triggered, this, &ClientPane::disconnectSelected);
    connect(m_copyAction, &QAction::triggered, this, &ClientPane::copyCommand);
    m_ui->disconnectButton->setDefaultAction(m_disconnectAction);
    m_ui->copyCommandButton->setDefaultAction(m_copyAction);
    m_ui->clientView->addAction(m_disconnectAction);
}

void ClientPane::setModel(ClientModel *model)
{
    m_model = model;
    auto *view = m_ui->clientView;
    view->setModel(model);
    view->setFont(fixedFont());
    const QFontMetrics metrics(view->font());
    // The only button in a table is Qt's own, at the corner of its headers.
    if (auto *corner = view->findChild<QAbstractButton *>())
        corner->setAccessibleName(tr("Select all clients"));
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(metrics.height() + 6);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    constexpr int characters[] = {17, 14, 10, 15, 10, 11, 11};
    for (int column = 0; column < ClientModel::columnTotal; ++column)
        view->setColumnWidth(column, characters[column] * metrics.averageCharWidth() + 8);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClientPane::updateActions);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ClientPane::showRows);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ClientPane::showRows);
    showRows();
}

void ClientPane::setAddress(const QUrl &address)
{
    const auto shown = address.toString();
    m_ui->emptyLabel->setText(shown.isEmpty()
                                  ? tr("No client is connected.\nStart the publisher, then clients can connect.")
                                  : tr("No client is connected.\nSubscribe to the stream here, open\n%1\nin a browser, "
                                       "or run this in a terminal:")
                                        .arg(address.resolved(QUrl(u"/"_s)).toString()));
    m_ui->commandEdit->setText(u"curl -N '%1'"_s.arg(QString(shown).replace(u"'"_s, u"%27"_s)));
    m_ui->commandEdit->setCursorPosition(0);
    m_ui->commandEdit->setVisible(!shown.isEmpty());
    m_ui->copyCommandButton->setVisible(!shown.isEmpty());
}

void ClientPane::showRows()
{
    m_ui->stack->setCurrentWidget(m_model->rowCount() == 0 ? m_ui->emptyPage : m_ui->listPage);
    updateActions();
}

void ClientPane::updateActions()
{
    m_disconnectAction->setEnabled(m_ui->clientView->selectionModel()->hasSelection());
}

void ClientPane::disconnectSelected()
{
    const auto rows = m_ui->clientView->selectionModel()->selectedRows();
    for (const auto &index : rows)
        Q_EMIT disconnectRequested(index.data(ClientModel::IdRole).toULongLong());
}

void ClientPane::copyCommand()
{
    QGuiApplication::clipboard()->setText(m_ui->commandEdit->text());
}

} // namespace weir::gui
