// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/settings.h"

#include <QJsonObject>
#include <QString>

namespace weir::models {

/// A message with the name that it is kept under. A value.
struct NamedMessage
{
    QString name; ///< may be empty
    publish::Publication publication;
};

/// A message as it is kept: `type`, `id`, `data`, `retry`, `comment`, `noId`, `template`, or `raw` alone. The path is
/// no part of it. Any thread.
QJsonObject messageToJson(const publish::Publication &publication);
/// Answers what is wrong, naming the member, or an empty text.
QString messageFromJson(const QJsonObject &object, publish::Publication &publication);

/// A line for a list: the beginning of the data with its line breaks shown, or what there is instead.
QString messageSummary(const publish::Publication &publication);

} // namespace weir::models
