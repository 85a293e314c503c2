// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultplan.h"

#include "publish/faultcatalogue.h"
#include "publish/faultwords.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

QString pairRefused(Fault one, Fault other, const char *reason)
{
    return faultWords(QT_TRANSLATE_NOOP("Faults", "“%1” and “%2” cannot go together: %3"))
        .arg(infoOf(one).shownTitle(), infoOf(other).shownTitle(), faultWords(reason));
}

/// The value that the parameter has in a plan, of one type whatever it came from.
QVariant normalised(const FaultParameter &parameter, const QVariant &value)
{
    if (parameter.kind == FaultParameter::Kind::Number)
        return value.isValid() ? value.toLongLong() : parameter.standard;
    return value.isValid() ? value.toString() : QString::fromLatin1(parameter.text);
}

constexpr Fault splits[] = {Fault::SplitAt, Fault::SplitCharacter, Fault::SplitLineEnd};
/// Each of them is the last thing that the stream does.
constexpr Fault endings[] = {Fault::EndlessLine, Fault::GzipTruncated, Fault::BadChunkSize, Fault::LengthTooLong,
    Fault::Silence, Fault::NoBlankLine, Fault::CutInEvent, Fault::ResetInEvent, Fault::HalfClose};

struct Contradiction
{
    Fault one;
    Fault other;
    const char *reason;
};

constexpr Contradiction contradictions[] = {
    {Fault::ContentType, Fault::NoContentType,
        QT_TRANSLATE_NOOP("Faults", "there is a content type or there is none.")},
    {Fault::Redirect, Fault::RedirectLoop, QT_TRANSLATE_NOOP("Faults", "a chain ends, a loop does not.")},
    {Fault::GzipUnflushed, Fault::GzipTruncated,
        QT_TRANSLATE_NOOP("Faults", "the cut would come before anything was sent.")},
    {Fault::BadChunkSize, Fault::LengthTooShort, QT_TRANSLATE_NOOP("Faults", "a body with a length has no chunks.")},
    {Fault::LengthTooLong, Fault::LengthTooShort, QT_TRANSLATE_NOOP("Faults", "there is only one length.")},
};

} // namespace

qint64 FaultPlan::number(Fault fault, const char *parameter) const
{
    return parameters(fault).value(QLatin1StringView(parameter)).toLongLong();
}

QByteArray FaultPlan::text(Fault fault, const char *parameter) const
{
    return parameters(fault).value(QLatin1StringView(parameter)).toString().toUtf8();
}

QString FaultPlan::set(Fault fault, const QVariantMap &parameters)
{
    const FaultInfo &info = infoOf(fault);
    for (auto entry = parameters.begin(); entry != parameters.end(); ++entry) {
        const FaultParameter *parameter = info.parameter(entry.key());
        const QString reason =
            parameter ? parameter->refusal(entry.value())
                      : faultWords(QT_TRANSLATE_NOOP("Faults", "there is no parameter “%1”.")).arg(entry.key());
        if (!reason.isEmpty())
            return faultWords(QT_TRANSLATE_NOOP("Faults", "In “%1”: %2")).arg(QString::fromLatin1(info.name), reason);
    }
    QVariantMap complete;
    for (const FaultParameter &parameter : info.parameters) {
        const QString name = QString::fromLatin1(parameter.name);
        complete.insert(name, normalised(parameter, parameters.value(name)));
    }
    m_faults.insert_or_assign(fault, complete);
    return {};
}

FaultPlan &FaultPlan::with(Fault fault, const QVariantMap &parameters)
{
    const QString refusal = set(fault, parameters);
    Q_ASSERT_X(refusal.isEmpty(), "FaultPlan::with", qPrintable(refusal));
    return *this;
}

QList<Fault> FaultPlan::faults() const
{
    QList<Fault> list;
    for (const auto &[fault, parameters] : m_faults)
        list.append(fault);
    return list;
}

