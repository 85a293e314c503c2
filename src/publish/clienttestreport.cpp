// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestreport.h"

#include "publish/clienttest.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

constexpr int reportVersion = 1;
constexpr int nameWidth = 26;

struct ReportText
{
    Q_DECLARE_TR_FUNCTIONS(ClientTestReport)
};

QString indented(const QString &text, const QString &margin)
{
    QString lines = text;
    return margin + lines.replace(u'\n', u'\n' + margin);
}

QString toLine(const ClientTestEntry &entry)
{
    const QString time = QString::number(static_cast<double>(entry.time) / 1e6, 'f', 3).rightJustified(8);
    const QString start = time + u"  "_s + word(entry.what).leftJustified(9);
    QString text = entry.text;
    return start + text.replace(u'\n', u'\n' + QString(start.size(), u' '));
}

QJsonObject resultObject(const ClientTestResult &result)
{
    QJsonArray evidence;
    for (const auto &entry : result.evidence) {
        evidence.append(QJsonObject{{u"seconds"_s, static_cast<double>(entry.time) / 1e6},
            {u"what"_s, word(entry.what)}, {u"text"_s, entry.text}});
    }
    QJsonObject object{{u"name"_s, result.name}, {u"verdict"_s, word(result.judgement.verdict)},
        {u"reason"_s, result.judgement.reason}, {u"seconds"_s, static_cast<double>(result.duration.count()) / 1000},
        {u"evidence"_s, evidence}};
    if (const auto *definition = ClientTest::find(result.name)) {
        object.insert(u"checks"_s, definition->checks);
        object.insert(u"rule"_s, definition->rule);
    }
    if (!result.programOutput.isEmpty())
        object.insert(u"output"_s, result.programOutput);
    return object;
}

QString details(const ClientTestResult &result)
{
    QString text = evidenceText(result);
    if (const auto *definition = ClientTest::find(result.name))
        text.prepend(ReportText::tr("Rule: %1").arg(definition->rule) + u'\n');
    if (!result.programOutput.isEmpty())
        text += ReportText::tr("The program printed:") + u'\n' + result.programOutput.trimmed() + u'\n';
    return indented(text.trimmed(), u"      "_s) + u'\n';
}

} // namespace

int ClientTestReport::count(ClientTestVerdict verdict) const
{
    return static_cast<int>(std::count_if(results.begin(), results.end(),
        [verdict](const ClientTestResult &result) { return result.judgement.verdict == verdict; }));
}

void ClientTestReport::add(const ClientTestResult &result)
{
    const auto same = std::find_if(results.begin(), results.end(),
        [&result](const ClientTestResult &earlier) { return earlier.name == result.name; });
    if (same == results.end())
        results.append(result);
    else
        *same = result;
}

QString ClientTestReport::toText(bool showsAll) const
{
    QString text;
    for (const auto &result : results) {
        const auto verdict = result.judgement.verdict;
        text += word(verdict).toUpper().leftJustified(9) + result.name.leftJustified(nameWidth) +
                result.judgement.reason + u'\n';
        if (!result.evidence.isEmpty() &&
            (showsAll || verdict == ClientTestVerdict::Fail || verdict == ClientTestVerdict::Unclear))
            text += details(result);
    }
    return text + sumText(*this) + u'\n';
}

QByteArray ClientTestReport::toJson() const
{
    QJsonArray cases;
    for (const auto &result : results)
        cases.append(resultObject(result));
    const QJsonObject sum{{u"pass"_s, count(ClientTestVerdict::Pass)}, {u"fail"_s, count(ClientTestVerdict::Fail)},
        {u"unclear"_s, count(ClientTestVerdict::Unclear)}, {u"notRun"_s, count(ClientTestVerdict::NotRun)}};
    QJsonObject object{{u"version"_s, reportVersion}, {u"kind"_s, u"client-test"_s},
        {u"time"_s, time.toUTC().toString(Qt::ISODateWithMs)}, {u"sum"_s, sum}, {u"cases"_s, cases}};
    if (!command.isEmpty())
        object.insert(u"command"_s, command);
    return QJsonDocument(object).toJson();
}

QString evidenceText(const ClientTestResult &result)
{
    QString text;
    for (const auto &entry : result.evidence)
        text += toLine(entry) + u'\n';
    return text;
}

QString sumText(const ClientTestReport &report)
{
    return ReportText::tr("Passed: %1, failed: %2, unclear: %3, not run: %4")
        .arg(report.count(ClientTestVerdict::Pass))
        .arg(report.count(ClientTestVerdict::Fail))
        .arg(report.count(ClientTestVerdict::Unclear))
        .arg(report.count(ClientTestVerdict::NotRun));
}

} // namespace weir::publish
