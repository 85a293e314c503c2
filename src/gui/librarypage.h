// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/librarymodel.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace weir::gui {

class InlineNote;

/// The message library: folders of named messages to load, send, rename, find and sort by hand. Kept in a file; one
/// that cannot be read as a whole is told with the place and never overwritten. GUI thread only.
class LibraryPage : public QWidget
{
    Q_OBJECT

public:
    explicit LibraryPage(QWidget *parent = nullptr);
    ~LibraryPage() override;

    /// Reads the library from there and keeps it there from now on.
    void useFile(const QString &path);
    /// Adds a message to the folder in front, and lets the user name it.
    void add(const QString &name, const publish::Publication &publication);
    void setSendingEnabled(bool enabled);

Q_SIGNALS:
    void loadRequested(const weir::publish::Publication &publication); ///< into the composer
    void sendRequested(const weir::publish::Publication &publication);

private:
    void build();
    void createActions();
    void connectParts();
    QAction *action(const QString &iconName, const QString &text, void (LibraryPage::*slot)());
    void take(const models::ReadLibrary &read);
    void changed();
    void save();
    void saveAnyway();
    void load();
    void send();
    void addFolder();
    void rename();
    void removeItem();
    void putBack();
    void importFile();
    void exportFile();
    void readImport(const QString &path);
    void search(const QString &text);
    void updateActions();
    QModelIndex current() const; ///< in the model
    void edit(const QModelIndex &index);

    models::LibraryModel m_model;
    QSortFilterProxyModel *m_filter;
    QLineEdit *m_search;
    QTreeView *m_tree;
    QLabel *m_hint; ///< how messages get here, while there are none
    InlineNote *m_note;
    QAction *m_load = nullptr;
    QAction *m_send = nullptr;
    QAction *m_addFolder = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_putBack = nullptr;
    QAction *m_saveAnyway = nullptr;
    QString m_path; ///< empty: kept nowhere
    QTimer m_saving;
    bool m_isLocked = false; ///< the file holds what could not be read
    bool m_isSendingEnabled = false;
};

} // namespace weir::gui
