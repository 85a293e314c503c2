// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/authenticationpage.h"

#include "ui_authenticationpage.h"

namespace weir::gui {

using subscribe::Authentication;
using subscribe::AuthenticationKind;
using subscribe::SettingsError;

AuthenticationPage::AuthenticationPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::AuthenticationPage>())
{
    m_ui->setupUi(this);
    connect(m_ui->kindCombo, &QComboBox::currentIndexChanged, this, &AuthenticationPage::showFields);
    connect(m_ui->kindCombo, &QComboBox::currentIndexChanged, this, &AuthenticationPage::edited);
    for (auto *field : {static_cast<QLineEdit *>(m_ui->userNameEdit), static_cast<QLineEdit *>(m_ui->passwordEdit),
             static_cast<QLineEdit *>(m_ui->tokenEdit)})
        connect(field, &QLineEdit::textChanged, this, &AuthenticationPage::edited);
    showFields();
}

AuthenticationPage::~AuthenticationPage() = default;

void AuthenticationPage::showFields()
{
    const auto kind = AuthenticationKind(m_ui->kindCombo->currentIndex());
    const bool isBasic = kind == AuthenticationKind::Basic;
    const bool isBearer = kind == AuthenticationKind::Bearer;
    for (auto *widget : {static_cast<QWidget *>(m_ui->userNameEdit), static_cast<QWidget *>(m_ui->userNameEditLabel),
             static_cast<QWidget *>(m_ui->passwordEdit), static_cast<QWidget *>(m_ui->passwordEditLabel)})
        widget->setVisible(isBasic);
    m_ui->tokenEdit->setVisible(isBearer);
    m_ui->tokenEditLabel->setVisible(isBearer);
}

void AuthenticationPage::fill(const subscribe::SubscriptionSettings &settings)
{
    const auto &given = settings.authentication;
    m_ui->kindCombo->setCurrentIndex(static_cast<int>(given.kind));
    m_ui->userNameEdit->setText(given.userName);
    m_ui->passwordEdit->setText(given.kind == AuthenticationKind::Bearer ? QString() : given.secret);
    m_ui->tokenEdit->setText(given.kind == AuthenticationKind::Bearer ? given.secret : QString());
}

void AuthenticationPage::collect(subscribe::SubscriptionSettings &settings) const
{
    Authentication said;
    said.kind = AuthenticationKind(m_ui->kindCombo->currentIndex());
    if (said.kind == AuthenticationKind::Basic)
        said.userName = m_ui->userNameEdit->text();
    if (said.kind == AuthenticationKind::Basic)
        said.secret = m_ui->passwordEdit->text();
    if (said.kind == AuthenticationKind::Bearer)
        said.secret = m_ui->tokenEdit->text();
    settings.authentication = said;
}

bool AuthenticationPage::check()
{
    subscribe::SubscriptionSettings said;
    collect(said);
    auto error = SettingsError::BearerTokenInvalid;
    const bool isValid = subscribe::validateAuthentication(said.authentication, &error);
    m_ui->authenticationNote->say(Meaning::Error, isValid ? QString() : subscribe::text(error));
    return isValid;
}

QString AuthenticationPage::badge() const
{
    return usedBadge(m_ui->kindCombo->currentIndex() != 0);
}

} // namespace weir::gui
