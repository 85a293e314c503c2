// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/headerspage.h"

#include "ui_headerspage.h"

namespace weir::gui {

using subscribe::SettingsError;

HeadersPage::HeadersPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::HeadersPage>())
{
    m_ui->setupUi(this);
    connect(m_ui->headersTable, &SubscriptionHeaders::edited, this, &HeadersPage::edited);
    connect(m_ui->removeHeaderButton, &QPushButton::clicked, m_ui->headersTable, &SubscriptionHeaders::removeSelected);
    connect(m_ui->lastEventIdEdit, &QLineEdit::textChanged, this, &HeadersPage::edited);
    connect(m_ui->cookiesCheck, &QCheckBox::toggled, this, &HeadersPage::edited);
}

HeadersPage::~HeadersPage() = default;

void HeadersPage::fill(const subscribe::SubscriptionSettings &settings)
{
    m_ui->headersTable->setHeaders(settings.headers);
    m_ui->lastEventIdEdit->setText(QString::fromUtf8(settings.lastEventId));
    m_ui->cookiesCheck->setChecked(settings.keepsCookies);
}

void HeadersPage::collect(subscribe::SubscriptionSettings &settings) const
{
    settings.headers = m_ui->headersTable->headers();
    settings.lastEventId = m_ui->lastEventIdEdit->text().toUtf8();
    settings.keepsCookies = m_ui->cookiesCheck->isChecked();
}

bool HeadersPage::check()
{
    const auto problem = m_ui->headersTable->problem();
    m_ui->headersNote->say(Meaning::Error, problem.value_or(QString()));
    auto error = SettingsError::LastEventIdInvalid;
    const bool isIdValid = subscribe::validateLastEventId(m_ui->lastEventIdEdit->text().toUtf8(), &error);
    m_ui->lastEventIdNote->say(Meaning::Error, isIdValid ? QString() : subscribe::text(error));
    return !problem && isIdValid;
}

QString HeadersPage::badge() const
{
    return countBadge(m_ui->headersTable->headers().size());
}

QByteArray HeadersPage::contentType() const
{
    for (const auto &header : m_ui->headersTable->headers())
        if (header.isEnabled && header.name.compare("content-type", Qt::CaseInsensitive) == 0)
            return header.value;
    return {};
}

void HeadersPage::addHeader(const subscribe::Header &header)
{
    m_ui->headersTable->setHeaders(m_ui->headersTable->headers() << header);
    Q_EMIT edited();
}

} // namespace weir::gui
