// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/detailpane.h"

#include "gui/detailtext.h"
#include "gui/hexview.h"
#include "gui/theme.h"
#include "gui/wireview.h"
#include "models/eventfields.h"
#include "models/eventformat.h"
#include "ui_detailpane.h"

#include <QClipboard>
#include <QHeaderView>
#include <QMenu>

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
    addCopyMenu();
    connect(m_ui->tabs, &QTabWidget::currentChanged, this, &DetailPane::presentTab);
    clear();
}

DetailPane::~DetailPane() = default;

void DetailPane::addTabs()
{
    m_pretty->setObjectName(u"prettyText"_s);
    m_text->setObjectName(u"dataText"_s);
    m_hex->setObjectName(u"hexView"_s);
    m_ui->tabs->addTab(m_pretty, tr("Pretty"));
    m_ui->tabs->addTab(m_text, tr("Text"));
    m_ui->tabs->addTab(m_hex, tr("Hex"));
    m_ui->tabs->addTab(m_wire, tr("Wire"));
    setTab(Tab::Pretty);
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
    m_pretty->clear();
    m_text->clear();
    m_hex->setBytes({}, {});
    present();
}

store::EventNumber DetailPane::event() const
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
    if (tab() == Tab::Pretty)
        m_pretty->setText(m_segment, models::dataText(*event));
    else if (tab() == Tab::Text)
        m_text->setText(m_segment, models::dataText(*event));
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
    copy(hexDump(bytes), bytes.size() == event->raw().size()
                             ? tr("Hex dump copied")
                             : tr("Hex dump of the first %1 copied").arg(models::formatBytes(bytes.size())));
}

void DetailPane::copy(const QString &text, const QString &note)
{
    QGuiApplication::clipboard()->setText(text);
    m_ui->copyNote->say(Meaning::Secondary, note);
}

} // namespace weir::gui
