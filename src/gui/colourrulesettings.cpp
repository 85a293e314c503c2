// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/colourrulesettings.h"

#include "models/colourrulefile.h"

#include <QSettings>
#include <QThreadPool>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

QString key()
{
    return u"colourRules/json"_s;
}

} // namespace

QList<models::ColourRule> loadColourRules()
{
    const QSettings settings(QSettings::IniFormat, QSettings::UserScope, u"weir"_s, u"weir"_s);
    if (!settings.contains(key()))
        return models::suggestedColourRules();
    return models::colourRulesFromJson(settings.value(key()).toByteArray()).rules;
}

void saveColourRules(const QList<models::ColourRule> &rules)
{
    QThreadPool::globalInstance()->start([rules] {
        QSettings settings(QSettings::IniFormat, QSettings::UserScope, u"weir"_s, u"weir"_s);
        settings.setValue(key(), models::colourRulesToJson(rules));
    });
}

} // namespace weir::gui
