// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/markspane.h"

#include "gui/rowcolours.h"
#include "gui/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <array>

namespace weir::gui {

using namespace Qt::StringLiterals;
using models::AnnotationModel;

namespace {

/// Shows what stands beside the number: the label's colour, else the ribbon of a mark or the sheet of a note.
class MarkDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.data(AnnotationModel::EvictedRole).toBool()) {
            const auto secondary = colour(Meaning::Secondary, option->palette);
            option->palette.setColor(QPalette::Text, secondary);
        }
        if (index.column() == AnnotationModel::TimeColumn || index.column() == AnnotationModel::NumberColumn ||
            index.column() == AnnotationModel::DataColumn)
            option->font = fixedFont();
        if (index.column() != AnnotationModel::NumberColumn)
            return;
        option->features |= QStyleOptionViewItem::HasDecoration;
        const int label = index.data(AnnotationModel::LabelRole).toInt();
        const bool isMarked = index.data(AnnotationModel::MarkRole).toBool();
        option->icon = label > 0 ? rowColourIcon(label, option->palette) : icon(isMarked ? u"mark"_s : u"note"_s);
    }
};

} // namespace

MarksPane::MarksPane(AnnotationModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new QTreeView)
    , m_stack(new QStackedWidget)
{
    createView();
    m_stack->addWidget(m_view);
    m_stack->addWidget(createEmptyText());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &MarksPane::showState);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &MarksPane::showState);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &MarksPane::showState);
    showState();
}

void MarksPane::createView()
{
    m_view->setObjectName(u"marksView"_s);
    m_view->setAccessibleName(tr("Marks, labels and notes"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new MarkDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->installEventFilter(this);
    const int character = QFontMetrics(fixedFont()).averageCharWidth();
    const std::array<int, AnnotationModel::columns> characters{14, 17, 12, 16, 24, 20};
    for (int column = 0; column < AnnotationModel::columns; ++column)
        m_view->header()->resizeSection(column, characters[static_cast<std::size_t>(column)] * character);
    connect(m_view, &QTreeView::activated, this,
        [this](const QModelIndex &index) { Q_EMIT activated(m_model.numberAt(index.row())); });
    connect(m_view, &QTreeView::customContextMenuRequested, this, &MarksPane::showMenu);
}

QWidget *MarksPane::createEmptyText()
{
    auto *text = new QLabel(tr("No marks yet. Ctrl+B marks the selected events, Alt+1 to Alt+9 label them, "
                               "Ctrl+Shift+N notes something on the current one."));
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    text->setMargin(fontMetrics().height());
    text->setEnabled(false);
    return text;
}

void MarksPane::showState()
{
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 0 : 1);
    setWindowTitle(m_model.rowCount() > 0 ? tr("Marks (%1)").arg(m_model.rowCount()) : tr("Marks"));
}

QList<store::EventNumber> MarksPane::selection() const
{
    QList<store::EventNumber> numbers;
    for (const auto &index : m_view->selectionModel()->selectedRows())
        numbers << m_model.numberAt(index.row());
    return numbers;
}

void MarksPane::showMenu(const QPoint &at)
{
    const auto numbers = selection();
    if (numbers.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto first = numbers.front();
    connect(menu->addAction(icon(u"go-to"_s), tr("&Go to event")), &QAction::triggered, this,
        [this, first] { Q_EMIT activated(first); });
    connect(menu->addAction(icon(u"note"_s), tr("&Note…")), &QAction::triggered, this,
        [this, first] { Q_EMIT noteRequested(first); });
    menu->addSeparator();
    auto *remove = menu->addAction(icon(u"remove"_s), tr("&Remove"));
    remove->setShortcut(Qt::Key_Delete);
    connect(remove, &QAction::triggered, this, [this, numbers] { Q_EMIT removeRequested(numbers); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

bool MarksPane::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = watched == m_view && event->type() == QEvent::KeyPress;
    if (isKey && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete && !selection().isEmpty()) {
        Q_EMIT removeRequested(selection());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace weir::gui
