// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"
#include "publish/target.h"

#include <QComboBox>

#include <utility>

namespace weir::gui {

/// Chooses whom something plays to: all clients of the panel's channel, or one of them. GUI thread only.
class TargetBox : public QComboBox
{
    Q_OBJECT

public:
    explicit TargetBox(QWidget *parent = nullptr);

    void setChannel(const QString &path);
    void setClients(const QList<publish::ClientStatus> &clients); ///< of all channels
    publish::Target target() const;

Q_SIGNALS:
    void targetChanged();

private:
    void fill();
    void tellChange();

    QString m_channel;
    QList<publish::ClientStatus> m_clients;
    std::pair<QString, QVariant> m_told; ///< channel and client that the last targetChanged() was about
};

} // namespace weir::gui
