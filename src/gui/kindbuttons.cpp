// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/kindbuttons.h"

#include "models/eventformat.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

struct KindWords
{
    const char *objectName;
    QString sign;
    QString word;
    QString toolTip;
};

KindWords wordsOf(store::Kind kind)
{
    switch (kind) {
    case store::Kind::Event:
        return {"eventKindButton", u"✉"_s, KindButtons::tr("Events"), KindButtons::tr("Events")};
    case store::Kind::Comment:
        return {"commentKindButton", u"::"_s, KindButtons::tr("Comments"),
            KindButtons::tr("Comments: lines that begin with a colon, mostly heartbeats")};
    case store::Kind::FieldsOnly:
        return {"fieldsKindButton", u"id"_s, KindButtons::tr("Fields"),
            KindButtons::tr("Fields only: blocks that set an ID or the reconnection time without an event")};
    case store::Kind::Diagnostic:
        return {"diagnosticKindButton", u"▲"_s, KindButtons::tr("Diagnostics"),
            KindButtons::tr("Diagnostics: what a browser would pass over in silence")};
    case store::Kind::Connection:
        break;
    }
    return {"connectionKindButton", u"●"_s, KindButtons::tr("Connections"),
        KindButtons::tr("Connections: changes of the connections' states")};
}

store::Kind kindAt(std::size_t index)
{
    return store::Kind{static_cast<std::uint8_t>(index)};
}

/// `950`, `12.3k`, `4.1M`: never wider than five characters.
QString shortCount(std::uint64_t count)
{
    const QLocale locale;
    if (count < 10'000)
        return models::formatCount(count);
    const bool isMillions = count >= 1'000'000;
    const double value = static_cast<double>(count) / (isMillions ? 1e6 : 1e3);
    return locale.toString(value, 'f', value < 100 ? 1 : 0) + (isMillions ? u'M' : u'k');
}

} // namespace

KindButtons::KindButtons(QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(1);
    for (std::size_t kind = 0; kind < m_buttons.size(); ++kind)
        addButton(kind);
    setKinds(models::defaultKinds());
}

void KindButtons::addButton(std::size_t kind)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QLatin1String(wordsOf(kindAt(kind)).objectName));
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, [this] { Q_EMIT kindsChanged(kinds()); });
    m_buttons[kind] = button;
    layout()->addWidget(button);
    updateText(kind);
}

void KindButtons::updateText(std::size_t kind)
{
    auto *button = m_buttons[kind];
    const auto words = wordsOf(kindAt(kind));
    const auto count = models::formatCount(m_counts[kind]);
    button->setText(m_isCompact ? words.sign + u' ' + shortCount(m_counts[kind]) : words.word + u' ' + count);
    button->setToolTip(tr("%1\n%2 received and still held; click to show or hide them").arg(words.toolTip, count));
    button->setAccessibleName(tr("%1, %2").arg(words.word, count));
    // Only ever wider, or the line would jitter with every digit.
    button->setMinimumWidth(std::max(button->minimumWidth(), button->sizeHint().width()));
}

models::KindSet KindButtons::kinds() const
{
    models::KindSet kinds;
    for (std::size_t kind = 0; kind < m_buttons.size(); ++kind)
        kinds.set(kind, m_buttons[kind]->isChecked());
    return kinds;
}

void KindButtons::setKinds(models::KindSet kinds)
{
    for (std::size_t kind = 0; kind < m_buttons.size(); ++kind)
        m_buttons[kind]->setChecked(kinds.test(kind));
}

void KindButtons::setCounts(const models::KindCounts &counts)
{
    const auto before = std::exchange(m_counts, counts);
    for (std::size_t kind = 0; kind < m_buttons.size(); ++kind)
        if (before[kind] != counts[kind])
            updateText(kind);
}

void KindButtons::setCompact(bool isCompact)
{
    if (std::exchange(m_isCompact, isCompact) == isCompact)
        return;
    for (std::size_t kind = 0; kind < m_buttons.size(); ++kind) {
        m_buttons[kind]->setMinimumWidth(0);
        updateText(kind);
    }
}

} // namespace weir::gui
