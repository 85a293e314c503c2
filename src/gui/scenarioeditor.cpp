// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenarioeditor.h"

#include "gui/inlinenote.h"
#include "gui/stepdelegate.h"
#include "gui/stepform.h"
#include "gui/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::MoveStep;
using models::stepAt;
using models::StepPath;
using publish::Scenario;
using publish::Step;

namespace {

constexpr int typingPauseMs = 300;

QAction *action(const QString &iconName, const QString &text, const QKeySequence &keys, QWidget *owner)
{
    auto *made = new QAction(icon(iconName), text, owner);
    made->setShortcut(keys);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    made->setToolTip(keys.isEmpty() ? made->iconText()
                                    : u"%1 (%2)"_s.arg(made->iconText(), keys.toString(QKeySequence::NativeText)));
    owner->addAction(made);
    return made;
}

} // namespace

ScenarioEditor::ScenarioEditor(const QByteArray &json, QWidget *parent)
    : QDialog(parent)
    , m_document(json)
{
    setWindowFlag(Qt::WindowMinMaxButtonsHint);
    m_note = new InlineNote;
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(createHead());
    m_tabs = new QTabWidget;
    m_tabs->addTab(createSteps(), tr("&Steps"));
    m_tabs->addTab(createText(), tr("&JSON"));
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_note);
    layout->addWidget(createButtons());
    m_textTimer.setSingleShot(true);
    m_textTimer.setInterval(typingPauseMs);
    connect(&m_textTimer, &QTimer::timeout, this, &ScenarioEditor::applyText);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ScenarioEditor::applyText);
    connect(&m_document, &ScenarioDocument::changed, this, &ScenarioEditor::showDocument);
    connect(&m_document, &ScenarioDocument::changed, this, [this] { Q_EMIT changed(m_document.text()); });
    showDocument();
    select({0});
    if (!m_document.isReadable())
        m_tabs->setCurrentIndex(1);
    resize(860, 560);
}

QWidget *ScenarioEditor::createHead()
{
    auto *head = new QWidget;
    auto *form = new QFormLayout(head);
    form->setContentsMargins({});
    m_name = new QLineEdit;
    m_name->setObjectName(u"nameEdit"_s);
    m_description = new QLineEdit;
    m_description->setObjectName(u"descriptionEdit"_s);
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("&Description:"), m_description);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &name) {
        Scenario scenario = m_document.scenario();
        scenario.name = name;
        m_document.change(scenario, tr("edit of the name"), u"name"_s);
    });
    connect(m_description, &QLineEdit::textEdited, this, [this](const QString &description) {
        Scenario scenario = m_document.scenario();
        scenario.description = description;
        m_document.change(scenario, tr("edit of the description"), u"description"_s);
    });
    return head;
}

QWidget *ScenarioEditor::createSteps()
{
    auto *splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    m_tree = new QTreeView;
    m_tree->setObjectName(u"stepTree"_s);
    m_tree->setAccessibleName(tr("Steps"));
    m_tree->setModel(&m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_tree->setItemDelegateForColumn(0, new StepDelegate(m_tree));
    createActions();
    auto *bar = new QToolBar;
    bar->setIconSize({16, 16});
    bar->addActions({m_addAction, m_duplicateAction, m_removeAction, m_upAction, m_downAction});
    static_cast<QToolButton *>(bar->widgetForAction(m_addAction))->setPopupMode(QToolButton::InstantPopup);
    static_cast<QToolButton *>(bar->widgetForAction(m_addAction))->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    column->addWidget(bar);
    column->addWidget(m_tree, 1);
    m_form = new StepForm;
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_form);
    splitter->addWidget(left);
    splitter->addWidget(scroll);
    splitter->setSizes({430, 430});
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &ScenarioEditor::showStep);
    connect(m_form, &StepForm::edited, this, &ScenarioEditor::editStep);
    return splitter;
}

void ScenarioEditor::createActions()
{
    m_addAction = action(u"add"_s, tr("&Add"), QKeySequence(Qt::Key_Insert), this);
    m_addAction->setMenu(createKindMenu());
    connect(m_addAction, &QAction::triggered, this, [this] { m_addAction->menu()->popup(QCursor::pos()); });
    m_duplicateAction = action(u"duplicate"_s, tr("D&uplicate"), QKeySequence(u"Ctrl+D"_s), m_tree);
    m_removeAction = action(u"remove"_s, tr("&Remove"), QKeySequence(QKeySequence::Delete), m_tree);
    m_upAction = action(u"up"_s, tr("Move up"), QKeySequence(u"Ctrl+Up"_s), m_tree);
    m_downAction = action(u"down"_s, tr("Move down"), QKeySequence(u"Ctrl+Down"_s), m_tree);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_duplicateAction, &QAction::triggered, this, &ScenarioEditor::duplicateStep);
    connect(m_removeAction, &QAction::triggered, this, &ScenarioEditor::removeStep);
    connect(m_upAction, &QAction::triggered, this, [this] { moveStep(MoveStep::Up); });
    connect(m_downAction, &QAction::triggered, this, [this] { moveStep(MoveStep::Down); });
}

QMenu *ScenarioEditor::createKindMenu()
{
    auto *menu = new QMenu(this);
    for (const publish::StepForm &form : publish::stepForms()) {
        connect(menu->addAction(label(form)), &QAction::triggered, this, [this, kind = form.kind] { addStep(kind); });
    }
    return menu;
}

