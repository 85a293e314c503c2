// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wireview.h"

#include "gui/theme.h"
#include "models/eventformat.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

enum WireColumn { NumberColumn, TimeColumn, LaterColumn, SizeColumn, OffsetColumn, LengthColumn };

/// More rows than anybody reads; the widget keeps one object for each.
constexpr std::size_t mostRows = 2000;

} // namespace

WireView::WireView(QWidget *parent)
    : QWidget(parent)
    , m_summary(new QLabel(this))
    , m_table(new QTreeWidget(this))
{
    m_summary->setObjectName(u"wireSummary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setContentsMargins(6, 3, 6, 3);
    m_table->setObjectName(u"wireTable"_s);
    m_table->setAccessibleName(tr("Network reads that brought the event"));
    m_table->setHeaderLabels(
        {tr("Read"), tr("Arrived"), tr("Later by"), tr("Bytes"), tr("From byte"), tr("Bytes of the event")});
    m_table->headerItem()->setToolTip(NumberColumn, tr("Number of the read within the connection, from 0"));
    m_table->headerItem()->setToolTip(SizeColumn, tr("All bytes that the read brought"));
    m_table->headerItem()->setToolTip(OffsetColumn, tr("Where in the read the event's bytes begin"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->header()->setFont(font());
    m_table->header()->setStretchLastSection(false);
    m_table->setFont(fixedFont());
    const int character = QFontMetrics(m_table->font()).averageCharWidth();
    constexpr int characters[] = {10, 18, 12, 12, 12, 20};
    for (int column = NumberColumn; column <= LengthColumn; ++column)
        m_table->setColumnWidth(column, characters[column] * character);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_summary);
    column->addWidget(m_table, 1);
}

void WireView::setReads(const store::WireReads &reads, const store::ClockAnchor &clock)
{
    m_table->clear();
    explain(reads);
    const auto count = std::min(reads.parts.size(), mostRows);
    for (std::size_t i = 0; i < count; ++i)
        addRow(reads.parts[i], clock, reads.parts[i == 0 ? 0 : i - 1].arrival);
}

void WireView::explain(const store::WireReads &reads)
{
    if (reads.parts.empty()) {
        m_summary->setText(tr("No network read: this is a change of the connection's state."));
        return;
    }
    const auto count = models::formatCount(reads.parts.size());
    auto text = reads.parts.size() == 1
                    ? tr("One network read brought it whole.")
                    : tr("%1 network reads brought it within %2.")
                          .arg(count, models::formatGap(reads.parts.back().arrival - reads.parts.front().arrival));
    if (!reads.isComplete)
        text += u' ' + tr("Earlier reads are no longer known.");
    if (reads.parts.size() > mostRows)
        text += u' ' + tr("The first %1 are listed.").arg(models::formatCount(mostRows));
    m_summary->setText(text);
}

void WireView::addRow(const store::ReadPart &part, const store::ClockAnchor &clock, store::MonotonicTime before)
{
    auto *row = new QTreeWidgetItem(m_table);
    row->setText(NumberColumn, models::formatCount(part.number));
    row->setText(TimeColumn, models::formatTime(clock.wallTime(part.arrival)));
    row->setText(LaterColumn, part.arrival == before ? QString() : models::formatGap(part.arrival - before));
    row->setText(SizeColumn, models::formatCount(part.bytes));
    row->setText(OffsetColumn, part.length == 0 ? QString() : models::formatCount(part.offset));
    row->setText(LengthColumn, part.length == 0 ? tr("only completed it") : models::formatCount(part.length));
    for (const int column : {NumberColumn, LaterColumn, SizeColumn, OffsetColumn, LengthColumn})
        row->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace weir::gui
