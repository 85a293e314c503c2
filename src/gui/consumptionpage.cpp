// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/consumptionpage.h"

#include "ui_consumptionpage.h"

#include <algorithm>

namespace weir::gui {

namespace {

constexpr std::uint64_t kib = 1024;

int inSpin(std::uint64_t number)
{
    return static_cast<int>(std::min<std::uint64_t>(number, 1'000'000'000));
}

} // namespace

ConsumptionPage::ConsumptionPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::ConsumptionPage>())
{
    m_ui->setupUi(this);
    for (auto *box : {m_ui->slowCheck, m_ui->stopCheck, m_ui->resumeCheck})
        connect(box, &QCheckBox::toggled, this, &ConsumptionPage::edited);
    for (auto *spin : {m_ui->rateSpin, m_ui->stopSpin, m_ui->resumeSpin, m_ui->connectionsSpin})
        connect(spin, &QSpinBox::valueChanged, this, &ConsumptionPage::edited);
}

ConsumptionPage::~ConsumptionPage() = default;

void ConsumptionPage::fill(const subscribe::SubscriptionSettings &settings)
{
    const subscribe::Consumption &consumption = settings.consumption;
    m_ui->slowCheck->setChecked(consumption.bytesPerSecond > 0);
    if (consumption.bytesPerSecond > 0)
        m_ui->rateSpin->setValue(inSpin(consumption.bytesPerSecond));
    m_ui->stopCheck->setChecked(consumption.stopsAfter.has_value());
    if (consumption.stopsAfter)
        m_ui->stopSpin->setValue(inSpin(*consumption.stopsAfter / kib));
    m_ui->resumeCheck->setChecked(consumption.stopsFor.count() > 0);
    if (consumption.stopsFor.count() > 0)
        m_ui->resumeSpin->setValue(static_cast<int>(consumption.stopsFor.count() / 1000));
    m_ui->connectionsSpin->setValue(consumption.extraConnections + 1);
}

subscribe::Consumption ConsumptionPage::consumption() const
{
    subscribe::Consumption consumption;
    if (m_ui->slowCheck->isChecked())
        consumption.bytesPerSecond = static_cast<std::uint64_t>(m_ui->rateSpin->value());
    if (m_ui->stopCheck->isChecked())
        consumption.stopsAfter = static_cast<std::uint64_t>(m_ui->stopSpin->value()) * kib;
    if (m_ui->resumeCheck->isChecked())
        consumption.stopsFor = std::chrono::seconds(m_ui->resumeSpin->value());
    consumption.extraConnections = m_ui->connectionsSpin->value() - 1;
    return consumption;
}

void ConsumptionPage::collect(subscribe::SubscriptionSettings &settings) const
{
    settings.consumption = consumption();
}

bool ConsumptionPage::check()
{
    m_ui->rateSpin->setEnabled(m_ui->slowCheck->isChecked());
    m_ui->stopSpin->setEnabled(m_ui->stopCheck->isChecked());
    m_ui->resumeCheck->setEnabled(m_ui->stopCheck->isChecked());
    m_ui->resumeSpin->setEnabled(m_ui->stopCheck->isChecked() && m_ui->resumeCheck->isChecked());
    const bool isPossible = m_httpVersion == subscribe::HttpVersion::Http1 || !consumption().holdsBack();
    m_ui->versionNote->say(
        Meaning::Error, isPossible ? QString() : subscribe::text(subscribe::SettingsError::ConsumptionWithHttp2));
    return isPossible;
}

QString ConsumptionPage::badge() const
{
    return usedBadge(consumption() != subscribe::Consumption());
}

} // namespace weir::gui
