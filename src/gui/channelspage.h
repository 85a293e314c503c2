// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelsettings.h"

#include <QJsonArray>
#include <QMap>
#include <QWidget>

class QAction;
class QLabel;
class QStackedLayout;
class QTableView;

namespace weir::models {
class ChannelModel;
}
namespace weir::publish {
class Publisher;
}

namespace weir::gui {

/// The publisher's channels: what they hold and how busy they are; add, edit and remove them, and choose one to send
/// to. GUI thread only.
class ChannelsPage : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `publisher` must outlive this.
    explicit ChannelsPage(publish::Publisher &publisher, QWidget *parent = nullptr);

    /// What was set for channels here, for the next session and for the server when it starts.
    QList<publish::ChannelSettings> settings() const { return m_own.values(); }
    QJsonArray toJson() const;
    /// Null if all was taken; else what is wrong with the first that was left out.
    QString restore(const QJsonArray &channels);

    /// What a channel without settings of its own begins with.
    void setDefaults(const publish::ChannelSettings &defaults) { m_defaults = defaults; }

Q_SIGNALS:
    void chosen(const QString &path); ///< the user wants to send to that channel

private:
    void createView();
    void createActions();
    void arrange();
    void showChannels(const QList<publish::ChannelStatus> &channels);
    void updateActions();
    int row() const;
    QString path() const;
    void add();
    void edit();
    void open(const publish::ChannelSettings &settings, bool isNew);
    void take(const publish::ChannelSettings &settings);
    void remove(bool answersNoContent);

    publish::Publisher &m_publisher;
    QMap<QString, publish::ChannelSettings> m_own;
    publish::ChannelSettings m_defaults;
    models::ChannelModel *m_model;
    QTableView *m_view;
    QLabel *m_empty;
    QStackedLayout *m_stack;
    QAction *m_chooseAction;
    QAction *m_addAction;
    QAction *m_editAction;
    QAction *m_removeAction;
    QAction *m_endAction;
    QString m_wanted; ///< shown as soon as the publisher knows it
};

} // namespace weir::gui
