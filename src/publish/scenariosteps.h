// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenario.h"

#include <QStringList>

#include <optional>
#include <span>

namespace weir::publish {

/// One value of a step: how it is called in the file, what it may be, and how a form shows it.
struct StepField
{
    enum class Type : std::uint8_t {
        Line,         ///< text without line breaks
        Text,         ///< text
        Bytes,        ///< text, or `{"base64": "…"}` where it is no UTF-8
        Whole,        ///< whole number
        Number,       ///< number
        Milliseconds, ///< number
        Choice,       ///< one of `choices`
        Faults,       ///< a plan of faults as FaultPlan::toJson() writes it
    };
    const char *key;
    const char *label; ///< English, see label()
    Type type;
    double least = 0;
    double most = 0;
    double number = 0;        ///< where it is absent
    const char *text = "";    ///< the same; of a Choice, the first one
    const char *choices = ""; ///< separated by `|`
    const char *onlyIf = "";  ///< `key=choice`: what else it needs to mean anything
    const char *hint = "";    ///< English; what a form adds
    bool isTemplate = false;  ///< may hold `{{…}}`
};

/// What is known of a kind of step.
struct StepForm
{
    StepKind kind;
    const char *name;  ///< in the file: the value of `do`
    const char *label; ///< English, see label()
    std::span<const StepField> fields;
};

/// All of them, in the order in which a menu shows them.
std::span<const StepForm> stepForms();
const StepForm &formOf(StepKind kind);
/// Null if there is no step of that name.
const StepForm *formNamed(const QString &name);

QString label(const StepForm &form); ///< translated
QString label(const StepField &field);
QString hint(const StepField &field);
QStringList choicesOf(const StepField &field);

/// Whether the field means anything beside the other values.
bool isInForce(const StepField &field, const Step &step);

// Values, or the defaults where they are absent.
double numberOf(const Step &step, const char *key);
QString textOf(const Step &step, const char *key);
QByteArray bytesOf(const Step &step, const char *key);
/// As a file holds them.
QJsonValue jsonBytes(const QByteArray &bytes);

/// What is wrong with a step.
struct StepProblem
{
    QString key; ///< of the value; empty: the step as a whole
    QString text;
};
/// Of its own values, without those of the steps in it.
std::optional<StepProblem> problemOf(const Step &step);

/// The step in a few words, for a list.
QString summary(const Step &step);

} // namespace weir::publish
