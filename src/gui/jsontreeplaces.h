// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jsontree.h"

#include <QHash>
#include <QObject>

class QTreeView;

namespace weir::gui {

/// Remembers by path what is expanded and which value is current in a tree of JSON, so that it stays while one event
/// after the other is shown. GUI thread only.
class JsonTreePlaces : public QObject
{
    Q_OBJECT

public:
    /// No more rows than these are expanded at once.
    static constexpr std::uint32_t mostRows = 5000;

    /// `tree` shows `model`; both must outlive this.
    JsonTreePlaces(QTreeView &tree, models::JsonTree &model);

    /// Shows `outline` with what is remembered. False if not all that should be expanded is: it would be too much.
    bool show(std::shared_ptr<const models::JsonOutline> outline);
    /// The same outline, expanded as far as it goes or not at all; this holds for those that follow too.
    bool expandAll();
    void collapseAll();
    /// Expands what the value lies in, makes it current and scrolls to it.
    void reveal(models::JsonOutline::Node node);

private:
    enum class Default { SmallTexts, All, None };

    void noteExpansion(const QModelIndex &index, bool isExpanded);
    void noteCurrent(const QModelIndex &index);
    QString placeText(const QModelIndex &index) const;
    bool expandDefaults();
    bool expandGroups(models::JsonOutline::Node container, std::uint32_t &rows);
    void expandChosen();
    void restoreCurrent();

    QTreeView &m_tree;
    models::JsonTree &m_model;
    Default m_default = Default::SmallTexts;
    QHash<QString, bool> m_chosen; ///< expanded or not, by the path and the number of the group
    QString m_current;             ///< path of a value
    bool m_isRestoring = false;
};

} // namespace weir::gui
