// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/connectionpane.h"

#include "gui/theme.h"
#include "models/eventformat.h"
#include "ui_connectionpane.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::ConnectionLog;
using store::SubscriptionId;

namespace {

/// How far back in the log the newest event of the subscription is looked for.
constexpr std::uint64_t mostRecordsLookedAt = 4096;

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

ConnectionPane::ConnectionPane(ConnectionLog &attempts, const models::SubscriptionModel &subscriptions,
    const models::LogFeed &feed, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ConnectionPane>())
    , m_attempts(attempts)
    , m_subscriptions(subscriptions)
    , m_feed(feed)
    , m_copyAction(new QAction(icon(u"copy"_s), tr("&Copy"), this))
{
    m_ui->setupUi(this);
    m_ui->reportText->setFont(fixedFont());
    m_copyAction->setToolTip(tr("Copy the report of the selected attempt"));
    m_copyAction->setShortcut(QKeySequence::Copy);
    m_copyAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_ui->copyButton->setDefaultAction(m_copyAction);
    addAction(m_copyAction);
    m_ui->attemptsView->addAction(m_copyAction);
    setUpTable();
    connectParts();
    setSubscription({});
}

ConnectionPane::~ConnectionPane() = default;

void ConnectionPane::setUpTable()
{
    auto *view = m_ui->attemptsView;
    view->setFont(fixedFont());
    view->setModel(&m_attempts);
    // The only button in a table is Qt's own, at the corner of its headers.
    if (auto *corner = view->findChild<QAbstractButton *>())
        corner->setAccessibleName(tr("Select all attempts"));
    const QFontMetrics metrics(view->font());
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(metrics.height() + 6);
    view->horizontalHeader()->setFont(font());
    constexpr int characters[] = {4, 13, 10, 9, 8, 9, 28, 28};
    for (int column = 0; column < ConnectionLog::columns; ++column)
        view->setColumnWidth(column, characters[column] * metrics.averageCharWidth() + 8);
    view->horizontalHeader()->moveSection(ConnectionLog::EndingColumn, ConnectionLog::EventsColumn);
    m_ui->splitter->setSizes({metrics.averageCharWidth() * 62, metrics.averageCharWidth() * 60});
}

void ConnectionPane::connectParts()
{
    connect(m_copyAction, &QAction::triggered, this, &ConnectionPane::copyReport);
    connect(m_ui->attemptsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex &current) { takeRow(current); });
    connect(&m_attempts, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_isFollowing)
            m_ui->attemptsView->selectRow(m_attempts.rowCount() - 1);
    });
    connect(&m_attempts, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first) {
        if (first.row() == m_ui->attemptsView->currentIndex().row())
            showReport();
    });
    const auto update = [this] {
        if (isVisible())
            takeSubscriptionChange();
    };
    connect(&m_subscriptions, &QAbstractItemModel::dataChanged, this, update);
    connect(&m_subscriptions, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (!m_subscriptions.find(m_attempts.subscription()))
            setSubscription({});
    });
    connect(m_ui->lastEventIdEdit, &QLineEdit::textEdited, this, &ConnectionPane::checkLastEventId);
    connect(m_ui->lastEventIdEdit, &QLineEdit::returnPressed, m_ui->setIdButton, &QToolButton::click);
    connect(m_ui->setIdButton, &QToolButton::clicked, this,
        [this] { setLastEventId(m_ui->lastEventIdEdit->text().toUtf8()); });
    connect(m_ui->resetIdButton, &QToolButton::clicked, this, [this] { setLastEventId({}); });
}

void ConnectionPane::setSubscription(SubscriptionId id)
{
    const bool isKnown = m_subscriptions.find(id) != nullptr;
    m_ui->pages->setCurrentWidget(isKnown ? m_ui->logPage : m_ui->emptyPage);
    if (id == m_attempts.subscription() && isKnown)
        return takeSubscriptionChange();
    m_isFollowing = true;
    m_idSetAt = {};
    m_ui->note->hush();
    m_ui->lastEventIdEdit->setModified(false);
    {
        const QScopedValueRollback settling(m_isSettling, true);
        m_attempts.setSubscription(isKnown ? id : SubscriptionId{});
        m_ui->attemptsView->selectRow(m_attempts.rowCount() - 1);
    }
    takeSubscriptionChange();
    showReport();
}

void ConnectionPane::showAttempt(SubscriptionId id, std::uint32_t attempt)
{
    setSubscription(id);
    const int row = m_attempts.rowOf(attempt);
    if (row >= 0)
        m_ui->attemptsView->selectRow(row);
    else if (m_subscriptions.find(id))
        m_ui->note->say(Meaning::Secondary, tr("Attempt %1 is no longer kept").arg(attempt));
}

void ConnectionPane::takeSubscriptionChange()
{
    showTitle();
    showLastEventId();
}

