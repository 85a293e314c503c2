// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/serverdialog.h"

#include "gui/filetask.h"
#include "gui/theme.h"
#include "publish/cors.h"
#include "publish/hostcheck.h"
#include "ui_serverdialog.h"

#include <QAbstractSpinBox>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMessageBox>
#include <QNetworkInterface>
#include <QPushButton>

namespace weir::gui {

using namespace Qt::StringLiterals;
using Tls = ServerSettings::Tls;

namespace {

constexpr int kibibyte = 1 << 10;
constexpr int serverMebibyte = 1 << 20;
constexpr double millisecondsPerSecond = 1000;

std::chrono::milliseconds fromSeconds(double seconds)
{
    return std::chrono::milliseconds{qRound64(seconds * millisecondsPerSecond)};
}

double seconds(std::chrono::milliseconds time)
{
    return static_cast<double>(time.count()) / millisecondsPerSecond;
}

QString hostProblem(const QStringList &names)
{
    for (const auto &name : names) {
        if (name != u"*"_s && !publish::isWellFormedHost(name.toUtf8()))
            return ServerDialog::tr("“%1” is not a host name.").arg(name);
        if (name.contains(u':') && !name.startsWith(u'['))
            return ServerDialog::tr("“%1” has a port; names count for every port.").arg(name);
    }
    return {};
}

QString originProblem(const QString &origin)
{
    return origin.isEmpty() || publish::CorsPolicy::isOrigin(origin.toUtf8())
               ? QString()
               : ServerDialog::tr("An origin is “https://name:port” in lower case, without anything behind it.");
}

/// Pairs of digits, which people compare: half of them in each line.
QString inTwoLines(QString fingerprint)
{
    const auto middle = fingerprint.indexOf(u':', fingerprint.size() / 2);
    return middle < 0 ? fingerprint : fingerprint.replace(middle, 1, u'\n');
}

} // namespace

ServerDialog::ServerDialog(ServerConfiguration &configuration, const QUrl &stream, bool isRunning, QWidget *parent)
    : QDialog(parent)
    , m_configuration(configuration)
    , m_stream(stream)
    , m_ui(std::make_unique<Ui::ServerDialog>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->setupUi(this);
    m_ui->fingerprintLabel->setFont(fixedFont());
    m_ui->tokenEdit->setFont(fixedFont());
    m_ui->runningNote->say(Meaning::Secondary,
        isRunning ? tr("The publisher is running: it starts again with these settings, and clients connect anew.")
                  : QString());
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    for (auto *box : findChildren<QAbstractSpinBox *>())
        box->setGroupSeparatorShown(true);
    fillReach();
    fill();
    connectParts();
    connectCertificate();
    connectToken();
    check();
    showSecrets();
}

ServerDialog::~ServerDialog() = default;

void ServerDialog::fillReach()
{
    QList<QHostAddress> addresses{QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::Any)};
    for (const auto &address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback() && !address.isLinkLocal())
            addresses.append(address);
    }
    const auto current = m_configuration.settings().address;
    if (!addresses.contains(current))
        addresses.append(current);
    for (const auto &address : addresses) {
        const auto text = address == QHostAddress(QHostAddress::LocalHost)
                              ? tr("This computer only (127.0.0.1 and ::1)")
                              : reachText(address);
        m_ui->reachBox->addItem(text, QVariant::fromValue(address));
    }
    m_ui->reachBox->setCurrentIndex(static_cast<int>(addresses.indexOf(current)));
}

void ServerDialog::fill()
{
    const auto &settings = m_configuration.settings();
    m_ui->hostsEdit->setText(settings.hostNames.join(u", "_s));
    m_ui->originEdit->setText(settings.corsOrigin);
    m_ui->tlsBox->setCurrentIndex(static_cast<int>(settings.tls));
    m_ui->certificateEdit->setText(settings.certificateFile);
    m_ui->keyEdit->setText(settings.keyFile);
    m_ui->publishingCheck->setChecked(settings.isPublishingAllowed);
    m_ui->clientsSpin->setValue(settings.maxClients);
    m_ui->queueSpin->setValue(static_cast<int>(settings.maxQueuedBytes / kibibyte));
    m_ui->slowBox->setCurrentIndex(static_cast<int>(settings.slowClients));
    m_ui->headSpin->setValue(settings.maxHeadBytes / kibibyte);
    m_ui->deadlineSpin->setValue(seconds(settings.requestDeadline));
    m_ui->bodySpin->setValue(static_cast<int>(settings.maxPublishBytes / kibibyte));
    m_ui->historySpin->setValue(settings.historyEvents);
    m_ui->heartbeatSpin->setValue(seconds(settings.heartbeat));
}

