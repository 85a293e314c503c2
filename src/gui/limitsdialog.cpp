// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/limitsdialog.h"

#include "gui/inlinenote.h"
#include "gui/sizeunits.h"
#include "models/eventformat.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastBudget = 64;        // MiB: a few segments
constexpr int mostEvent = 1024 * 1024; // KiB

QSpinBox *field(const QString &name, const QString &suffix, int least, int most, int step)
{
    auto *spin = new QSpinBox;
    spin->setObjectName(name);
    spin->setRange(least, most);
    spin->setSingleStep(step);
    spin->setSuffix(suffix);
    spin->setGroupSeparatorShown(true);
    return spin;
}

QLabel *explanation(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QString usageText(const store::Ledger &ledger)
{
    const auto used = models::formatBytes(ledger.memoryUsed);
    const auto held = models::formatBytes(ledger.memoryHeldBySnapshots);
    const auto usage = ledger.memoryHeldBySnapshots == 0
                           ? LimitsDialog::tr("In use: %1.").arg(used)
                           : LimitsDialog::tr("In use: %1, and %2 that views still hold.").arg(used, held);
    return usage + u' ' +
           LimitsDialog::tr("Beyond the limit the oldest events go; the line above the first row says how many.");
}

} // namespace

LimitsDialog::LimitsDialog(const Limits &limits, const store::Ledger &ledger, int subscriptions, QWidget *parent)
    : QDialog(parent)
    , m_initial(limits)
    , m_budget(field(u"budgetSpin"_s, tr(" MiB"), leastBudget,
          std::max(leastBudget, inUnits(store::LogLimits::machineMemory(), mebibyte)), 256))
    , m_event(field(u"eventSpin"_s, tr(" KiB"), 1, mostEvent, 1024))
    , m_forAll(new QCheckBox(tr("Also for the subscriptions in the list: %1").arg(subscriptions)))
    , m_note(new InlineNote)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"limitsDialog"_s);
    setWindowTitle(tr("Limits"));
    m_budget->setValue(inUnits(limits.memoryBudget, mebibyte));
    m_event->setValue(inUnits(limits.maxEventBytes, kibibyte));
    m_forAll->setObjectName(u"forAllCheck"_s);
    m_forAll->setVisible(subscriptions > 0);
    m_budget->setToolTip(tr("Of all events of all subscriptions together; lowering it evicts at once"));
    m_event->setToolTip(tr("Size of a block as it is sent; acts from the next byte on, without a new connection"));
    auto *form = new QFormLayout;
    form->addRow(tr("&Memory for events:"), m_budget);
    form->addRow(QString(), m_note);
    form->addRow(QString(), explanation(usageText(ledger)));
    form->addRow(tr("&Largest event:"), m_event);
    form->addRow(QString(),
        explanation(tr("For new subscriptions. A larger event is refused, counted and reported, never cut.")));
    form->addRow(QString(), m_forAll);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &LimitsDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_budget, &QSpinBox::valueChanged, this, &LimitsDialog::check);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    check();
}

void LimitsDialog::check()
{
    const auto machine = store::LogLimits::machineMemory();
    const bool isMuch = static_cast<std::size_t>(m_budget->value()) * mebibyte > machine / 2;
    m_note->say(Meaning::Warning,
        isMuch
            ? tr("More than half of the memory of this machine, which has %1: other programs may be pushed out of it.")
                  .arg(models::formatBytes(machine))
            : QString());
}

void LimitsDialog::confirm()
{
    // What a field rounds stays as it was unless it was touched.
    Limits limits = m_initial;
    if (m_budget->value() != inUnits(m_initial.memoryBudget, mebibyte))
        limits.memoryBudget = static_cast<std::size_t>(m_budget->value()) * mebibyte;
    if (m_event->value() != inUnits(m_initial.maxEventBytes, kibibyte))
        limits.maxEventBytes = static_cast<std::size_t>(m_event->value()) * kibibyte;
    Q_EMIT confirmed(limits, m_forAll->isChecked());
    accept();
}

} // namespace weir::gui
