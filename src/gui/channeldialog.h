// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelsettings.h"

#include <QDialog>
#include <QStringList>

#include <memory>

namespace weir::gui {

namespace Ui {
class ChannelDialog;
}

/// Edits the settings of one channel, or of a new one. Opened over the window, never waited for. GUI thread only.
class ChannelDialog : public QDialog
{
    Q_OBJECT

public:
    /// `taken`: paths of other channels. A channel that exists keeps its path: its clients asked for that.
    ChannelDialog(const publish::ChannelSettings &settings, bool isNew, QStringList taken, QWidget *parent);
    ~ChannelDialog() override;

Q_SIGNALS:
    void confirmed(const weir::publish::ChannelSettings &settings);

private:
    void fill();
    void connectParts();
    publish::ChannelSettings collect() const;
    void check();
    QString pathProblem() const;
    void confirm();

    publish::ChannelSettings m_initial;
    bool m_isNew;
    QStringList m_taken;
    std::unique_ptr<Ui::ChannelDialog> m_ui;
};

/// Lines `Name: value`; a value's spaces around are dropped.
QString headerLines(const QList<std::pair<QByteArray, QByteArray>> &headers);
/// `problem`: empty, or one sentence with the number of the first line that is wrong.
QList<std::pair<QByteArray, QByteArray>> headersFromLines(const QString &text, QString &problem);

} // namespace weir::gui
