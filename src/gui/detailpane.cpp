// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailpane.h"

#include "gui/actionrow.h"
#include "gui/detailtext.h"
#include "gui/hexview.h"
#include "gui/jsontreeview.h"
#include "gui/theme.h"
#include "gui/wireview.h"
#include "models/eventfields.h"
#include "models/eventformat.h"
#include "models/hexdump.h"
#include "ui_detailpane.h"

#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QShortcut>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

/// Four characters and more for each byte: a dump of more helps nobody and fills the clipboard.
constexpr std::size_t mostDumpedBytes = std::size_t{1} << 20;
/// What the GUI thread goes through in less than a millisecond.
constexpr std::size_t mostReadsLookedAt = std::size_t{1} << 16;

QString decoded(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

DetailPane::DetailPane(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DetailPane>())
    , m_tabActions(new ActionRow)
    , m_tree(new JsonTreeView)
    , m_pretty(new DetailText(DetailText::Form::IndentedJson))
    , m_text(new DetailText(DetailText::Form::AsIs))
    , m_hex(new HexView)
    , m_wire(new WireView)
    , m_clock(store::ClockAnchor::now())
{
    m_ui->setupUi(this);
    m_ui->fieldsTree->setFont(fixedFont());
    m_ui->fieldsTree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    addTabs();
    addTabShortcuts();
    addCopyMenu();
    connectTree();
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, &DetailPane::presentTab);
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, &DetailPane::showTabActions);
    showTabActions();
    clear();
}

DetailPane::~DetailPane() = default;

void DetailPane::addTabs()
{
    m_pretty->setObjectName(u"prettyText"_s);
    m_text->setObjectName(u"dataText"_s);
    m_hex->setObjectName(u"hexView"_s);
    m_ui->tabs->addTab(m_tree, tr("Tree"));
    m_ui->tabs->addTab(m_pretty, tr("Pretty"));
    m_ui->tabs->addTab(m_text, tr("Text"));
    m_ui->tabs->addTab(m_hex, tr("Hex"));
    m_ui->tabs->addTab(m_wire, tr("Wire"));
    m_ui->tabs->setCornerWidget(m_tabActions);
    setTab(Tab::Pretty);
}

void DetailPane::addTabShortcuts()
{
    for (int tab = 0; tab < m_ui->tabs->count(); ++tab) {
        const QKeySequence keys(QKeyCombination(Qt::AltModifier, static_cast<Qt::Key>(Qt::Key_1 + tab)));
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, tab] { m_ui->tabs->setCurrentIndex(tab); });
        m_ui->tabs->setTabToolTip(tab, keys.toString(QKeySequence::NativeText));
    }
}

void DetailPane::connectTree()
{
    connect(m_tree, &JsonTreeView::filterRequested, this, &DetailPane::filterRequested);
    connect(m_tree, &JsonTreeView::columnRequested, this, &DetailPane::columnRequested);
    connect(m_tree, &JsonTreeView::noticed, this, &DetailPane::say);
    connect(m_hex, &HexView::noticed, this, &DetailPane::say);
}

void DetailPane::addCopyMenu()
{
    auto *menu = new QMenu(this);
    connect(menu->addAction(tr("&Data")), &QAction::triggered, this, &DetailPane::copyData);
    connect(menu->addAction(tr("&Exact bytes as text")), &QAction::triggered, this, &DetailPane::copyExactBytes);
    connect(menu->addAction(tr("Exact bytes as &hex dump")), &QAction::triggered, this, &DetailPane::copyHexDump);
    m_ui->copyButton->setIcon(icon(u"copy"_s));
    m_ui->copyButton->setMenu(menu);
}

void DetailPane::setClock(const store::ClockAnchor &clock)
{
    m_clock = clock;
    present();
}

void DetailPane::setSources(const models::Sources &sources)
{
    m_sources = sources;
    if (const auto event = view())
        presentFields(*event);
}

void DetailPane::setEvent(const store::Snapshot &snapshot, store::EventNumber number)
{
    if (!snapshot.contains(number)) {
        clear();
        return;
    }
    std::size_t index = snapshot.segmentCount();
    while (index > 0 && snapshot.segment(index - 1)->first() > number)
        --index;
    m_segment = snapshot.segment(index - 1);
    m_index = static_cast<std::uint32_t>(number.value - m_segment->first().value);
    // Now, because only the snapshot knows the reads of earlier segments, and it is not kept.
    m_reads = store::readsOf(snapshot, number, mostReadsLookedAt);
    present();
}

