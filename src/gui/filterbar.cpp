// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filterbar.h"

#include "gui/theme.h"
#include "models/eventformat.h"
#include "ui_filterbar.h"

#include <QAction>
#include <QEvent>

#include <algorithm>
#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Positions are counted in bytes there, in characters here.
qsizetype characterPosition(const QString &expression, std::size_t byte)
{
    return QString::fromUtf8(expression.toUtf8().left(static_cast<qsizetype>(byte))).size() + 1;
}

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::FilterBar>())
{
    m_ui->setupUi(this);
    m_validity = m_ui->filterEdit->addAction(icon(u"filter"_s), QLineEdit::LeadingPosition);
    m_ui->followButton->setIcon(icon(u"follow"_s));
    m_typing.setSingleShot(true);
    m_typing.setInterval(120ms);
    m_noticeTime.setSingleShot(true);
    m_noticeTime.setInterval(10s);
    m_counting.setSingleShot(true);
    m_counting.setInterval(100ms);
    connect(&m_counting, &QTimer::timeout, this, &FilterBar::showCountsNow);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::announceExpression);
    connect(&m_noticeTime, &QTimer::timeout, this, [this] { m_ui->noteLabel->hush(); });
    connect(m_ui->filterEdit, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_ui->filterEdit, &QLineEdit::returnPressed, this, &FilterBar::announceExpression);
    connect(m_ui->kindButtons, &KindButtons::kindsChanged, this, &FilterBar::kindsChanged);
    connect(m_ui->followButton, &QToolButton::toggled, this, &FilterBar::followRequested);
    showValid();
    showCountsNow();
}

FilterBar::~FilterBar() = default;

QString FilterBar::expression() const
{
    return m_ui->filterEdit->text();
}

void FilterBar::setExpression(const QString &expression)
{
    m_ui->filterEdit->setText(expression);
    announceExpression();
}

void FilterBar::focusExpression()
{
    m_ui->filterEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->filterEdit->selectAll();
}

void FilterBar::announceExpression()
{
    m_typing.stop();
    Q_EMIT expressionChanged(expression());
}

void FilterBar::showValid()
{
    m_hasError = false;
    m_ui->noteLabel->hush();
    const bool isEmpty = expression().trimmed().isEmpty();
    showValidity(isEmpty ? u"filter"_s : u"ok"_s, isEmpty ? tr("No filter") : tr("The filter is in force"));
}

void FilterBar::showError(const filter::Error &error)
{
    m_hasError = true;
    const QString sentence = QString::fromStdString(filter::text(error));
    const auto position = characterPosition(expression(), error.position);
    m_noticeTime.stop();
    m_ui->noteLabel->say(Meaning::Error, tr("Character %1: %2").arg(position).arg(sentence));
    showValidity(u"warning"_s, tr("The filter is not understood; the last good one stays in force"));
}

void FilterBar::showNotice(const QString &text)
{
    if (m_hasError)
        return;
    m_ui->noteLabel->say(Meaning::Secondary, text);
    m_noticeTime.start();
}

void FilterBar::showValidity(const QString &iconName, const QString &toolTip)
{
    m_validity->setIcon(icon(iconName));
    m_validity->setToolTip(toolTip);
    m_ui->filterEdit->setAccessibleDescription(m_hasError ? m_ui->noteLabel->text() : toolTip);
    colourExpression();
}

void FilterBar::colourExpression()
{
    QPalette changed = palette();
    if (m_hasError)
        changed.setColor(QPalette::Text, colour(Meaning::Error, palette()));
    m_ui->filterEdit->setPalette(m_hasError ? changed : QPalette());
}

void FilterBar::showCounts(std::uint64_t shown, std::uint64_t of, const models::KindCounts &byKind)
{
    m_shown = shown;
    m_total = of;
    m_kindCounts = byKind;
    if (!m_counting.isActive())
        m_counting.start();
}

void FilterBar::showCountsNow()
{
    const QString shown = models::formatCount(m_shown);
    const QString total = models::formatCount(m_total);
    auto *label = m_ui->countLabel;
    label->setText(m_shown == m_total ? total : tr("%1 of %2", "rows shown of all").arg(shown, total));
    // Only ever wider, or the line would jitter with every digit.
    label->setMinimumWidth(std::max(label->minimumWidth(), label->sizeHint().width()));
    m_ui->kindButtons->setCounts(m_kindCounts);
}

models::KindSet FilterBar::kinds() const
{
    return m_ui->kindButtons->kinds();
}

void FilterBar::setKinds(models::KindSet kinds)
{
    m_ui->kindButtons->setKinds(kinds);
}

void FilterBar::setFollowing(bool following)
{
    m_ui->followButton->setChecked(following);
}

QSize FilterBar::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 24, QWidget::minimumSizeHint().height()};
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int characters = width() / fontMetrics().averageCharWidth();
    const bool isNarrow = characters < 56;
    m_ui->filterLabel->setHidden(isNarrow);
    m_ui->followButton->setToolButtonStyle(isNarrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    // The expression keeps a readable length: first the words of the kinds give way, then they take a line of their
    // own.
    m_ui->kindButtons->setCompact(characters < 150);
    m_ui->wideLayout->setDirection(characters < 90 ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_hasError)
        colourExpression();
}

} // namespace weir::gui
