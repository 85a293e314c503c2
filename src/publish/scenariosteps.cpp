// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/scenariosteps.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

using Type = StepField::Type;

constexpr double mostMilliseconds = 1e12;
constexpr double mostEvents = 1e15;
constexpr double mostRate = 1e9;

constexpr const char *templateHint = QT_TRANSLATE_NOOP(
    "Scenario", "{{seq}} is the event's number in this run, {{now}} the time, {{uuid}}, {{rand A B}}");

// Fields that several kinds share.
constexpr StepField typeField{.key = "type",
    .label = QT_TRANSLATE_NOOP("Scenario", "Event type"),
    .type = Type::Line,
    .hint = QT_TRANSLATE_NOOP("Scenario", "Empty: message")};
constexpr StepField dataField{.key = "data",
    .label = QT_TRANSLATE_NOOP("Scenario", "Data"),
    .type = Type::Text,
    .hint = templateHint,
    .isTemplate = true};
constexpr StepField generatedDataField{.key = "data",
    .label = QT_TRANSLATE_NOOP("Scenario", "Data"),
    .type = Type::Text,
    .text = "{{seq}}",
    .hint = templateHint,
    .isTemplate = true};
constexpr StepField connectionsField{.key = "connections",
    .label = QT_TRANSLATE_NOOP("Scenario", "For the next connections"),
    .type = Type::Whole,
    .least = 1,
    .most = 1e6,
    .number = 1};

constexpr std::array sendFields{typeField, dataField,
    StepField{.key = "ids",
        .label = QT_TRANSLATE_NOOP("Scenario", "ID"),
        .type = Type::Choice,
        .text = "auto",
        .choices = "auto|none|own",
        .hint = QT_TRANSLATE_NOOP("Scenario", "auto: the channel numbers the event")},
    StepField{.key = "id",
        .label = QT_TRANSLATE_NOOP("Scenario", "Own ID"),
        .type = Type::Line,
        .onlyIf = "ids=own",
        .hint = templateHint,
        .isTemplate = true}};

constexpr std::array rawFields{StepField{.key = "bytes",
    .label = QT_TRANSLATE_NOOP("Scenario", "Bytes"),
    .type = Type::Bytes,
    .hint = QT_TRANSLATE_NOOP("Scenario", "Written as they are; \\r \\n \\t \\\\ and \\xHH")}};

constexpr std::array commentFields{
    StepField{.key = "text", .label = QT_TRANSLATE_NOOP("Scenario", "Comment"), .type = Type::Text}};

constexpr std::array piecesFields{
    StepField{.key = "text", .label = QT_TRANSLATE_NOOP("Scenario", "Text"), .type = Type::Text},
    StepField{.key = "pieces",
        .label = QT_TRANSLATE_NOOP("Scenario", "Cut into"),
        .type = Type::Choice,
        .text = "words",
        .choices = "words|characters|lines"},
    typeField,
    StepField{.key = "data",
        .label = QT_TRANSLATE_NOOP("Scenario", "Data"),
        .type = Type::Text,
        .text = "{{piece}}",
        .hint = QT_TRANSLATE_NOOP(
            "Scenario", "{{piece}} is the piece of text, {{piece json}} the same as a JSON string with its quotes"),
        .isTemplate = true},
    StepField{.key = "ids",
        .label = QT_TRANSLATE_NOOP("Scenario", "ID"),
        .type = Type::Choice,
        .text = "none",
        .choices = "none|auto",
        .hint = QT_TRANSLATE_NOOP("Scenario", "auto: the channel numbers the event")},
    StepField{.key = "ms",
        .label = QT_TRANSLATE_NOOP("Scenario", "Pause at least"),
        .type = Type::Milliseconds,
        .most = mostMilliseconds,
        .number = 20},
    StepField{.key = "toMs",
        .label = QT_TRANSLATE_NOOP("Scenario", "Pause at most"),
        .type = Type::Milliseconds,
        .most = mostMilliseconds,
        .number = 80}};

