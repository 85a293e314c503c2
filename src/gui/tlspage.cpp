// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/tlspage.h"

#include "profile/variables.h"
#include "ui_tlspage.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QPromise>
#include <QThreadPool>

#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using subscribe::TlsFiles;
using subscribe::TlsSettings;

TlsPage::TlsPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::TlsPage>())
{
    m_ui->setupUi(this);
    m_typing.setSingleShot(true);
    m_typing.setInterval(250ms);
    connectParts();
}

TlsPage::~TlsPage()
{
    m_watcher.cancel();
}

void TlsPage::connectParts()
{
    for (auto *field : {m_ui->caFileEdit, m_ui->certificateFileEdit, m_ui->keyFileEdit,
             static_cast<QLineEdit *>(m_ui->passphraseEdit)})
        connect(field, &QLineEdit::textChanged, this, [this] {
            m_isChecking = true;
            m_typing.start();
            Q_EMIT edited();
        });
    connect(&m_typing, &QTimer::timeout, this, &TlsPage::lookAtFiles);
    connect(&m_watcher, &QFutureWatcher<Finding>::finished, this, [this] {
        if (m_watcher.future().resultCount() == 0)
            return;
        m_finding = m_watcher.result();
        m_isChecking = m_typing.isActive();
        Q_EMIT edited();
    });
    connect(m_ui->acceptInvalidCheck, &QCheckBox::toggled, this, &TlsPage::edited);
    connect(m_ui->caFileButton, &QToolButton::clicked, this,
        [this] { chooseFile(m_ui->caFileEdit, tr("Certificates of Authorities")); });
    connect(m_ui->certificateFileButton, &QToolButton::clicked, this,
        [this] { chooseFile(m_ui->certificateFileEdit, tr("Client Certificate")); });
    connect(
        m_ui->keyFileButton, &QToolButton::clicked, this, [this] { chooseFile(m_ui->keyFileEdit, tr("Client Key")); });
}

void TlsPage::chooseFile(QLineEdit *field, const QString &title)
{
    auto *dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates and keys (*.pem *.crt *.cer *.key *.p12 *.pfx)"), tr("All files (*)")});
    if (const QFileInfo file(field->text()); file.isAbsolute())
        dialog->setDirectory(file.path());
    connect(dialog, &QFileDialog::fileSelected, field, &QLineEdit::setText);
    dialog->open();
}

TlsSettings TlsPage::files() const
{
    TlsSettings tls;
    tls.caFile = m_ui->caFileEdit->text().trimmed();
    tls.certificateFile = m_ui->certificateFileEdit->text().trimmed();
    tls.keyFile = m_ui->keyFileEdit->text().trimmed();
    tls.keyPassphrase = m_ui->passphraseEdit->text();
    return tls;
}

void TlsPage::lookAtFiles()
{
    const auto tls = files();
    const bool isOpen = profile::holdsVariable(tls.caFile) || profile::holdsVariable(tls.certificateFile) ||
                        profile::holdsVariable(tls.keyFile) || profile::holdsVariable(tls.keyPassphrase);
    auto promise = std::make_shared<QPromise<Finding>>();
    promise->start();
    // An answer about earlier names goes to a future that nobody watches any more.
    m_watcher.setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, tls, isOpen] {
        if (isOpen || tls == TlsSettings{}) {
            promise->addResult(Finding{});
        } else {
            const auto read = subscribe::loadTlsFiles(tls);
            promise->addResult(Finding{read.wrongField, read.problem});
        }
        promise->finish();
    });
}

void TlsPage::fill(const subscribe::SubscriptionSettings &settings)
{
    const auto &tls = settings.transport.tls;
    m_ui->caFileEdit->setText(tls.caFile);
    m_ui->certificateFileEdit->setText(tls.certificateFile);
    m_ui->keyFileEdit->setText(tls.keyFile);
    m_ui->passphraseEdit->setText(tls.keyPassphrase);
    m_ui->acceptInvalidCheck->setChecked(tls.acceptInvalid);
}

void TlsPage::collect(subscribe::SubscriptionSettings &settings) const
{
    settings.transport.tls = files();
    settings.transport.tls.acceptInvalid = m_ui->acceptInvalidCheck->isChecked();
}

bool TlsPage::check()
{
    const auto say = [this](InlineNote *note, TlsFiles::Field field) {
        note->say(Meaning::Error, !m_isChecking && m_finding.field == field ? m_finding.problem : QString());
    };
    say(m_ui->authoritiesNote, TlsFiles::Field::Authorities);
    say(m_ui->certificateNote, TlsFiles::Field::Certificate);
    say(m_ui->keyNote, TlsFiles::Field::Key);
    say(m_ui->passphraseNote, TlsFiles::Field::Passphrase);
    m_ui->checkingNote->say(Meaning::Secondary, m_isChecking ? tr("Looking at the files…") : QString());
    m_ui->acceptInvalidNote->say(Meaning::Error,
        m_ui->acceptInvalidCheck->isChecked()
            ? tr("Not safe: anybody on the way can read and change everything, credentials included. The subscription "
                 "bears a red mark for as long as this is on.")
            : QString());
    return !m_isChecking && m_finding.problem.isEmpty();
}

QString TlsPage::badge() const
{
    return usedBadge(files() != TlsSettings{} || m_ui->acceptInvalidCheck->isChecked());
}

} // namespace weir::gui
