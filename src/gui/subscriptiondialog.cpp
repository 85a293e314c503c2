// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptiondialog.h"

#include "gui/theme.h"
#include "ui_subscriptiondialog.h"

#include <QEvent>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>

#include <array>

namespace weir::gui {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using subscribe::SettingsError;
using subscribe::SubscriptionSettings;

namespace {

QIcon swatch(const QColor &colour, int side, qreal ratio)
{
    QPixmap pixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(0, 0, side, side).adjusted(1, 1, -1, -1));
    return pixmap;
}

/// What the field says, but `initial` to the millisecond if it was left alone.
milliseconds inSeconds(const QSpinBox &field, milliseconds initial)
{
    const std::chrono::seconds said(field.value());
    return said == std::chrono::duration_cast<std::chrono::seconds>(initial) ? initial : milliseconds(said);
}

} // namespace

SubscriptionDialog::SubscriptionDialog(const SubscriptionSettings &settings, const QString &verb, QWidget *parent)
    : QDialog(parent)
    , m_initial(settings)
    , m_ui(std::make_unique<Ui::SubscriptionDialog>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->buttonBox->button(QDialogButtonBox::Ok)->setText(verb);
    fillColours();
    fill();
    connectParts();
    validate();
}

SubscriptionDialog::~SubscriptionDialog() = default;

void SubscriptionDialog::connectParts()
{
    connect(m_ui->urlEdit, &QLineEdit::textChanged, this, &SubscriptionDialog::validate);
    connect(m_ui->lastEventIdEdit, &QLineEdit::textChanged, this, &SubscriptionDialog::validate);
    connect(m_ui->headersTable, &SubscriptionHeaders::edited, this, &SubscriptionDialog::validate);
    connect(m_ui->removeHeaderButton, &QPushButton::clicked, m_ui->headersTable, &SubscriptionHeaders::removeSelected);
    connect(m_ui->reconnectBox, &QGroupBox::toggled, this, &SubscriptionDialog::validate);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT confirmed(settings()); });
}

void SubscriptionDialog::fillColours()
{
    const std::array<QString, subscriptionColourCount> names{
        tr("Blue"), tr("Orange"), tr("Green"), tr("Violet"), tr("Magenta"), tr("Teal"), tr("Olive")};
    const int current = m_ui->colourCombo->currentIndex();
    m_ui->colourCombo->clear();
    const int side = fontMetrics().height();
    m_ui->colourCombo->setIconSize(QSize(side, side));
    for (int index = 0; index < subscriptionColourCount; ++index)
        m_ui->colourCombo->addItem(swatch(subscriptionColour(index, palette()), side, devicePixelRatioF()),
            names[static_cast<std::size_t>(index)]);
    m_ui->colourCombo->setCurrentIndex(current < 0 ? 0 : current);
}

void SubscriptionDialog::fill()
{
    const auto &policy = m_initial.reconnect;
    // The whole URL with its credentials, because this is the place to change them.
    m_ui->urlEdit->setText(m_initial.url.toString(QUrl::EncodeSpaces));
    m_ui->nameEdit->setText(m_initial.name);
    m_ui->colourCombo->setCurrentIndex(m_initial.colourIndex % subscriptionColourCount);
    m_ui->headersTable->setHeaders(m_initial.headers);
    m_ui->lastEventIdEdit->setText(QString::fromUtf8(m_initial.lastEventId));
    m_ui->reconnectBox->setChecked(policy.isEnabled);
    m_ui->strictCheck->setChecked(policy.isStrict);
    m_ui->reconnectionTimeSpin->setValue(static_cast<int>(policy.reconnectionTime.count()));
    m_ui->ceilingSpin->setValue(static_cast<int>(policy.ceiling.count() / 1000));
    m_ui->idleTimeoutSpin->setValue(static_cast<int>(m_initial.idleTimeout.count() / 1000));
}

SubscriptionSettings SubscriptionDialog::settings() const
{
    auto settings = m_initial;
    settings.url = subscribe::urlFromUserInput(m_ui->urlEdit->text(), nullptr);
    const auto name = m_ui->nameEdit->text().trimmed();
    settings.name = name.isEmpty() ? subscribe::suggestedName(settings.url) : name;
    settings.colourIndex = m_ui->colourCombo->currentIndex();
    settings.headers = m_ui->headersTable->headers();
    settings.lastEventId = m_ui->lastEventIdEdit->text().toUtf8();
    settings.reconnect.isEnabled = m_ui->reconnectBox->isChecked();
    settings.reconnect.isStrict = m_ui->strictCheck->isChecked();
    settings.reconnect.reconnectionTime = milliseconds(m_ui->reconnectionTimeSpin->value());
    settings.reconnect.ceiling = inSeconds(*m_ui->ceilingSpin, m_initial.reconnect.ceiling);
    settings.idleTimeout = inSeconds(*m_ui->idleTimeoutSpin, m_initial.idleTimeout);
    return settings;
}

bool SubscriptionDialog::isValid() const
{
    return m_ui->buttonBox->button(QDialogButtonBox::Ok)->isEnabled();
}

void SubscriptionDialog::validate()
{
    // Every check runs, so that every field that is wrong says so.
    const std::array checks{checkUrl(), checkHeaders(), checkLastEventId()};
    const bool isValid = checks[0] && checks[1] && checks[2];
    m_ui->buttonBox->button(QDialogButtonBox::Ok)->setEnabled(isValid);
}

bool SubscriptionDialog::checkUrl()
{
    auto error = SettingsError::UrlInvalid;
    const auto url = subscribe::urlFromUserInput(m_ui->urlEdit->text(), &error);
    m_ui->nameEdit->setPlaceholderText(url.isValid() ? subscribe::suggestedName(url) : QString());
    // An empty field is not a mistake that has been made yet; its note would greet everybody.
    const bool isSilent = url.isValid() || (error == SettingsError::UrlEmpty && !m_ui->urlEdit->isModified());
    m_ui->urlNote->say(Meaning::Error, isSilent ? QString() : subscribe::text(error));
    return url.isValid();
}

bool SubscriptionDialog::checkHeaders()
{
    const auto problem = m_ui->headersTable->problem();
    m_ui->headersNote->say(Meaning::Error, problem.value_or(QString()));
    return !problem;
}

bool SubscriptionDialog::checkLastEventId()
{
    auto error = SettingsError::LastEventIdInvalid;
    const bool isValid = subscribe::validateLastEventId(m_ui->lastEventIdEdit->text().toUtf8(), &error);
    m_ui->lastEventIdNote->say(Meaning::Error, isValid ? QString() : subscribe::text(error));
    return isValid;
}

void SubscriptionDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fillColours();
}

} // namespace weir::gui
