// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filterbar.h"

#include "gui/filtercompleter.h"
#include "gui/filtermemory.h"
#include "gui/filterproblem.h"
#include "gui/savedfilterdialog.h"
#include "gui/theme.h"
#include "ui_filterbar.h"

#include <QAction>

#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Validity = FilterEdit::Validity;

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::FilterBar>())
{
    m_ui->setupUi(this);
    m_ui->followButton->setIcon(icon(u"follow"_s));
    for (auto [timer, pause] :
        {std::pair(&m_typing, 120ms), {&m_patience, 900ms}, {&m_inForce, 4000ms}, {&m_kindPace, 100ms}}) {
        timer->setSingleShot(true);
        timer->setInterval(pause);
    }
    connect(&m_kindPace, &QTimer::timeout, this, &FilterBar::updateKindCounts);
    connect(m_ui->kindButtons, &KindButtons::kindsChanged, this, &FilterBar::kindsChanged);
    connect(m_ui->followButton, &QToolButton::toggled, this, &FilterBar::followRequested);
    connect(m_ui->baseChip, &FilterChip::removeRequested, this, [this] {
        setBase({});
        Q_EMIT filterChanged();
    });
    connect(m_ui->savedButtons, &SavedFilterButtons::switched, this, &FilterBar::filterChanged);
    connect(m_ui->savedButtons, &SavedFilterButtons::editRequested, this, [this] { editSaved({}); });
    connectExpression();
    showValid();
}

FilterBar::~FilterBar() = default;

void FilterBar::connectExpression()
{
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::announceExpression);
    connect(&m_patience, &QTimer::timeout, this, &FilterBar::showErrorNow);
    connect(&m_inForce, &QTimer::timeout, this, &FilterBar::remember);
    connect(m_ui->filterEdit->keepAction(), &QAction::triggered, this, [this] { editSaved(expression().trimmed()); });
    connect(m_ui->filterEdit, &QLineEdit::textChanged, this, &FilterBar::noteTyping);
    connect(m_ui->filterEdit, &QLineEdit::returnPressed, this, &FilterBar::apply);
    connect(m_ui->filterSwitch, &QCheckBox::toggled, this, &FilterBar::switchFilter);
}

void FilterBar::setMemory(FilterMemory &memory)
{
    m_memory = &memory;
    m_completer = new FilterCompleter(*m_ui->filterEdit, memory);
    connect(m_completer, &FilterCompleter::expressionChosen, this, &FilterBar::setExpression);
    connect(
        m_completer, &FilterCompleter::historyCleared, this, [this] { showNotice(tr("The history is empty now.")); });
    connect(&memory.saved(), &SavedFilters::changed, this, &FilterBar::takeSaved);
    m_ui->savedButtons->setFilters(memory.saved().list());
    setSavedOn({});
}

void FilterBar::setSources(const models::Sources &sources)
{
    if (m_completer)
        m_completer->setSources(sources);
}

QStringList FilterBar::savedExpressions() const
{
    return m_ui->savedButtons->expressions();
}

QList<quint32> FilterBar::savedOn() const
{
    const auto &on = m_ui->savedButtons->on();
    return {on.begin(), on.end()};
}

void FilterBar::setSavedOn(const QList<quint32> &ids)
{
    std::set<quint32> on(ids.begin(), ids.end());
    for (const auto &filter : m_memory ? m_memory->saved().list() : QList<SavedFilter>()) {
        if (filter.isOnAtStart)
            on.insert(filter.id);
    }
    m_ui->savedButtons->setOn(on);
}

void FilterBar::setNoneSavedOn()
{
    m_ui->savedButtons->setOn({});
}

void FilterBar::takeSaved()
{
    const auto before = savedExpressions();
    m_ui->savedButtons->setFilters(m_memory->saved().list());
    if (before != savedExpressions())
        Q_EMIT filterChanged();
}

void FilterBar::editSaved(const QString &added)
{
    if (!m_memory)
        return;
    auto *dialog = new SavedFilterDialog(m_memory->saved(), this);
    dialog->open();
    if (!added.isEmpty())
        dialog->addExpression(added);
}

void FilterBar::remember()
{
    m_inForce.stop();
    if (m_memory && m_error.isEmpty() && isFilterOn() && !expression().trimmed().isEmpty())
        m_memory->history().add(expression());
}

