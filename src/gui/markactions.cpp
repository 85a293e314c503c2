// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/markactions.h"

#include "gui/annotateevents.h"
#include "gui/eventpane.h"
#include "gui/eventview.h"
#include "gui/notedialog.h"
#include "gui/rowcolours.h"
#include "gui/theme.h"
#include "gui/viewarea.h"
#include "models/eventformat.h"

#include <QAction>
#include <QMenu>
#include <QUndoStack>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::AnnotatedEvent;
using models::Annotation;
using store::EventNumber;

MarkActions::MarkActions(models::Annotations &annotations, QUndoStack &undo, ViewArea &views, QWidget &window)
    : QObject(&window)
    , m_annotations(annotations)
    , m_undo(undo)
    , m_views(views)
    , m_window(window)
    , m_labels(std::make_unique<QMenu>(tr("La&bel"), &window))
{
    auto *mark = add(
        u"markAction"_s, tr("&Mark"), tr("Mark the selected events, or take their marks away"), Qt::CTRL | Qt::Key_B);
    mark->setIcon(icon(u"mark"_s));
    connect(mark, &QAction::triggered, this, &MarkActions::toggleMark);
    auto *note =
        add(u"noteAction"_s, tr("No&te…"), tr("Write a note on the current event"), Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    note->setIcon(icon(u"note"_s));
    connect(note, &QAction::triggered, this, &MarkActions::noteSelected);
    addLabels();
    m_rowActions = m_actions;
    addSteps();
}

MarkActions::~MarkActions() = default;

QAction *MarkActions::add(
    const QString &name, const QString &text, const QString &toolTip, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setToolTip(toolTip);
    action->setShortcut(shortcut);
    m_actions << action;
    return action;
}

void MarkActions::addLabels()
{
    m_labels->setObjectName(u"labelMenu"_s);
    m_labels->setIcon(icon(u"label"_s));
    for (int label = 1; label <= models::labelCount; ++label) {
        auto *action = m_labels->addAction(u"&%1 %2"_s.arg(label).arg(rowColourName(label)));
        action->setObjectName(u"label%1Action"_s.arg(label));
        action->setShortcut(Qt::ALT | Qt::Key(Qt::Key_0 + label));
        connect(action, &QAction::triggered, this, [this, label] { setLabel(label); });
    }
    m_labels->addSeparator();
    auto *none = m_labels->addAction(tr("No label"));
    none->setObjectName(u"label0Action"_s);
    none->setShortcut(Qt::ALT | Qt::Key_0);
    connect(none, &QAction::triggered, this, [this] { setLabel(0); });
    connect(m_labels.get(), &QMenu::aboutToShow, this, [this] {
        for (int label = 1; label <= models::labelCount; ++label)
            m_labels->actions()[label - 1]->setIcon(rowColourIcon(label, m_window.palette()));
    });
    m_actions << m_labels->menuAction();
}

void MarkActions::addSteps()
{
    auto *next = add(u"nextMarkAction"_s, tr("Next Mar&k"),
        tr("Go to the next event of this view with a mark, label or note"), Qt::Key_F4);
    connect(next, &QAction::triggered, this, [this] { goToMark(true); });
    auto *previous = add(u"previousMarkAction"_s, tr("Pre&vious Mark"),
        tr("Go to the previous event of this view with a mark, label or note"), Qt::SHIFT | Qt::Key_F4);
    connect(previous, &QAction::triggered, this, [this] { goToMark(false); });
    m_onlyMarked = add(u"onlyMarkedAction"_s, tr("Marke&d Only"),
        tr("Show only the events of this view that have a mark, label or note"), Qt::CTRL | Qt::SHIFT | Qt::Key_B);
    m_onlyMarked->setCheckable(true);
    connect(m_onlyMarked, &QAction::triggered, this,
        [this](bool isOnlyMarked) { m_views.current()->setOnlyMarked(isOnlyMarked); });
    connect(&m_views, &ViewArea::currentChanged, this, &MarkActions::showOnlyMarked);
    connect(&m_views, &ViewArea::currentUpdated, this, &MarkActions::showOnlyMarked);
}

void MarkActions::showOnlyMarked()
{
    m_onlyMarked->setChecked(m_views.current()->isOnlyMarked());
}

QList<AnnotatedEvent> MarkActions::selected() const
{
    auto *pane = m_views.current();
    const auto &snapshot = pane->eventModel()->snapshot();
    QList<AnnotatedEvent> events;
    for (const auto number : pane->view()->selectedNumbers(models::Annotations::mostEvents + 1)) {
        if (snapshot.contains(number))
            events << m_annotations.of(snapshot.at(number));
    }
    return events;
}

void MarkActions::change(const QList<AnnotatedEvent> &events, const QString &text, const Change &change)
{
    auto after = events;
    for (auto &event : after)
        change(event.annotation);
    auto *command = new AnnotateEvents(m_annotations, events, after, text);
    m_undo.push(command);
    if (command->leftOut() > 0)
        Q_EMIT remark(tr("No more than %1 events can have marks, labels or notes; the last ones selected have none.")
                          .arg(models::formatCount(models::Annotations::mostEvents)));
}

void MarkActions::toggleMark()
{
    const auto events = selected();
    if (events.isEmpty())
        return Q_EMIT remark(tr("Select the events to mark first."));
    const bool areMarked = std::ranges::all_of(events, [](const auto &event) { return event.annotation.isMarked; });
    change(events, areMarked ? tr("remove marks") : tr("mark events"),
        [areMarked](Annotation &annotation) { annotation.isMarked = !areMarked; });
}

void MarkActions::setLabel(int label)
{
    const auto events = selected();
    if (events.isEmpty())
        return Q_EMIT remark(tr("Select the events to label first."));
    change(events, label == 0 ? tr("remove labels") : tr("label events"),
        [label](Annotation &annotation) { annotation.label = label; });
}

void MarkActions::remove(const QList<EventNumber> &numbers)
{
    QList<AnnotatedEvent> events;
    for (const auto number : numbers) {
        if (const auto found = m_annotations.events().find(number); found != m_annotations.events().end())
            events << found->second;
    }
    if (!events.isEmpty())
        change(events, tr("remove marks"), [](Annotation &annotation) { annotation = {}; });
}

void MarkActions::noteSelected()
{
    const auto number = m_views.current()->view()->currentEvent();
    if (number.value == 0)
        return Q_EMIT remark(tr("Choose the event to note something on first."));
    editNote(number);
}

void MarkActions::editNote(EventNumber number)
{
    const auto &snapshot = m_views.current()->eventModel()->snapshot();
    const auto found = m_annotations.events().find(number);
    AnnotatedEvent event;
    if (found != m_annotations.events().end())
        event = found->second;
    else if (snapshot.contains(number))
        event = AnnotatedEvent(snapshot.at(number));
    else
        return;
    auto *dialog = new NoteDialog(event, &m_window);
    connect(dialog, &NoteDialog::noted, this, [this, event](const QString &note) {
        const auto current = m_annotations.events().find(event.number);
        const auto before = current == m_annotations.events().end() ? AnnotatedEvent(event) : current->second;
        auto bare = before;
        if (current == m_annotations.events().end())
            bare.annotation = {};
        if (bare.annotation.note != note)
            change({bare}, tr("note"), [note](Annotation &annotation) { annotation.note = note; });
    });
    dialog->open();
}

void MarkActions::goToMark(bool isForward)
{
    auto *pane = m_views.current();
    const auto *model = pane->eventModel();
    const auto &events = m_annotations.events();
    const auto isShown = [model](const auto &entry) { return model->rowOf(entry.first) >= 0; };
    const auto current = pane->view()->currentEvent();
    EventNumber target;
    if (isForward) {
        auto found = std::find_if(events.upper_bound(current), events.end(), isShown);
        if (found == events.end())
            found = std::find_if(events.begin(), events.end(), isShown);
        target = found == events.end() ? EventNumber{} : found->first;
    } else {
        const std::reverse_iterator from(current.value > 0 ? events.lower_bound(current) : events.end());
        auto found = std::find_if(from, events.rend(), isShown);
        if (found == events.rend())
            found = std::find_if(events.rbegin(), events.rend(), isShown);
        target = found == events.rend() ? EventNumber{} : found->first;
    }
    if (target.value > 0)
        pane->view()->goToEvent(target);
    else
        Q_EMIT remark(events.empty() ? tr("No event has a mark, label or note yet.")
                                     : tr("This view shows none of the marked events; the panel Marks lists them."));
}

} // namespace weir::gui
