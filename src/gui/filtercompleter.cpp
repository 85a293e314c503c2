// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filtercompleter.h"

#include "gui/filteredit.h"
#include "gui/filtermemory.h"
#include "gui/suggestionpopup.h"

#include <QAction>
#include <QKeyEvent>

namespace weir::gui {

namespace {

bool movesAway(const QEvent &event)
{
    return event.type() == QEvent::FocusOut || event.type() == QEvent::Hide ||
           event.type() == QEvent::WindowDeactivate || event.type() == QEvent::MouseButtonPress;
}

/// A key that changes the text, or only holds others.
bool mayType(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
        return true;
    default:
        return !event.text().isEmpty() && event.text().front().isPrint();
    }
}

} // namespace

FilterCompleter::FilterCompleter(FilterEdit &edit, FilterMemory &memory)
    : QObject(&edit)
    , m_edit(edit)
    , m_memory(memory)
    , m_popup(new SuggestionPopup(&edit))
{
    edit.installEventFilter(this);
    connect(&edit, &FilterEdit::typed, this, [this] { suggest(Offer::Unasked); });
    connect(edit.historyAction(), &QAction::triggered, this, [this] {
        m_edit.setFocus(Qt::OtherFocusReason);
        m_offer == Offer::History ? close() : showHistory();
    });
    connect(m_popup, &SuggestionPopup::picked, this, &FilterCompleter::pick);
    connect(&memory.seenValues(), &models::SeenValues::changed, this, &FilterCompleter::refresh);
}

void FilterCompleter::suggest(Offer offer)
{
    m_offer = offer;
    m_memory.seenValues().update();
    refresh();
}

void FilterCompleter::refresh()
{
    if (m_offer != Offer::Unasked && m_offer != Offer::Asked)
        return;
    m_suggestions = models::filterSuggestions(
        m_edit.text(), m_edit.cursorPosition(), m_memory.seenValues().seen(), m_sources, m_memory.now());
    std::vector<SuggestionPopup::Row> rows;
    if (m_offer == Offer::Asked || m_suggestions.isObvious) {
        for (const auto &suggestion : m_suggestions.list)
            rows.push_back({suggestion.text, suggestion.remark});
    }
    m_popup->offer(rows);
}

void FilterCompleter::showHistory()
{
    m_offer = Offer::History;
    std::vector<SuggestionPopup::Row> rows;
    for (const auto &expression : m_memory.history().expressions())
        rows.push_back({expression, {}});
    if (rows.empty())
        rows.push_back({tr("No earlier filters yet"), tr("Those in force for a while come here"), true});
    else
        rows.push_back({tr("Clear the history"), tr("It is kept in the settings file as it was typed"), true});
    m_popup->offer(rows);
}

void FilterCompleter::close()
{
    m_offer = Offer::None;
    m_popup->offer({});
}

void FilterCompleter::pick(int row)
{
    const auto offer = m_offer;
    const auto suggestions = m_suggestions.list;
    const auto index = static_cast<std::size_t>(row);
    close();
    if (offer != Offer::History) {
        if (index < suggestions.size())
            complete(suggestions[index]);
        return;
    }
    const auto expressions = m_memory.history().expressions();
    if (row < expressions.size())
        return Q_EMIT expressionChosen(expressions[row]);
    m_memory.history().clear();
    Q_EMIT historyCleared();
}

void FilterCompleter::complete(const models::FilterSuggestion &suggestion)
{
    QString insertion = suggestion.insertion;
    const QString text = m_edit.text();
    const bool hasBlank =
        insertion.endsWith(u' ') && m_suggestions.end < text.size() && text[m_suggestions.end] == u' ';
    if (hasBlank)
        insertion.chop(1);
    m_edit.replace(m_suggestions.begin, m_suggestions.end, insertion);
    if (hasBlank)
        m_edit.cursorForward(false);
    suggest(Offer::Unasked); // a field wants its value next
}

bool FilterCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_popup->isVisible() &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        event->accept();
    else if (event->type() == QEvent::KeyPress)
        return takesKey(*static_cast<QKeyEvent *>(event));
    else if (m_offer != Offer::None && movesAway(*event))
        close();
    return QObject::eventFilter(watched, event);
}

bool FilterCompleter::takesKey(const QKeyEvent &event)
{
    if (event.key() == Qt::Key_Space && event.modifiers() == Qt::ControlModifier) {
        suggest(Offer::Asked);
        return true;
    }
    if (m_popup->isVisible() && takesKeyWhileOpen(event))
        return true;
    const bool isDown = event.key() == Qt::Key_Down && !event.modifiers().testFlag(Qt::ShiftModifier);
    if (isDown && !m_popup->isVisible()) {
        showHistory();
        return true;
    }
    if (!mayType(event))
        close();
    return false;
}

bool FilterCompleter::takesKeyWhileOpen(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Down:
        m_popup->move(1);
        return true;
    case Qt::Key_Up:
        m_popup->move(-1);
        return true;
    case Qt::Key_PageDown:
        m_popup->move(m_popup->rowsOnScreen());
        return true;
    case Qt::Key_PageUp:
        m_popup->move(-m_popup->rowsOnScreen());
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
        if (m_offer == Offer::History && m_popup->chosen() < 0)
            return false;
        pick(std::max(m_popup->chosen(), 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_popup->chosen() < 0)
            return false;
        pick(m_popup->chosen());
        return true;
    default:
        return false;
    }
}

} // namespace weir::gui
