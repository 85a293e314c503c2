// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultplan.h"
#include "publish/scenariosteps.h"

#include "publish/scenariotext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestShown = 60;

QString shortened(QString text)
{
    text.replace(u'\n', u'↵');
    return text.size() > longestShown ? text.left(longestShown - 1) + u'…' : text;
}

QString time(double milliseconds)
{
    if (milliseconds < 1000)
        return ScenarioText::tr("%1 ms").arg(QLocale().toString(milliseconds, 'g', 6));
    return ScenarioText::tr("%1 s").arg(QLocale().toString(milliseconds / 1000, 'g', 6));
}

QString count(double value)
{
    return QLocale().toString(value, 'f', 0);
}

QString typed(const Step &step, const QString &text)
{
    const QString type = textOf(step, "type");
    return type.isEmpty() ? shortened(text) : type + u": "_s + shortened(text);
}

QString waiting(const Step &step)
{
    const QString how = textOf(step, "how");
    const QString from = time(numberOf(step, "ms"));
    if (how == u"random")
        return ScenarioText::tr("%1 to %2").arg(from, time(numberOf(step, "toMs")));
    return how == u"exponential" ? ScenarioText::tr("%1 on average").arg(from) : from;
}

QString generating(const Step &step)
{
    QString text = ScenarioText::tr("%1/s").arg(QLocale().toString(numberOf(step, "rate"), 'g', 10));
    if (textOf(step, "spacing") == u"random")
        text += ScenarioText::tr(" at random");
    if (const double events = numberOf(step, "count"); events > 0)
        text += ScenarioText::tr(", events: %1").arg(count(events));
    if (const double ms = numberOf(step, "ms"); ms > 0)
        text += ScenarioText::tr(", for %1").arg(time(ms));
    return text;
}

QString bursting(const Step &step)
{
    const double rate = numberOf(step, "rate");
    const QString events = ScenarioText::tr("events: %1").arg(count(numberOf(step, "count")));
    return rate > 0 ? events + ScenarioText::tr(" at %1/s").arg(QLocale().toString(rate, 'g', 10)) : events;
}

QString repeating(const Step &step)
{
    const double times = numberOf(step, "times");
    return times > 0 ? ScenarioText::tr("%1 ×").arg(count(times)) : ScenarioText::tr("for ever");
}

QString dropping(const Step &step)
{
    const bool isReset = textOf(step, "how") == u"reset";
    if (textOf(step, "who") == u"one")
        return isReset ? ScenarioText::tr("reset the oldest") : ScenarioText::tr("end the oldest");
    return isReset ? ScenarioText::tr("reset all") : ScenarioText::tr("end all");
}

QString forNext(const Step &step)
{
    return ScenarioText::tr("next connections: %1").arg(count(numberOf(step, "connections")));
}

QString faultSummary(const Step &step)
{
    QString error;
    const auto object = step.values.value("faults"_L1).toObject();
    const auto plan = FaultPlan::fromJson(QJsonDocument(object).toJson(), &error);
    if (!plan)
        return forNext(step);
    return ScenarioText::tr("%1; %2").arg(
        plan->isEmpty() ? ScenarioText::tr("none") : shortened(plan->summary()), forNext(step));
}

} // namespace

QString summary(const Step &step)
{
    switch (step.kind) {
    case StepKind::Send:
        return typed(step, textOf(step, "data"));
    case StepKind::Raw:
        return ScenarioText::tr("bytes: %1").arg(count(static_cast<double>(bytesOf(step, "bytes").size())));
    case StepKind::Comment:
        return shortened(textOf(step, "text"));
    case StepKind::Pieces:
        return typed(step, textOf(step, "text"));
    case StepKind::Wait:
        return waiting(step);
    case StepKind::Burst:
        return bursting(step);
    case StepKind::Generate:
        return generating(step);
    case StepKind::Repeat:
        return repeating(step);
    case StepKind::Retry:
    case StepKind::Silence:
        return time(numberOf(step, "ms"));
    case StepKind::Drop:
        return dropping(step);
    case StepKind::Answer:
        return ScenarioText::tr("%1, %2").arg(count(numberOf(step, "status")), forNext(step));
    case StepKind::Faults:
        return faultSummary(step);
    case StepKind::WaitClients:
        return count(numberOf(step, "count"));
    case StepKind::WaitResume:
        break;
    }
    return {};
}

} // namespace weir::publish
