// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/reconnectionpage.h"

#include "ui_reconnectionpage.h"

#include <QSignalBlocker>

namespace weir::gui {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

int inSeconds(milliseconds time)
{
    return static_cast<int>(std::chrono::duration_cast<seconds>(time).count());
}

int inMilliseconds(milliseconds time)
{
    return static_cast<int>(time.count());
}

} // namespace

ReconnectionPage::ReconnectionPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::ReconnectionPage>())
{
    m_ui->setupUi(this);
    connect(m_ui->reconnectBox, &QGroupBox::toggled, this, &ReconnectionPage::edited);
    connect(m_ui->rulesCombo, &QComboBox::currentIndexChanged, this, &ReconnectionPage::explainRules);
    for (auto *combo : {m_ui->rulesCombo, m_ui->endCombo})
        connect(combo, &QComboBox::currentIndexChanged, this, &ReconnectionPage::edited);
    for (auto *spin : {m_ui->reconnectionTimeSpin, m_ui->jitterSpin, m_ui->floorSpin, m_ui->ceilingSpin,
             m_ui->retryCeilingSpin, m_ui->attemptsSpin, m_ui->idleTimeoutSpin, m_ui->headerDeadlineSpin})
        connect(spin, &QSpinBox::valueChanged, this, &ReconnectionPage::edited);
    connect(m_ui->factorSpin, &QDoubleSpinBox::valueChanged, this, &ReconnectionPage::edited);
    explainRules();
}

ReconnectionPage::~ReconnectionPage() = default;

void ReconnectionPage::explainRules()
{
    m_ui->rulesLabel->setText(
        m_ui->rulesCombo->currentIndex() == 0
            ? tr("Also comes back after 408, 425, 429 and 5xx, with Retry-After, and after any network error.")
            : tr("Any status but 200, another content type and 204 close for good; only a lost connection comes "
                 "back."));
}

void ReconnectionPage::fill(const subscribe::SubscriptionSettings &settings)
{
    const auto &policy = settings.reconnect;
    m_ui->reconnectBox->setChecked(policy.isEnabled);
    m_ui->rulesCombo->setCurrentIndex(policy.isStrict ? 1 : 0);
    m_ui->endCombo->setCurrentIndex(policy.isFinishedAtEnd ? 1 : 0);
    m_ui->reconnectionTimeSpin->setValue(inMilliseconds(policy.reconnectionTime));
    m_ui->factorSpin->setValue(policy.backOffFactor);
    m_ui->jitterSpin->setValue(static_cast<int>(policy.jitter * 100));
    m_ui->floorSpin->setValue(inMilliseconds(policy.floor));
    m_ui->ceilingSpin->setValue(inSeconds(policy.ceiling));
    m_ui->retryCeilingSpin->setValue(inSeconds(policy.retryCeiling));
    m_ui->attemptsSpin->setValue(policy.maxAttempts);
    m_ui->idleTimeoutSpin->setValue(inSeconds(settings.idleTimeout));
    m_ui->headerDeadlineSpin->setValue(inSeconds(settings.headerDeadline));
}

void ReconnectionPage::collect(subscribe::SubscriptionSettings &settings) const
{
    auto &policy = settings.reconnect;
    policy.isEnabled = m_ui->reconnectBox->isChecked();
    policy.isStrict = m_ui->rulesCombo->currentIndex() == 1;
    policy.isFinishedAtEnd = m_ui->endCombo->currentIndex() == 1;
    policy.reconnectionTime = milliseconds(m_ui->reconnectionTimeSpin->value());
    policy.backOffFactor = m_ui->factorSpin->value();
    policy.jitter = m_ui->jitterSpin->value() / 100.0;
    policy.floor = milliseconds(m_ui->floorSpin->value());
    policy.ceiling = seconds(m_ui->ceilingSpin->value());
    policy.retryCeiling = seconds(m_ui->retryCeilingSpin->value());
    policy.maxAttempts = m_ui->attemptsSpin->value();
    settings.idleTimeout = seconds(m_ui->idleTimeoutSpin->value());
    settings.headerDeadline = seconds(m_ui->headerDeadlineSpin->value());
}

bool ReconnectionPage::check()
{
    const bool isOrdered = m_ui->floorSpin->value() <= 1000 * m_ui->ceilingSpin->value();
    m_ui->floorNote->say(
        Meaning::Error, isOrdered ? QString() : tr("The shortest wait is longer than the longest (back-off up to)."));
    return isOrdered;
}

} // namespace weir::gui
