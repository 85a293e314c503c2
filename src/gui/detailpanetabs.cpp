// SPDX-License-Identifier: GPL-3.0-or-later
// What DetailPane does with the tab in front: keys, its actions, the value that is selected in it.
#include "gui/actionrow.h"
#include "gui/decodedvalue.h"
#include "gui/detailpane.h"
#include "gui/detailtext.h"
#include "gui/differenceview.h"
#include "gui/hexview.h"
#include "gui/jsontreeview.h"
#include "gui/theme.h"
#include "models/eventformat.h"
#include "ui_detailpane.h"

#include <QAction>
#include <QDataStream>
#include <QKeyEvent>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint32 tabsVersion = 1; // of saveState()

QByteArray bytesOf(std::string_view text)
{
    // One more than is decoded, so that it is seen to be too long.
    const auto size = std::min<std::size_t>(text.size(), models::mostDecodedBytes + 1);
    return {text.data(), static_cast<qsizetype>(size)};
}

} // namespace

DetailText *DetailPane::textInFront() const
{
    if (tab() == Tab::Pretty)
        return m_pretty;
    return tab() == Tab::Text ? m_text : nullptr;
}

void DetailPane::showTabActions()
{
    if (tab() == Tab::Tree)
        m_tabActions->setButtons(m_tree->tabActions());
    else if (tab() == Tab::Difference)
        m_tabActions->setButtons(m_difference->tabActions());
    else
        m_tabActions->setButtons(textInFront() ? textInFront()->tabActions() : QList<QAction *>());
}

void DetailPane::find()
{
    if (tab() == Tab::Tree)
        m_tree->openFind();
    else if (auto *text = textInFront())
        text->openFind();
}

void DetailPane::findNext()
{
    if (tab() == Tab::Tree)
        m_tree->findNext();
    else if (auto *text = textInFront())
        text->findNext();
}

void DetailPane::findPrevious()
{
    if (tab() == Tab::Tree)
        m_tree->findPrevious();
    else if (auto *text = textInFront())
        text->findPrevious();
}

bool DetailPane::event(QEvent *event)
{
    // In here these keys find in the event; without this the window's own shortcuts would take them.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Find) || key->key() == Qt::Key_F3) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void DetailPane::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find))
        find();
    else if (event->key() == Qt::Key_F3 && event->modifiers() == Qt::ShiftModifier)
        findPrevious();
    else if (event->key() == Qt::Key_F3)
        findNext();
    else
        QWidget::keyPressEvent(event);
}

QList<QAction *> DetailPane::switches() const
{
    QList<QAction *> switches;
    for (auto *action : m_pretty->tabActions() + m_text->tabActions() + m_difference->tabActions()) {
        if (action->isCheckable())
            switches.append(action);
    }
    return switches;
}

QByteArray DetailPane::saveState() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    QList<bool> isOn;
    for (const auto *action : switches())
        isOn.append(action->isChecked());
    stream << tabsVersion << qint32(m_ui->tabs->currentIndex()) << m_ui->decodeButton->isChecked() << isOn;
    return state;
}

bool DetailPane::restoreState(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    qint32 version = 0;
    qint32 tab = -1;
    bool decodes = false;
    QList<bool> isOn;
    stream >> version >> tab >> decodes >> isOn;
    const auto actions = switches();
    if (stream.status() != QDataStream::Ok || version != tabsVersion || isOn.size() != actions.size() || tab < 0 ||
        tab >= m_ui->tabs->count())
        return false;
    for (qsizetype i = 0; i < actions.size(); ++i)
        actions[i]->setChecked(isOn[i]);
    m_ui->decodeButton->setChecked(decodes);
    m_ui->tabs->setCurrentIndex(tab);
    return true;
}

void DetailPane::createDecoded()
{
    m_decoded->setObjectName(u"decodedValue"_s);
    m_ui->contentSplitter->addWidget(m_decoded);
    m_ui->contentSplitter->setStretchFactor(0, 3);
    m_ui->contentSplitter->setStretchFactor(1, 2);
    m_ui->contentSplitter->setChildrenCollapsible(false);
    m_ui->decodeButton->setIcon(icon(u"decode"_s));
    m_decoded->hide();
}

void DetailPane::connectDecoded()
{
    connect(m_ui->decodeButton, &QToolButton::toggled, this, [this](bool isShown) {
        m_decoded->setVisible(isShown);
        decodeSelected();
    });
    connect(m_decoded, &DecodedValue::closeRequested, this, [this] { m_ui->decodeButton->setChecked(false); });
    connect(m_tree, &JsonTreeView::decodingRequested, this, [this] { m_ui->decodeButton->setChecked(true); });
    connect(m_tree, &JsonTreeView::currentValueChanged, this, &DetailPane::decodeSelected);
    connect(m_pretty, &DetailText::selectionChanged, this, &DetailPane::decodeSelected);
    connect(m_text, &DetailText::selectionChanged, this, &DetailPane::decodeSelected);
    connect(m_hex, &HexView::selectionChanged, this, &DetailPane::decodeSelected);
    connect(m_ui->fieldsTree, &QTreeWidget::currentItemChanged, this, &DetailPane::decodeSelected);
}

QByteArray DetailPane::selectedValue() const
{
    QByteArray value;
    if (tab() == Tab::Tree)
        value = m_tree->currentValue();
    else if (const auto *text = textInFront())
        value = text->selectedText().toUtf8();
    else if (tab() == Tab::Hex)
        value = bytesOf(m_hex->selectedBytes());
    else if (const auto *item = m_ui->fieldsTree->currentItem(); item && tab() == Tab::Fields)
        value = item->text(1).toUtf8();
    if (!value.isEmpty() || !m_event)
        return value;
    return bytesOf(models::dataText(m_event->view()));
}

void DetailPane::decodeSelected()
{
    if (m_ui->decodeButton->isChecked())
        m_decoded->setValue(selectedValue());
}

} // namespace weir::gui
