// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/statusstrip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

#include <array>
#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString number(std::uint64_t value)
{
    return QLocale().toString(qulonglong{value});
}

QLabel *label(const QString &name, QHBoxLayout *layout, int stretch = 0)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    layout->addWidget(label, stretch);
    return label;
}

} // namespace

StatusStrip::StatusStrip(const store::EventLog &log, QWidget *parent)
    : QWidget(parent)
    , m_log(log)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 0, 6, 0);
    layout->setSpacing(fontMetrics().averageCharWidth() * 3);
    m_ledgerLabel = label(u"ledgerLabel"_s, layout);
    m_remarkLabel = label(u"remarkLabel"_s, layout, 1);
    m_rateLabel = label(u"rateLabel"_s, layout);
    m_memoryLabel = label(u"memoryLabel"_s, layout);
    // A narrow window must not be widened by a long sum.
    m_ledgerLabel->setMinimumWidth(1);
    m_remarkLabel->setMinimumWidth(1);
    m_rateLabel->setToolTip(tr("Events received per second, over the last second, by all subscriptions"));
    m_memoryLabel->setToolTip(tr("Memory that the received events take, of the budget. Beyond it the oldest go."));
    m_remarkTimer.setSingleShot(true);
    connect(&m_remarkTimer, &QTimer::timeout, m_remarkLabel, &QLabel::clear);
    connect(&m_timer, &QTimer::timeout, this, &StatusStrip::tick);
    m_timer.start(250ms);
    tick();
}

void StatusStrip::setLedger(const models::ViewLedger &ledger)
{
    m_ledger = ledger;
    showLedger();
}

void StatusStrip::say(const QString &remark)
{
    m_remarkLabel->setText(remark);
    m_remarkTimer.start(8s);
}

void StatusStrip::tick()
{
    m_received = m_log.ledger();
    const auto events = m_received.receivedByKind[static_cast<std::size_t>(store::Kind::Event)];
    m_rate.sample(events, std::chrono::steady_clock::now());
    const QLocale locale;
    const auto rate = m_rate.perSecond();
    m_rateLabel->setText(tr("%1 events/s").arg(locale.toString(rate, 'f', rate > 0 && rate < 10 ? 1 : 0)));
    m_memoryLabel->setText(tr("%1 of %2")
                               .arg(locale.formattedDataSize(static_cast<qint64>(m_received.memoryUsed), 0),
                                   locale.formattedDataSize(static_cast<qint64>(m_received.memoryBudget), 0)));
    showLedger();
}

void StatusStrip::showLedger()
{
    m_ledgerLabel->setText(ledgerText());
    m_ledgerLabel->setToolTip(kindsText());
}

QString StatusStrip::ledgerText() const
{
    const auto refused = m_received.refusedAsTooLarge;
    const auto received =
        m_ledger.shown + m_ledger.hidden + m_ledger.cleared + m_ledger.waiting + m_ledger.evicted + refused;
    auto text = tr("received %1 = shown %2 + hidden %3 + evicted %4")
                    .arg(number(received), number(m_ledger.shown), number(m_ledger.hidden), number(m_ledger.evicted));
    if (m_ledger.cleared > 0)
        text += tr(" + cleared %1").arg(number(m_ledger.cleared));
    if (m_ledger.waiting > 0)
        text += tr(" + waiting %1").arg(number(m_ledger.waiting));
    if (refused > 0)
        text += tr(" + refused as too large %1").arg(number(refused));
    return text;
}

QString StatusStrip::kindsText() const
{
    const std::array<QString, store::kindCount> kinds{
        tr("Events"), tr("Comments"), tr("Blocks without an event"), tr("Diagnostics"), tr("Connection changes")};
    QStringList lines{tr("Every record received is counted in exactly one place.")};
    for (std::size_t kind = 0; kind < kinds.size(); ++kind)
        lines << tr("%1: %2 received, %3 of them in reach of this view")
                     .arg(kinds[kind], number(m_received.receivedByKind[kind]), number(m_ledger.inScope[kind]));
    return lines.join(u'\n');
}

} // namespace weir::gui
