// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/replaypage.h"

#include "gui/inlinenote.h"
#include "gui/numberbox.h"
#include "gui/targetbox.h"
#include "gui/theme.h"
#include "models/scenariorunmodel.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSlider>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::ReplayOptions;
using publish::ReplayProgress;
using ReplayState = ReplayProgress::State;

namespace {

constexpr int sliderSteps = 10'000;
constexpr int replayCharacters = 90; // of a field and its label: wider would say no more
enum What { AsEvents, AsBlocks, AsReads };

/// Where the slider stands. While a source is opened, its position is not yet within it.
int sliderPlace(const ReplayProgress &progress)
{
    if (progress.position <= progress.begin || progress.end <= progress.begin)
        return 0;
    const auto range = static_cast<double>(progress.end.value - progress.begin.value);
    const auto done = static_cast<double>(progress.position.value - progress.begin.value);
    return static_cast<int>(std::min(done / range, 1.0) * sliderSteps);
}

} // namespace

ReplayPage::ReplayPage(publish::Publisher &publisher, QWidget *parent)
    : QWidget(parent)
    , m_player(publisher)
    , m_sourceMenu(new QMenu(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(createSettings(), 1);
    layout->addWidget(createPlaces());
    layout->addWidget(createButtons());
    m_counts = new QLabel;
    m_counts->setWordWrap(true);
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_counts);
    m_note = new InlineNote;
    layout->addWidget(m_note);
    connect(&m_player, &publish::ReplayPlayer::progressed, this, &ReplayPage::show);
    connect(m_target, &TargetBox::targetChanged, this, &ReplayPage::reopen);
    updateForm();
    show({});
}

/// They can be scrolled, so that the page is no taller than a low panel.
QWidget *ReplayPage::createSettings()
{
    auto *content = new QWidget;
    content->setMaximumWidth(replayCharacters * fontMetrics().averageCharWidth());
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(createSource());
    m_target = new TargetBox;
    layout->addWidget(m_target);
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    createForm(m_form);
    layout->addLayout(m_form);
    layout->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    return scroll;
}

QWidget *ReplayPage::createSource()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    m_sourceLabel = new QLabel(tr("Nothing is chosen yet."));
    m_sourceLabel->setObjectName(u"sourceLabel"_s);
    m_sourceLabel->setWordWrap(true);
    m_sourceLabel->setTextFormat(Qt::PlainText);
    auto *button = new QToolButton;
    button->setObjectName(u"sourceButton"_s);
    button->setText(tr("&Choose"));
    button->setToolTip(tr("What is replayed: a subscription, the rows of a view, or the selected rows"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(m_sourceMenu);
    layout->addWidget(m_sourceLabel, 1);
    layout->addWidget(button, 0, Qt::AlignTop);
    return row;
}

void ReplayPage::createForm(QFormLayout *form)
{
    const auto box = [this](const QString &name, const QStringList &items) {
        auto *made = new QComboBox;
        made->setObjectName(name);
        made->addItems(items);
        made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        made->setMinimumContentsLength(10);
        connect(made, &QComboBox::currentIndexChanged, this, &ReplayPage::applyOptions);
        return made;
    };
    const auto number = [this](const QString &name, double least, double most, double value) {
        auto *made = new NumberBox;
        made->setObjectName(name);
        made->setDecimals(3);
        made->setRange(least, most);
        made->setValue(value);
        made->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        connect(made, &QDoubleSpinBox::valueChanged, this, &ReplayPage::applyOptions);
        return made;
    };
    m_pace = box(u"paceBox"_s, {tr("As it came"), tr("At a fixed rate"), tr("As fast as clients take it")});
    m_factor = number(u"factorBox"_s, 0.1, 1000, 1);
    m_factor->setPrefix(tr("× "));
    m_rate = number(u"rateBox"_s, 0.1, 1'000'000, 10);
    m_rate->setSuffix(tr(" events/s"));
    m_what = box(u"whatBox"_s, {tr("Events, encoded again"), tr("Bytes, block by block"), tr("Bytes, read by read")});
    m_what->setToolTip(tr("Read by read: what one network read brought goes out as one packet"));
    m_ids = box(u"idsBox"_s, {tr("New, from the channel"), tr("As they were")});
    m_loop = new QCheckBox(tr("&Loop"));
    m_loop->setObjectName(u"loopBox"_s);
    connect(m_loop, &QCheckBox::toggled, this, &ReplayPage::applyOptions);
    form->addRow(tr("S&peed:"), m_pace);
    form->addRow(tr("&Factor:"), m_factor);
    form->addRow(tr("&Rate:"), m_rate);
    form->addRow(tr("&Send:"), m_what);
    form->addRow(tr("&IDs:"), m_ids);
    form->addRow(QString(), m_loop);
}

QWidget *ReplayPage::createPlaces()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setObjectName(u"placeSlider"_s);
    m_slider->setAccessibleName(tr("Place in the replay"));
    m_slider->setRange(0, sliderSteps);
    m_slider->setPageStep(sliderSteps / 20);
    m_slider->setTracking(false);
    m_time = new QLabel;
    m_time->setObjectName(u"timeLabel"_s);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_time);
    connect(m_slider, &QSlider::valueChanged, this, &ReplayPage::seekTo);
    return row;
}

