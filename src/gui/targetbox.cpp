// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/targetbox.h"

#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace weir::gui {

using namespace Qt::StringLiterals;

TargetBox::TargetBox(QWidget *parent)
    : QComboBox(parent)
{
    setObjectName(u"targetBox"_s);
    setAccessibleName(tr("Plays to"));
    setToolTip(tr("Plays to all clients of the channel, or to one of them"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    connect(this, &QComboBox::currentIndexChanged, this, &TargetBox::tellChange);
    fill();
}

void TargetBox::setChannel(const QString &path)
{
    m_channel = path;
    fill();
}

void TargetBox::setClients(const QList<publish::ClientStatus> &clients)
{
    m_clients = clients;
    fill();
}

/// Keeps the choice while that client is there.
void TargetBox::fill()
{
    QList<std::pair<QString, QVariant>> wanted{{tr("To all clients of %1").arg(m_channel), QVariant()}};
    for (const auto &client : std::as_const(m_clients)) {
        if (client.path == m_channel)
            wanted.append({tr("To client %1").arg(client.address), QVariant::fromValue(quint64{client.id})});
    }
    bool isSame = wanted.size() == count();
    for (int i = 0; isSame && i < wanted.size(); ++i)
        isSame = itemText(i) == wanted[i].first && itemData(i) == wanted[i].second;
    if (isSame)
        return;
    const QVariant chosen = currentData();
    {
        const QSignalBlocker blocker(this);
        clear();
        for (const auto &[text, id] : std::as_const(wanted))
            addItem(text, id);
        setCurrentIndex(std::max(chosen.isValid() ? findData(chosen) : 0, 0));
    }
    tellChange();
}

/// Clients come and go without the target being another one.
void TargetBox::tellChange()
{
    const std::pair<QString, QVariant> target{m_channel, currentData()};
    if (std::exchange(m_told, target) != target)
        Q_EMIT targetChanged();
}

publish::Target TargetBox::target() const
{
    publish::Target target;
    target.destination.path = m_channel;
    if (currentData().isValid())
        target.client = currentData().toULongLong();
    return target;
}

} // namespace weir::gui
