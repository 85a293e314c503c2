// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace weir::gui {

/// Files that a person opens and saves, read and written on a pool thread. Answers come on the GUI thread, and not at
/// all once the receiver is gone. `problem` is empty or says in words what went wrong, without the file's name.

/// Files that are larger than `maxBytes` are refused before they are read.
constexpr qint64 maxFileBytes = qint64{256} << 20;

/// Runs `use` on the pool thread with the file's content, which may be read, parsed and turned into a value there; what
/// it returns is called on the GUI thread.
using UseContent = std::function<std::function<void()>(const QByteArray &bytes, const QString &problem)>;
void readFile(const QString &path, QObject *receiver, UseContent use);

/// The files of a folder whose names match `pattern` (`*.json`), by name; what cannot be read or is larger than
/// `mostBytes` has a problem and no bytes. A folder that is not there is an empty one.
struct FolderFile
{
    QString name;
    QByteArray bytes;
    QString problem;
};
using UseFolder = std::function<std::function<void()>(const QList<FolderFile> &files)>;
void readFolder(const QString &path, const QString &pattern, qint64 mostBytes, QObject *receiver, UseFolder use);

/// Moves the file to the desktop's waste basket; where there is none it is removed.
void discardFile(const QString &path, QObject *receiver, std::function<void(const QString &problem)> done);

/// Runs `content` on the pool thread and puts what it answers in the place of the file in one step: the file is either
/// the old one or the new one, whatever happens. The folder is made if need be.
void writeFile(const QString &path, std::function<QByteArray()> content, QObject *receiver,
    std::function<void(const QString &problem)> done);
/// The same, for what only its owner is to read.
void writePrivateFile(const QString &path, std::function<QByteArray()> content, QObject *receiver,
    std::function<void(const QString &problem)> done);

/// Removes the file, after what is to be written before.
void removeFile(const QString &path);

} // namespace weir::gui
