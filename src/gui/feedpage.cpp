// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feedpage.h"

#include "gui/inlinenote.h"
#include "gui/listtable.h"
#include "gui/theme.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QScrollArea>
#include <QTableView>
#include <QToolButton>

#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::SentMessageModel;
using publish::FeedProgress;
using publish::InputFormat;

namespace {

constexpr int barSteps = 1000;
constexpr int exampleLines = 3;

int barValue(qint64 position, qint64 size)
{
    return size > 0 ? static_cast<int>(static_cast<double>(position) / static_cast<double>(size) * barSteps) : 0;
}

} // namespace

FeedPage::FeedPage(publish::Publisher &publisher, QWidget *parent)
    : QWidget(parent)
    , m_feed(publisher)
    , m_examination(this, [this](const publish::FileSummary &summary) { showCount(summary, true); })
    , m_examples(SentMessageModel::Limits{static_cast<int>(publish::FileSummary::mostKept)}, nullptr)
    , m_file(new QLabel)
    , m_form(new QFormLayout)
    , m_format(new QComboBox)
    , m_columns(new QComboBox)
    , m_rate(new QDoubleSpinBox)
    , m_destination(new QLabel)
    , m_table(new QTableView)
    , m_countNote(new InlineNote)
    , m_note(new InlineNote)
    , m_bar(new QProgressBar)
{
    m_progress.state = FeedProgress::State::Stopped;
    m_counting.setInterval(100ms);
    setAcceptDrops(true);
    createActions();
    build();
    connect(m_format, &QComboBox::activated, this, &FeedPage::examine);
    connect(m_columns, &QComboBox::activated, this, &FeedPage::examine);
    connect(&m_counting, &QTimer::timeout, this, [this] {
        const std::lock_guard lock(m_count->mutex);
        showCount(m_count->summary, false);
    });
    connect(&m_feed, &publish::FileFeed::progressed, this, &FeedPage::showProgress);
    m_countNote->say(
        Meaning::Secondary, tr("The first messages of a file are shown here. It can also be dropped here."));
    examine();
    updateActions();
}

FeedPage::~FeedPage() = default;

void FeedPage::createActions()
{
    const auto add = [this](const QString &iconName, const QString &text, const QString &tip) {
        auto *action = new QAction(icon(iconName), text, this);
        action->setToolTip(tip);
        return action;
    };
    m_choose = add(u"file"_s, tr("&Choose a file…"), tr("JSON lines, CSV, lines of text or an event stream"));
    m_sendAll = add(u"send"_s, tr("S&end all"), tr("Send every message of the file, at the rate above"));
    m_step = add(u"step"_s, tr("Send &one"), tr("Send the next message of the file, and wait"));
    m_pause = add(u"pause"_s, tr("&Pause"), {});
    m_stop = add(u"stop"_s, tr("S&top"), tr("Send nothing more of the file"));
    connect(m_choose, &QAction::triggered, this, &FeedPage::chooseFile);
    connect(m_sendAll, &QAction::triggered, this, [this] { begin(false); });
    connect(m_step, &QAction::triggered, this, &FeedPage::stepOrBegin);
    connect(m_pause, &QAction::triggered, this, &FeedPage::pauseOrResume);
    connect(m_stop, &QAction::triggered, this, &FeedPage::callOff);
}

void FeedPage::build()
{
    m_format->setObjectName(u"formatBox"_s);
    m_format->addItems(
        {tr("JSON lines: fields of messages"), tr("Lines of text: the data"), tr("Event stream"), tr("CSV: a table")});
    m_columns->setObjectName(u"columnsBox"_s);
    m_columns->addItems({tr("type, id, data…"), tr("a JSON object")});
    m_columns->setToolTip(
        tr("What the columns of a table are: fields of the message, by the names in the first line; or "
           "members of a JSON object, which is the data."));
    m_rate->setObjectName(u"rateBox"_s);
    m_rate->setRange(0, 1'000'000);
    m_rate->setDecimals(1);
    m_rate->setValue(10);
    m_rate->setSuffix(tr(" /s"));
    m_rate->setSpecialValueText(tr("as fast as they are taken"));
    m_rate->setToolTip(tr("Messages a second. 0: as fast as the slowest client, or the hub, takes them."));
    m_rate->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_file->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_file->setText(tr("No file"));
    m_file->setTextFormat(Qt::PlainText);
    for (auto *box : {m_format, m_columns})
        box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_form->addRow(tr("For&mat"), m_format);
    m_form->addRow(tr("&Columns are"), m_columns);
    m_form->addRow(tr("&Rate"), m_rate);
    m_form->addRow(tr("To"), m_destination);
    m_destination->setTextFormat(Qt::PlainText);
    m_bar->setRange(0, barSteps);
    m_bar->setTextVisible(false);
    m_bar->hide();
    buildTable();
    arrange();
}

