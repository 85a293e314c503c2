// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/scenariodocument.h"
#include "models/scenariostepmodel.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QMenu;
class QPlainTextEdit;
class QTabWidget;
class QTreeView;

namespace weir::gui {

class InlineNote;
class StepForm;

/// Edits one scenario: its steps as a tree with a form for the selected one, and the same as JSON text. Every change is
/// handed on to be saved; there is nothing to confirm. GUI thread only.
class ScenarioEditor : public QDialog
{
    Q_OBJECT

public:
    explicit ScenarioEditor(const QByteArray &json, QWidget *parent = nullptr);

    const ScenarioDocument &document() const { return m_document; }
    void setCurrentStep(const models::StepPath &path); ///< being carried out; empty: none

Q_SIGNALS:
    void changed(const QByteArray &json); ///< what there is to save, wrong or right

private:
    QWidget *createHead();
    QWidget *createSteps();
    QWidget *createText();
    QWidget *createButtons();
    void createActions();
    QMenu *createKindMenu();
    void showDocument();
    void showStep();
    void showProblem();
    void updateActions();
    models::StepPath selectedPath() const;
    void select(const models::StepPath &path);
    void editStep(const QString &key, const QJsonValue &value);
    void addStep(publish::StepKind kind);
    void duplicateStep();
    void removeStep();
    void moveStep(models::MoveStep direction);
    void applyText();

    ScenarioDocument m_document;
    models::ScenarioStepModel m_model;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_description = nullptr;
    QTabWidget *m_tabs = nullptr;
    QTreeView *m_tree = nullptr;
    StepForm *m_form = nullptr;
    QPlainTextEdit *m_text = nullptr;
    InlineNote *m_note = nullptr;
    QAction *m_addAction = nullptr;
    QAction *m_duplicateAction = nullptr;
    QAction *m_removeAction = nullptr;
    QAction *m_upAction = nullptr;
    QAction *m_downAction = nullptr;
    QTimer m_textTimer; ///< a pause in typing, before the text is read
};

} // namespace weir::gui