constexpr std::array waitFields{
    StepField{.key = "how",
        .label = QT_TRANSLATE_NOOP("Scenario", "How long"),
        .type = Type::Choice,
        .text = "fixed",
        .choices = "fixed|random|exponential",
        .hint = QT_TRANSLATE_NOOP("Scenario", "exponential: random with this mean, as between independent events")},
    StepField{.key = "ms",
        .label = QT_TRANSLATE_NOOP("Scenario", "Time"),
        .type = Type::Milliseconds,
        .most = mostMilliseconds,
        .number = 1000},
    StepField{.key = "toMs",
        .label = QT_TRANSLATE_NOOP("Scenario", "At most"),
        .type = Type::Milliseconds,
        .most = mostMilliseconds,
        .number = 2000,
        .onlyIf = "how=random"}};

constexpr std::array burstFields{StepField{.key = "count",
                                     .label = QT_TRANSLATE_NOOP("Scenario", "Events"),
                                     .type = Type::Whole,
                                     .least = 1,
                                     .most = mostEvents,
                                     .number = 100},
    StepField{.key = "rate",
        .label = QT_TRANSLATE_NOOP("Scenario", "Events per second"),
        .type = Type::Number,
        .most = mostRate,
        .hint = QT_TRANSLATE_NOOP("Scenario", "0: all at once")},
    typeField, generatedDataField};

constexpr std::array generateFields{StepField{.key = "rate",
                                        .label = QT_TRANSLATE_NOOP("Scenario", "Events per second"),
                                        .type = Type::Number,
                                        .least = 0.001,
                                        .most = mostRate,
                                        .number = 10},
    StepField{.key = "spacing",
        .label = QT_TRANSLATE_NOOP("Scenario", "Spacing"),
        .type = Type::Choice,
        .text = "even",
        .choices = "even|random",
        .hint = QT_TRANSLATE_NOOP("Scenario", "random: as independent events come (Poisson), with the same mean rate")},
    StepField{.key = "count",
        .label = QT_TRANSLATE_NOOP("Scenario", "Events"),
        .type = Type::Whole,
        .most = mostEvents,
        .hint = QT_TRANSLATE_NOOP("Scenario", "0: no bound")},
    StepField{.key = "ms",
        .label = QT_TRANSLATE_NOOP("Scenario", "For"),
        .type = Type::Milliseconds,
        .most = mostMilliseconds,
        .hint = QT_TRANSLATE_NOOP("Scenario", "0: no end")},
    typeField, generatedDataField};

constexpr std::array repeatFields{StepField{.key = "times",
    .label = QT_TRANSLATE_NOOP("Scenario", "Times"),
    .type = Type::Whole,
    .most = mostEvents,
    .hint = QT_TRANSLATE_NOOP("Scenario", "0: for ever")}};

constexpr std::array retryFields{StepField{.key = "ms",
    .label = QT_TRANSLATE_NOOP("Scenario", "Reconnection time"),
    .type = Type::Milliseconds,
    .most = mostMilliseconds,
    .number = 3000}};

constexpr std::array dropFields{
    StepField{.key = "how",
        .label = QT_TRANSLATE_NOOP("Scenario", "How"),
        .type = Type::Choice,
        .text = "end",
        .choices = "end|reset",
        .hint = QT_TRANSLATE_NOOP("Scenario", "end: a clean end of the response; reset: the connection is cut")},
    StepField{.key = "who",
        .label = QT_TRANSLATE_NOOP("Scenario", "Clients"),
        .type = Type::Choice,
        .text = "all",
        .choices = "all|one",
        .hint = QT_TRANSLATE_NOOP("Scenario", "one: the client that came first")}};

constexpr std::array silenceFields{StepField{.key = "ms",
    .label = QT_TRANSLATE_NOOP("Scenario", "Time"),
    .type = Type::Milliseconds,
    .most = mostMilliseconds,
    .number = 30000}};

constexpr std::array answerFields{StepField{.key = "status",
                                      .label = QT_TRANSLATE_NOOP("Scenario", "Status"),
                                      .type = Type::Whole,
                                      .least = 200,
                                      .most = 599,
                                      .number = 503},
    connectionsField};

constexpr std::array faultsFields{connectionsField,
    StepField{.key = "faults", .label = QT_TRANSLATE_NOOP("Scenario", "Faults"), .type = Type::Faults}};

constexpr std::array waitClientsFields{StepField{.key = "count",
    .label = QT_TRANSLATE_NOOP("Scenario", "Clients"),
    .type = Type::Whole,
    .least = 1,
    .most = 1e6,
    .number = 1}};

