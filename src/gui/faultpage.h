// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clientcontrol.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;

namespace weir::gui {

class FaultSwitches;
class InlineNote;

/// Puts a plan of faults together and arms it, for the next connections of a channel or for clients that are connected;
/// shows what is armed and takes it back. GUI thread only.
class FaultPage : public QWidget
{
    Q_OBJECT

public:
    /// Keeps a reference: `control` must outlive this.
    explicit FaultPage(publish::ClientControl &control, QWidget *parent = nullptr);

    /// The channel that may be chosen beside “every channel”.
    void setPath(const QString &path);
    /// How many connected clients suffer from faults now.
    void setFaultyClients(int count);
    /// Who is selected in the table of clients.
    void setSelectedClients(const QList<std::uint64_t> &clients);
    /// Null, and `error` says why, if the switches contradict one another.
    std::optional<publish::FaultPlan> plan(QString *error) const;
    void setPlan(const publish::FaultPlan &plan);

Q_SIGNALS:
    void armedChanged(int plans, int connections);

private:
    QWidget *createScrolled();
    QWidget *createArmedPart();
    QWidget *createTargetPart();
    void arm();
    void applyToSelected();
    void disarmCurrent();
    void showArmed(const QList<publish::ArmedFault> &armed);
    void updateArmedPart();
    void updateParts();

    publish::ClientControl &m_control;
    FaultSwitches *m_switches;
    QScrollArea *m_area;
    QListWidget *m_list;
    QWidget *m_armedPart;
    QLabel *m_faulty;
    QSpinBox *m_count;
    QComboBox *m_channel;
    QPushButton *m_armButton;
    QPushButton *m_applyButton;
    InlineNote *m_note;
    int m_faultyClients = 0;
    QList<std::uint64_t> m_selected;
    QString m_refusal;
};

} // namespace weir::gui
