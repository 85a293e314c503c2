// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenariojson.h"

#include <QUndoStack>

namespace weir::gui {

/// A scenario while it is edited, as steps or as JSON text: both say the same, and every change can be undone. While
/// the text cannot be read as steps the steps stay as they last were. GUI thread only.
class ScenarioDocument : public QObject
{
    Q_OBJECT

public:
    explicit ScenarioDocument(const QByteArray &json, QObject *parent = nullptr);

    const publish::Scenario &scenario() const { return m_scenario; }
    const QByteArray &text() const { return m_text; } ///< what is to be saved
    bool isReadable() const { return m_isReadable; }  ///< the text is steps, if some of them wrong ones
    const publish::ScenarioProblem &problem() const { return m_problem; }
    bool hasProblem() const { return !m_problem.text.isEmpty(); }

    /// `what` names the change in the menu. Changes in a row with the same `key` are undone together; empty: alone.
    void change(const publish::Scenario &scenario, const QString &what, const QString &key = {});
    void setText(const QByteArray &text);

    QUndoStack *undoStack() { return &m_undo; }

Q_SIGNALS:
    void changed();

private:
    class Change;
    void apply(const publish::Scenario &scenario);
    void inspect();

    publish::Scenario m_scenario;
    QByteArray m_text;
    bool m_isReadable = false;
    publish::ScenarioProblem m_problem;
    QUndoStack m_undo;
};

} // namespace weir::gui
