// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/faultswitches.h"

#include "gui/faultswitch.h"

#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::FaultGroup;
using publish::FaultInfo;
using publish::FaultPlan;

namespace {

bool tellsOf(const FaultInfo &info, const QString &text)
{
    const QStringList places{info.shownTitle(), info.shownEffect(), info.shownAnswer(), QString::fromLatin1(info.name)};
    return std::any_of(places.begin(), places.end(),
        [&text](const QString &place) { return place.contains(text, Qt::CaseInsensitive); });
}

} // namespace

FaultSwitches::FaultSwitches(QWidget *parent)
    : QWidget(parent)
    , m_find(new QLineEdit)
    , m_presets(new QComboBox)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(createTools());
    for (const FaultInfo &info : publish::faultCatalogue()) {
        const QString title = publish::shownGroup(info.group);
        if (!m_groups.isEmpty() && m_groups.last().title == title)
            continue;
        m_groups.append(createGroup(info.group));
        layout->addWidget(m_groups.last().head);
        layout->addWidget(m_groups.last().body);
    }
    updateGroups();
}

QWidget *FaultSwitches::createTools()
{
    m_find->setObjectName(u"findFaultEdit"_s);
    m_find->setPlaceholderText(tr("Find a fault"));
    m_find->setAccessibleName(tr("Find a fault"));
    m_find->setToolTip(tr("Shows the faults that have this text in their name or in what is told of them"));
    m_find->setClearButtonEnabled(true);
    m_presets->setObjectName(u"faultPresetBox"_s);
    m_presets->setAccessibleName(tr("Preset"));
    m_presets->setToolTip(tr("Switches on what the preset has, and everything else off"));
    m_presets->addItem(tr("Preset…"));
    for (const auto &preset : publish::faultPresets())
        m_presets->addItem(preset.title);
    m_presets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_presets->setMinimumContentsLength(7);
    connect(m_find, &QLineEdit::textChanged, this, &FaultSwitches::updateGroups);
    connect(m_presets, &QComboBox::activated, this, &FaultSwitches::choosePreset);
    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins({});
    row->addWidget(m_find, 1);
    row->addWidget(m_presets, 1);
    return tools;
}

FaultSwitches::Group FaultSwitches::createGroup(FaultGroup group)
{
    Group made{publish::shownGroup(group), new QToolButton, new QWidget, {}};
    made.head->setObjectName(u"faultGroup%1"_s.arg(static_cast<int>(group)));
    made.head->setCheckable(true);
    made.head->setAutoRaise(true);
    made.head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    made.head->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QFont bold = made.head->font();
    bold.setBold(true);
    made.head->setFont(bold);
    auto *column = new QVBoxLayout(made.body);
    column->setContentsMargins(fontMetrics().height(), 0, 0, 4);
    column->setSpacing(2);
    for (const FaultInfo &info : publish::faultCatalogue()) {
        if (info.group != group)
            continue;
        made.switches.append(new FaultSwitch(info));
        column->addWidget(made.switches.last());
        connect(made.switches.last(), &FaultSwitch::changed, this, [this] {
            updateGroups();
            Q_EMIT changed();
        });
    }
    connect(made.head, &QToolButton::toggled, this, &FaultSwitches::updateGroups);
    return made;
}

void FaultSwitches::choosePreset(int index)
{
    if (index <= 0)
        return;
    setPlan(publish::faultPresets()[static_cast<std::size_t>(index) - 1].plan);
    Q_EMIT changed();
}

std::optional<FaultPlan> FaultSwitches::plan(QString *error) const
{
    FaultPlan plan;
    error->clear();
    for (const Group &group : m_groups) {
        for (const FaultSwitch *one : group.switches) {
            if (one->isOn())
                *error = plan.set(one->info().fault, one->parameters());
            if (!error->isEmpty())
                return std::nullopt;
        }
    }
    *error = plan.contradiction();
    return error->isEmpty() ? std::optional(plan) : std::nullopt;
}

void FaultSwitches::setPlan(const FaultPlan &plan)
{
    m_find->clear();
    for (const Group &group : std::as_const(m_groups)) {
        bool hasOn = false;
        for (FaultSwitch *one : group.switches) {
            const QVariantMap parameters = plan.parameters(one->info().fault);
            const bool isOn = plan.has(one->info().fault);
            one->set(isOn ? &parameters : nullptr);
            hasOn = hasOn || isOn;
        }
        if (hasOn)
            group.head->setChecked(true);
    }
    updateGroups();
}

QWidget *FaultSwitches::firstOn() const
{
    for (const Group &group : m_groups) {
        for (FaultSwitch *one : group.switches) {
            if (one->isOn())
                return one;
        }
    }
    return nullptr;
}

/// While something is looked for, only what fits is there, folded or not.
void FaultSwitches::updateGroups()
{
    const QString text = m_find->text().trimmed();
    for (const Group &group : std::as_const(m_groups)) {
        int on = 0;
        int shown = 0;
        for (FaultSwitch *one : group.switches) {
            const bool fits = text.isEmpty() || tellsOf(one->info(), text);
            one->setVisible(fits);
            shown += fits ? 1 : 0;
            on += one->isOn() ? 1 : 0;
        }
        const bool isOpen = text.isEmpty() ? group.head->isChecked() : shown > 0;
        group.head->setVisible(shown > 0);
        group.head->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
        group.head->setText(on > 0 ? tr("%1, on: %2").arg(group.title, locale().toString(on)) : group.title);
        group.body->setVisible(isOpen);
    }
}

} // namespace weir::gui