void DetailPane::clear()
{
    m_segment.reset();
    m_tree->clear();
    m_pretty->clear();
    m_text->clear();
    m_hex->setBytes({}, {});
    present();
}

store::EventNumber DetailPane::eventNumber() const
{
    const auto event = view();
    return event ? event->number() : store::EventNumber{};
}

DetailPane::Tab DetailPane::tab() const
{
    return Tab{m_ui->tabs->currentIndex()};
}

void DetailPane::setTab(Tab tab)
{
    m_ui->tabs->setCurrentIndex(static_cast<int>(tab));
}

std::optional<store::EventView> DetailPane::view() const
{
    if (!m_segment)
        return std::nullopt;
    return m_segment->at(m_index);
}

void DetailPane::present()
{
    m_ui->copyNote->hush();
    m_ui->pages->setCurrentWidget(m_segment ? m_ui->eventPage : m_ui->emptyPage);
    if (const auto event = view()) {
        presentFields(*event);
        presentTab();
    }
}

void DetailPane::presentFields(const store::EventView &event)
{
    m_ui->titleLabel->setText(models::eventTitle(event, m_sources, m_clock));
    m_ui->fieldsTree->clear();
    for (const auto &field : models::eventFields(event, m_sources, m_clock))
        m_ui->fieldsTree->addTopLevelItem(new QTreeWidgetItem({field.name, field.value}));
}

void DetailPane::presentTab()
{
    const auto event = view();
    if (!event)
        return;
    if (tab() == Tab::Tree)
        m_tree->setText(m_segment, models::dataText(*event), event->kind() == store::Kind::Event);
    else if (tab() == Tab::Pretty)
        m_pretty->setText(m_segment, models::dataText(*event), event->raw());
    else if (tab() == Tab::Text)
        m_text->setText(m_segment, models::dataText(*event), event->raw());
    else if (tab() == Tab::Hex)
        m_hex->setBytes(m_segment, event->raw());
    else if (tab() == Tab::Wire)
        m_wire->setReads(m_reads, m_clock);
}

void DetailPane::copyData()
{
    if (const auto event = view())
        copy(decoded(models::dataText(*event)), tr("Data copied"));
}

void DetailPane::copyExactBytes()
{
    if (const auto event = view())
        copy(decoded(event->raw()), tr("Exact bytes copied as text"));
}

void DetailPane::copyHexDump()
{
    const auto event = view();
    if (!event)
        return;
    const auto bytes = event->raw().substr(0, mostDumpedBytes);
    copy(models::hexDump(bytes), bytes.size() == event->raw().size()
                             ? tr("Hex dump copied")
                             : tr("Hex dump of the first %1 copied").arg(models::formatBytes(bytes.size())));
}

void DetailPane::copy(const QString &text, const QString &note)
{
    QGuiApplication::clipboard()->setText(text);
    say(note);
}

void DetailPane::say(const QString &note)
{
    m_ui->copyNote->say(Meaning::Secondary, note);
}

DetailText *DetailPane::textInFront() const
{
    if (tab() == Tab::Pretty)
        return m_pretty;
    return tab() == Tab::Text ? m_text : nullptr;
}

void DetailPane::showTabActions()
{
    if (tab() == Tab::Tree)
        m_tabActions->setButtons(m_tree->tabActions());
    else
        m_tabActions->setButtons(textInFront() ? textInFront()->tabActions() : QList<QAction *>());
}

void DetailPane::find()
{
    if (tab() == Tab::Tree)
        m_tree->openFind();
    else if (auto *text = textInFront())
        text->openFind();
}

void DetailPane::findNext()
{
    if (tab() == Tab::Tree)
        m_tree->findNext();
    else if (auto *text = textInFront())
        text->findNext();
}

void DetailPane::findPrevious()
{
    if (tab() == Tab::Tree)
        m_tree->findPrevious();
    else if (auto *text = textInFront())
        text->findPrevious();
}

bool DetailPane::event(QEvent *event)
{
    // In here these keys find in the event; without this the window's own shortcuts would take them.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Find) || key->matches(QKeySequence::FindNext) ||
            key->matches(QKeySequence::FindPrevious)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void DetailPane::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find))
        find();
    else if (event->matches(QKeySequence::FindNext))
        findNext();
    else if (event->matches(QKeySequence::FindPrevious))
        findPrevious();
    else
        QWidget::keyPressEvent(event);
}

} // namespace weir::gui
