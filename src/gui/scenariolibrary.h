// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/scenario.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace weir::gui {

/// The scenarios there are: those that come with the program, which cannot be changed, and the user's, each a file in a
/// folder. What the user changes is saved at once, wrong or right, so that nothing is lost. GUI thread only.
class ScenarioLibrary : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Entry
    {
        QString key; ///< of a preset its name, else the file's name; never shown
        bool isPreset = false;
        QByteArray json;
        std::optional<publish::Scenario> scenario; ///< absent: `problem` says why
        QString title;
        QString problem;
    };
    enum Role { KeyRole = Qt::UserRole, IsPresetRole, ProblemRole };

    /// The user's scenarios live as long as this, until there is a folder.
    explicit ScenarioLibrary(QObject *parent = nullptr);

    /// Keeps the user's scenarios there, and reads those that are there already; loaded() follows.
    void useFolder(const QString &folder);

    const Entry *find(const QString &key) const; ///< null: there is none
    const Entry *at(int row) const;
    int rowOf(const QString &key) const; ///< -1: there is none

    /// A new one of the user's; answers its key.
    QString add(const QByteArray &json);
    void save(const QString &key, const QByteArray &json);
    void remove(const QString &key);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void loaded();
    void failed(const QString &sentence); ///< a file could not be written or removed

private:
    void takeFiles(const std::vector<Entry> &entries);
    void write(const Entry &entry);
    QString pathOf(const QString &key) const;
    QString freeKey(const QString &title) const;

    QString m_folder;
    std::vector<Entry> m_entries;
};

} // namespace weir::gui
