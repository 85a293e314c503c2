// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jsontreeview.h"

#include "gui/detailfindbar.h"
#include "gui/inlinenote.h"
#include "gui/jsontreedelegate.h"
#include "gui/jsontreeplaces.h"
#include "gui/theme.h"
#include "models/eventformat.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::JsonOutline;
using models::JsonTree;

namespace {

/// From here on reading takes so long that the former tree must not stand meanwhile.
constexpr std::size_t largeText = std::size_t{1} << 20;
constexpr int leastKeyCharacters = 14;

} // namespace

JsonTreeView::JsonTreeView(QWidget *parent)
    : QWidget(parent)
    , m_tree(new QTreeView(this))
    , m_delegate(new JsonTreeDelegate(m_tree))
    , m_note(new InlineNote(this))
    , m_find(new DetailFindBar(m_tree, this))
    , m_reading(this, [this](const Outline &outline) { show(outline); })
    , m_searching(this, [this](const std::vector<JsonOutline::Node> &matches) { takeMatches(matches); })
{
    createTree();
    m_places = new JsonTreePlaces(*m_tree, m_model);
    createActions();
    connectFind();
    m_note->setContentsMargins(6, 2, 6, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_note);
    column->addWidget(m_tree, 1);
    column->addWidget(m_find);
}

JsonTreeView::~JsonTreeView()
{
    delete m_tree; // it looks at the model, which would go before it
}

void JsonTreeView::createTree()
{
    m_tree->setObjectName(u"jsonTree"_s);
    m_tree->setAccessibleName(tr("Data as a tree of JSON values"));
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(m_delegate);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setFont(fixedFont());
    m_tree->header()->setFont(font());
    m_tree->header()->setStretchLastSection(true);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->installEventFilter(this);
    m_tree->setColumnWidth(JsonTree::KeyColumn, m_tree->fontMetrics().averageCharWidth() * leastKeyCharacters);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &JsonTreeView::showMenu);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &JsonTreeView::currentValueChanged);
}

void JsonTreeView::createActions()
{
    const auto add = [this](const QString &iconName, const QString &text) {
        m_actions.append(new QAction(icon(iconName), text, this));
        return m_actions.last();
    };
    connect(add(u"find"_s, tr("Find in this event (Ctrl+F)")), &QAction::triggered, this, &JsonTreeView::openFind);
    connect(add(u"expand"_s, tr("Expand all (*)")), &QAction::triggered, this, &JsonTreeView::expandAll);
    connect(add(u"collapse"_s, tr("Collapse all")), &QAction::triggered, m_places, &JsonTreePlaces::collapseAll);
}

void JsonTreeView::connectFind()
{
    connect(m_find, &DetailFindBar::wordsChanged, this, [this] {
        m_goesToMatch = true;
        search();
    });
    connect(m_find, &DetailFindBar::nextWanted, this, &JsonTreeView::findNext);
    connect(m_find, &DetailFindBar::previousWanted, this, &JsonTreeView::findPrevious);
}

void JsonTreeView::setText(std::shared_ptr<const void> keep, std::string_view text, bool isFilterable)
{
    m_isFilterable = isFilterable;
    m_searching.cancel();
    if (text.size() >= largeText) {
        show(nullptr);
        m_note->say(Meaning::Secondary, tr("Reading %1…").arg(models::formatBytes(text.size())));
    }
    m_reading.start(
        [keep = std::move(keep), text](const auto &isCanceled) { return JsonOutline::read(keep, text, isCanceled); });
}

void JsonTreeView::clear()
{
    m_reading.cancel();
    m_searching.cancel();
    show(nullptr);
}

bool JsonTreeView::isComplete() const
{
    return !m_reading.isRunning() && !m_searching.isRunning();
}

void JsonTreeView::show(const Outline &outline)
{
    m_matches.clear();
    explain(m_places->show(outline));
    fitKeys();
    m_goesToMatch = false;
    search();
    Q_EMIT currentValueChanged();
}