QWidget *ScenarioEditor::createText()
{
    m_text = new QPlainTextEdit;
    m_text->setObjectName(u"jsonEdit"_s);
    m_text->setAccessibleName(tr("The scenario as JSON"));
    m_text->setFont(fixedFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    connect(m_text, &QPlainTextEdit::textChanged, &m_textTimer, qOverload<>(&QTimer::start));
    return m_text;
}

QWidget *ScenarioEditor::createButtons()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    for (QAction *one : {m_document.undoStack()->createUndoAction(this, tr("&Undo")),
             m_document.undoStack()->createRedoAction(this, tr("R&edo"))}) {
        const bool isUndo = layout->count() == 0;
        one->setIcon(icon(isUndo ? u"undo"_s : u"redo"_s));
        one->setShortcut(isUndo ? QKeySequence::Undo : QKeySequence::Redo);
        addAction(one);
        auto *button = new QToolButton;
        button->setDefaultAction(one);
        button->setAutoRaise(true);
        layout->addWidget(button);
    }
    auto *saved = new QLabel(tr("Changes are saved as you make them."));
    saved->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(saved, 1);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(box, &QDialogButtonBox::rejected, this, [this] {
        applyText();
        close();
    });
    layout->addWidget(box);
    return row;
}

void ScenarioEditor::setCurrentStep(const StepPath &path)
{
    m_model.setCurrentStep(path);
}

void ScenarioEditor::showDocument()
{
    const Scenario &scenario = m_document.scenario();
    setWindowTitle(tr("Scenario %1").arg(scenario.name));
    if (m_name->text() != scenario.name)
        m_name->setText(scenario.name);
    if (m_description->text() != scenario.description)
        m_description->setText(scenario.description);
    const StepPath selected = selectedPath();
    m_model.setScenario(scenario);
    m_tree->expandAll();
    select(selected);
    if (m_text->toPlainText().toUtf8() != m_document.text()) {
        const QSignalBlocker blocker(m_text);
        m_text->setPlainText(QString::fromUtf8(m_document.text()));
        m_textTimer.stop();
    }
    showStep();
    showProblem();
}

void ScenarioEditor::showProblem()
{
    const bool isReadable = m_document.isReadable();
    m_tabs->widget(0)->setEnabled(isReadable);
    m_name->setEnabled(isReadable);
    m_description->setEnabled(isReadable);
    m_note->say(Meaning::Error, m_document.hasProblem() ? m_document.problem().sentence() : QString());
}

void ScenarioEditor::showStep()
{
    const Step *step = stepAt(m_document.scenario(), selectedPath());
    if (step)
        m_form->setStep(*step);
    else
        m_form->clear();
    updateActions();
}

void ScenarioEditor::updateActions()
{
    const StepPath path = selectedPath();
    const bool hasStep = stepAt(m_document.scenario(), path) != nullptr;
    m_duplicateAction->setEnabled(hasStep);
    m_removeAction->setEnabled(hasStep);
    Scenario scratch = m_document.scenario();
    m_upAction->setEnabled(hasStep && models::moveStep(scratch, path, MoveStep::Up) != path);
    scratch = m_document.scenario();
    m_downAction->setEnabled(hasStep && models::moveStep(scratch, path, MoveStep::Down) != path);
}

StepPath ScenarioEditor::selectedPath() const
{
    return m_model.pathOf(m_tree->currentIndex());
}

/// Or what stands nearest before it.
void ScenarioEditor::select(const StepPath &path)
{
    StepPath nearest = path;
    while (!nearest.isEmpty() && !stepAt(m_document.scenario(), nearest)) {
        if (--nearest.last() < 0)
            nearest.removeLast();
    }
    m_tree->setCurrentIndex(m_model.indexOf(nearest).siblingAtColumn(0));
}

void ScenarioEditor::editStep(const QString &key, const QJsonValue &value)
{
    const StepPath path = selectedPath();
    Scenario scenario = m_document.scenario();
    Step *step = stepAt(scenario, path);
    if (!step)
        return;
    step->values.insert(key, value);
    QString place = key;
    for (const int index : path)
        place += u'/' + QString::number(index);
    m_document.change(scenario, tr("edit of a step"), place);
}

void ScenarioEditor::addStep(publish::StepKind kind)
{
    Scenario scenario = m_document.scenario();
    StepPath path = selectedPath();
    const Step *selected = stepAt(scenario, path);
    // Into a repetition that is still empty, else behind the selected step.
    if (selected && selected->kind == publish::StepKind::Repeat && selected->steps.empty())
        path << 0;
    else if (selected)
        ++path.last();
    else
        path = {static_cast<int>(scenario.steps.size())};
    auto &list = models::listOf(scenario, path);
    list.insert(list.begin() + path.last(), Step{kind, {}, {}});
    m_document.change(scenario, tr("addition of a step"));
    select(path);
    m_tree->setFocus();
}

void ScenarioEditor::duplicateStep()
{
    Scenario scenario = m_document.scenario();
    StepPath path = selectedPath();
    const Step copy = *stepAt(scenario, path);
    ++path.last();
    auto &list = models::listOf(scenario, path);
    list.insert(list.begin() + path.last(), copy);
    m_document.change(scenario, tr("duplication of a step"));
    select(path);
}

void ScenarioEditor::removeStep()
{
    Scenario scenario = m_document.scenario();
    const StepPath path = selectedPath();
    auto &list = models::listOf(scenario, path);
    list.erase(list.begin() + path.last());
    m_document.change(scenario, tr("removal of a step"));
    select(path);
}

void ScenarioEditor::moveStep(MoveStep direction)
{
    Scenario scenario = m_document.scenario();
    const StepPath path = models::moveStep(scenario, selectedPath(), direction);
    m_document.change(scenario, tr("move of a step"));
    select(path);
}

void ScenarioEditor::applyText()
{
    m_textTimer.stop();
    m_document.setText(m_text->toPlainText().toUtf8());
}

} // namespace weir::gui