QString FaultPlan::contradiction() const
{
    for (const Contradiction &pair : contradictions) {
        if (has(pair.one) && has(pair.other))
            return pairRefused(pair.one, pair.other, pair.reason);
    }
    for (const Fault fault : faults()) {
        const FaultGroup group = infoOf(fault).group;
        if (has(Fault::RedirectLoop) && fault != Fault::RedirectLoop && fault != Fault::HeadDelay)
            return pairRefused(
                Fault::RedirectLoop, fault, QT_TRANSLATE_NOOP("Faults", "a loop never comes to a stream."));
        if (has(Fault::Status) && number(Fault::Status, "status") != 200 && group != FaultGroup::Head)
            return pairRefused(Fault::Status, fault, QT_TRANSLATE_NOOP("Faults", "only status 200 begins a stream."));
    }
    QList<Fault> ends;
    std::copy_if(
        std::begin(endings), std::end(endings), std::back_inserter(ends), [this](Fault end) { return has(end); });
    if (ends.size() > 1)
        return pairRefused(ends[0], ends[1], QT_TRANSLATE_NOOP("Faults", "each is the last thing that a stream does."));
    for (const Fault split : splits) {
        if (!has(split))
            continue;
        if (has(Fault::OneByte))
            return pairRefused(Fault::OneByte, split, QT_TRANSLATE_NOOP("Faults", "it already splits everywhere."));
        for (const Fault coding : {Fault::GzipUnflushed, Fault::GzipTruncated}) {
            if (has(coding))
                return pairRefused(
                    coding, split, QT_TRANSLATE_NOOP("Faults", "compressed bytes have no such place to split at."));
        }
    }
    if (has(Fault::SplitLineEnd) && has(Fault::LineEnds) && text(Fault::LineEnds, "ends") == "cr")
        return pairRefused(Fault::SplitLineEnd, Fault::LineEnds,
            QT_TRANSLATE_NOOP("Faults", "lines that end by CR alone have no LF."));
    return {};
}

QString FaultPlan::liveObstacle() const
{
    for (const Fault fault : faults()) {
        const bool isAtStart = infoOf(fault).group == FaultGroup::Head || fault == Fault::Bom ||
                               fault == Fault::GzipUnflushed || fault == Fault::GzipTruncated ||
                               fault == Fault::LengthTooLong || fault == Fault::LengthTooShort;
        if (isAtStart)
            return faultWords(QT_TRANSLATE_NOOP("Faults",
                                  "“%1” is about how a response begins: it can only be set for connections to come."))
                .arg(infoOf(fault).shownTitle());
    }
    return {};
}

QString FaultPlan::summary() const
{
    QStringList parts;
    for (const Fault fault : faults()) {
        const FaultInfo &info = infoOf(fault);
        QStringList values;
        for (const FaultParameter &parameter : info.parameters) {
            const QVariant value = parameters(fault).value(QLatin1StringView(parameter.name));
            if (parameter.kind != FaultParameter::Kind::Number || value.toLongLong() != parameter.standard)
                values.append(value.toString());
        }
        parts.append(values.isEmpty() ? info.shownTitle() : info.shownTitle() + u' ' + values.join(u' '));
    }
    return parts.join(u", "_s);
}

QByteArray FaultPlan::toJson() const
{
    QJsonObject object;
    for (const auto &[fault, parameters] : m_faults)
        object.insert(QLatin1StringView(infoOf(fault).name), QJsonObject::fromVariantMap(parameters));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<FaultPlan> FaultPlan::fromJson(const QByteArray &json, QString *error)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject()) {
        *error = problem.error == QJsonParseError::NoError
                     ? faultWords(QT_TRANSLATE_NOOP("Faults", "A fault plan must be a JSON object."))
                     : faultWords(QT_TRANSLATE_NOOP("Faults", "The fault plan is not valid JSON at byte %1: %2."))
                           .arg(problem.offset)
                           .arg(problem.errorString());
        return std::nullopt;
    }
    FaultPlan plan;
    const QJsonObject object = document.object();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const FaultInfo *info = findFault(entry.key());
        if (!info)
            *error = faultWords(QT_TRANSLATE_NOOP("Faults", "There is no fault “%1”.")).arg(entry.key());
        else if (!entry.value().isObject())
            *error =
                faultWords(QT_TRANSLATE_NOOP("Faults", "“%1” must be a JSON object of parameters.")).arg(entry.key());
        else
            *error = plan.set(info->fault, entry.value().toObject().toVariantMap());
        if (!error->isEmpty())
            return std::nullopt;
    }
    *error = plan.contradiction();
    return error->isEmpty() ? std::optional(plan) : std::nullopt;
}

} // namespace weir::publish
