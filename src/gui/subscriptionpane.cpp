// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptionpane.h"

#include "gui/inlinenote.h"
#include "profile/curlcommand.h"
#include "ui_subscriptionpane.h"

#include <QAction>
#include <QDropEvent>
#include <QHeaderView>
#include <QMimeData>
#include <QRegularExpression>
#include <QStyle>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::SubscriptionModel;
using store::SubscriptionId;

namespace {

QStringList words(const QString &text)
{
    static const QRegularExpression whiteSpace(u"\\s+"_s);
    return text.split(whiteSpace, Qt::SkipEmptyParts);
}

QString textOf(const QMimeData &data)
{
    if (!data.hasUrls())
        return data.text();
    QStringList urls;
    for (const auto &url : data.urls())
        urls << url.toString(QUrl::FullyEncoded);
    return urls.join(u' ');
}

QAction *separator(QWidget *parent)
{
    auto *action = new QAction(parent);
    action->setSeparator(true);
    return action;
}

} // namespace

SubscriptionPane::SubscriptionPane(SubscriptionModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_tree(model)
    , m_ui(std::make_unique<Ui::SubscriptionPane>())
{
    m_ui->setupUi(this);
    setAcceptDrops(true);
    m_ui->urlNote->hide();
    m_ui->subscriptionView->setTree(m_tree);
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_ui->toolBar->setIconSize(QSize(side, side));
    connectParts();
}

SubscriptionPane::~SubscriptionPane() = default;

void SubscriptionPane::connectParts()
{
    connect(m_ui->urlEdit, &QLineEdit::returnPressed, this, [this] { subscribeToText(m_ui->urlEdit->text()); });
    connect(m_ui->subscribeButton, &QPushButton::clicked, this, [this] { subscribeToText(m_ui->urlEdit->text()); });
    connect(m_ui->urlEdit, &QLineEdit::textEdited, m_ui->urlNote, &InlineNote::hush);
    connect(m_ui->urlEdit, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_ui->subscribeButton->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_ui->subscriptionView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &SubscriptionPane::selectionChanged);
    connect(m_ui->subscriptionView, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (!m_tree.isGroup(index))
            Q_EMIT openRequested(m_tree.idAt(index));
    });
    // Later: regrouping removes the row whose editor, or whose drag, is not done yet.
    connect(
        &m_tree, &models::SubscriptionTree::groupWanted, this,
        [this](const QList<SubscriptionId> &ids, const QString &group) {
            Q_EMIT groupWanted(ids, group);
            // A group that was renamed is another row.
            if (!m_ui->subscriptionView->selectionModel()->hasSelection())
                m_ui->subscriptionView->selectGroup(group);
        },
        Qt::QueuedConnection);
}

void SubscriptionPane::setActions(const QList<QAction *> &contextMenu, const QList<QAction *> &buttons)
{
    for (auto *action : contextMenu)
        m_ui->subscriptionView->addAction(action ? action : separator(this));
    for (auto *action : buttons)
        m_ui->toolBar->addAction(action ? action : separator(this));
}

QList<SubscriptionId> SubscriptionPane::selection() const
{
    return m_ui->subscriptionView->selection();
}

QString SubscriptionPane::selectedGroup() const
{
    return m_ui->subscriptionView->selectedGroup();
}

void SubscriptionPane::select(SubscriptionId id)
{
    m_ui->subscriptionView->select(id);
}

void SubscriptionPane::editGroup(const QString &group)
{
    m_ui->subscriptionView->editGroup(group);
}

void SubscriptionPane::focusUrl()
{
    m_ui->urlEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->urlEdit->selectAll();
}

void SubscriptionPane::subscribeToCurl(const QString &text)
{
    QList<subscribe::SubscriptionSettings> settings;
    QStringList problems;
    QStringList notes;
    for (const auto &command : profile::readCurlCommands(text)) {
        if (command.settings)
            settings << *command.settings;
        else
            problems << tr("line %1, column %2: %3").arg(command.line).arg(command.column).arg(command.problem);
        notes << command.notes;
    }
    m_ui->urlEdit->setText(problems.isEmpty() ? QString() : text);
    m_ui->urlNote->say(problems.isEmpty() ? Meaning::Warning : Meaning::Error, (problems + notes).join(u'\n'));
    if (!settings.isEmpty())
        Q_EMIT settingsRequested(settings);
}

void SubscriptionPane::subscribeToText(const QString &text)
{
    if (profile::looksLikeCurl(text))
        return subscribeToCurl(text);
    QList<QUrl> urls;
    QStringList refused;
    QStringList reasons;
    for (const auto &word : words(text)) {
        auto error = subscribe::SettingsError::UrlInvalid;
        const auto url = subscribe::urlFromUserInput(word, &error);
        if (url.isValid()) {
            urls << url;
        } else {
            refused << word;
            reasons << subscribe::text(error);
        }
    }
    if (refused.size() > 1)
        for (qsizetype i = 0; i < refused.size(); ++i)
            reasons[i] = refused[i] + u": "_s + reasons[i];
    m_ui->urlEdit->setText(refused.join(u' '));
    m_ui->urlNote->say(Meaning::Error, reasons.join(u'\n'));
    if (!urls.isEmpty())
        Q_EMIT subscribeRequested(urls);
}

QByteArray SubscriptionPane::saveState() const
{
    return m_ui->subscriptionView->header()->saveState();
}

bool SubscriptionPane::restoreState(const QByteArray &state)
{
    return m_ui->subscriptionView->header()->restoreState(state);
}

void SubscriptionPane::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void SubscriptionPane::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
    subscribeToText(textOf(*event->mimeData()));
}

} // namespace weir::gui
