// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/channelspage.h"

#include "gui/actionrow.h"
#include "gui/channeldialog.h"
#include "gui/listtable.h"
#include "gui/theme.h"
#include "models/channelmodel.h"
#include "publish/publisher.h"
#include "publish/server.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::ChannelModel;
using publish::ChannelSet;
using publish::ChannelSettings;
using publish::Server;

ChannelsPage::ChannelsPage(publish::Publisher &publisher, QWidget *parent)
    : QWidget(parent)
    , m_publisher(publisher)
    , m_model(new ChannelModel(this))
    , m_view(new QTableView)
    , m_empty(new QLabel)
    , m_stack(new QStackedLayout)
{
    createView();
    createActions();
    arrange();
    connect(&publisher, &publish::Publisher::channelsChanged, this, &ChannelsPage::showChannels);
    showChannels({});
}

void ChannelsPage::createView()
{
    m_view->setObjectName(u"channelView"_s);
    m_view->setAccessibleName(tr("Channels"));
    m_view->setModel(m_model);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    setUpListTable(*m_view, tr("Select all channels"));
    setColumnCharacters(*m_view, {20, 8, 8, 8});
    m_view->horizontalHeader()->setSectionResizeMode(ChannelModel::Path, QHeaderView::Stretch);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ChannelsPage::updateActions);
}

void ChannelsPage::createActions()
{
    const auto action = [this](const QString &name, const QString &iconName, const QString &text, const QString &tip) {
        auto *result = new QAction(icon(iconName), text, this);
        result->setObjectName(name);
        result->setToolTip(tip);
        return result;
    };
    m_chooseAction = action(
        u"chooseChannelAction"_s, u"send"_s, tr("Send to &it"), tr("Messages that you compose go to this channel"));
    m_addAction = action(u"addChannelAction"_s, u"add"_s, tr("&Add…"), tr("Add a channel"));
    m_editAction =
        action(u"editChannelAction"_s, u"edit"_s, tr("&Edit…"), tr("IDs, history, heartbeat, framing, headers"));
    m_removeAction = action(u"removeChannelAction"_s, u"remove"_s, tr("&Remove"),
        tr("End its streams and answer 404 from then on: most clients give up"));
    m_endAction = action(u"endChannelAction"_s, u"stop"_s, tr("Remove and tell clients to s&tay away (204)"),
        tr("End its streams and answer 204 from then on: the standard's way to make clients give up"));
    connect(m_chooseAction, &QAction::triggered, this, [this] { Q_EMIT chosen(path()); });
    connect(m_addAction, &QAction::triggered, this, &ChannelsPage::add);
    connect(m_editAction, &QAction::triggered, this, &ChannelsPage::edit);
    connect(m_removeAction, &QAction::triggered, this, [this] { remove(false); });
    connect(m_endAction, &QAction::triggered, this, [this] { remove(true); });
    connect(m_view, &QTableView::activated, m_editAction, &QAction::trigger);
    m_view->addActions({m_chooseAction, m_editAction, m_removeAction, m_endAction, m_addAction});
}

void ChannelsPage::arrange()
{
    m_empty->setText(tr("There is no channel.\nOne is made for the path above when the publisher starts; others are "
                        "added here."));
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMargin(fontMetrics().height());
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *buttons = new ActionRow;
    buttons->setButtons({m_addAction, m_editAction, m_removeAction, m_chooseAction});
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(m_stack, 1);
    layout->addWidget(buttons, 0, Qt::AlignLeft);
}

void ChannelsPage::showChannels(const QList<publish::ChannelStatus> &channels)
{
    m_model->setChannels(channels);
    m_stack->setCurrentIndex(channels.isEmpty() ? 1 : 0);
    if (const int wanted = m_model->rowOf(m_wanted); wanted >= 0) {
        m_view->selectRow(wanted);
        m_wanted.clear();
    }
    updateActions();
}

int ChannelsPage::row() const
{
    const auto rows = m_view->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

QString ChannelsPage::path() const
{
    return row() < 0 ? QString() : m_model->channelAt(row()).settings.path;
}

void ChannelsPage::updateActions()
{
    const bool hasChannel = row() >= 0;
    for (auto *action : {m_chooseAction, m_editAction, m_removeAction, m_endAction})
        action->setEnabled(hasChannel);
}

void ChannelsPage::add()
{
    auto settings = m_defaults;
    settings.path = u"/"_s;
    open(settings, true);
}

void ChannelsPage::edit()
{
    if (row() >= 0)
        open(m_model->channelAt(row()).settings, false);
}

void ChannelsPage::open(const ChannelSettings &settings, bool isNew)
{
    QStringList taken;
    for (int i = 0; i < m_model->rowCount(); ++i)
        taken.append(m_model->channelAt(i).settings.path);
    auto *dialog = new ChannelDialog(settings, isNew, taken, this);
    connect(dialog, &ChannelDialog::confirmed, this, &ChannelsPage::take);
    dialog->open();
}

void ChannelsPage::take(const ChannelSettings &settings)
{
    m_own.insert(settings.path, settings);
    m_wanted = settings.path;
    m_publisher.onServer([settings](Server &server) { server.configureChannel(settings); });
}

void ChannelsPage::remove(bool answersNoContent)
{
    const auto removed = path();
    if (removed.isEmpty())
        return;
    m_own.remove(removed);
    const auto answer = answersNoContent ? ChannelSet::Answer::NoContent : ChannelSet::Answer::NotFound;
    m_publisher.onServer([removed, answer](Server &server) { server.removeChannel(removed, answer); });
}

QJsonArray ChannelsPage::toJson() const
{
    QJsonArray channels;
    for (const auto &settings : m_own)
        channels.append(publish::toJson(settings));
    return channels;
}

QString ChannelsPage::restore(const QJsonArray &channels)
{
    QString problem;
    for (const QJsonValueConstRef channel : channels) {
        QString error;
        if (const auto settings = publish::channelSettingsFromJson(channel.toObject(), error))
            take(*settings);
        else if (problem.isEmpty())
            problem = error;
    }
    m_wanted.clear();
    return problem;
}

} // namespace weir::gui