void FeedPage::arrange()
{
    auto *chooser = new QToolButton;
    chooser->setDefaultAction(m_choose);
    chooser->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *fileRow = new QHBoxLayout;
    fileRow->addWidget(chooser);
    fileRow->addWidget(m_file, 1);
    auto *content = new QWidget;
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins({});
    contentLayout->addLayout(fileRow);
    contentLayout->addLayout(m_form);
    contentLayout->addWidget(m_table, 1);
    // In a low panel what is chosen scrolls. Texts that wrap stay outside: beside a table that
    // takes any height, a scroll area would leave them none.
    auto *scrollArea = new QScrollArea;
    scrollArea->setFrameShape(QFrame::NoFrame);
    scrollArea->setWidgetResizable(true);
    scrollArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrollArea->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(scrollArea, 1);
    layout->addWidget(m_countNote);
    layout->addWidget(m_bar);
    layout->addWidget(m_note);
    layout->addLayout(buttons());
}

void FeedPage::buildTable()
{
    m_table->setModel(&m_examples);
    m_table->setObjectName(u"exampleView"_s);
    m_table->setAccessibleName(tr("First messages of the file"));
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    setUpListTable(*m_table, tr("Select all messages"));
    setColumnCharacters(*m_table, {0, 6, 9});
    m_table->setColumnHidden(SentMessageModel::Time, true);
    m_table->horizontalHeader()->setSectionResizeMode(SentMessageModel::Data, QHeaderView::Stretch);
    m_table->setMinimumHeight(exampleLines * m_table->verticalHeader()->defaultSectionSize());
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
}

QLayout *FeedPage::buttons()
{
    auto *layout = new QHBoxLayout;
    for (auto *action : {m_sendAll, m_step, m_pause, m_stop}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        const bool isMain = action == m_sendAll || action == m_step;
        button->setToolButtonStyle(isMain ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        layout->addWidget(button);
    }
    layout->addStretch();
    return layout;
}

bool FeedPage::isActive() const
{
    return m_progress.state == FeedProgress::State::Running || m_progress.state == FeedProgress::State::Paused;
}

void FeedPage::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a File of Messages"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FeedPage::openFile);
    dialog->open();
}

void FeedPage::openFile(const QString &path)
{
    callOff();
    m_isOfThisFile = false;
    m_progress.state = FeedProgress::State::Stopped;
    m_path = path;
    m_file->setText(QFileInfo(path).fileName());
    m_file->setToolTip(path);
    m_format->setCurrentIndex(static_cast<int>(publish::inputFormatOf(path)));
    m_note->hush();
    m_bar->hide();
    examine();
}

publish::InputSettings FeedPage::inputSettings() const
{
    publish::InputSettings settings;
    settings.format = static_cast<InputFormat>(m_format->currentIndex());
    settings.csvUse = m_columns->currentIndex() == 0 ? publish::CsvUse::Fields : publish::CsvUse::JsonObject;
    return settings;
}

void FeedPage::examine()
{
    m_form->setRowVisible(m_columns, m_format->currentIndex() == static_cast<int>(InputFormat::Csv));
    m_hasMessages = false;
    if (m_path.isEmpty())
        return;
    m_count = std::make_shared<Count>();
    m_counting.start();
    m_examination.start([path = m_path, settings = inputSettings(), count = m_count](const auto &isCanceled) {
        return publish::summarise(path, settings, [&](const publish::FileSummary &found) {
            const std::lock_guard lock(count->mutex);
            count->summary = found;
            return !isCanceled();
        });
    });
}

void FeedPage::showCount(const publish::FileSummary &summary, bool isComplete)
{
    if (isComplete)
        m_counting.stop();
    if (m_examples.rowCount() == 0 || isComplete)
        showExamples(summary);
    m_hasMessages = summary.messages > 0;
    updateActions();
    QString text = isComplete ? tr("Messages: %1.").arg(locale().toString(summary.messages))
                              : tr("Messages so far: %1 …").arg(locale().toString(summary.messages));
    if (summary.problemCount > 0)
        text += u' ' + tr("Lines that are none, and are left out: %1.").arg(locale().toString(summary.problemCount));
    m_countNote->setToolTip(summary.problems.join(u'\n'));
    for (const QString &problem : summary.problems.first(std::min<qsizetype>(summary.problems.size(), 3)))
        text += u'\n' + problem;
    if (!summary.failure.isEmpty())
        text = tr("The file cannot be read: %1").arg(summary.failure);
    m_countNote->say(!summary.failure.isEmpty()    ? Meaning::Error
                     : summary.problemCount > 0    ? Meaning::Warning
                     : isComplete && m_hasMessages ? Meaning::Good
                                                   : Meaning::Secondary,
        text);
}

