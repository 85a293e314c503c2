// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/suggestionpopup.h"

#include "gui/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScreen>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRowsOnScreen = 12;
constexpr int remarkRole = Qt::UserRole + 1;
constexpr int actionRole = Qt::UserRole + 2;

/// The text in the fixed font, the remark at the other end.
class SuggestionDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem row = option;
        initStyleOption(&row, index);
        row.text.clear();
        const auto *widget = option.widget;
        widget->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, widget);
        const QRect area = option.rect.adjusted(margin, 0, -margin, 0);
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        const bool isAction = index.data(actionRole).toBool();
        const QPalette &palette = option.palette;
        const QColor plain = palette.color(isChosen ? QPalette::HighlightedText : QPalette::Text);
        const QColor quiet = isChosen ? plain : colour(Meaning::Secondary, palette);
        const int used = draw(painter, area, fontOf(index), isAction ? quiet : plain, index.data().toString());
        draw(painter, area.adjusted(used + 3 * margin, 0, 0, 0), option.font, quiet, index.data(remarkRole).toString(),
            Qt::AlignRight);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QFontMetrics text(fontOf(index));
        const int width = text.horizontalAdvance(index.data().toString()) +
                          option.fontMetrics.horizontalAdvance(index.data(remarkRole).toString()) + 6 * margin;
        return {width, std::max(text.height(), option.fontMetrics.height()) + 4};
    }

private:
    static constexpr int margin = 6;

    static QFont fontOf(const QModelIndex &index) { return index.data(actionRole).toBool() ? QFont() : fixedFont(); }

    /// Returns the width that it took.
    static int draw(QPainter *painter, const QRect &area, const QFont &font, const QColor &colour, const QString &text,
        Qt::Alignment alignment = Qt::AlignLeft)
    {
        const QFontMetrics metrics(font);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(area.width(), 0));
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(area, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
        return metrics.horizontalAdvance(shown);
    }
};

} // namespace

SuggestionPopup::SuggestionPopup(QWidget *line)
    : QListView(line)
    , m_line(line)
    , m_rows(new QStandardItemModel(this))
{
    // No popup: that would take the keys from the line, and the first click elsewhere.
    setWindowFlags(Qt::ToolTip);
    setAttribute(Qt::WA_ShowWithoutActivating);
    setObjectName(u"suggestionPopup"_s);
    setAccessibleName(tr("Suggestions"));
    setFocusPolicy(Qt::NoFocus);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setItemDelegate(new SuggestionDelegate(this));
    setModel(m_rows);
    line->installEventFilter(this);
    connect(this, &QListView::clicked, this, [this](const QModelIndex &index) { Q_EMIT picked(index.row()); });
}

void SuggestionPopup::offer(const std::vector<Row> &rows)
{
    const QString before = chosen() >= 0 ? currentIndex().data().toString() : QString();
    m_rows->clear();
    for (const auto &row : rows) {
        auto *item = new QStandardItem(row.text);
        item->setData(row.remark, remarkRole);
        item->setData(row.isAction, actionRole);
        item->setData(row.remark, Qt::AccessibleDescriptionRole);
        item->setToolTip(row.text);
        m_rows->appendRow(item);
        if (!before.isEmpty() && row.text == before)
            setCurrentIndex(item->index());
    }
    if (rows.empty())
        return hide();
    m_line->window()->installEventFilter(this); // it floats and docks; twice is once
    if (!isVisible())
        m_pointer = QCursor::pos();
    place();
    if (chosen() < 0)
        scrollToTop();
    show();
}

int SuggestionPopup::chosen() const
{
    return currentIndex().row();
}

int SuggestionPopup::rowsOnScreen() const
{
    return std::min(m_rows->rowCount(), mostRowsOnScreen);
}

void SuggestionPopup::move(int rows)
{
    const int count = m_rows->rowCount();
    const int last = count - 1;
    const bool isStep = std::abs(rows) == 1;
    int next = chosen() + rows;
    if (chosen() < 0)
        next = rows > 0 ? 0 : last;
    else if (isStep && (next < 0 || next > last))
        next = -1;
    else
        next = std::clamp(next, 0, last);
    if (next < 0)
        selectionModel()->clear();
    else
        setCurrentIndex(m_rows->index(next, 0));
}

bool SuggestionPopup::eventFilter(QObject *watched, QEvent *event)
{
    const bool isMoved = event->type() == QEvent::Move || event->type() == QEvent::Resize;
    if (isMoved && isVisible() && (watched == m_line || watched == m_line->window()))
        place();
    return QListView::eventFilter(watched, event);
}

void SuggestionPopup::mouseMoveEvent(QMouseEvent *event)
{
    // A list that comes up below a resting mouse has not been pointed at.
    const auto index = indexAt(event->position().toPoint());
    if (index.isValid() && event->globalPosition().toPoint() != m_pointer)
        setCurrentIndex(index);
}

void SuggestionPopup::place()
{
    const int rowHeight = std::max(sizeHintForRow(0), 1);
    const int frame = 2 * frameWidth();
    int widest = 0;
    for (int row = 0; row < m_rows->rowCount(); ++row)
        widest = std::max(widest, sizeHintForIndex(m_rows->index(row, 0)).width());
    const QRect screen = m_line->screen()->availableGeometry();
    const int bar = m_rows->rowCount() > mostRowsOnScreen ? verticalScrollBar()->sizeHint().width() : 0;
    const int most = std::min(screen.width(), fontMetrics().averageCharWidth() * 100);
    const QSize size(
        std::clamp(widest + bar + frame, std::min(m_line->width(), most), most), rowHeight * rowsOnScreen() + frame);
    QPoint at = m_line->mapToGlobal(QPoint(0, m_line->height()));
    if (at.y() + size.height() > screen.bottom())
        at.setY(m_line->mapToGlobal(QPoint()).y() - size.height());
    at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - size.width())));
    setGeometry(QRect(at, size));
}

} // namespace weir::gui
