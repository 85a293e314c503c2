// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/clienttestpane.h"

#include "models/clienttestmodel.h"
#include "publish/clienttestprogram.h"
#include "ui_clienttestpane.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QResizeEvent>
#include <QStyledItemDelegate>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::ClientTestModel;
using publish::ClientTest;
using publish::ClientTestPhase;
using publish::ClientTestVerdict;

namespace {

constexpr int charactersWithNames = 75;

Meaning verdictMeaning(ClientTestVerdict verdict)
{
    switch (verdict) {
    case ClientTestVerdict::Pass:
        return Meaning::Good;
    case ClientTestVerdict::Fail:
        return Meaning::Error;
    case ClientTestVerdict::Unclear:
        return Meaning::Warning;
    case ClientTestVerdict::NotRun:
        break;
    }
    return Meaning::Secondary;
}

/// Gives a verdict its colour; its shape is in the text.
class VerdictDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto verdict = static_cast<ClientTestVerdict>(index.data(ClientTestModel::VerdictRole).toInt());
        const bool isRunning = index.data(ClientTestModel::IsRunningRole).toBool();
        option->palette.setColor(
            QPalette::Text, colour(isRunning ? Meaning::Accent : verdictMeaning(verdict), option->palette));
    }
};

} // namespace

ClientTestPane::ClientTestPane(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ClientTestPane>())
    , m_model(new ClientTestModel(this))
{
    m_ui->setupUi(this);
    createActions();
    createReportMenu();
    setUpView();
    connectTest();
    m_ui->addressPanel->hide();
    m_ui->progressBar->hide();
    m_ui->taskNote->hush();
    showEvidence();
    updateActions();
}

ClientTestPane::~ClientTestPane() = default;

void ClientTestPane::createActions()
{
    m_runAction = new QAction(this);
    m_againAction = new QAction(icon(u"reconnect"_s), tr("Run a&gain"), this);
    m_againAction->setToolTip(tr("Run the selected cases again"));
    m_skipAction = new QAction(tr("S&kip"), this);
    m_skipAction->setToolTip(tr("Leave out what is left of this case"));
    m_copyAction = new QAction(icon(u"copy"_s), tr("Copy address"), this);
    m_copyAction->setToolTip(tr("Copy the address for the client"));
    connect(m_runAction, &QAction::triggered, this, &ClientTestPane::toggle);
    connect(m_againAction, &QAction::triggered, this, &ClientTestPane::runAgain);
    connect(m_skipAction, &QAction::triggered, &m_test, &ClientTest::skip);
    connect(m_copyAction, &QAction::triggered, this,
        [this] { QGuiApplication::clipboard()->setText(m_ui->addressEdit->text()); });
    m_ui->runButton->setDefaultAction(m_runAction);
    m_ui->testAgainButton->setDefaultAction(m_againAction);
    m_ui->skipButton->setDefaultAction(m_skipAction);
    m_ui->copyButton->setDefaultAction(m_copyAction);
    m_ui->caseView->addAction(m_againAction);
    connect(m_ui->testCommandEdit, &QLineEdit::returnPressed, m_runAction, &QAction::trigger);
}

void ClientTestPane::createReportMenu()
{
    auto *menu = new QMenu(this);
    menu->addAction(tr("&Copy as Text"), this, [this] {
        QGuiApplication::clipboard()->setText(report().toText());
        m_ui->taskNote->say(Meaning::Good, tr("The report has been copied."));
    });
    menu->addAction(tr("Save as &Text…"), this, [this] { saveReport(false); });
    menu->addAction(tr("Save as &JSON…"), this, [this] { saveReport(true); });
    m_ui->reportButton->setMenu(menu);
}

void ClientTestPane::setUpView()
{
    auto *view = m_ui->caseView;
    view->setModel(m_model);
    view->setItemDelegateForColumn(ClientTestModel::Verdict, new VerdictDelegate(view));
    const QFontMetrics metrics(view->font());
    // The only button in a table is Qt's own, at the corner of its headers.
    if (auto *corner = view->findChild<QAbstractButton *>())
        corner->setAccessibleName(tr("Select all cases"));
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(metrics.height() + 6);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->setColumnWidth(ClientTestModel::Verdict, metrics.horizontalAdvance(tr("– not run")) + 20);
    view->horizontalHeader()->setStretchLastSection(false);
    view->horizontalHeader()->setSectionResizeMode(ClientTestModel::Checks, QHeaderView::Stretch);
    view->setColumnWidth(ClientTestModel::Name, metrics.averageCharWidth() * 26);
    m_ui->addressEdit->setFont(fixedFont());
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showEvidence();
        updateActions();
    });
}

void ClientTestPane::connectTest()
{
    connect(&m_test, &ClientTest::started, this, &ClientTestPane::showAddress);
    connect(&m_test, &ClientTest::phaseChanged, this, &ClientTestPane::showPhase);
    connect(&m_test, &ClientTest::caseFinished, this, &ClientTestPane::take);
    connect(&m_test, &ClientTest::finished, this, &ClientTestPane::showEnd);
    connect(&m_test, &ClientTest::caseStarted, this, [this](const QString &name) {
        m_model->setRunning(name);
        // Who looks at a case is not to be carried away.
        if (!m_ui->caseView->selectionModel()->hasSelection())
            m_ui->caseView->scrollTo(m_model->index(m_model->rowOf(name), 0), QAbstractItemView::PositionAtCenter);
    });
    connect(&m_test, &ClientTest::failed, this, [this](const QString &reason) {
        showEnd();
        m_ui->taskNote->say(Meaning::Error, reason);
    });
}

