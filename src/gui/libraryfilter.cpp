// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/libraryfilter.h"

#include "gui/theme.h"
#include "models/librarymodel.h"

namespace weir::gui {

using namespace Qt::StringLiterals;

LibraryFilter::LibraryFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setAutoAcceptChildRows(true);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setFilterRole(models::LibraryModel::SearchRole);
}

QVariant LibraryFilter::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DecorationRole)
        return QSortFilterProxyModel::data(index, role);
    const bool isFolder = index.data(models::LibraryModel::IsFolderRole).toBool();
    return icon(isFolder ? u"folder"_s : u"message"_s);
}

} // namespace weir::gui
