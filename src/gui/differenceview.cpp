// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/differenceview.h"

#include "gui/differencedelegate.h"
#include "gui/inlinenote.h"
#include "gui/theme.h"
#include "models/eventfields.h"
#include "models/eventformat.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>

#include <algorithm>
#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::Difference;
using models::DifferenceModel;
using models::HeldEvent;

namespace {

constexpr auto mostSearchTime = 2s;

} // namespace

DifferenceView::DifferenceView(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_previous(new QPushButton(tr("Use the p&revious"), this))
    , m_choose(new QPushButton(tr("&Keep this event as base"), this))
    , m_note(new InlineNote(this))
    , m_table(new QTreeView(this))
    , m_clock(store::ClockAnchor::now())
    , m_comparing(this, [this](const Answer &answer) { show(answer); })
{
    createTable();
    createActions();
    lay();
    connect(m_previous, &QPushButton::clicked, this, &DifferenceView::useBaseOfPrevious);
    connect(m_choose, &QPushButton::clicked, this, [this] {
        if (m_event)
            setBase(*m_event);
    });
    m_previous->hide();
}

DifferenceView::~DifferenceView()
{
    delete m_table; // it looks at the model, which would go before it
}

void DifferenceView::createTable()
{
    m_table->setObjectName(u"differenceTable"_s);
    m_table->setAccessibleName(tr("Differences"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new DifferenceDelegate(m_table));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::ContiguousSelection);
    m_table->setFont(fixedFont());
    m_table->header()->setFont(font());
    m_table->header()->setMinimumSectionSize(m_table->fontMetrics().averageCharWidth() * 3);
    m_table->installEventFilter(this);
}

QAction *DifferenceView::addSwitch(const QString &iconName, const QString &text)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setCheckable(true);
    m_actions.append(action);
    connect(action, &QAction::toggled, this, &DifferenceView::compare);
    return action;
}

void DifferenceView::createActions()
{
    m_keyOrder = addSwitch(u"key-order"_s, tr("Tell when keys come in another order"));
    m_asText = addSwitch(u"lines"_s, tr("Compare JSON by line, as it was sent"));
}

void DifferenceView::lay()
{
    m_title->setObjectName(u"differenceBase"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_choose->setObjectName(u"keepBaseButton"_s);
    m_previous->setObjectName(u"previousBaseButton"_s);
    m_choose->setToolTip(tr("Compare the events that you select next with this one"));
    m_previous->setToolTip(tr("Compare each event with the previous one of its subscription and type"));
    m_note->setObjectName(u"differenceNote"_s);
    m_note->setContentsMargins(6, 2, 6, 2);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(6, 2, 6, 2);
    head->addWidget(m_title, 1);
    head->addWidget(m_previous);
    head->addWidget(m_choose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_note);
    column->addWidget(m_table, 1);
}

void DifferenceView::setEvent(const HeldEvent &event)
{
    m_event = event;
    compare();
}

void DifferenceView::clear()
{
    m_comparing.cancel();
    m_event.reset();
    m_model.setDifference({});
}

void DifferenceView::setBase(const HeldEvent &base)
{
    m_base = base;
    m_previous->show();
    Q_EMIT noticed(tr("Event %1 is kept as the base of comparisons").arg(models::formatCount(base.number().value)));
    compare();
}

void DifferenceView::useBaseOfPrevious()
{
    m_base.reset();
    m_previous->hide();
    compare();
}

void DifferenceView::compare()
{
    if (!m_event)
        return;
    const models::DifferenceWish wish{!m_keyOrder->isChecked(), m_asText->isChecked()};
    const auto snapshot = m_base || !m_source ? store::Snapshot() : m_source();
    m_comparing.start([event = *m_event, base = m_base, snapshot, wish](const auto &isCanceled) {
        Answer answer{base, false, {}};
        if (!base) {
            auto previous = models::PreviousEvent::find(snapshot, event, mostSearchTime, isCanceled);
            answer.base = previous.event;
            answer.isGivenUp = previous.isGivenUp;
        }
        if (answer.base)
            answer.difference = models::differenceOf(
                models::dataText(answer.base->view()), models::dataText(event.view()), wish, isCanceled);
        return answer;
    });
}

void DifferenceView::show(const Answer &answer)
{
    m_model.setDifference(answer.difference);
    const int character = m_table->fontMetrics().averageCharWidth();
    m_table->setColumnWidth(DifferenceModel::SignColumn, 3 * character);
    m_table->setColumnWidth(DifferenceModel::PlaceColumn, (answer.difference.isJson ? 30 : 8) * character);
    m_table->setColumnWidth(DifferenceModel::BeforeColumn, (width() - 33 * character) / 2);
    explainBase(answer);
    explain(answer);
}

void DifferenceView::explainBase(const Answer &answer)
{
    if (!answer.base)
        return m_title->setText(tr("Compared with the previous event of the same subscription and type"));
    const QString name = models::eventTitle(answer.base->view(), m_sources, m_clock);
    const bool isItself = m_event && answer.base->number() == m_event->number();
    m_title->setText((m_base ? tr("Compared with %1, which is kept").arg(name) : tr("Compared with %1").arg(name)) +
                     u": "_s + (isItself ? tr("this is it; select another event.") : summary(answer.difference)));
}

QString DifferenceView::summary(const Difference &difference) const
{
    if (difference.rows.empty() || difference.added + difference.removed + difference.changed == 0)
        return tr("no difference.");
    const auto count = [](std::size_t number) { return models::formatCount(number); };
    auto text = difference.isJson
                    ? tr("changed %1, added %2, removed %3.")
                          .arg(count(difference.changed), count(difference.added), count(difference.removed))
                    : tr("lines added %1, removed %2.").arg(count(difference.added), count(difference.removed));
    if (difference.isCut)
        text += u' ' + tr("The first %1 rows are listed.").arg(count(Difference::mostRows));
    return text;
}

void DifferenceView::explain(const Answer &answer)
{
    if (answer.isGivenUp)
        return m_note->say(Meaning::Warning,
            tr("The search for the previous event was given up after %1 seconds. Keep an event as base instead.")
                .arg(mostSearchTime.count()));
    if (!answer.base)
        return m_note->say(Meaning::Secondary,
            tr("There is no earlier event of this subscription and type, or it is no longer held."));
    m_note->say(Meaning::Warning, answer.difference.remark);
}

void DifferenceView::copyRows()
{
    auto rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return;
    std::sort(rows.begin(), rows.end());
    QGuiApplication::clipboard()->setText(m_model.text(rows.first().row(), rows.last().row()));
    Q_EMIT noticed(tr("Rows copied: %1").arg(models::formatCount(static_cast<quint64>(rows.size()))));
}

bool DifferenceView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        copyRows();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace weir::gui