QWidget *ReplayPage::createButtons()
{
    const auto make = [this](const QString &iconName, const QString &text, const QString &toolTip, auto slot) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setToolTip(toolTip);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    using publish::ReplayPlayer;
    m_playAction = make(u"start"_s, tr("&Play"), tr("Play"), [this] { togglePlay(); });
    m_stepEventAction = make(
        u"step"_s, tr("Next &event"), tr("Send the next event"), [this] { ifOpen([this] { m_player.stepEvent(); }); });
    m_stepWriteAction = make(
        u"step"_s, tr("Next &block"), tr("Send the next block"), [this] { ifOpen([this] { m_player.stepWrite(); }); });
    m_stopAction = make(u"stop"_s, tr("S&top"), tr("Stop, and go back to the beginning"), [this] {
        ++m_openings; // what waits for a token is off too
        m_player.close();
    });
    auto *bar = new QToolBar;
    bar->setIconSize({16, 16});
    bar->addActions({m_playAction, m_stopAction, m_stepEventAction, m_stepWriteAction});
    for (QAction *action : {m_playAction, m_stepEventAction, m_stepWriteAction})
        static_cast<QToolButton *>(bar->widgetForAction(action))->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return bar;
}

void ReplayPage::open(const publish::ReplaySource &source)
{
    m_player.close();
    m_source = source;
    const auto records = source.end.value - source.begin.value;
    m_sourceLabel->setText(source.subscription || source.nextRow
                               ? source.name
                               : tr("%1, records: %2").arg(source.name, locale().toString(records)));
    m_progress = {};
    m_progress.begin = source.begin;
    m_progress.end = source.end;
    show(m_progress);
    ifOpen([] {});
}

bool ReplayPage::canPlay() const
{
    return m_isRunning || m_target->isHub();
}

/// Whatever is asked for later wins: a hub's token may take its time.
void ReplayPage::openThen(std::function<void()> goOn)
{
    const int opening = ++m_openings;
    m_target->withTarget([this, opening, goOn = std::move(goOn)](const publish::Target &target) {
        if (opening != m_openings || !m_source)
            return;
        m_player.open(*m_source, target, options());
        goOn();
    });
}

void ReplayPage::ifOpen(const std::function<void()> &goOn)
{
    if (m_progress.state != ReplayState::Closed)
        goOn();
    else if (m_source && canPlay())
        openThen(goOn);
}

/// Another target: from the same place on.
void ReplayPage::reopen()
{
    updateActions();
    if (!m_source || m_progress.state == ReplayState::Closed)
        return;
    const bool isPlaying = m_progress.state == ReplayState::Playing;
    openThen([this, isPlaying, position = m_progress.position] {
        m_player.seek(position);
        if (isPlaying)
            m_player.play();
    });
}

void ReplayPage::togglePlay()
{
    if (m_progress.state == ReplayState::Playing)
        return m_player.pause();
    ifOpen([this] { m_player.play(); });
}

void ReplayPage::seekTo(int value)
{
    if (!m_source)
        return;
    const double share = static_cast<double>(value) / sliderSteps;
    const auto range = static_cast<double>(m_source->end.value - m_source->begin.value);
    const store::EventNumber place{m_source->begin.value + static_cast<std::uint64_t>(share * range)};
    ifOpen([this, place] { m_player.seek(place); });
}

ReplayOptions ReplayPage::options() const
{
    ReplayOptions options;
    options.pace = static_cast<ReplayOptions::Pace>(m_pace->currentIndex());
    options.factor = m_factor->value();
    options.eventsPerSecond = m_rate->value();
    options.form = m_what->currentIndex() == AsEvents ? ReplayOptions::Form::Encoded : ReplayOptions::Form::AsReceived;
    options.keepsReads = m_what->currentIndex() == AsReads;
    options.newIds = m_ids->currentIndex() == 0;
    options.loops = m_loop->isChecked();
    return options;
}

void ReplayPage::applyOptions()
{
    updateForm();
    m_player.setOptions(options());
}

