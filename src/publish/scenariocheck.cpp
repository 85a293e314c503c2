// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventtemplate.h"
#include "publish/faultplan.h"
#include "publish/scenariosteps.h"
#include "publish/scenariotext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

using Type = StepField::Type;

QString number(double value)
{
    return QString::number(value, 'g', 15);
}

QString numberProblem(const StepField &field, const QJsonValue &value)
{
    const double number = value.toDouble();
    if (!value.isDouble())
        return ScenarioText::tr("must be a number.");
    if (field.type == Type::Whole && number != std::floor(number))
        return ScenarioText::tr("must be a whole number.");
    if (number < field.least || number > field.most)
        return ScenarioText::tr("must be from %1 to %2.")
            .arg(publish::number(field.least), publish::number(field.most));
    return {};
}

QString textProblem(const StepField &field, const QJsonValue &value)
{
    if (!value.isString())
        return ScenarioText::tr("must be a text.");
    if (field.type == Type::Choice && !choicesOf(field).contains(value.toString()))
        return ScenarioText::tr("must be one of %1.").arg(choicesOf(field).join(u", "_s));
    if (field.type == Type::Line && value.toString().contains(QRegularExpression(u"[\\r\\n]"_s)))
        return ScenarioText::tr("must be on one line.");
    return {};
}

QString bytesProblem(const QJsonValue &value)
{
    if (value.isString())
        return {};
    const QJsonObject object = value.toObject();
    const auto decoded = QByteArray::fromBase64Encoding(
        object.value("base64"_L1).toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (object.size() != 1 || !object.value("base64"_L1).isString() || !decoded)
        return ScenarioText::tr("must be a text, or {\"base64\": \"…\"}.");
    return {};
}

QString valueProblem(const StepField &field, const QJsonValue &value)
{
    switch (field.type) {
    case Type::Whole:
    case Type::Number:
    case Type::Milliseconds:
        return numberProblem(field, value);
    case Type::Line:
    case Type::Text:
    case Type::Choice:
        return textProblem(field, value);
    case Type::Bytes:
        return bytesProblem(value);
    case Type::Faults:
        return value.isObject() ? QString() : ScenarioText::tr("must be an object { … }.");
    }
    return {};
}

std::optional<StepProblem> fieldProblem(const Step &step)
{
    const auto fields = formOf(step.kind).fields;
    for (auto value = step.values.begin(); value != step.values.end(); ++value) {
        const auto field = std::find_if(
            fields.begin(), fields.end(), [&](const StepField &f) { return QLatin1String(f.key) == value.key(); });
        const QString text =
            field == fields.end()
                ? ScenarioText::tr("“%1” has no such member.").arg(QLatin1String(formOf(step.kind).name))
                : valueProblem(*field, value.value());
        if (!text.isEmpty())
            return StepProblem{value.key(), text};
    }
    return std::nullopt;
}

std::optional<StepProblem> templateProblem(const Step &step)
{
    for (const StepField &field : formOf(step.kind).fields) {
        if (!field.isTemplate || !isInForce(field, step))
            continue;
        QString error;
        QByteArray data = textOf(step, field.key).toUtf8();
        if (step.kind == StepKind::Pieces)
            data.replace("{{piece json}}", "").replace("{{piece}}", "");
        if (!EventTemplate::compile({}, {}, data, error))
            return StepProblem{QString::fromLatin1(field.key), error};
    }
    QString error;
    if (!EventTemplate::compile({}, textOf(step, "type").toUtf8(), {}, error))
        return StepProblem{u"type"_s, error};
    return std::nullopt;
}

std::optional<StepProblem> faultsProblem(const Step &step)
{
    QString problem;
    const auto object = step.values.value("faults"_L1).toObject();
    if (const auto plan = FaultPlan::fromJson(QJsonDocument(object).toJson(), &problem))
        problem = plan->contradiction();
    return problem.isEmpty() ? std::nullopt : std::optional(StepProblem{u"faults"_s, problem});
}

/// What no single value shows.
std::optional<StepProblem> wholeProblem(const Step &step)
{
    const bool isRandomWait = step.kind == StepKind::Wait && textOf(step, "how") == u"random";
    if ((isRandomWait || step.kind == StepKind::Pieces) && numberOf(step, "toMs") < numberOf(step, "ms"))
        return StepProblem{u"toMs"_s, ScenarioText::tr("must not be less than the other time.")};
    if (step.kind == StepKind::Pieces && textOf(step, "text").isEmpty())
        return StepProblem{u"text"_s, ScenarioText::tr("There is no text to send.")};
    if (step.kind == StepKind::Raw && bytesOf(step, "bytes").isEmpty())
        return StepProblem{u"bytes"_s, ScenarioText::tr("There are no bytes to send.")};
    if (step.kind == StepKind::Faults)
        return faultsProblem(step);
    if (step.kind == StepKind::Repeat && step.steps.empty())
        return StepProblem{{}, ScenarioText::tr("There are no steps to repeat.")};
    return std::nullopt;
}

} // namespace

std::optional<StepProblem> problemOf(const Step &step)
{
    for (const auto check : {fieldProblem, templateProblem, wholeProblem}) {
        if (auto problem = check(step))
            return problem;
    }
    return std::nullopt;
}

} // namespace weir::publish
