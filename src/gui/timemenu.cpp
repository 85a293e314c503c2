// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/timemenu.h"

#include "gui/eventview.h"
#include "models/eventformat.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

#include <array>

namespace weir::gui {

using models::TimeFormat;
using models::TimeMode;
using models::TimePrecision;
using namespace Qt::StringLiterals;

namespace {

struct TimeMenu
{
    Q_DECLARE_TR_FUNCTIONS(TimeMenu)
};

/// In the order of TimeMode.
constexpr std::array<const char *, models::timeModeCount> modeTexts{
    QT_TRANSLATE_NOOP("TimeMenu", "&Local time"),
    QT_TRANSLATE_NOOP("TimeMenu", "&UTC"),
    QT_TRANSLATE_NOOP("TimeMenu", "&Date and local time"),
    QT_TRANSLATE_NOOP("TimeMenu", "Seconds since the &start"),
    QT_TRANSLATE_NOOP("TimeMenu", "Seconds since &connecting"),
    QT_TRANSLATE_NOOP("TimeMenu", "Seconds since the row &above"),
    QT_TRANSLATE_NOOP("TimeMenu", "Seconds since the &reference"),
};

QAction *addChoice(QMenu &menu, QActionGroup *group, const QString &text, bool isChosen)
{
    auto *action = menu.addAction(text);
    action->setCheckable(true);
    action->setChecked(isChosen);
    group->addAction(action);
    return action;
}

void choosePrecision(EventView &view, TimePrecision precision)
{
    auto format = view.eventModel()->timeFormat();
    format.precision = precision;
    view.eventModel()->setTimeFormat(format);
}

void setMode(EventView &view, TimeMode mode)
{
    auto format = view.eventModel()->timeFormat();
    format.mode = mode;
    view.eventModel()->setTimeFormat(format);
}

void clearTimeReference(EventView &view)
{
    view.eventModel()->setTimeReference({});
    if (view.eventModel()->timeFormat().mode == TimeMode::SinceReference)
        setMode(view, TimeMode::Local);
    Q_EMIT view.noticed(TimeMenu::tr("Times are counted from no row any more"));
}

/// False, with a word, where there is no current row.
bool takeReference(EventView &view)
{
    const auto number = view.currentEvent();
    if (number.value == 0) {
        Q_EMIT view.noticed(TimeMenu::tr("Choose the row that times are to be counted from"));
        return false;
    }
    view.eventModel()->setTimeReference(number);
    Q_EMIT view.noticed(TimeMenu::tr("Times are counted from number %1").arg(models::formatCount(number.value)));
    return true;
}

} // namespace

void chooseTimeMode(EventView &view, TimeMode mode)
{
    const bool needsReference = mode == TimeMode::SinceReference && !view.eventModel()->timeReference();
    if (!needsReference || takeReference(view))
        setMode(view, mode);
}

void toggleTimeReference(EventView &view)
{
    const auto &reference = view.eventModel()->timeReference();
    if (reference && reference->number == view.currentEvent())
        return clearTimeReference(view);
    if (takeReference(view))
        setMode(view, TimeMode::SinceReference);
}

void addTimeActions(QMenu &menu, EventView &view)
{
    const auto format = view.eventModel()->timeFormat();
    auto *modes = new QActionGroup(&menu);
    for (int i = 0; i < models::timeModeCount; ++i) {
        const auto mode = TimeMode{static_cast<std::uint8_t>(i)};
        auto *action =
            addChoice(menu, modes, TimeMenu::tr(modeTexts[static_cast<std::size_t>(i)]), mode == format.mode);
        action->setObjectName(u"timeMode%1Action"_s.arg(i));
        QObject::connect(action, &QAction::triggered, &view, [&view, mode] { chooseTimeMode(view, mode); });
    }
    menu.addSeparator();
    auto *precisions = new QActionGroup(&menu);
    const auto addPrecision = [&](const QString &text, TimePrecision precision) {
        auto *action = addChoice(menu, precisions, text, precision == format.precision);
        QObject::connect(action, &QAction::triggered, &view, [&view, precision] { choosePrecision(view, precision); });
    };
    addPrecision(TimeMenu::tr("&Milliseconds"), TimePrecision::Milliseconds);
    addPrecision(TimeMenu::tr("M&icroseconds"), TimePrecision::Microseconds);
}

void addTimeReferenceActions(QMenu &menu, EventView &view)
{
    const auto &reference = view.eventModel()->timeReference();
    const bool isReference = reference && reference->number == view.currentEvent();
    if (!isReference) {
        auto *set = menu.addAction(TimeMenu::tr("Set as &time reference"));
        set->setObjectName(u"setTimeReferenceAction"_s);
        set->setShortcut(Qt::CTRL | Qt::Key_R);
        set->setEnabled(view.currentEvent().value != 0);
        QObject::connect(set, &QAction::triggered, &view, [&view] { toggleTimeReference(view); });
    }
    if (reference) {
        auto *clear = menu.addAction(TimeMenu::tr("Clear the &time reference"));
        clear->setObjectName(u"clearTimeReferenceAction"_s);
        QObject::connect(clear, &QAction::triggered, &view, [&view] { clearTimeReference(view); });
    }
}

} // namespace weir::gui
