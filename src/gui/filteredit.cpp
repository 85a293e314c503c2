// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filteredit.h"

#include "filter/syntax.h"
#include "gui/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QTextCharFormat>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using filter::TokenKind;

namespace {

QString iconOf(FilterEdit::Validity validity)
{
    switch (validity) {
    case FilterEdit::Validity::Good:
        return u"ok"_s;
    case FilterEdit::Validity::Wrong:
        return u"warning"_s;
    case FilterEdit::Validity::Empty:
    case FilterEdit::Validity::Off:
        break;
    }
    return u"filter"_s;
}

/// Few colours: names stand out, what only joins steps back, what was asked for stays as it is.
std::optional<Meaning> tokenMeaning(TokenKind kind)
{
    switch (kind) {
    case TokenKind::Field:
    case TokenKind::Path:
        return Meaning::Accent;
    case TokenKind::Comparison:
    case TokenKind::Operator:
    case TokenKind::Parenthesis:
        return Meaning::Secondary;
    case TokenKind::RegularExpression:
        return Meaning::Warning;
    case TokenKind::Invalid:
        return Meaning::Error;
    case TokenKind::Word:
    case TokenKind::Phrase:
    case TokenKind::Value:
    case TokenKind::Number:
        break;
    }
    return std::nullopt;
}

} // namespace

FilterEdit::FilterEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_icon(addAction(icon(u"filter"_s), LeadingPosition))
    , m_keep(addAction(icon(u"bookmark"_s), TrailingPosition))
    , m_history(addAction(icon(u"down"_s), TrailingPosition))
{
    m_keep->setObjectName(u"keepFilterAction"_s);
    m_keep->setToolTip(tr("Save this filter under a name, as a button"));
    m_history->setObjectName(u"filterHistoryAction"_s);
    m_history->setToolTip(tr("Earlier filters (Alt+Down)"));
    connect(this, &QLineEdit::textChanged, this, [this] {
        m_error.reset();
        colourParts();
    });
}

void FilterEdit::showValidity(Validity validity, const QString &explanation)
{
    m_validity = validity;
    if (validity != Validity::Wrong)
        m_error.reset();
    m_icon->setIcon(icon(iconOf(validity)));
    m_icon->setToolTip(explanation);
    setAccessibleDescription(explanation);
    colourParts();
}

void FilterEdit::underline(CharacterRange place)
{
    m_error = place;
    colourParts();
}

void FilterEdit::replace(qsizetype begin, qsizetype end, const QString &text)
{
    setSelection(static_cast<int>(begin), static_cast<int>(end - begin));
    if (begin == end)
        setCursorPosition(static_cast<int>(begin));
    insert(text);
}

void FilterEdit::replaceAll(const QString &text)
{
    if (text == this->text())
        return;
    selectAll();
    insert(text);
}

// QLineEdit has no other way to show formatted text: it takes formats of what an input method composes, at any place.
void FilterEdit::colourParts()
{
    if (m_isComposing)
        return;
    Attributes attributes;
    if (m_validity == Validity::Off) {
        QTextCharFormat grey;
        grey.setForeground(colour(Meaning::Secondary, palette()));
        attributes << format({0, text().size()}, grey);
    } else {
        addParts(attributes);
        addError(attributes);
    }
    QInputMethodEvent event({}, attributes);
    QLineEdit::inputMethodEvent(&event);
}

void FilterEdit::addParts(Attributes &attributes) const
{
    const QByteArray bytes = text().toUtf8();
    const auto position = [&bytes](std::size_t byte) {
        return QString::fromUtf8(bytes.left(static_cast<qsizetype>(byte))).size();
    };
    const std::string_view expression(bytes.data(), static_cast<std::size_t>(bytes.size()));
    for (const auto &token : filter::tokens(expression)) {
        const auto meaning = tokenMeaning(token.kind);
        if (!meaning)
            continue;
        QTextCharFormat part;
        part.setForeground(colour(*meaning, palette()));
        const auto begin = position(token.begin);
        attributes << format({begin, position(token.end) - begin}, part);
    }
}

void FilterEdit::addError(Attributes &attributes) const
{
    if (!m_error || text().isEmpty())
        return;
    // Behind the end there is nothing to underline: the last character stands for it.
    const auto begin = std::clamp<qsizetype>(m_error->begin, 0, text().size() - 1);
    QTextCharFormat wrong;
    wrong.setForeground(colour(Meaning::Error, palette()));
    wrong.setUnderlineColor(colour(Meaning::Error, palette()));
    wrong.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    attributes << format({begin, std::clamp<qsizetype>(m_error->length, 1, text().size() - begin)}, wrong);
}

QInputMethodEvent::Attribute FilterEdit::format(CharacterRange range, const QTextCharFormat &format) const
{
    const auto start = static_cast<int>(range.begin) - cursorPosition(); // where an input method would compose
    return {QInputMethodEvent::TextFormat, start, static_cast<int>(range.length), format};
}

void FilterEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_isComposing = !event->preeditString().isEmpty();
    QLineEdit::inputMethodEvent(event);
    if (m_isComposing)
        return;
    colourParts();
    if (!event->commitString().isEmpty())
        Q_EMIT typed();
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    const QString before = text();
    QLineEdit::keyPressEvent(event);
    if (text() != before)
        Q_EMIT typed();
}

void FilterEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourParts();
}

} // namespace weir::gui
