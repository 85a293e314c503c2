// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/hubdialog.h"

#include "gui/inlinenote.h"
#include "gui/secretedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHostAddress>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

namespace weir::gui {

using namespace Qt::StringLiterals;
using publish::HubSettings;

namespace {

bool isLocal(const QUrl &url)
{
    return url.host() == "localhost"_L1 || QHostAddress(url.host()).isLoopback();
}

} // namespace

HubDialog::HubDialog(const NamedHub &hub, bool canKeep, QWidget *parent)
    : QDialog(parent)
    , m_form(new QFormLayout(this))
    , m_name(new QLineEdit)
    , m_kind(new QComboBox)
    , m_url(new QLineEdit)
    , m_topicsLabel(new QLabel(tr("&Topics")))
    , m_topics(new QPlainTextEdit)
    , m_private(new QCheckBox(tr("&Private: only for subscribers that are authorised")))
    , m_token(new SecretEdit)
    , m_keep(new QCheckBox(tr("&Keep the token in the key store")))
    , m_note(new InlineNote)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(hub.name.isEmpty() ? tr("Add Hub") : tr("Edit Hub"));
    build(canKeep);
    show(hub);
    check();
}

void HubDialog::build(bool canKeep)
{
    m_name->setObjectName(u"nameEdit"_s);
    m_kind->setObjectName(u"kindBox"_s);
    m_kind->addItems({tr("Mercure"), tr("nchan")});
    m_url->setObjectName(u"urlEdit"_s);
    m_topics->setObjectName(u"topicsEdit"_s);
    m_topics->setTabChangesFocus(true);
    m_topics->setFixedHeight(4 * fontMetrics().lineSpacing());
    m_topics->setToolTip(tr("One a line. Each is a text or a URL that clients subscribe to."));
    m_topicsLabel->setBuddy(m_topics);
    m_private->setObjectName(u"privateBox"_s);
    m_token->setObjectName(u"tokenEdit"_s);
    m_token->setPlaceholderText(tr("none"));
    m_token->setToolTip(tr("Sent as a bearer token: for Mercure a JWT with the claim mercure.publish. Never saved in a "
                           "file."));
    m_keep->setObjectName(u"keepBox"_s);
    m_keep->setVisible(canKeep);
    m_keep->setChecked(canKeep);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_form->addRow(tr("&Name"), m_name);
    m_form->addRow(tr("K&ind"), m_kind);
    m_form->addRow(tr("&Address"), m_url);
    m_form->addRow(m_topicsLabel, m_topics);
    m_form->addRow(QString(), m_private);
    m_form->addRow(tr("T&oken"), m_token);
    m_form->addRow(QString(), m_keep);
    m_form->addRow(m_note);
    m_form->addRow(buttons);
    setMinimumWidth(58 * fontMetrics().averageCharWidth());
    for (auto *edit : {m_name, m_url, static_cast<QLineEdit *>(m_token)})
        connect(edit, &QLineEdit::textChanged, this, &HubDialog::check);
    connect(m_topics, &QPlainTextEdit::textChanged, this, &HubDialog::check);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &HubDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &HubDialog::confirm);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void HubDialog::show(const NamedHub &hub)
{
    m_name->setText(hub.name);
    m_kind->setCurrentIndex(hub.settings.kind == HubSettings::Kind::Nchan);
    m_url->setText(hub.settings.url.toString());
    m_topics->setPlainText(hub.settings.topics.join(u'\n'));
    m_private->setChecked(hub.settings.isPrivate);
    m_token->setText(QString::fromLatin1(hub.settings.token));
}

NamedHub HubDialog::hub() const
{
    NamedHub hub;
    hub.name = m_name->text().simplified();
    hub.settings.kind = m_kind->currentIndex() == 1 ? HubSettings::Kind::Nchan : HubSettings::Kind::Mercure;
    hub.settings.url = QUrl(m_url->text().trimmed());
    if (hub.settings.kind == HubSettings::Kind::Mercure) {
        for (const QString &line : m_topics->toPlainText().split(u'\n', Qt::SkipEmptyParts))
            if (!line.trimmed().isEmpty())
                hub.settings.topics << line.trimmed();
        hub.settings.isPrivate = m_private->isChecked();
    }
    hub.settings.token = m_token->text().trimmed().toUtf8();
    return hub;
}

void HubDialog::check()
{
    const NamedHub now = hub();
    const bool isMercure = now.settings.kind == HubSettings::Kind::Mercure;
    m_topicsLabel->setVisible(isMercure);
    m_topics->setVisible(isMercure);
    m_private->setVisible(isMercure);
    m_url->setPlaceholderText(
        isMercure ? u"https://hub.example/.well-known/mercure"_s : u"https://hub.example/pub?id=news"_s);
    publish::Destination destination;
    destination.hub = now.settings;
    const QString fault = publish::faultOf(destination);
    m_ok->setEnabled(fault.isEmpty() && !now.name.isEmpty());
    const bool isReadable = now.settings.url.scheme() == "http"_L1 && !isLocal(now.settings.url);
    if (m_url->text().isEmpty() || now.name.isEmpty())
        m_note->say(Meaning::Secondary, tr("A name and an address are needed."));
    else if (!fault.isEmpty())
        m_note->say(Meaning::Error, fault);
    else if (isReadable && !now.settings.token.isEmpty())
        m_note->say(Meaning::Warning, tr("Without https the token can be read on the way."));
    else
        m_note->hush();
}

void HubDialog::confirm()
{
    NamedHub now = hub();
    const QByteArray token = std::exchange(now.settings.token, {});
    Q_EMIT confirmed(now, token, !m_keep->isHidden() && m_keep->isChecked());
    accept();
}

} // namespace weir::gui
