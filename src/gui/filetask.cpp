// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filetask.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QSaveFile>
#include <QThreadPool>

#include <utility>

namespace weir::gui {

namespace {

/// One thread: a file that is saved twice in a row ends as the second content.
QThreadPool &pool()
{
    static QThreadPool threads;
    static const bool isSetUp = (threads.setMaxThreadCount(1), true);
    Q_UNUSED(isSetUp)
    return threads;
}

QString tooLarge(qint64 mostBytes)
{
    return QCoreApplication::translate("FileTask", "it is larger than %1 MiB").arg(mostBytes >> 20);
}

/// To the GUI thread; the guard is looked at there.
void deliver(const QPointer<QObject> &guard, std::function<void()> result)
{
    auto *application = QCoreApplication::instance();
    if (!application)
        return; // the last file of a session is written after its end
    QMetaObject::invokeMethod(
        application,
        [guard, result = std::move(result)] {
            if (guard)
                result();
        },
        Qt::QueuedConnection);
}

enum class Readers { Everybody, Owner };

void write(const QString &path, std::function<QByteArray()> content, QObject *receiver,
    std::function<void(const QString &problem)> done, Readers readers)
{
    pool().start([path, content = std::move(content), guard = QPointer(receiver), done = std::move(done), readers] {
        QDir().mkpath(QFileInfo(path).absolutePath());
        QSaveFile file(path);
        const auto bytes = content();
        bool isSaved = file.open(QIODevice::WriteOnly);
        if (isSaved && readers == Readers::Owner)
            isSaved = file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        isSaved = isSaved && file.write(bytes) == bytes.size() && file.commit();
        deliver(guard, [done, problem = isSaved ? QString() : file.errorString()] { done(problem); });
    });
}

} // namespace

void readFile(const QString &path, QObject *receiver, UseContent use)
{
    pool().start([path, guard = QPointer(receiver), use = std::move(use)] {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return deliver(guard, use({}, file.errorString()));
        if (file.size() > maxFileBytes)
            return deliver(guard, use({}, tooLarge(maxFileBytes)));
        const auto bytes = file.readAll();
        deliver(guard, use(bytes, file.error() == QFileDevice::NoError ? QString() : file.errorString()));
    });
}

void readFolder(const QString &path, const QString &pattern, qint64 mostBytes, QObject *receiver, UseFolder use)
{
    pool().start([=, guard = QPointer(receiver), use = std::move(use)] {
        QList<FolderFile> files;
        const auto names = QDir(path).entryList({pattern}, QDir::Files, QDir::Name | QDir::IgnoreCase);
        for (const QString &name : names) {
            QFile file(QDir(path).filePath(name));
            FolderFile &read = files.emplaceBack(FolderFile{name, {}, {}});
            if (!file.open(QIODevice::ReadOnly))
                read.problem = file.errorString();
            else if (file.size() > mostBytes)
                read.problem = tooLarge(mostBytes);
            else
                read.bytes = file.readAll();
        }
        deliver(guard, use(files));
    });
}

void discardFile(const QString &path, QObject *receiver, std::function<void(const QString &problem)> done)
{
    pool().start([path, guard = QPointer(receiver), done = std::move(done)] {
        QFile file(path);
        const bool isGone = !file.exists() || QFile::moveToTrash(path) || file.remove();
        deliver(guard, [done, problem = isGone ? QString() : file.errorString()] { done(problem); });
    });
}

void writeFile(const QString &path, std::function<QByteArray()> content, QObject *receiver,
    std::function<void(const QString &problem)> done)
{
    write(path, std::move(content), receiver, std::move(done), Readers::Everybody);
}

void writePrivateFile(const QString &path, std::function<QByteArray()> content, QObject *receiver,
    std::function<void(const QString &problem)> done)
{
    write(path, std::move(content), receiver, std::move(done), Readers::Owner);
}

void removeFile(const QString &path)
{
    pool().start([path] { QFile::remove(path); });
}

} // namespace weir::gui