void ReplayPage::updateForm()
{
    const auto pace = static_cast<ReplayOptions::Pace>(m_pace->currentIndex());
    m_form->setRowVisible(m_factor, pace == ReplayOptions::Pace::Original);
    m_form->setRowVisible(m_rate, pace == ReplayOptions::Pace::FixedRate);
    m_form->setRowVisible(m_ids, m_what->currentIndex() == AsEvents);
    const bool isReads = m_what->currentIndex() == AsReads;
    m_stepWriteAction->setText(isReads ? tr("Next &read") : tr("Next &block"));
    m_stepWriteAction->setToolTip(
        isReads ? tr("Send what the next network read brought") : tr("Send the next block, be it an event or not"));
}

void ReplayPage::show(const ReplayProgress &progress)
{
    m_progress = progress;
    if (!m_slider->isSliderDown()) {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(sliderPlace(progress));
    }
    m_time->setText(
        u"%1 / %2"_s.arg(models::durationText(progress.timeMs, true), models::durationText(progress.totalMs, true)));
    m_counts->setText(countsText());
    m_note->say(Meaning::Warning, progress.problem);
    updateActions();
    Q_EMIT titleChanged(progress.state == ReplayState::Playing ? tr("Replay ▸") : tr("Replay"));
}

QString ReplayPage::countsText() const
{
    if (!m_source || m_progress.state == ReplayState::Closed)
        return {};
    QStringList parts{tr("events: %1").arg(locale().toString(m_progress.events))};
    if (m_what->currentIndex() != AsEvents)
        parts << (m_what->currentIndex() == AsReads ? tr("reads: %1") : tr("blocks: %1"))
                     .arg(locale().toString(m_progress.writes));
    if (m_progress.rounds > 0)
        parts << tr("rounds: %1").arg(locale().toString(m_progress.rounds));
    if (m_progress.evicted > 0)
        parts << tr("evicted before their turn: %1").arg(locale().toString(m_progress.evicted));
    if (m_progress.incomplete > 0)
        parts << tr("left out because incomplete: %1").arg(locale().toString(m_progress.incomplete));
    if (m_progress.state == ReplayState::Ended)
        parts << tr("ended");
    if (!m_progress.remark.isEmpty())
        parts << m_progress.remark;
    return parts.join(u" · "_s);
}

void ReplayPage::setChannel(const QString &path)
{
    m_target->setChannel(path);
}

void ReplayPage::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    updateActions();
}

void ReplayPage::setClients(const QList<publish::ClientStatus> &clients)
{
    m_target->setClients(clients);
}

void ReplayPage::updateActions()
{
    const bool isPlaying = m_progress.state == ReplayState::Playing;
    const bool isReady = m_source && canPlay();
    m_playAction->setEnabled(isReady);
    m_playAction->setText(isPlaying ? tr("&Pause") : tr("&Play"));
    m_playAction->setIcon(icon(isPlaying ? u"pause"_s : u"start"_s));
    m_playAction->setToolTip(!m_source    ? tr("Choose first what to replay.")
                             : !canPlay() ? tr("Start the publisher first.")
                             : isPlaying  ? tr("Pause")
                                          : tr("Play"));
    m_stepEventAction->setEnabled(isReady && !isPlaying);
    m_stepWriteAction->setEnabled(isReady && !isPlaying);
    m_stopAction->setEnabled(m_progress.state != ReplayState::Closed);
    m_slider->setEnabled(isReady);
}

QByteArray ReplayPage::saveState() const
{
    const QJsonObject state{{u"version"_s, 1}, {u"pace"_s, m_pace->currentIndex()}, {u"factor"_s, m_factor->value()},
        {u"rate"_s, m_rate->value()}, {u"what"_s, m_what->currentIndex()}, {u"ids"_s, m_ids->currentIndex()},
        {u"loop"_s, m_loop->isChecked()}};
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void ReplayPage::restoreState(const QByteArray &state)
{
    const auto object = QJsonDocument::fromJson(state).object();
    if (object.value("version"_L1).toInt() != 1)
        return;
    const auto choose = [&object](QComboBox *box, QLatin1String key) {
        const int index = object.value(key).toInt(-1);
        if (index >= 0 && index < box->count())
            box->setCurrentIndex(index);
    };
    choose(m_pace, "pace"_L1);
    choose(m_what, "what"_L1);
    choose(m_ids, "ids"_L1);
    m_factor->setValue(object.value("factor"_L1).toDouble(1));
    m_rate->setValue(object.value("rate"_L1).toDouble(10));
    m_loop->setChecked(object.value("loop"_L1).toBool());
}

} // namespace weir::gui
