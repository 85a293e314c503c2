// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/messagejson.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace weir::models {

/// A message, or a folder of such items. A value.
struct LibraryItem
{
    QString name;
    bool isFolder = false;
    publish::Publication publication; ///< of a message
    QList<LibraryItem> items;         ///< of a folder
};

/// Folders within folders go no deeper.
inline constexpr int deepestLibraryFolder = 32;

/// The library as a JSON file: `{"weirMessages": 1, "items": [{"folder": NAME, "items": […]}, {"name": NAME, "message":
/// {…}}]}`, the message as messageToJson() writes it. Any thread.
QByteArray libraryToJson(const QList<LibraryItem> &items);

struct ReadLibrary
{
    QList<LibraryItem> items;
    QStringList problems;   ///< what was left out and why, with the line; a sentence each
    bool isReadable = true; ///< false: the file as a whole is no message library
};
ReadLibrary libraryFromJson(const QByteArray &json);

} // namespace weir::models