void ClientTestPane::toggle()
{
    if (m_test.isRunning()) {
        m_isStopped = true;
        m_test.stop();
        return;
    }
    QStringList all;
    for (const auto &each : ClientTest::cases())
        all.append(each.name);
    run(all);
}

void ClientTestPane::runAgain()
{
    run(selectedCases());
}

void ClientTestPane::run(const QStringList &cases)
{
    const QString command = m_ui->testCommandEdit->text().trimmed();
    if (!command.isEmpty()) {
        if (const QString fault = publish::ClientTestProgram::commandFault(command); !fault.isEmpty()) {
            m_ui->taskNote->say(Meaning::Error, fault);
            m_ui->testCommandEdit->setFocus();
            return;
        }
    }
    m_command = command;
    m_time = QDateTime::currentDateTime();
    m_isStopped = false;
    m_model->begin(cases);
    m_ui->progressBar->setRange(0, static_cast<int>(cases.size()));
    m_ui->progressBar->setValue(0);
    m_ui->progressBar->setFormat(tr("%v of %m"));
    m_ui->progressBar->show();
    m_ui->taskNote->hush();
    publish::ClientTestSettings settings;
    settings.cases = cases;
    settings.command = command;
    m_test.start(settings);
    updateActions();
}

QStringList ClientTestPane::selectedCases() const
{
    QStringList names;
    for (const QModelIndex &index : m_ui->caseView->selectionModel()->selectedRows())
        names.append(index.data(ClientTestModel::NameRole).toString());
    return names;
}

void ClientTestPane::showAddress(const QUrl &url, const QUrl &page)
{
    m_page = page;
    m_ui->addressEdit->setText(url.toString());
    m_ui->addressEdit->setCursorPosition(0);
    m_ui->addressPanel->setVisible(m_command.isEmpty());
}

void ClientTestPane::showPhase(ClientTestPhase phase)
{
    // A signal of a run that has ended since may still be on its way.
    if (!m_test.isRunning() || !m_command.isEmpty())
        return;
    switch (phase) {
    case ClientTestPhase::AwaitingClient:
        m_ui->taskNote->say(
            Meaning::Accent, tr("Start your client with this address. A browser: open %1").arg(m_page.toString()));
        break;
    case ClientTestPhase::AwaitingRestart:
        m_ui->taskNote->say(
            Meaning::Accent, tr("Start your client anew with this address. A browser: reload the page."));
        break;
    case ClientTestPhase::AwaitingSilence:
        m_ui->taskNote->say(Meaning::Secondary, tr("Nothing to do: the client should stay away now."));
        break;
    default:
        m_ui->taskNote->say(Meaning::Secondary, tr("Nothing to do: the client goes from case to case by itself."));
    }
}

void ClientTestPane::take(const publish::ClientTestResult &result)
{
    m_model->setResult(result);
    m_ui->progressBar->setValue(m_ui->progressBar->value() + 1);
    if (selectedCases().contains(result.name))
        showEvidence();
}

void ClientTestPane::showEnd()
{
    m_model->setRunning({});
    m_ui->addressPanel->hide();
    m_ui->progressBar->hide();
    const auto found = report();
    const Meaning meaning = found.count(ClientTestVerdict::Fail) > 0      ? Meaning::Error
                            : found.count(ClientTestVerdict::Unclear) > 0 ? Meaning::Warning
                            : found.count(ClientTestVerdict::Pass) > 0    ? Meaning::Good
                                                                          : Meaning::Secondary;
    m_ui->taskNote->say(m_isStopped ? Meaning::Secondary : meaning, publish::sumText(found));
    selectFirstFailure();
    showEvidence();
    updateActions();
}

/// What somebody would look for, unless they look at a case already.
void ClientTestPane::selectFirstFailure()
{
    if (m_ui->caseView->selectionModel()->hasSelection())
        return;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const auto *result = m_model->resultAt(row);
        if (result && result->judgement.verdict == ClientTestVerdict::Fail) {
            m_ui->caseView->selectRow(row);
            m_ui->caseView->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
            return;
        }
    }
}

void ClientTestPane::updateActions()
{
    const bool isRunning = m_test.isRunning();
    m_runAction->setText(isRunning ? tr("S&top") : tr("&Test a client"));
    m_runAction->setIcon(icon(isRunning ? u"stop"_s : u"start"_s));
    m_runAction->setToolTip(isRunning ? tr("End the test at once") : tr("Run all cases"));
    m_againAction->setEnabled(!isRunning && !selectedCases().isEmpty());
    m_skipAction->setEnabled(isRunning);
    m_ui->skipButton->setVisible(isRunning);
    m_ui->testAgainButton->setVisible(!isRunning);
    m_ui->testCommandEdit->setEnabled(!isRunning);
    m_ui->reportButton->setEnabled(!isRunning && !m_model->results().isEmpty());
}

void ClientTestPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isWide = event->size().width() > 2 * event->size().height();
    m_ui->splitter->setOrientation(isWide ? Qt::Horizontal : Qt::Vertical);
    // In a narrow panel what is checked needs the place; the name is in the tool tip and with the evidence.
    const int tableWidth = isWide ? event->size().width() / 2 : event->size().width();
    const bool hasRoom = tableWidth > fontMetrics().averageCharWidth() * charactersWithNames;
    m_ui->caseView->setColumnHidden(ClientTestModel::Name, !hasRoom);
}

} // namespace weir::gui