constexpr std::array<StepForm, 15> forms{{
    {StepKind::Send, "send", QT_TRANSLATE_NOOP("Scenario", "Send event"), sendFields},
    {StepKind::Raw, "raw", QT_TRANSLATE_NOOP("Scenario", "Send raw bytes"), rawFields},
    {StepKind::Comment, "comment", QT_TRANSLATE_NOOP("Scenario", "Send comment"), commentFields},
    {StepKind::Pieces, "pieces", QT_TRANSLATE_NOOP("Scenario", "Send text in pieces"), piecesFields},
    {StepKind::Wait, "wait", QT_TRANSLATE_NOOP("Scenario", "Wait"), waitFields},
    {StepKind::Burst, "burst", QT_TRANSLATE_NOOP("Scenario", "Burst"), burstFields},
    {StepKind::Generate, "generate", QT_TRANSLATE_NOOP("Scenario", "Generate"), generateFields},
    {StepKind::Repeat, "repeat", QT_TRANSLATE_NOOP("Scenario", "Repeat"), repeatFields},
    {StepKind::Retry, "retry", QT_TRANSLATE_NOOP("Scenario", "Set reconnection time"), retryFields},
    {StepKind::Drop, "drop", QT_TRANSLATE_NOOP("Scenario", "Drop clients"), dropFields},
    {StepKind::Silence, "silence", QT_TRANSLATE_NOOP("Scenario", "Go silent"), silenceFields},
    {StepKind::Answer, "answer", QT_TRANSLATE_NOOP("Scenario", "Answer with a status"), answerFields},
    {StepKind::Faults, "faults", QT_TRANSLATE_NOOP("Scenario", "Set faults"), faultsFields},
    {StepKind::WaitClients, "waitClients", QT_TRANSLATE_NOOP("Scenario", "Wait for clients"), waitClientsFields},
    {StepKind::WaitResume, "waitResume", QT_TRANSLATE_NOOP("Scenario", "Wait for a client that resumes"), {}},
}};

const StepField *fieldOf(const Step &step, QLatin1String key)
{
    const auto fields = formOf(step.kind).fields;
    const auto field =
        std::find_if(fields.begin(), fields.end(), [key](const StepField &f) { return QLatin1String(f.key) == key; });
    return field == fields.end() ? nullptr : &*field;
}

} // namespace

std::span<const StepForm> stepForms()
{
    return forms;
}

const StepForm &formOf(StepKind kind)
{
    return *std::find_if(forms.begin(), forms.end(), [kind](const StepForm &form) { return form.kind == kind; });
}

const StepForm *formNamed(const QString &name)
{
    const auto form =
        std::find_if(forms.begin(), forms.end(), [&name](const StepForm &f) { return name == QLatin1String(f.name); });
    return form == forms.end() ? nullptr : &*form;
}

QString label(const StepForm &form)
{
    return QCoreApplication::translate("Scenario", form.label);
}

QString label(const StepField &field)
{
    return QCoreApplication::translate("Scenario", field.label);
}

QString hint(const StepField &field)
{
    return *field.hint == '\0' ? QString() : QCoreApplication::translate("Scenario", field.hint);
}

QStringList choicesOf(const StepField &field)
{
    return QString::fromLatin1(field.choices).split(u'|', Qt::SkipEmptyParts);
}

bool isInForce(const StepField &field, const Step &step)
{
    const QStringList condition = QString::fromLatin1(field.onlyIf).split(u'=');
    return condition.size() != 2 || textOf(step, condition[0].toLatin1().constData()) == condition[1];
}

double numberOf(const Step &step, const char *key)
{
    const auto *field = fieldOf(step, QLatin1String(key));
    return step.values.value(QLatin1String(key)).toDouble(field ? field->number : 0);
}

QString textOf(const Step &step, const char *key)
{
    const auto *field = fieldOf(step, QLatin1String(key));
    return step.values.value(QLatin1String(key)).toString(field ? QString::fromUtf8(field->text) : QString());
}

QByteArray bytesOf(const Step &step, const char *key)
{
    const QJsonValue value = step.values.value(QLatin1String(key));
    if (value.isObject())
        return QByteArray::fromBase64(value.toObject().value("base64"_L1).toString().toLatin1());
    return value.toString().toUtf8();
}

QJsonValue jsonBytes(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes)
        return text;
    return QJsonObject{{u"base64"_s, QString::fromLatin1(bytes.toBase64())}};
}

} // namespace weir::publish