void FeedPage::showExamples(const publish::FileSummary &summary)
{
    QList<models::SentMessage> rows;
    for (const auto &publication : summary.first)
        rows.append({{}, QByteArray::fromStdString(publication.message.id.value_or("")), publication});
    m_examples.setMessages(rows);
}

void FeedPage::setDestination(const QString &name, const QString &obstacle)
{
    const bool isOther = name != m_destination->text();
    m_destination->setText(name);
    m_obstacle = obstacle;
    // Of a server that stopped nobody would get the rest.
    if ((!obstacle.isEmpty() && (isActive() || m_isAsking)) || (isOther && m_isAsking))
        callOff();
    updateActions();
}

void FeedPage::begin(bool isStepwise)
{
    m_rate->interpretText();
    publish::FeedSettings settings;
    settings.path = m_path;
    settings.input = inputSettings();
    settings.messagesPerSecond = m_rate->value();
    settings.isStepwise = isStepwise;
    const int beginning = ++m_beginnings;
    m_isAsking = true;
    m_ask([this, beginning, settings](const publish::Destination &destination) {
        if (beginning != m_beginnings)
            return;
        m_isAsking = false;
        auto addressed = settings;
        addressed.destination = destination;
        m_feed.start(addressed);
        // It begins on another thread, and must not be begun twice before that tells of it.
        m_progress = {};
        m_progress.state = addressed.isStepwise ? FeedProgress::State::Paused : FeedProgress::State::Running;
        m_isOfThisFile = true;
        if (addressed.isStepwise)
            m_feed.step();
        updateActions();
    });
    updateActions();
}

/// What runs, and what waits for a hub's token.
void FeedPage::callOff()
{
    ++m_beginnings;
    m_isAsking = false;
    m_feed.stop();
    updateActions();
}

void FeedPage::stepOrBegin()
{
    if (m_progress.state == FeedProgress::State::Paused)
        m_feed.step();
    else
        begin(true);
}

void FeedPage::pauseOrResume()
{
    if (m_progress.state == FeedProgress::State::Paused)
        m_feed.resume();
    else
        m_feed.pause();
}

void FeedPage::showProgress(const FeedProgress &progress)
{
    if (!m_isOfThisFile)
        return;
    m_progress = progress;
    m_countNote->hush(); // what was wrong is told again, as it is left out
    m_bar->setVisible(isActive());
    m_bar->setValue(barValue(progress.position, progress.size));
    QString text = tr("Sent: %1.").arg(locale().toString(progress.sent));
    if (progress.refused + progress.unread > 0)
        text += u' ' + tr("Not sent: %1.").arg(locale().toString(progress.refused + progress.unread));
    if (progress.isHeldUp)
        text += u' ' + tr("Waiting for who is slowest.");
    if (!progress.problem.isEmpty())
        text += u'\n' + progress.problem;
    const bool isDone = progress.state == FeedProgress::State::Done;
    m_note->say(!progress.problem.isEmpty() ? Meaning::Warning : isDone ? Meaning::Good : Meaning::Secondary, text);
    updateActions();
}

void FeedPage::updateActions()
{
    const bool isPaused = m_progress.state == FeedProgress::State::Paused;
    const bool canBegin = m_hasMessages && m_obstacle.isEmpty();
    m_sendAll->setEnabled(canBegin && !isActive());
    m_step->setEnabled(isPaused || (canBegin && !isActive()));
    m_pause->setEnabled(isActive());
    m_pause->setIcon(icon(isPaused ? u"resume"_s : u"pause"_s));
    m_pause->setText(isPaused ? tr("Go &on") : tr("&Pause"));
    m_pause->setToolTip(isPaused ? tr("Send the rest at the rate above") : tr("Wait; what is left can be sent later"));
    m_stop->setEnabled(isActive() || m_isAsking);
    m_choose->setEnabled(!isActive());
    for (auto *widget : std::initializer_list<QWidget *>{m_format, m_columns, m_rate})
        widget->setEnabled(!isActive());
    if (!isActive() && m_hasMessages && !m_obstacle.isEmpty())
        m_note->say(Meaning::Secondary, m_obstacle);
}

void FeedPage::dragEnterEvent(QDragEnterEvent *event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile() && !isActive())
        event->acceptProposedAction();
}

void FeedPage::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openFile(event->mimeData()->urls().first().toLocalFile());
}

} // namespace weir::gui
