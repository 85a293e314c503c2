// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultcatalogue.h"

#include "publish/faultwords.h"

#include <algorithm>
#include <cmath>

namespace weir::publish {

namespace {

constexpr int longestText = 200;

bool isWhole(const QVariant &value)
{
    const auto type = value.typeId();
    if (type == QMetaType::Double)
        return std::floor(value.toDouble()) == value.toDouble() && std::abs(value.toDouble()) < 1e15;
    return type == QMetaType::Int || type == QMetaType::LongLong || type == QMetaType::UInt;
}

} // namespace

QString FaultParameter::shownLabel() const
{
    return faultWords(label);
}

QString FaultParameter::shownUnit() const
{
    return faultWords(unit);
}

QString FaultParameter::refusal(const QVariant &value) const
{
    const QString shown = QString::fromLatin1(name);
    if (kind == Kind::Number) {
        if (isWhole(value) && value.toLongLong() >= least && value.toLongLong() <= most)
            return {};
        return faultWords(QT_TRANSLATE_NOOP("Faults", "“%1” must be a whole number from %2 to %3."))
            .arg(shown)
            .arg(least)
            .arg(most);
    }
    const QString entered = value.toString();
    if (value.typeId() != QMetaType::QString)
        return faultWords(QT_TRANSLATE_NOOP("Faults", "“%1” must be a text.")).arg(shown);
    if (kind == Kind::Choice)
        return choiceNames().contains(entered) ? QString()
                                               : faultWords(QT_TRANSLATE_NOOP("Faults", "“%1” must be one of: %2."))
                                                     .arg(shown, choiceNames().join(QStringLiteral(", ")));
    const bool hasControl = std::any_of(entered.begin(), entered.end(), [](QChar c) { return c.unicode() < 0x20; });
    if (entered.isEmpty() || hasControl || entered.size() > longestText)
        return faultWords(QT_TRANSLATE_NOOP("Faults", "“%1” must be one line of 1 to %2 characters."))
            .arg(shown)
            .arg(longestText);
    return {};
}

} // namespace weir::publish