void ConnectionPane::takeRow(const QModelIndex &current)
{
    m_isFollowing = m_isSettling || current.row() == m_attempts.rowCount() - 1;
    m_ui->note->hush();
    showReport();
}

void ConnectionPane::showTitle()
{
    const auto *row = m_subscriptions.find(m_attempts.subscription());
    if (!row)
        return;
    auto title = row->settings.name + u" · "_s + models::stateText(row->status, std::chrono::steady_clock::now());
    if (m_attempts.goneAttempts() > 0)
        title += u" · "_s + tr("%1 older attempts no longer kept").arg(models::formatCount(m_attempts.goneAttempts()));
    m_ui->titleLabel->setText(title);
    m_ui->titleLabel->setToolTip(models::describe(*row, std::chrono::steady_clock::now()));
}

QString ConnectionPane::reportOf(int row) const
{
    const auto report = m_attempts.at(row);
    auto text = subscribe::text(report);
    if (report.bodyExcerpt.isEmpty())
        return text;
    const auto size = models::formatBytes(static_cast<std::uint64_t>(report.bodyExcerpt.size()));
    const auto heading = m_attempts.isExcerptCut(row)
                             ? tr("Body of the response (of older attempts only the first %1 are kept)").arg(size)
                             : tr("Body of the response (%1, at most the first 64 KiB)").arg(size);
    return text + u'\n' + heading + u'\n' + models::excerptText(report.bodyExcerpt);
}

void ConnectionPane::showReport()
{
    const int row = m_ui->attemptsView->currentIndex().row();
    m_copyAction->setEnabled(row >= 0 && row < m_attempts.rowCount());
    const auto text = m_copyAction->isEnabled() ? reportOf(row) : QString();
    auto *shown = m_ui->reportText;
    // Live counts do not take a selection away from under the user's hands.
    if (shown->toPlainText() == text || (shown->textCursor().hasSelection() && shown->hasFocus()))
        return;
    const int place = shown->verticalScrollBar()->value();
    const bool isSameAttempt = shown->property("attempt").toInt() == row;
    shown->setProperty("attempt", row);
    shown->setPlainText(text);
    if (isSameAttempt)
        shown->verticalScrollBar()->setValue(place);
}

void ConnectionPane::copyReport()
{
    const int row = m_ui->attemptsView->currentIndex().row();
    if (row < 0)
        return;
    QGuiApplication::clipboard()->setText(reportOf(row));
    m_ui->note->say(Meaning::Secondary, tr("Report copied"));
}

QByteArray ConnectionPane::lastEventIdInForce() const
{
    const auto id = m_attempts.subscription();
    // The status tells it at changes of state only; between them the newest block that came knows it.
    const auto &snapshot = m_feed.snapshot();
    const auto oldest = std::max({snapshot.begin().value, m_idSetAt.value,
        snapshot.end().value - std::min(snapshot.end().value, mostRecordsLookedAt), std::uint64_t{1}});
    for (auto number = snapshot.end().value; number > oldest; --number) {
        const auto event = snapshot.at({number - 1});
        if (event.subscription() != id)
            continue;
        if (event.kind() == store::Kind::Event || event.kind() == store::Kind::FieldsOnly)
            return bytes(event.id());
    }
    const auto *row = m_subscriptions.find(id);
    return row ? row->status.lastEventId : QByteArray();
}

void ConnectionPane::showLastEventId()
{
    auto *edit = m_ui->lastEventIdEdit;
    const auto inForce = lastEventIdInForce();
    m_ui->resetIdButton->setEnabled(!inForce.isEmpty() || edit->isModified());
    if (edit->isModified())
        return;
    m_ui->setIdButton->setEnabled(false);
    const auto text = QString::fromUtf8(inForce);
    if (edit->text() != text)
        edit->setText(text);
}

void ConnectionPane::checkLastEventId()
{
    auto error = subscribe::SettingsError::LastEventIdInvalid;
    const bool isValid = subscribe::validateLastEventId(m_ui->lastEventIdEdit->text().toUtf8(), &error);
    m_ui->note->say(Meaning::Error, isValid ? QString() : subscribe::text(error));
    m_ui->setIdButton->setEnabled(isValid);
    m_ui->resetIdButton->setEnabled(true);
}

void ConnectionPane::setLastEventId(const QByteArray &lastEventId)
{
    m_idSetAt = m_feed.snapshot().end();
    m_ui->lastEventIdEdit->setModified(false);
    Q_EMIT lastEventIdWanted(m_attempts.subscription(), lastEventId);
    m_ui->note->say(Meaning::Secondary, lastEventId.isEmpty() ? tr("Reset: the next request sends no last event ID")
                                                              : tr("Set: the next request sends this last event ID"));
    showLastEventId();
}

QByteArray ConnectionPane::saveState() const
{
    return m_ui->splitter->saveState();
}

bool ConnectionPane::restoreState(const QByteArray &state)
{
    return m_ui->splitter->restoreState(state);
}

} // namespace weir::gui
