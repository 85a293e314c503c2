// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/clientpane.h"

#include "gui/listtable.h"
#include "gui/theme.h"
#include "models/clientmodel.h"
#include "publish/accesslog.h"
#include "ui_clientpane.h"

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
    m_ui->headEdit->setFont(fixedFont());
    m_ui->headPart->hide();
    m_ui->clientSplitter->setStretchFactor(0, 3);
    m_ui->clientSplitter->setStretchFactor(1, 1);
    setAddress({});
}

ClientPane::~ClientPane() = default;

void ClientPane::createActions()
{
    m_disconnectAction = addAction(m_ui->disconnectButton, u"disconnect"_s, tr("Dis&connect"),
        tr("Disconnect: end the streams of the selected clients properly; most connect again by themselves"));
    m_resetAction = addAction(m_ui->resetButton, u"reset"_s, tr("&Reset"),
        tr("Reset: cut the selected connections off by RST; what was not read yet is lost"));
    m_pauseAction = addAction(m_ui->pauseButton, u"pause"_s, tr("&Pause"),
        tr("Pause: hold back what the selected clients would get, within the bound of their queues"));
    m_pauseAction->setCheckable(true);
    m_sendAction = addAction(m_ui->sendToButton, u"send"_s, tr("&Send the composed message"),
        tr("Send the composed message to the selected clients only; it gets no automatic ID and is not replayed"));
    m_faultsAction = addAction(
        m_ui->faultsButton, u"fault"_s, tr("&Faults…"), tr("Faults: choose what the selected clients shall suffer"));
    m_revealAction = new QAction(icon(u"reveal"_s), tr("Show secrets"), this);
    m_revealAction->setToolTip(tr("Show the values of Authorization, Cookie and the like"));
    m_revealAction->setCheckable(true);
    m_ui->revealButton->setDefaultAction(m_revealAction);
    connect(m_resetAction, &QAction::triggered, this, &ClientPane::resetSelected);
    connect(m_pauseAction, &QAction::triggered, this, &ClientPane::pauseSelected);
    connect(m_sendAction, &QAction::triggered, this, [this] { Q_EMIT sendRequested(selectedClients()); });
    connect(m_faultsAction, &QAction::triggered, this, &ClientPane::faultsRequested);
    connect(m_revealAction, &QAction::toggled, this, &ClientPane::showText);
    m_copyAction = new QAction(icon(u"copy"_s), tr("Copy command"), this);
    m_copyAction->setToolTip(tr("Copy the command"));
    connect(m_disconnectAction, &QAction::triggered, this, &ClientPane::disconnectSelected);
    connect(m_copyAction, &QAction::triggered, this, &ClientPane::copyCommand);
    m_ui->copyCommandButton->setDefaultAction(m_copyAction);
}

QAction *ClientPane::addAction(
    QToolButton *button, const QString &iconName, const QString &text, const QString &toolTip)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setToolTip(toolTip);
    button->setDefaultAction(action);
    button->setAccessibleName(QString(text).remove(u'&'));
    m_ui->clientView->addAction(action);
    return action;
}

void ClientPane::setModel(ClientModel *model)
{
    m_model = model;
    auto *view = m_ui->clientView;
    view->setModel(model);
    setUpListTable(*view, tr("Select all clients"));
    setColumnCharacters(*view, {16, 9, 12, 11, 8, 10, 11, 10, 15, 24, 30});
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        updateActions();
        updateHead();
        Q_EMIT selectionChanged();
    });
    connect(model, &QAbstractItemModel::dataChanged, this, &ClientPane::updateActions);
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
    const auto *selection = m_ui->clientView->selectionModel();
    for (auto *action : {m_disconnectAction, m_resetAction, m_pauseAction, m_sendAction, m_faultsAction})
        action->setEnabled(selection->hasSelection());
    const QModelIndex current = selection->hasSelection() ? selection->currentIndex() : QModelIndex();
    const auto paused = static_cast<int>(publish::ClientState::Paused);
    m_pauseAction->setChecked(current.isValid() && current.data(ClientModel::StateRole).toInt() == paused);
}

QList<std::uint64_t> ClientPane::selectedClients() const
{
    QList<std::uint64_t> clients;
    const auto rows = m_ui->clientView->selectionModel()->selectedRows();
    for (const auto &index : rows)
        clients.append(index.data(ClientModel::IdRole).toULongLong());
    return clients;
}

void ClientPane::disconnectSelected()
{
    for (const std::uint64_t client : selectedClients())
        Q_EMIT disconnectRequested(client);
}

void ClientPane::resetSelected()
{
    for (const std::uint64_t client : selectedClients())
        Q_EMIT resetRequested(client);
}

void ClientPane::pauseSelected()
{
    const bool paused = m_pauseAction->isChecked();
    for (const std::uint64_t client : selectedClients())
        Q_EMIT pauseRequested(client, paused);
}

/// One client's head is shown; of several it would not be clear whose it is.
void ClientPane::updateHead()
{
    const QModelIndexList rows = m_ui->clientView->selectionModel()->selectedRows();
    const std::uint64_t wanted = rows.size() == 1 ? rows.first().data(ClientModel::IdRole).toULongLong() : 0;
    m_ui->headPart->setVisible(wanted != 0);
    if (wanted == m_headOf)
        return;
    m_headOf = wanted;
    m_head.clear();
    m_revealAction->setChecked(false);
    showText();
    if (wanted != 0)
        Q_EMIT headRequested(wanted);
}

void ClientPane::showHead(std::uint64_t client, const QByteArray &head)
{
    if (client != m_headOf)
        return;
    m_head = head;
    showText();
}

void ClientPane::showText()
{
    const QByteArray masked = publish::maskedHead(m_head);
    const QByteArray &shown = m_revealAction->isChecked() ? m_head : masked;
    m_revealAction->setEnabled(masked != m_head);
    m_ui->headEdit->setPlainText(QString::fromUtf8(shown).remove(u'\r'));
}

void ClientPane::copyCommand()
{
    QGuiApplication::clipboard()->setText(m_ui->commandEdit->text());
}

} // namespace weir::gui