void JsonTreeView::explain(bool isExpandedWhole)
{
    const auto &outline = m_model.outline();
    if (!outline)
        return m_note->hush();
    QStringList remarks;
    if (outline->problem() && outline->json().empty())
        return m_note->say(Meaning::Secondary, tr("No data."));
    if (outline->problem())
        remarks += tr("Not JSON %1.").arg(models::problemText(*outline->problem(), outline->json()));
    if (outline->problem() && outline->nodeCount() > 0)
        remarks += tr("Below is what comes before.");
    if (outline->isCut())
        remarks += tr("The first %1 values are listed.").arg(models::formatCount(JsonOutline::maxNodes));
    if (outline->isTooDeep())
        remarks +=
            tr("What is nested deeper than %1 levels is not listed.").arg(models::formatCount(JsonOutline::maxDepth));
    if (!isExpandedWhole)
        remarks += tr("Only the first %1 rows were expanded.").arg(models::formatCount(JsonTreePlaces::mostRows));
    m_note->say(outline->problem() ? Meaning::Warning : Meaning::Secondary, remarks.join(u' '));
}

void JsonTreeView::fitKeys()
{
    // It only grows: a width that changes with every event would make the values jump.
    auto *header = m_tree->header();
    const QAbstractItemView &tree = *m_tree;
    const int wanted = std::min(tree.sizeHintForColumn(JsonTree::KeyColumn), width() * 2 / 5);
    if (wanted > header->sectionSize(JsonTree::KeyColumn))
        header->resizeSection(JsonTree::KeyColumn, wanted);
}

void JsonTreeView::expandAll()
{
    explain(m_places->expandAll());
    fitKeys();
}

void JsonTreeView::openFind()
{
    m_find->open();
}

void JsonTreeView::search()
{
    m_matches.clear();
    const auto words = m_find->words();
    m_delegate->setWords(words);
    m_tree->viewport()->update();
    m_searching.cancel();
    m_find->showCount(0, 0);
    if (words.isEmpty() || !m_model.outline())
        return;
    m_find->showBusy();
    m_searching.start([outline = m_model.outline(), text = words.toStdString()](
                          const auto &isCanceled) { return models::findInOutline(*outline, text, isCanceled); });
}

void JsonTreeView::takeMatches(const std::vector<JsonOutline::Node> &matches)
{
    m_matches = matches;
    m_find->showCount(0, static_cast<qsizetype>(matches.size()));
    if (!m_goesToMatch || matches.empty())
        return;
    const auto from = std::ranges::lower_bound(matches, currentNode().value_or(0));
    goTo(from == matches.end() ? 0 : static_cast<std::size_t>(from - matches.begin()));
}

void JsonTreeView::findNext()
{
    if (m_matches.empty())
        return openFind();
    const auto from = std::ranges::upper_bound(m_matches, currentNode().value_or(0));
    goTo(from == m_matches.end() ? 0 : static_cast<std::size_t>(from - m_matches.begin()));
}

void JsonTreeView::findPrevious()
{
    if (m_matches.empty())
        return openFind();
    const auto from = std::ranges::lower_bound(m_matches, currentNode().value_or(0));
    goTo(from == m_matches.begin() ? m_matches.size() - 1 : static_cast<std::size_t>(from - m_matches.begin()) - 1);
}

void JsonTreeView::goTo(std::size_t match)
{
    m_places->reveal(m_matches[match]);
    m_find->showCount(static_cast<qsizetype>(match) + 1, static_cast<qsizetype>(m_matches.size()));
}

std::optional<JsonOutline::Node> JsonTreeView::currentNode() const
{
    return m_model.outline() ? m_model.node(m_tree->currentIndex()) : std::nullopt;
}

QByteArray JsonTreeView::currentValue() const
{
    const auto node = currentNode();
    return node ? QByteArray::fromStdString(m_model.outline()->decodedText(*node)) : QByteArray();
}

void JsonTreeView::copy(const QString &text, const QString &note)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT noticed(note);
}

bool JsonTreeView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    // What the base class does with these keys has no limit, or copies what is elided.
    if (key->key() == Qt::Key_Asterisk) {
        expandAll();
        return true;
    }
    if (key->matches(QKeySequence::Copy) && currentNode()) {
        copy(QString::fromUtf8(currentValue()), tr("Value copied"));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace weir::gui
