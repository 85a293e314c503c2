// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailpane.h"

#include "gui/actionrow.h"
#include "gui/decodedvalue.h"
#include "gui/detailtext.h"
#include "gui/differenceview.h"
#include "gui/hexview.h"
#include "gui/jsontreeview.h"
#include "gui/theme.h"
#include "gui/wireview.h"
#include "models/eventfields.h"
#include "models/eventformat.h"
#include "models/hexdump.h"
#include "models/jsonindent.h"
#include "ui_detailpane.h"

#include <QClipboard>
#include <QMenu>
#include <QShortcut>
#include <QTabBar>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

/// Four characters and more for each byte: a dump of more helps nobody and fills the clipboard.
constexpr std::size_t mostDumpedBytes = std::size_t{1} << 20;
/// What the GUI thread goes through in less than a millisecond.
constexpr std::size_t mostReadsLookedAt = std::size_t{1} << 16;

constexpr int formMargin = 2;

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
    , m_difference(new DifferenceView)
    , m_decoded(new DecodedValue)
    , m_clock(store::ClockAnchor::now())
    , m_indenting(this, [this](const QString &json) {
        if (json.isEmpty())
            say(tr("Not copied: the data is no JSON"));
        else
            copy(json, tr("Indented JSON copied"));
    })
{
    m_ui->setupUi(this);
    m_ui->fieldsTree->setFont(fixedFont());
    addTabs();
    addTabShortcuts();
    addCopyMenu();
    connectTree();
    createDecoded();
    connectDecoded();
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, &DetailPane::presentTab);
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, &DetailPane::showTabActions);
    showTabActions();
    clear();
}

DetailPane::~DetailPane()
{
    // They go after the members: what they still say then must not arrive here.
    for (auto *child : findChildren<QObject *>())
        child->disconnect(this);
}

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
    m_ui->tabs->addTab(m_difference, tr("Difference"));
    m_ui->tabs->setCornerWidget(m_tabActions);
    setTab(Tab::Pretty);
}

void DetailPane::addTabShortcuts()
{
    const auto add = [this](const QKeySequence &keys, int step) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, step] {
            const int count = m_ui->tabs->count();
            m_ui->tabs->setCurrentIndex((m_ui->tabs->currentIndex() + count + step) % count);
        });
    };
    add(Qt::CTRL | Qt::Key_PageDown, 1);
    add(Qt::CTRL | Qt::Key_PageUp, -1);
    m_ui->tabs->tabBar()->setToolTip(tr("Ctrl+Page Down and Ctrl+Page Up change tabs"));
}

void DetailPane::connectTree()
{
    connect(m_tree, &JsonTreeView::filterRequested, this, &DetailPane::filterRequested);
    connect(m_tree, &JsonTreeView::columnRequested, this, &DetailPane::columnRequested);
    connect(m_tree, &JsonTreeView::noticed, this, &DetailPane::say);
    connect(m_hex, &HexView::noticed, this, &DetailPane::say);
    connect(m_difference, &DifferenceView::noticed, this, &DetailPane::say);
}

void DetailPane::addCopyMenu()
{
    auto *menu = new QMenu(this);
    connect(menu->addAction(tr("&Data")), &QAction::triggered, this, &DetailPane::copyData);
    connect(menu->addAction(tr("Data as &indented JSON")), &QAction::triggered, this, &DetailPane::copyIndentedJson);
    connect(menu->addAction(tr("&Exact bytes as text")), &QAction::triggered, this, &DetailPane::copyExactBytes);
    connect(menu->addAction(tr("Exact bytes as &hex dump")), &QAction::triggered, this, &DetailPane::copyHexDump);
    m_ui->copyButton->setIcon(icon(u"copy"_s));
    m_ui->copyButton->setMenu(menu);
}

void DetailPane::setClock(const store::ClockAnchor &clock)
{
    m_clock = clock;
    m_difference->setClock(clock);
    present();
}

void DetailPane::setSources(const models::Sources &sources)
{
    m_sources = sources;
    m_difference->setSources(sources);
    if (const auto event = view())
        presentFields(*event);
}

void DetailPane::setEvent(const store::Snapshot &snapshot, store::EventNumber number)
{
    m_event = models::HeldEvent::find(snapshot, number);
    if (!m_event) {
        clear();
        return;
    }
    // Now, because only the snapshot knows the reads of earlier segments, and it is not kept.
    m_reads = store::readsOf(snapshot, number, mostReadsLookedAt);
    present();
}

void DetailPane::clear()
{
    m_event.reset();
    m_difference->clear();
    m_indenting.cancel();
    m_tree->clear();
    m_pretty->clear();
    m_text->clear();
    m_hex->setBytes({}, {});
    present();
}

void DetailPane::setSnapshotSource(std::function<store::Snapshot()> source)
{
    m_difference->setSnapshotSource(std::move(source));
}

void DetailPane::setComparisonBase(const store::Snapshot &snapshot, store::EventNumber number)
{
    if (const auto base = models::HeldEvent::find(snapshot, number))
        m_difference->setBase(*base);
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
    if (!m_event)
        return std::nullopt;
    return m_event->view();
}

void DetailPane::present()
{
    m_ui->copyNote->hush();
    m_ui->pages->setCurrentWidget(m_event ? m_ui->eventPage : m_ui->emptyPage);
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
    const auto metrics = m_ui->fieldsTree->fontMetrics();
    for (int row = 0; row < m_ui->fieldsTree->topLevelItemCount(); ++row)
        m_ui->fieldsTree->topLevelItem(row)->setSizeHint(1, {0, metrics.height() + 2 * formMargin});
    m_ui->fieldsTree->resizeColumnToContents(0);
    m_ui->fieldsTree->setColumnWidth(0, m_ui->fieldsTree->columnWidth(0) + 2 * metrics.averageCharWidth());
}

void DetailPane::presentTab()
{
    const auto event = view();
    if (!event)
        return;
    if (tab() == Tab::Tree)
        m_tree->setText(m_event->segment(), models::dataText(*event), event->kind() == store::Kind::Event);
    else if (tab() == Tab::Pretty)
        m_pretty->setText(m_event->segment(), models::dataText(*event), event->raw());
    else if (tab() == Tab::Text)
        m_text->setText(m_event->segment(), models::dataText(*event), event->raw());
    else if (tab() == Tab::Hex)
        m_hex->setBytes(m_event->segment(), event->raw());
    else if (tab() == Tab::Wire)
        m_wire->setReads(m_reads, m_clock);
    else if (tab() == Tab::Difference)
        m_difference->setEvent(*m_event);
    decodeSelected();
}

void DetailPane::copyData()
{
    if (const auto event = view())
        copy(QString::fromUtf8(models::dataText(*event)), tr("Data copied"));
}

void DetailPane::copyIndentedJson()
{
    if (!m_event)
        return;
    m_indenting.start([event = *m_event](const auto &) {
        return QString::fromStdString(models::indentJson(models::dataText(event.view())).value_or(""));
    });
}

void DetailPane::copyExactBytes()
{
    if (const auto event = view())
        copy(QString::fromUtf8(event->raw()), tr("Exact bytes copied as text"));
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

} // namespace weir::gui
