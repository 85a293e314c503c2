// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/jsonpath.h"
#include "gui/pooltask.h"
#include "models/jsontree.h"

#include <QWidget>

class QAction;
class QMenu;
class QTreeView;

namespace weir::gui {

class DetailFindBar;
class InlineNote;
class JsonTreeDelegate;
class JsonTreePlaces;

/// JSON text of any size as a tree, with a line to find words in it. The text is read on a pool thread; a late result
/// for an earlier text is dropped. What is expanded and the current value stay, by path, when another text is shown.
/// GUI thread only.
class JsonTreeView : public QWidget
{
    Q_OBJECT

public:
    explicit JsonTreeView(QWidget *parent = nullptr);
    ~JsonTreeView() override;

    /// `keep` owns the bytes. `isFilterable`: filters and columns can ask for the values by their paths.
    void setText(std::shared_ptr<const void> keep, std::string_view text, bool isFilterable);
    void clear();
    /// What was set is shown.
    bool isComplete() const;
    /// The actions for the corner of the pane.
    QList<QAction *> tabActions() const { return m_actions; }

    void openFind();
    void findNext();
    void findPrevious();
    /// Of the current value; empty without one. A string as it reads, all else as it was sent.
    QByteArray currentValue() const;

Q_SIGNALS:
    /// `term` asks for one value at its place.
    void filterRequested(const QString &term, bool isExcluded);
    void columnRequested(const weir::filter::JsonPath &path);
    /// The current value is to be shown decoded.
    void decodingRequested();
    /// Another value is current, or it is no more.
    void currentValueChanged();
    /// What was done, in a few words.
    void noticed(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    using Outline = std::shared_ptr<const models::JsonOutline>;

    void createTree();
    void createActions();
    void connectFind();
    void show(const Outline &outline);
    void explain(bool isExpandedWhole);
    void fitKeys();
    void expandAll();
    void search();
    void takeMatches(const std::vector<models::JsonOutline::Node> &matches);
    void goTo(std::size_t match);
    void showMenu(const QPoint &at);
    void addFilterActions(QMenu &menu, models::JsonOutline::Node node);
    void addCopyActions(QMenu &menu, models::JsonOutline::Node node);
    void copy(const QString &text, const QString &note);
    std::optional<models::JsonOutline::Node> currentNode() const;

    models::JsonTree m_model;
    QTreeView *m_tree;
    JsonTreeDelegate *m_delegate;
    InlineNote *m_note;
    DetailFindBar *m_find;
    JsonTreePlaces *m_places;
    QList<QAction *> m_actions;
    PoolTask<Outline> m_reading;
    PoolTask<std::vector<models::JsonOutline::Node>> m_searching;
    std::vector<models::JsonOutline::Node> m_matches;
    bool m_isFilterable = false;
    bool m_goesToMatch = false; ///< the words changed, not only the event
};

} // namespace weir::gui