QString FilterBar::expression() const
{
    return m_ui->filterEdit->text();
}

FilterEdit *FilterBar::edit() const
{
    return m_ui->filterEdit;
}

void FilterBar::setExpression(const QString &expression)
{
    m_ui->filterEdit->replaceAll(expression);
    apply();
}

void FilterBar::focusExpression()
{
    m_ui->filterEdit->setFocus(Qt::ShortcutFocusReason);
    m_ui->filterEdit->selectAll();
}

void FilterBar::setBase(const QString &expression)
{
    m_base = expression;
    m_ui->baseChip->setExpression(expression);
}

bool FilterBar::isFilterOn() const
{
    return m_ui->filterSwitch->isChecked();
}

void FilterBar::setFilterOn(bool isOn)
{
    m_ui->filterSwitch->setChecked(isOn);
}

void FilterBar::noteTyping()
{
    m_ui->noteLabel->dropRemark();
    // Who changes a filter wants to see what it does.
    setFilterOn(true);
    m_typing.start();
}

void FilterBar::apply()
{
    announceExpression();
    showErrorNow();
    remember();
}

void FilterBar::announceExpression()
{
    m_typing.stop();
    m_inForce.start();
    Q_EMIT filterChanged();
}

void FilterBar::switchFilter(bool isOn)
{
    m_ui->filterSwitch->setToolTip(isOn ? tr("The filter is on; switch it off to see the rows between")
                                        : tr("The filter is off: all rows are shown. Switch it on again"));
    m_ui->savedButtons->setEnabled(isOn);
    announceExpression();
}

void FilterBar::showValid()
{
    m_error.clear();
    m_patience.stop();
    m_ui->noteLabel->setError(m_ui->savedButtons->problem());
    m_ui->filterEdit->keepAction()->setEnabled(!expression().trimmed().isEmpty());
    if (!isFilterOn())
        m_ui->filterEdit->showValidity(Validity::Off, tr("The filter is off"));
    else if (expression().trimmed().isEmpty())
        m_ui->filterEdit->showValidity(Validity::Empty, tr("No filter"));
    else
        m_ui->filterEdit->showValidity(Validity::Good, tr("The filter is in force"));
}

void FilterBar::showError(const filter::Error &error)
{
    m_error = problemText(error, expression());
    m_ui->filterEdit->keepAction()->setEnabled(false);
    m_ui->filterEdit->showValidity(Validity::Wrong, m_error);
    m_ui->filterEdit->underline(placeOf(error, expression()));
    if (isStillTyped())
        m_patience.start();
    else
        showErrorNow();
}

/// A word of warning after each letter would only disturb.
bool FilterBar::isStillTyped() const
{
    const auto *edit = m_ui->filterEdit;
    return edit->hasFocus() && edit->cursorPosition() == edit->text().size() && m_ui->noteLabel->isHidden();
}

void FilterBar::showErrorNow()
{
    m_patience.stop();
    m_ui->noteLabel->setError(m_error);
}

void FilterBar::showTroubles(const QString &text)
{
    m_ui->noteLabel->setTroubles(text);
}

void FilterBar::showNotice(const QString &text)
{
    m_ui->noteLabel->remark(text);
}

void FilterBar::showCounts(std::uint64_t shown, std::uint64_t of, const models::KindCounts &byKind)
{
    m_ui->countLabel->setCounts(shown, of);
    m_kindCounts = byKind;
    if (!m_kindPace.isActive())
        m_kindPace.start();
}

void FilterBar::updateKindCounts()
{
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
    m_ui->filterEdit->keepAction()->setVisible(!isNarrow);
    m_ui->filterSwitch->setText(isNarrow ? QString() : tr("Fi&lter"));
    m_ui->followButton->setToolButtonStyle(isNarrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    // The expression keeps a readable length: first the words of the kinds give way, then they take a line of their
    // own.
    const bool hasTwoLines = characters < 100;
    m_ui->kindButtons->setCompact(characters < 190);
    m_ui->countLabel->setWords(
        characters >= 110 || (hasTwoLines && characters >= 75) ? MatchCount::Words::All : MatchCount::Words::Few);
    m_ui->wideLayout->setDirection(hasTwoLines ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace weir::gui
