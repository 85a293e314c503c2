// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/scenariojson.h"

#include "publish/jsonplace.h"
#include "publish/scenariosteps.h"
#include "publish/scenariotext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

constexpr int version = 1;
constexpr int maxDepth = 16;
constexpr std::size_t maxSteps = 10'000;

QString inQuotes(const QString &name)
{
    return ScenarioText::tr("“%1”").arg(name);
}

/// Reads on where a value of a step is wrong, and stops where the structure is.
class ScenarioReader
{
public:
    explicit ScenarioReader(const QByteArray &json)
        : m_json(json)
    {}

    const ScenarioProblem &problem() const { return m_problem; }
    bool hasProblem() const { return m_hasProblem; }

    std::optional<Scenario> read(const QJsonObject &root)
    {
        Scenario scenario;
        const bool isRead = readVersion(root) && readText(root, u"name"_s, scenario.name) &&
                            readText(root, u"description"_s, scenario.description) && readSteps(root, scenario.steps);
        if (!isRead)
            return std::nullopt;
        for (const QString &key : root.keys()) {
            if (!QStringList{u"weirScenario"_s, u"name"_s, u"description"_s, u"steps"_s}.contains(key)) {
                fail(key, ScenarioText::tr("A scenario has no such member."));
                return std::nullopt;
            }
        }
        return scenario;
    }

private:
    bool fail(const QString &key, const QString &text)
    {
        QStringList path = m_path;
        if (!key.isEmpty())
            path << key;
        if (!std::exchange(m_hasProblem, true))
            m_problem = {lineOf(m_json, path), jsonPointer(path), text};
        return false;
    }

    bool readVersion(const QJsonObject &root)
    {
        const QJsonValue value = root.value("weirScenario"_L1);
        if (value == version)
            return true;
        if (value.isDouble())
            return fail(u"weirScenario"_s, ScenarioText::tr("This is version %1; this program reads version %2.")
                                               .arg(value.toDouble())
                                               .arg(version));
        return fail(u"weirScenario"_s, ScenarioText::tr("This is no scenario: it must say \"weirScenario\": 1."));
    }

    bool readText(const QJsonObject &object, const QString &key, QString &text)
    {
        const QJsonValue value = object.value(key);
        if (!value.isUndefined() && !value.isString())
            return fail(key, ScenarioText::tr("must be a text."));
        text = value.toString();
        return true;
    }

    bool readSteps(const QJsonObject &object, std::vector<Step> &steps)
    {
        const QJsonValue value = object.value("steps"_L1);
        if (!value.isArray())
            return fail(u"steps"_s, ScenarioText::tr("must be a list of steps [ … ]."));
        if (++m_depth > maxDepth)
            return fail(u"steps"_s, ScenarioText::tr("Steps are nested more than %1 deep.").arg(maxDepth));
        m_path << u"steps"_s;
        const QJsonArray elements = value.toArray();
        for (qsizetype i = 0; i < elements.size(); ++i) {
            m_path << QString::number(i);
            if (!readStep(elements[i], steps.emplace_back()))
                return false;
            m_path.removeLast();
        }
        m_path.removeLast();
        --m_depth;
        return true;
    }

    bool readStep(const QJsonValue &value, Step &step)
    {
        if (!value.isObject())
            return fail({}, ScenarioText::tr("A step must be an object { … }."));
        if (++m_steps > maxSteps)
            return fail({}, ScenarioText::tr("There are more than %1 steps.").arg(maxSteps));
        step.values = value.toObject();
        const QJsonValue name = step.values.take("do"_L1);
        if (!name.isString())
            return fail(u"do"_s, ScenarioText::tr("A step must say what to do: \"do\": \"send\" …"));
        const StepForm *form = formNamed(name.toString());
        if (!form)
            return fail(u"do"_s, unknownKind(name.toString()));
        step.kind = form->kind;
        if (step.kind == StepKind::Repeat && !readSteps(step.values, step.steps))
            return false;
        if (step.kind == StepKind::Repeat)
            step.values.remove(u"steps"_s);
        if (const auto problem = problemOf(step))
            fail(problem->key, problem->text);
        return true;
    }

    static QString unknownKind(const QString &name)
    {
        QStringList names;
        for (const StepForm &form : stepForms())
            names << QString::fromLatin1(form.name);
        return ScenarioText::tr("There is no step %1; there are %2.").arg(inQuotes(name), names.join(u", "_s));
    }

    const QByteArray &m_json;
    QStringList m_path;
    int m_depth = 0;
    std::size_t m_steps = 0;
    ScenarioProblem m_problem;
    bool m_hasProblem = false;
};

QByteArray literal(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2);
}

void appendSteps(QByteArray &out, const std::vector<Step> &steps, int indent);

void appendStep(QByteArray &out, const Step &step, int indent)
{
    const StepForm &form = formOf(step.kind);
    out += QByteArray(indent, ' ') + "{\"do\": " + literal(QString::fromLatin1(form.name));
    QStringList keys = step.values.keys();
    for (const StepField &field : form.fields) {
        if (keys.removeOne(QString::fromLatin1(field.key)))
            out += ", \"" + QByteArray(field.key) + "\": " + literal(step.values.value(QLatin1String(field.key)));
    }
    for (const QString &key : keys)
        out += ", " + literal(key) + ": " + literal(step.values.value(key));
    if (step.kind == StepKind::Repeat) {
        out += ", \"steps\": ";
        appendSteps(out, step.steps, indent);
    }
    out += '}';
}

void appendSteps(QByteArray &out, const std::vector<Step> &steps, int indent)
{
    out += '[';
    for (std::size_t i = 0; i < steps.size(); ++i) {
        out += i == 0 ? "\n" : ",\n";
        appendStep(out, steps[i], indent + 2);
    }
    out += steps.empty() ? "]" : "\n" + QByteArray(indent, ' ') + "]";
}

ScenarioProblem syntaxProblem(const QByteArray &json, const QJsonParseError &error)
{
    // The parser has taken the character that it stumbles over.
    const auto before = json.left(std::max(error.offset - 1, 0));
    return {static_cast<int>(before.count('\n')) + 1, {}, error.errorString()};
}

} // namespace

QString ScenarioProblem::sentence() const
{
    return pointer.isEmpty() ? ScenarioText::tr("line %1: %2").arg(line).arg(text)
                             : ScenarioText::tr("line %1, %2: %3").arg(line).arg(pointer, text);
}

ScenarioReading readScenario(const QByteArray &json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return {std::nullopt, std::nullopt, syntaxProblem(json, error)};
    if (!document.isObject())
        return {std::nullopt, std::nullopt, {1, {}, ScenarioText::tr("A scenario is an object { … }.")}};
    ScenarioReader reader(json);
    const auto draft = reader.read(document.object());
    return {reader.hasProblem() ? std::nullopt : draft, draft, reader.problem()};
}

QByteArray toJson(const Scenario &scenario)
{
    QByteArray out = "{\n  \"weirScenario\": " + QByteArray::number(version) + ",\n";
    out += "  \"name\": " + literal(scenario.name) + ",\n";
    if (!scenario.description.isEmpty())
        out += "  \"description\": " + literal(scenario.description) + ",\n";
    out += "  \"steps\": ";
    appendSteps(out, scenario.steps, 2);
    return out + "\n}\n";
}

} // namespace weir::publish
