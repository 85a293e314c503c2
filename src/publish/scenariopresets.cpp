// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/scenariopresets.h"

#include <QFile>

namespace weir::publish {

using namespace Qt::StringLiterals;

QStringList scenarioPresets()
{
    return {u"ticker"_s, u"bursts"_s, u"log"_s, u"chat"_s, u"openai-chat"_s, u"openai-responses"_s, u"anthropic"_s,
        u"heartbeat"_s, u"resume"_s};
}

QByteArray scenarioPreset(const QString &name)
{
    if (!scenarioPresets().contains(name))
        return {};
    QFile file(u":/scenarios/"_s + name + u".json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace weir::publish
