// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/requestpage.h"

#include "gui/actionrow.h"
#include "gui/filetask.h"
#include "gui/listtable.h"
#include "gui/theme.h"
#include "models/requestmodel.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::RequestModel;

RequestPage::RequestPage(publish::ClientControl &control, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_model(new RequestModel(this))
    , m_view(new QTableView)
    , m_filter(new QLineEdit)
    , m_count(new QLabel)
{
    createView();
    createActions();
    arrange();
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        m_view->scrollToBottom();
        updateCount();
    });
    connect(&m_control, &publish::ClientControl::requestsRecorded, this, &RequestPage::take);
    m_control.watchRequests(true);
    updateCount();
}

void RequestPage::createView()
{
    m_view->setObjectName(u"requestView"_s);
    m_view->setAccessibleName(tr("Requests"));
    m_view->setModel(m_model);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    setUpListTable(*m_view, tr("Select all requests"));
    setColumnCharacters(*m_view, {13, 7, 7, 18, 17, 9, 10, 20, 40});
}

void RequestPage::createActions()
{
    m_copyAction = new QAction(icon(u"copy"_s), tr("&Copy"), this);
    m_copyAction->setToolTip(tr("Copy the selected requests, or all that are shown, as text"));
    m_saveAction = new QAction(icon(u"down"_s), tr("&Save as text…"), this);
    m_saveAction->setToolTip(tr("Save all that are shown as tab-separated text"));
    m_clearAction = new QAction(icon(u"clear"_s), tr("C&lear"), this);
    m_clearAction->setToolTip(tr("Forget all requests"));
    connect(m_copyAction, &QAction::triggered, this, &RequestPage::copy);
    connect(m_saveAction, &QAction::triggered, this, &RequestPage::save);
    connect(m_clearAction, &QAction::triggered, this, [this] {
        m_model->clear();
        updateCount();
    });
    m_view->addActions({m_copyAction, m_saveAction, m_clearAction});
}

void RequestPage::arrange()
{
    m_filter->setObjectName(u"requestFilter"_s);
    m_filter->setPlaceholderText(tr("Filter by text"));
    m_filter->setAccessibleName(tr("Filter requests by text"));
    m_filter->setClearButtonEnabled(true);
    m_count->setObjectName(u"requestCount"_s);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setWordWrap(true);
    auto *buttons = new ActionRow;
    buttons->setButtons({m_copyAction, m_saveAction, m_clearAction});
    auto *row = new QHBoxLayout;
    row->addWidget(m_filter, 1);
    row->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_count);
}

void RequestPage::take(const QList<publish::RequestRecord> &records, std::uint64_t leftOut)
{
    const QScrollBar *bar = m_view->verticalScrollBar();
    const bool follows = bar->value() == bar->maximum();
    m_model->add(records, leftOut);
    if (follows)
        m_view->scrollToBottom();
    updateCount();
}

void RequestPage::updateCount()
{
    QString text = tr("Requests: %1").arg(locale().toString(qulonglong{m_model->total()}));
    if (m_model->rowCount() < m_model->heldCount())
        text += tr(", shown: %1").arg(locale().toString(m_model->rowCount()));
    if (m_model->total() > static_cast<std::uint64_t>(m_model->heldCount()))
        text += tr(", the last %1 are kept").arg(locale().toString(m_model->heldCount()));
    if (m_model->leftOut() > 0)
        text += tr(", only counted in a flood: %1").arg(locale().toString(qulonglong{m_model->leftOut()}));
    m_count->setText(text);
    const bool isEmpty = m_model->rowCount() == 0;
    m_copyAction->setEnabled(!isEmpty);
    m_saveAction->setEnabled(!isEmpty);
    m_clearAction->setEnabled(m_model->total() > 0);
}

QList<int> RequestPage::selectedRows() const
{
    QList<int> rows;
    const auto selected = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

QList<int> RequestPage::allRows() const
{
    QList<int> rows(m_model->rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

void RequestPage::copy()
{
    const QList<int> selected = selectedRows();
    QGuiApplication::clipboard()->setText(m_model->text(selected.isEmpty() ? allRows() : selected));
}

void RequestPage::save()
{
    auto *dialog = new QFileDialog(this, tr("Save Requests"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const QByteArray text = m_model->text(allRows()).toUtf8();
        writeFile(
            path, [text] { return text; }, this,
            [this](const QString &problem) {
                if (!problem.isEmpty())
                    m_count->setText(tr("Not saved: %1").arg(problem));
            });
    });
    dialog->open();
}

} // namespace weir::gui
