// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/readingpage.h"

#include "gui/sizeunits.h"
#include "ui_readingpage.h"

#include <algorithm>

namespace weir::gui {

using subscribe::BodyFormat;

ReadingPage::ReadingPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::ReadingPage>())
{
    m_ui->setupUi(this);
    connect(m_ui->formatCombo, &QComboBox::currentIndexChanged, this, &ReadingPage::edited);
    connect(m_ui->anyTypeCheck, &QCheckBox::toggled, this, &ReadingPage::edited);
    for (auto *spin : {m_ui->maxEventSpin, m_ui->maxDecodedSpin})
        connect(spin, &QSpinBox::valueChanged, this, &ReadingPage::edited);
}

ReadingPage::~ReadingPage() = default;

void ReadingPage::fill(const subscribe::SubscriptionSettings &settings)
{
    m_ui->formatCombo->setCurrentIndex(static_cast<int>(settings.bodyFormat));
    m_ui->anyTypeCheck->setChecked(settings.acceptsAnyContentType);
    m_ui->maxEventSpin->setValue(inUnits(settings.maxEventBytes, kibibyte));
    m_ui->maxDecodedSpin->setValue(inUnits(settings.maxDecodedBytesPerRead, mebibyte));
}

void ReadingPage::collect(subscribe::SubscriptionSettings &settings) const
{
    settings.bodyFormat = BodyFormat(m_ui->formatCombo->currentIndex());
    settings.acceptsAnyContentType = m_ui->anyTypeCheck->isChecked();
    settings.maxEventBytes = static_cast<std::size_t>(m_ui->maxEventSpin->value()) * kibibyte;
    settings.maxDecodedBytesPerRead = static_cast<std::size_t>(m_ui->maxDecodedSpin->value()) * mebibyte;
}

bool ReadingPage::check()
{
    return true;
}

QString ReadingPage::badge() const
{
    return usedBadge(m_ui->formatCombo->currentIndex() != 0 || m_ui->anyTypeCheck->isChecked());
}

} // namespace weir::gui
