// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenariodocument.h"

#include <utility>

namespace weir::gui {

using publish::Scenario;

class ScenarioDocument::Change : public QUndoCommand
{
public:
    Change(ScenarioDocument &document, Scenario after, const QString &what, QString key)
        : QUndoCommand(what)
        , m_document(document)
        , m_before(document.m_scenario)
        , m_after(std::move(after))
        , m_key(std::move(key))
    {}

    void undo() override { m_document.apply(m_before); }
    void redo() override
    {
        // A text that says the same stays as it was written.
        const auto reading = publish::readScenario(m_document.m_text);
        if (reading.draft != m_after)
            m_document.m_text = publish::toJson(m_after);
        m_document.m_scenario = m_after;
        m_document.inspect();
    }
    int id() const override { return m_key.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const Change *>(other);
        if (next->m_key != m_key)
            return false;
        m_after = next->m_after;
        return true;
    }

private:
    ScenarioDocument &m_document;
    Scenario m_before;
    Scenario m_after;
    QString m_key;
};

ScenarioDocument::ScenarioDocument(const QByteArray &json, QObject *parent)
    : QObject(parent)
    , m_text(json)
{
    if (const auto reading = publish::readScenario(json); reading.draft)
        m_scenario = *reading.draft;
    inspect();
}

void ScenarioDocument::change(const Scenario &scenario, const QString &what, const QString &key)
{
    if (scenario != m_scenario)
        m_undo.push(new Change(*this, scenario, what, key));
}

void ScenarioDocument::setText(const QByteArray &text)
{
    if (text == m_text)
        return;
    m_text = text;
    const auto reading = publish::readScenario(text);
    if (reading.draft && *reading.draft != m_scenario)
        m_undo.push(new Change(*this, *reading.draft, tr("edit of the text"), QStringLiteral("text")));
    else
        inspect();
}

void ScenarioDocument::apply(const Scenario &scenario)
{
    m_scenario = scenario;
    m_text = publish::toJson(scenario);
    inspect();
}

void ScenarioDocument::inspect()
{
    const auto reading = publish::readScenario(m_text);
    m_isReadable = reading.draft.has_value();
    m_problem = reading.problem;
    Q_EMIT changed();
}

} // namespace weir::gui