void ServerDialog::connectParts()
{
    connect(m_ui->reachBox, &QComboBox::currentIndexChanged, this, &ServerDialog::check);
    connect(m_ui->hostsEdit, &QLineEdit::textChanged, this, &ServerDialog::check);
    connect(m_ui->originEdit, &QLineEdit::textChanged, this, &ServerDialog::check);
    connect(m_ui->slowBox, &QComboBox::currentIndexChanged, this, &ServerDialog::check);
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &ServerDialog::confirm);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_configuration, &ServerConfiguration::secretsChanged, this, &ServerDialog::showSecrets);
}

void ServerDialog::connectCertificate()
{
    connect(m_ui->tlsBox, &QComboBox::currentIndexChanged, this, &ServerDialog::check);
    connect(m_ui->certificateEdit, &QLineEdit::textChanged, this, &ServerDialog::check);
    connect(m_ui->keyEdit, &QLineEdit::textChanged, this, &ServerDialog::check);
    connect(m_ui->certificateButton, &QAbstractButton::clicked, this,
        [this] { chooseFile(m_ui->certificateEdit, tr("Certificate")); });
    connect(m_ui->keyButton, &QAbstractButton::clicked, this, [this] { chooseFile(m_ui->keyEdit, tr("Private key")); });
    connect(m_ui->saveCertificateButton, &QAbstractButton::clicked, this, &ServerDialog::saveCertificate);
    connect(m_ui->copyFingerprintButton, &QAbstractButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_configuration.selfSigned().fingerprint()); });
    connect(m_ui->renewCertificateButton, &QAbstractButton::clicked, this,
        [this] { m_configuration.renewCertificate(collect()); });
}

void ServerDialog::connectToken()
{
    connect(m_ui->publishingCheck, &QCheckBox::toggled, this, &ServerDialog::check);
    connect(m_ui->renewTokenButton, &QAbstractButton::clicked, &m_configuration, &ServerConfiguration::renewToken);
    connect(m_ui->copyTokenButton, &QAbstractButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_configuration.token()); });
    connect(m_ui->copyCommandButton, &QAbstractButton::clicked, this, &ServerDialog::copyCommand);
}

QHostAddress ServerDialog::address() const
{
    return m_ui->reachBox->currentData().value<QHostAddress>();
}

ServerSettings ServerDialog::collect() const
{
    auto settings = m_configuration.settings();
    settings.address = address();
    settings.hostNames.clear();
    for (const auto &name : m_ui->hostsEdit->text().split(u',')) {
        if (!name.trimmed().isEmpty())
            settings.hostNames.append(name.trimmed());
    }
    settings.corsOrigin = m_ui->originEdit->text().trimmed();
    settings.tls = static_cast<Tls>(m_ui->tlsBox->currentIndex());
    settings.certificateFile = m_ui->certificateEdit->text();
    settings.keyFile = m_ui->keyEdit->text();
    settings.isPublishingAllowed = m_ui->publishingCheck->isChecked();
    settings.maxClients = m_ui->clientsSpin->value();
    settings.maxQueuedBytes = qint64{m_ui->queueSpin->value()} * kibibyte;
    settings.slowClients = static_cast<publish::SlowClients>(m_ui->slowBox->currentIndex());
    settings.maxHeadBytes = m_ui->headSpin->value() * kibibyte;
    settings.requestDeadline = fromSeconds(m_ui->deadlineSpin->value());
    settings.maxPublishBytes = qint64{m_ui->bodySpin->value()} * kibibyte;
    settings.historyEvents = m_ui->historySpin->value();
    settings.heartbeat = fromSeconds(m_ui->heartbeatSpin->value());
    return settings;
}

