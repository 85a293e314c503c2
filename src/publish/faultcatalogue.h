// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/faultplan.h"

#include <QStringList>

#include <vector>

namespace weir::publish {

enum class FaultGroup { Head, Text, Packets, Coding, End };

/// A number or a choice that a fault can be set by.
struct FaultParameter
{
    enum class Kind { Number, Text, Choice };
    Kind kind = Kind::Number;
    const char *name = ""; ///< in plans and files
    const char *label = "";
    const char *unit = "";
    qint64 least = 0;
    qint64 most = 0;
    qint64 standard = 0;
    const char *text = "";    ///< of a text or a choice
    const char *choices = ""; ///< names, divided by spaces

    QString shownLabel() const;
    QString shownUnit() const;
    QStringList choiceNames() const { return QString::fromLatin1(choices).split(u' '); }
    /// Empty, or one sentence on why the parameter cannot have this value.
    QString refusal(const QVariant &value) const;
};

/// What people have to know of a fault.
struct FaultInfo
{
    Fault fault;
    FaultGroup group;
    const char *name;   ///< in plans and files
    const char *title;  ///< what it is called
    const char *effect; ///< what the server does
    const char *answer; ///< what a correct client does about it
    std::vector<FaultParameter> parameters;

    QString shownTitle() const;
    QString shownEffect() const;
    QString shownAnswer() const;
    const FaultParameter *parameter(const QString &parameterName) const; ///< null: it has none of that name
};

/// Every fault once, in the order in which they are shown: by groups.
const std::vector<FaultInfo> &faultCatalogue();
const FaultInfo &infoOf(Fault fault);
const FaultInfo *findFault(const QString &name); ///< null: there is none of that name
QString shownGroup(FaultGroup group);

/// A plan with a name, to begin with.
struct FaultPreset
{
    QString title;
    FaultPlan plan;
};
std::vector<FaultPreset> faultPresets();

} // namespace weir::publish
