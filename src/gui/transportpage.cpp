// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/transportpage.h"

#include "ui_transportpage.h"

#include <algorithm>

namespace weir::gui {

using subscribe::AddressFamily;
using subscribe::HttpVersion;
using subscribe::ProxyKind;
using subscribe::SettingsError;

namespace {

constexpr std::size_t bodyMebibyte = 1024 * 1024;
constexpr std::size_t mostMebibytes = 65536; // as the field has it

} // namespace

TransportPage::TransportPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::TransportPage>())
{
    m_ui->setupUi(this);
    for (auto *combo : {m_ui->httpVersionCombo, m_ui->familyCombo, m_ui->proxyCombo}) {
        connect(combo, &QComboBox::currentIndexChanged, this, &TransportPage::showFields);
        connect(combo, &QComboBox::currentIndexChanged, this, &TransportPage::edited);
    }
    for (auto *check : {m_ui->gzipCheck, m_ui->deflateCheck, m_ui->brotliCheck, m_ui->zstdCheck})
        connect(check, &QCheckBox::toggled, this, &TransportPage::edited);
    for (auto *field : {m_ui->proxyHostEdit, m_ui->proxyUserEdit, static_cast<QLineEdit *>(m_ui->proxyPasswordEdit)})
        connect(field, &QLineEdit::textChanged, this, &TransportPage::edited);
    for (auto *spin : {m_ui->proxyPortSpin, m_ui->http2CeilingSpin})
        connect(spin, &QSpinBox::valueChanged, this, &TransportPage::edited);
    showFields();
}

TransportPage::~TransportPage() = default;

bool TransportPage::isThroughProxy() const
{
    const auto kind = ProxyKind(m_ui->proxyCombo->currentIndex());
    return kind == ProxyKind::HttpConnect || kind == ProxyKind::Socks5;
}

void TransportPage::showFields()
{
    const bool isHttp2 = HttpVersion(m_ui->httpVersionCombo->currentIndex()) == HttpVersion::Http2;
    for (auto *field : {static_cast<QWidget *>(m_ui->http2Label), static_cast<QWidget *>(m_ui->http2CeilingLabel),
             static_cast<QWidget *>(m_ui->http2CeilingSpin)})
        field->setVisible(isHttp2);
    for (auto *field : {static_cast<QWidget *>(m_ui->proxyHostEdit), static_cast<QWidget *>(m_ui->proxyPortSpin),
             static_cast<QWidget *>(m_ui->proxyUserEdit), static_cast<QWidget *>(m_ui->proxyPasswordEdit)})
        field->setEnabled(isThroughProxy());
}

void TransportPage::fill(const subscribe::SubscriptionSettings &settings)
{
    const auto &way = settings.transport;
    m_ui->httpVersionCombo->setCurrentIndex(static_cast<int>(way.httpVersion));
    m_ui->familyCombo->setCurrentIndex(static_cast<int>(way.addressFamily));
    m_ui->http2CeilingSpin->setValue(
        static_cast<int>(std::min(settings.http2MemoryCeiling / bodyMebibyte, mostMebibytes)));
    m_ui->gzipCheck->setChecked(settings.codings.gzip);
    m_ui->deflateCheck->setChecked(settings.codings.deflate);
    m_ui->brotliCheck->setChecked(settings.codings.brotli);
    m_ui->zstdCheck->setChecked(settings.codings.zstd);
    m_ui->proxyCombo->setCurrentIndex(static_cast<int>(way.proxy.kind));
    m_ui->proxyHostEdit->setText(way.proxy.host);
    m_ui->proxyPortSpin->setValue(way.proxy.port);
    m_ui->proxyUserEdit->setText(way.proxy.userName);
    m_ui->proxyPasswordEdit->setText(way.proxy.password);
}

void TransportPage::collect(subscribe::SubscriptionSettings &settings) const
{
    auto &way = settings.transport;
    way.httpVersion = HttpVersion(m_ui->httpVersionCombo->currentIndex());
    way.addressFamily = AddressFamily(m_ui->familyCombo->currentIndex());
    settings.http2MemoryCeiling = static_cast<std::size_t>(m_ui->http2CeilingSpin->value()) * bodyMebibyte;
    settings.codings = {m_ui->gzipCheck->isChecked(), m_ui->deflateCheck->isChecked(), m_ui->brotliCheck->isChecked(),
        m_ui->zstdCheck->isChecked()};
    way.proxy = {ProxyKind(m_ui->proxyCombo->currentIndex()), m_ui->proxyHostEdit->text().trimmed(),
        static_cast<quint16>(m_ui->proxyPortSpin->value()), m_ui->proxyUserEdit->text(),
        m_ui->proxyPasswordEdit->text()};
}

bool TransportPage::check()
{
    subscribe::SubscriptionSettings said;
    collect(said);
    auto error = SettingsError::ProxyHostMissing;
    const bool isValid = subscribe::validateTransport(said.transport, &error);
    const bool isAboutFamily = !isValid && error == SettingsError::Http2WithAddressFamily;
    const auto sentence = isValid ? QString() : subscribe::text(error);
    m_ui->familyNote->say(Meaning::Error, isAboutFamily ? sentence : QString());
    m_ui->proxyNote->say(Meaning::Error, isAboutFamily ? QString() : sentence);
    return isValid;
}

QString TransportPage::badge() const
{
    subscribe::SubscriptionSettings said;
    collect(said);
    said.transport.tls = {};
    return usedBadge(said.transport != subscribe::TransportSettings{} || said.codings != subscribe::ContentCodings{});
}

} // namespace weir::gui
