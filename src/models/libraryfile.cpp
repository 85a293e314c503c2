// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/libraryfile.h"

#include "publish/jsonplace.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace weir::models {

using namespace Qt::StringLiterals;

namespace {

constexpr int libraryVersion = 1;

struct LibraryFile
{
    Q_DECLARE_TR_FUNCTIONS(LibraryFile)
};

QJsonArray toArray(const QList<LibraryItem> &items)
{
    QJsonArray array;
    for (const LibraryItem &item : items) {
        if (item.isFolder)
            array.append(QJsonObject{{u"folder"_s, item.name}, {u"items"_s, toArray(item.items)}});
        else
            array.append(QJsonObject{{u"name"_s, item.name}, {u"message"_s, messageToJson(item.publication)}});
    }
    return array;
}

class LibraryReader
{
public:
    explicit LibraryReader(const QByteArray &json)
        : m_json(json)
    {}

    QList<LibraryItem> readItems(const QJsonValue &value, const QStringList &path, int depth);
    QStringList problems() const { return m_problems; }

private:
    void readItem(const QJsonValue &value, const QStringList &path, int depth, QList<LibraryItem> &items);
    void report(const QStringList &path, const QString &problem);

    const QByteArray &m_json;
    QStringList m_problems;
};

void LibraryReader::report(const QStringList &path, const QString &problem)
{
    m_problems << LibraryFile::tr("Line %1: left out, %2.").arg(publish::lineOf(m_json, path)).arg(problem);
}

QList<LibraryItem> LibraryReader::readItems(const QJsonValue &value, const QStringList &path, int depth)
{
    QList<LibraryItem> items;
    if (!value.isArray())
        report(path, LibraryFile::tr("“items” is no list"));
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i)
        readItem(array[i], path + QStringList{QString::number(i)}, depth, items);
    return items;
}

void LibraryReader::readItem(const QJsonValue &value, const QStringList &path, int depth, QList<LibraryItem> &items)
{
    const QJsonObject object = value.toObject();
    if (object.contains("folder"_L1)) {
        if (!object["folder"_L1].isString())
            return report(path, LibraryFile::tr("the name of a folder is no text"));
        if (depth >= deepestLibraryFolder)
            return report(path, LibraryFile::tr("folders are nested more than %1 deep").arg(deepestLibraryFolder));
        LibraryItem folder{object["folder"_L1].toString(), true, {}, {}};
        folder.items = readItems(object["items"_L1], path + QStringList{u"items"_s}, depth + 1);
        items.append(folder);
        return;
    }
    if (!object["name"_L1].isString() || !object["message"_L1].isObject())
        return report(path, LibraryFile::tr("it is neither a folder nor a message with a name"));
    LibraryItem item{object["name"_L1].toString(), false, {}, {}};
    const QString problem = messageFromJson(object["message"_L1].toObject(), item.publication);
    if (!problem.isEmpty())
        return report(path + QStringList{u"message"_s}, problem);
    items.append(item);
}

} // namespace

QByteArray libraryToJson(const QList<LibraryItem> &items)
{
    return QJsonDocument(QJsonObject{{u"weirMessages"_s, libraryVersion}, {u"items"_s, toArray(items)}}).toJson();
}

ReadLibrary libraryFromJson(const QByteArray &json)
{
    const auto unreadable = [](const QString &problem) { return ReadLibrary{{}, {problem}, false}; };
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        const auto line = json.left(error.offset).count('\n') + 1;
        return unreadable(LibraryFile::tr("Line %1: not JSON: %2.").arg(line).arg(error.errorString()));
    }
    const auto found = document.object()["weirMessages"_L1];
    if (!found.isDouble())
        return unreadable(LibraryFile::tr("It is no message library: “weirMessages” is missing."));
    if (found.toInt() != libraryVersion)
        return unreadable(LibraryFile::tr("It is of version %1, which this Weir does not know.").arg(found.toInt()));
    LibraryReader reader(json);
    const auto items = reader.readItems(document.object()["items"_L1], {u"items"_s}, 0);
    return {items, reader.problems(), true};
}

} // namespace weir::models
