// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/inlinenote.h"

#include <QAccessible>
#include <QEvent>
#include <QGuiApplication>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

QString shapeOf(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Good:
        return u"✓ "_s;
    case Meaning::Warning:
        return u"▲ "_s;
    case Meaning::Error:
        return u"✕ "_s;
    case Meaning::Secondary:
    case Meaning::Accent:
        break;
    }
    return {};
}

} // namespace

InlineNote::InlineNote(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void InlineNote::say(Meaning meaning, const QString &text)
{
    const auto shown = text.isEmpty() ? QString() : shapeOf(meaning) + text;
    if (shown == QLabel::text() && meaning == m_meaning)
        return;
    m_meaning = meaning;
    setText(shown);
    setAccessibleName(text);
    recolour();
    setVisible(!text.isEmpty());
    if (text.isEmpty() || (meaning != Meaning::Error && meaning != Meaning::Warning))
        return;
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void InlineNote::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        recolour();
}

void InlineNote::recolour()
{
    const auto wanted = colour(m_meaning, QGuiApplication::palette());
    auto own = palette();
    if (own.color(QPalette::WindowText) == wanted)
        return; // setPalette() comes back here as a change of the palette
    own.setColor(QPalette::WindowText, wanted);
    setPalette(own);
}

} // namespace weir::gui