void ServerDialog::check()
{
    const auto settings = collect();
    m_configuration.provideSecrets(settings);
    const auto hosts = hostProblem(settings.hostNames);
    const auto origin = originProblem(settings.corsOrigin);
    const bool needsFiles = settings.tls == Tls::Files;
    const bool lacksFile = needsFiles && (settings.certificateFile.isEmpty() || settings.keyFile.isEmpty());
    m_ui->reachNote->say(
        Meaning::Warning, settings.isOpenToOthers()
                              ? tr("Other computers that reach this one can read every channel%1.")
                                    .arg(settings.tls == Tls::Off ? tr(", and so can anybody on the way") : QString())
                              : QString());
    m_ui->hostsNote->say(Meaning::Error, hosts);
    m_ui->originNote->say(Meaning::Error, origin);
    m_ui->filesNote->say(Meaning::Error, lacksFile ? tr("Choose the certificate and its key.") : QString());
    m_ui->filesPanel->setVisible(needsFiles);
    m_ui->selfSignedPanel->setVisible(settings.tls == Tls::SelfSigned);
    m_ui->tokenPanel->setEnabled(settings.isPublishingAllowed);
    m_ui->slowNote->say(Meaning::Secondary,
        settings.slowClients == publish::SlowClients::DropOldest
            ? tr("An event of type weir-gap says how many are missing; resuming does not bring them back.")
            : QString());
    m_ui->buttonBox->button(QDialogButtonBox::Ok)->setEnabled(hosts.isEmpty() && origin.isEmpty() && !lacksFile);
}

void ServerDialog::showSecrets()
{
    m_ui->tokenEdit->setText(m_configuration.token());
    const auto &certificate = m_configuration.selfSigned();
    const auto waiting = m_configuration.isAskingStore() ? tr("asking the key store…") : QString();
    m_ui->tokenEdit->setPlaceholderText(waiting);
    m_ui->fingerprintLabel->setText(certificate.isNull() ? waiting : inTwoLines(certificate.fingerprint()));
    for (auto *button : {m_ui->copyFingerprintButton, m_ui->saveCertificateButton})
        button->setEnabled(!certificate.isNull());
    for (auto *button : {m_ui->copyTokenButton, m_ui->copyCommandButton})
        button->setEnabled(!m_configuration.token().isEmpty());
    m_ui->namesNote->say(Meaning::Secondary,
        certificate.isNull()
            ? QString()
            : tr("For %1, until %2. “Subscribe” in the panel trusts it; other clients must be told to: compare the "
                 "fingerprint, or save it and name the file, as in curl --cacert.")
                  .arg(certificate.names(),
                      locale().toString(certificate.chain().first().expiryDate().date(), QLocale::ShortFormat)));
}

void ServerDialog::chooseFile(QLineEdit *field, const QString &title)
{
    auto *dialog = new QFileDialog(this, title, field->text(), tr("PEM files (*.pem *.crt *.key);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
    dialog->open();
}

void ServerDialog::saveCertificate()
{
    auto *dialog = new QFileDialog(this, tr("Save certificate"), u"weir.pem"_s, tr("PEM files (*.pem)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const auto pem = m_configuration.selfSigned().certificatePem();
        writeFile(
            path, [pem] { return pem; }, this,
            [this](const QString &problem) { m_ui->filesNote->say(Meaning::Error, problem); });
    });
    dialog->open();
}

void ServerDialog::copyCommand()
{
    const auto address = QString(m_stream.toString()).replace(u"'"_s, u"%27"_s);
    QGuiApplication::clipboard()->setText(
        u"curl -H 'Authorization: Bearer %1' -d 'hello' '%2'"_s.arg(m_configuration.token(), address));
}

void ServerDialog::confirm()
{
    const auto settings = collect();
    if (settings.isOpenToOthers() && settings.address != m_configuration.settings().address)
        askToOpen(settings);
    else
        finish(settings);
}

void ServerDialog::askToOpen(const ServerSettings &settings)
{
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Open the publisher to other computers?"),
        tr("Open the publisher to other computers?"), QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(u"openQuestion"_s);
    question->setInformativeText(
        tr("It will listen on: %1.\n\nEverybody who can reach this computer can then read all channels%2. There is no "
           "password for reading.")
            .arg(reachText(settings.address),
                settings.isPublishingAllowed ? tr(", and publish to them with the token") : QString()));
    auto *open = question->addButton(tr("&Open it"), QMessageBox::AcceptRole);
    question->setDefaultButton(QMessageBox::Cancel);
    question->setEscapeButton(QMessageBox::Cancel);
    connect(open, &QAbstractButton::clicked, this, [this, settings] { finish(settings); });
    question->open();
}

void ServerDialog::finish(const ServerSettings &settings)
{
    Q_EMIT confirmed(settings);
    accept();
}

} // namespace weir::gui
