// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/faultpage.h"

#include "gui/faultswitches.h"
#include "gui/inlinenote.h"
#include "gui/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::ArmedFault;
using publish::FaultPlan;

namespace {

constexpr int mostArmedLines = 6;
constexpr int faultCharacters = 90; // of a line: wider would be harder to read

} // namespace

FaultPage::FaultPage(publish::ClientControl &control, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_switches(new FaultSwitches)
    , m_area(new QScrollArea)
    , m_list(new QListWidget)
    , m_armedPart(nullptr)
    , m_faulty(new QLabel)
    , m_count(new QSpinBox)
    , m_channel(new QComboBox)
    , m_armButton(new QPushButton(icon(u"fault"_s), tr("&Arm")))
    , m_applyButton(new QPushButton)
    , m_note(new InlineNote)
{
    auto *layout = new QVBoxLayout(this);
    m_armedPart = createArmedPart();
    layout->addWidget(createScrolled(), 1);
    layout->addWidget(m_note);
    layout->addWidget(createTargetPart());
    connect(m_switches, &FaultSwitches::changed, this, [this] {
        m_refusal.clear();
        updateParts();
    });
    connect(&m_control, &publish::ClientControl::armedChanged, this, &FaultPage::showArmed);
    connect(&m_control, &publish::ClientControl::refused, this, [this](const QString &reason) {
        m_refusal = reason;
        updateParts();
    });
    showArmed({});
}

QWidget *FaultPage::createArmedPart()
{
    auto *part = new QWidget;
    auto *title = new QLabel(tr("Armed now"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    auto *disarm = new QToolButton;
    disarm->setIcon(icon(u"remove"_s));
    disarm->setAutoRaise(true);
    disarm->setToolTip(tr("Disarm the selected one"));
    disarm->setAccessibleName(tr("Disarm"));
    auto *clear = new QPushButton(icon(u"clear"_s), tr("&Clear all"));
    clear->setObjectName(u"clearFaultsButton"_s);
    clear->setToolTip(tr("Disarm everything and end the faults of every connected client"));
    m_list->setObjectName(u"armedList"_s);
    m_list->setAccessibleName(tr("Armed faults"));
    m_list->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addWidget(title, 1);
    row->addWidget(disarm);
    row->addWidget(clear);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_list);
    layout->addWidget(m_faulty);
    m_faulty->setTextFormat(Qt::PlainText);
    connect(disarm, &QToolButton::clicked, this, &FaultPage::disarmCurrent);
    connect(clear, &QPushButton::clicked, &m_control, &publish::ClientControl::clearFaults);
    return part;
}

/// In a low dock only what arms stays in place; what is armed is told above every page.
QWidget *FaultPage::createScrolled()
{
    auto *content = new QWidget;
    content->setMaximumWidth(faultCharacters * fontMetrics().averageCharWidth());
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(m_armedPart);
    layout->addWidget(m_switches);
    layout->addStretch(1);
    m_area->setWidget(content);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setMinimumHeight(fontMetrics().height() * 4);
    return m_area;
}

QWidget *FaultPage::createTargetPart()
{
    auto *part = new QWidget;
    part->setMaximumWidth(faultCharacters * fontMetrics().averageCharWidth());
    m_count->setObjectName(u"faultCount"_s);
    m_count->setRange(1, 1'000'000);
    m_count->setPrefix(tr("next "));
    m_count->setToolTip(tr("How many connections get it; a client that reconnects counts again"));
    m_count->setAccessibleName(tr("Connections"));
    m_channel->setObjectName(u"faultChannel"_s);
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->addItems({QString(), tr("every channel")});
    m_channel->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_armButton->setObjectName(u"armButton"_s);
    m_armButton->setToolTip(tr("The next connections get these faults"));
    m_applyButton->setObjectName(u"applyFaultsButton"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_count);
    row->addWidget(m_channel, 1);
    row->addWidget(m_armButton);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_applyButton);
    connect(m_armButton, &QPushButton::clicked, this, &FaultPage::arm);
    connect(m_applyButton, &QPushButton::clicked, this, &FaultPage::applyToSelected);
    return part;
}

std::optional<FaultPlan> FaultPage::plan(QString *error) const
{
    return m_switches->plan(error);
}

void FaultPage::setPlan(const FaultPlan &plan)
{
    m_switches->setPlan(plan);
    m_refusal.clear();
    updateParts();
    if (QWidget *first = m_switches->firstOn())
        m_area->ensureWidgetVisible(first);
}

void FaultPage::arm()
{
    QString error;
    if (const auto wanted = plan(&error))
        m_control.arm(m_channel->currentIndex() == 0 ? m_channel->currentText() : QString(), m_count->value(), *wanted);
}

void FaultPage::applyToSelected()
{
    QString error;
    const auto wanted = plan(&error);
    for (const std::uint64_t client : std::as_const(m_selected)) {
        if (wanted)
            m_control.setFaults(client, *wanted);
    }
}

void FaultPage::disarmCurrent()
{
    if (const QListWidgetItem *item = m_list->currentItem())
        m_control.disarm(item->data(Qt::UserRole).toInt());
}

void FaultPage::showArmed(const QList<ArmedFault> &armed)
{
    int connections = 0;
    const int current = m_list->currentRow();
    m_list->clear();
    for (const ArmedFault &one : armed) {
        const QString target = one.path.isEmpty() ? tr("every channel") : one.path;
        auto *item = new QListWidgetItem(
            tr("%1, connections left: %2\n%3").arg(target, locale().toString(one.remaining), one.plan.summary()),
            m_list);
        item->setData(Qt::UserRole, one.number);
        connections += one.remaining;
    }
    m_list->setCurrentRow(std::min(std::max(current, 0), m_list->count() - 1));
    updateArmedPart();
    Q_EMIT armedChanged(static_cast<int>(armed.size()), connections);
    updateParts();
}

void FaultPage::setFaultyClients(int count)
{
    m_faultyClients = count;
    updateArmedPart();
}

void FaultPage::updateArmedPart()
{
    m_list->setVisible(m_list->count() > 0);
    int height = 2 * m_list->frameWidth();
    for (int row = 0; row < m_list->count(); ++row)
        height += m_list->sizeHintForRow(row);
    m_list->setFixedHeight(std::min(height, fontMetrics().height() * mostArmedLines));
    m_faulty->setVisible(m_faultyClients > 0);
    m_faulty->setText(tr("Connected clients with faults: %1").arg(locale().toString(m_faultyClients)));
    m_armedPart->setVisible(m_list->count() > 0 || m_faultyClients > 0);
}

void FaultPage::setPath(const QString &path)
{
    m_channel->setItemText(0, path);
}

void FaultPage::setSelectedClients(const QList<std::uint64_t> &clients)
{
    m_selected = clients;
    updateParts();
}

void FaultPage::updateParts()
{
    QString error;
    const auto wanted = plan(&error);
    const bool isReady = wanted && !wanted->isEmpty();
    m_armButton->setEnabled(isReady);
    const QString obstacle = wanted ? wanted->liveObstacle() : QString();
    m_applyButton->setVisible(!m_selected.isEmpty());
    m_applyButton->setText(tr("Apply to &selected clients: %1").arg(m_selected.size()));
    m_applyButton->setEnabled(isReady && obstacle.isEmpty() && !m_selected.isEmpty());
    m_applyButton->setToolTip(obstacle.isEmpty() ? tr("From now on, in the middle of their streams") : obstacle);
    if (!error.isEmpty())
        m_note->say(Meaning::Error, error);
    else if (!m_refusal.isEmpty())
        m_note->say(Meaning::Error, m_refusal);
    else if (!m_selected.isEmpty() && !obstacle.isEmpty())
        m_note->say(Meaning::Secondary, obstacle);
    else
        m_note->hush();
}

} // namespace weir::gui
