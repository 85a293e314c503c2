// SPDX-License-Identifier: GPL-3.0-or-later
// The context menu of a JsonTreeView.
#include "filter/syntax.h"
#include "gui/jsontreeview.h"
#include "gui/theme.h"

#include <QMenu>
#include <QTreeView>

namespace weir::gui {

using namespace Qt::StringLiterals;
using filter::JsonType;
using models::JsonOutline;

namespace {

/// Longer values are no help in a filter, which is one line.
constexpr std::size_t mostTermBytes = 1000;

/// What a filter writes to ask for this value at its place: `data.price = 1.10`, or `has:data.user` for an object or
/// array. Empty if there is no such term.
QString filterTerm(const JsonOutline &outline, JsonOutline::Node node)
{
    const auto path = outline.path(node);
    if (path.steps().empty() || outline.text(node).size() > mostTermBytes || !outline.isFirstOfPath(node))
        return {};
    if (outline.isContainer(node))
        return u"has:"_s + QString::fromUtf8(path.text());
    const auto value = outline.decodedText(node);
    return QString::fromUtf8(path.text()) + u" = "_s +
           QString::fromUtf8(outline.type(node) == JsonType::String ? filter::quoted(value) : value);
}

} // namespace

void JsonTreeView::showMenu(const QPoint &at)
{
    const auto node = currentNode();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (node) {
        addFilterActions(*menu, *node);
        addCopyActions(*menu, *node);
        menu->addSeparator();
        menu->addAction(icon(u"decode"_s), tr("&Decode"), this, &JsonTreeView::decodingRequested);
        menu->addSeparator();
    }
    for (auto *action : tabActions())
        menu->addAction(action);
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

void JsonTreeView::addFilterActions(QMenu &menu, JsonOutline::Node node)
{
    const QString term = m_isFilterable ? filterTerm(*m_model.outline(), node) : QString();
    auto *filter = menu.addAction(
        icon(u"filter"_s), tr("&Filter by this value"), this, [this, term] { Q_EMIT filterRequested(term, false); });
    auto *exclude =
        menu.addAction(tr("E&xclude this value"), this, [this, term] { Q_EMIT filterRequested(term, true); });
    auto *column = menu.addAction(
        tr("Add as c&olumn"), this, [this, path = m_model.outline()->path(node)] { Q_EMIT columnRequested(path); });
    filter->setObjectName(u"filterValueAction"_s);
    exclude->setObjectName(u"excludeValueAction"_s);
    column->setObjectName(u"columnAction"_s);
    filter->setEnabled(!term.isEmpty());
    exclude->setEnabled(!term.isEmpty());
    filter->setToolTip(term);
    column->setEnabled(m_isFilterable && m_model.outline()->parent(node) && m_model.outline()->isFirstOfPath(node));
    menu.addSeparator();
}

void JsonTreeView::addCopyActions(QMenu &menu, JsonOutline::Node node)
{
    const auto outline = m_model.outline();
    menu.addAction(icon(u"copy"_s), tr("&Copy value"), this,
        [this, outline, node] { copy(QString::fromUtf8(outline->decodedText(node)), tr("Value copied")); });
    menu.addAction(tr("Copy as &JSON"), this,
        [this, outline, node] { copy(QString::fromUtf8(outline->text(node)), tr("JSON copied")); });
    menu.addAction(tr("Copy &path"), this,
        [this, outline, node] { copy(QString::fromUtf8(outline->path(node).text()), tr("Path copied")); });
    auto *key = menu.addAction(tr("Copy &key"), this,
        [this, outline, node] { copy(QString::fromUtf8(outline->key(node)), tr("Key copied")); });
    key->setEnabled(outline->isInObject(node));
}

} // namespace weir::gui
