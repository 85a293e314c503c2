// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/colourrulefile.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

constexpr int version = 1;
constexpr qsizetype longestName = 200;

/// In the order of their numbers, from 1.
constexpr std::array<QLatin1StringView, ruleColourCount> colourNames{
    "red"_L1, "orange"_L1, "yellow"_L1, "green"_L1, "teal"_L1, "blue"_L1, "violet"_L1, "pink"_L1, "grey"_L1};

struct ColourRuleFile
{
    Q_DECLARE_TR_FUNCTIONS(ColourRuleFile)
};

int lineOf(const QByteArray &json, qsizetype offset)
{
    return static_cast<int>(json.left(offset).count('\n')) + 1;
}

ReadColourRules unreadable(const QString &problem)
{
    return {{}, {problem}, false};
}

/// Reads one rule after the other, and notes what is wrong with them.
class Reader
{
public:
    void read(const QJsonValue &value, qsizetype place);
    ReadColourRules result() && { return std::move(m_result); }

private:
    void report(qsizetype place, const QString &problem)
    {
        m_result.problems << ColourRuleFile::tr("Rule %1: %2").arg(place).arg(problem);
    }
    int colour(const QJsonObject &object, qsizetype place);
    void checkExpression(ColourRule &rule, qsizetype place);

    ReadColourRules m_result;
};

void Reader::read(const QJsonValue &value, qsizetype place)
{
    if (!value.isObject())
        return report(place, ColourRuleFile::tr("left out, it is no object."));
    const auto object = value.toObject();
    if (!object["expression"_L1].isString())
        return report(place, ColourRuleFile::tr("left out, it has no \"expression\" that is a text."));
    if (m_result.rules.size() == mostColourRules)
        return report(place, ColourRuleFile::tr("left out, there are at most %1 rules.").arg(mostColourRules));
    ColourRule rule;
    rule.name = object["name"_L1].toString().left(longestName);
    rule.expression = object["expression"_L1].toString();
    rule.isOn = object["on"_L1].toBool(true);
    rule.colour = colour(object, place);
    checkExpression(rule, place);
    m_result.rules << rule;
}

int Reader::colour(const QJsonObject &object, qsizetype place)
{
    const auto name = object["colour"_L1].toString();
    const auto found = std::ranges::find_if(colourNames, [&name](auto each) { return name == each; });
    if (found != colourNames.end())
        return static_cast<int>(found - colourNames.begin()) + 1;
    report(place, ColourRuleFile::tr("no colour \"%1\", yellow instead.").arg(name));
    return 3;
}

void Reader::checkExpression(ColourRule &rule, qsizetype place)
{
    if (const auto filter = filter::Filter::compile(rule.expression.toStdString()); !filter) {
        rule.isOn = false;
        report(place, ColourRuleFile::tr("switched off, its expression is not understood. %1")
                          .arg(QString::fromStdString(filter::text(filter.error()))));
    }
}

} // namespace

QByteArray colourRulesToJson(const QList<ColourRule> &rules)
{
    QJsonArray list;
    for (const auto &rule : rules) {
        const auto colour = static_cast<std::size_t>(std::clamp(rule.colour, 1, ruleColourCount) - 1);
        list.append(QJsonObject{{u"name"_s, rule.name}, {u"expression"_s, rule.expression},
            {u"colour"_s, QString(colourNames[colour])}, {u"on"_s, rule.isOn}});
    }
    return QJsonDocument(QJsonObject{{u"weirColourRules"_s, version}, {u"rules"_s, list}}).toJson();
}

ReadColourRules colourRulesFromJson(const QByteArray &json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(ColourRuleFile::tr("Line %1: %2.").arg(lineOf(json, error.offset)).arg(error.errorString()));
    const auto object = document.object();
    if (!object["rules"_L1].isArray() || !object.contains("weirColourRules"_L1))
        return unreadable(ColourRuleFile::tr("The file holds no colour rules of Weir."));
    if (object["weirColourRules"_L1].toInt() > version)
        return unreadable(ColourRuleFile::tr("The file comes from a newer Weir (its version is %1, this one reads %2).")
                              .arg(object["weirColourRules"_L1].toInt())
                              .arg(version));
    Reader reader;
    qsizetype place = 0;
    for (const auto &value : object["rules"_L1].toArray())
        reader.read(value, ++place);
    return std::move(reader).result();
}

} // namespace weir::models
