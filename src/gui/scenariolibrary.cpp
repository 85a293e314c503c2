// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenariolibrary.h"

#include "gui/filetask.h"
#include "gui/theme.h"
#include "publish/scenariojson.h"
#include "publish/scenariopresets.h"

#include <QRegularExpression>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostFileBytes = 16 << 20;
constexpr qsizetype longestScenarioName = 60;

void read(ScenarioLibrary::Entry &entry)
{
    const auto reading = publish::readScenario(entry.json);
    entry.scenario = reading.scenario;
    entry.problem = reading.scenario ? QString() : reading.problem.sentence();
    entry.title = reading.draft ? reading.draft->name : QString();
    if (entry.title.isEmpty())
        entry.title = entry.key.endsWith(u".json"_s) ? entry.key.chopped(5) : entry.key;
}

std::vector<ScenarioLibrary::Entry> presets()
{
    std::vector<ScenarioLibrary::Entry> entries;
    for (const QString &name : publish::scenarioPresets()) {
        auto &entry = entries.emplace_back();
        entry.key = name;
        entry.isPreset = true;
        entry.json = publish::scenarioPreset(name);
        read(entry);
    }
    return entries;
}

} // namespace

ScenarioLibrary::ScenarioLibrary(QObject *parent)
    : QAbstractListModel(parent)
    , m_entries(presets())
{}

void ScenarioLibrary::useFolder(const QString &folder)
{
    m_folder = folder;
    readFolder(m_folder, u"*.json"_s, mostFileBytes, this, [this](const QList<FolderFile> &files) {
        std::vector<Entry> entries;
        for (const FolderFile &file : files) {
            auto &entry = entries.emplace_back();
            entry.key = file.name;
            entry.json = file.bytes;
            read(entry);
            if (!file.problem.isEmpty())
                entry.problem = file.problem;
        }
        return [this, entries] { takeFiles(entries); };
    });
}

void ScenarioLibrary::takeFiles(const std::vector<Entry> &entries)
{
    beginResetModel();
    std::erase_if(m_entries, [](const Entry &entry) { return !entry.isPreset; });
    m_entries.insert(m_entries.end(), entries.begin(), entries.end());
    endResetModel();
    Q_EMIT loaded();
}

int ScenarioLibrary::rowOf(const QString &key) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&key](const Entry &entry) { return entry.key == key; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

const ScenarioLibrary::Entry *ScenarioLibrary::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_entries[static_cast<std::size_t>(row)] : nullptr;
}

const ScenarioLibrary::Entry *ScenarioLibrary::find(const QString &key) const
{
    return at(rowOf(key));
}

QString ScenarioLibrary::freeKey(const QString &title) const
{
    static const QRegularExpression others(u"[^\\p{L}\\p{N}]+"_s, QRegularExpression::UseUnicodePropertiesOption);
    QString name = title.left(longestScenarioName).toLower().replace(others, u"-"_s);
    name.remove(QRegularExpression(u"^-|-$"_s));
    if (name.isEmpty())
        name = u"scenario"_s;
    QString key = name + u".json"_s;
    for (int i = 2; rowOf(key) >= 0; ++i)
        key = u"%1-%2.json"_s.arg(name).arg(i);
    return key;
}

QString ScenarioLibrary::add(const QByteArray &json)
{
    Entry entry;
    entry.json = json;
    read(entry);
    entry.key = freeKey(entry.title);
    read(entry);
    write(entry);
    beginInsertRows({}, rowCount(), rowCount());
    m_entries.push_back(entry);
    endInsertRows();
    return entry.key;
}

void ScenarioLibrary::save(const QString &key, const QByteArray &json)
{
    const int row = rowOf(key);
    if (row < 0 || at(row)->isPreset || at(row)->json == json)
        return;
    Entry &entry = m_entries[static_cast<std::size_t>(row)];
    entry.json = json;
    read(entry);
    write(entry);
    Q_EMIT dataChanged(index(row), index(row));
}

void ScenarioLibrary::remove(const QString &key)
{
    const int row = rowOf(key);
    if (row < 0 || at(row)->isPreset)
        return;
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
    if (m_folder.isEmpty())
        return;
    discardFile(pathOf(key), this, [this, key](const QString &problem) {
        if (!problem.isEmpty())
            Q_EMIT failed(tr("The scenario file %1 could not be removed: %2.").arg(key, problem));
    });
}

QString ScenarioLibrary::pathOf(const QString &key) const
{
    return m_folder + u'/' + key;
}

void ScenarioLibrary::write(const Entry &entry)
{
    if (m_folder.isEmpty())
        return;
    writeFile(
        pathOf(entry.key), [json = entry.json] { return json; }, this,
        [this, key = entry.key](const QString &problem) {
            if (!problem.isEmpty())
                Q_EMIT failed(tr("The scenario file %1 could not be saved: %2.").arg(key, problem));
        });
}

int ScenarioLibrary::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant ScenarioLibrary::data(const QModelIndex &index, int role) const
{
    const Entry *entry = at(index.row());
    if (!entry)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return entry->title;
    case Qt::DecorationRole:
        return icon(!entry->problem.isEmpty() ? u"warning"_s : entry->isPreset ? u"bookmark"_s : u"edit"_s);
    case Qt::ToolTipRole:
        if (!entry->problem.isEmpty())
            return entry->problem;
        return entry->isPreset ? tr("%1\nComes with Weir").arg(entry->scenario->description)
                               : entry->scenario->description;
    case KeyRole:
        return entry->key;
    case IsPresetRole:
        return entry->isPreset;
    case ProblemRole:
        return entry->problem;
    default:
        return {};
    }
}

} // namespace weir::gui
