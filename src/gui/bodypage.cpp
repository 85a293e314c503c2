// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bodypage.h"

#include "gui/theme.h"
#include "models/eventformat.h"
#include "models/jsonindent.h"
#include "ui_bodypage.h"

#include <QJsonDocument>

#include <chrono>

namespace weir::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Larger ones are sent, but not looked at while they are typed.
constexpr qsizetype mostBytesChecked = qsizetype{1} << 20;

bool isJsonType(const QByteArray &contentType)
{
    const auto type = contentType.split(';').value(0).trimmed().toLower();
    return type == "application/json" || type.endsWith("+json");
}

/// `line 3, column 5`, counted from 1, in characters.
QString placeOf(const QByteArray &text, int offset)
{
    const auto before = text.left(offset);
    const auto lineBegin = before.lastIndexOf('\n') + 1;
    return BodyPage::tr("line %1, column %2")
        .arg(before.count('\n') + 1)
        .arg(QString::fromUtf8(before.mid(lineBegin)).size() + 1);
}

} // namespace

BodyPage::BodyPage(QWidget *parent)
    : SettingsPage(parent)
    , m_ui(std::make_unique<Ui::BodyPage>())
{
    m_ui->setupUi(this);
    m_ui->bodyEdit->setFont(fixedFont());
    m_checking.setSingleShot(true);
    m_checking.setInterval(150ms);
    connect(&m_checking, &QTimer::timeout, this, &BodyPage::explain);
    connect(m_ui->bodyEdit, &QPlainTextEdit::textChanged, &m_checking, qOverload<>(&QTimer::start));
    connect(m_ui->bodyEdit, &QPlainTextEdit::textChanged, this, &BodyPage::edited);
    connect(m_ui->jsonTypeButton, &QPushButton::clicked, this, &BodyPage::jsonTypeWanted);
    explain();
}

BodyPage::~BodyPage() = default;

void BodyPage::fill(const subscribe::SubscriptionSettings &settings)
{
    const auto text = QString::fromUtf8(settings.body);
    const bool isText = text.toUtf8() == settings.body;
    m_ui->bodyEdit->setPlainText(isText ? text : QString());
    m_ui->bodyEdit->setPlaceholderText(
        isText ? tr("No body")
               : tr("%1 that are no text; what you type here takes their place")
                     .arg(models::formatBytes(static_cast<std::uint64_t>(settings.body.size()))));
}

void BodyPage::collect(subscribe::SubscriptionSettings &settings) const
{
    settings.body = m_ui->bodyEdit->toPlainText().toUtf8();
}

bool BodyPage::check()
{
    return true;
}

QString BodyPage::badge() const
{
    return usedBadge(!m_ui->bodyEdit->document()->isEmpty());
}

void BodyPage::setContentType(const QByteArray &contentType)
{
    m_contentType = contentType;
    m_checking.start();
}

void BodyPage::explain()
{
    const auto body = m_ui->bodyEdit->toPlainText().toUtf8();
    m_ui->sizeLabel->setText(tr("%1 bytes").arg(models::formatCount(static_cast<std::uint64_t>(body.size()))));
    m_ui->jsonTypeButton->setVisible(!body.isEmpty() && m_contentType.isEmpty());
    if (body.isEmpty())
        return m_ui->bodyNote->hush();
    if (m_contentType.isEmpty())
        return m_ui->bodyNote->say(
            Meaning::Warning, tr("No Content-Type header is set: most servers want to know what this is."));
    if (!isJsonType(m_contentType) || body.size() > mostBytesChecked)
        return m_ui->bodyNote->hush();
    if (models::indentJson({body.constData(), static_cast<std::size_t>(body.size())}))
        return m_ui->bodyNote->say(Meaning::Good, tr("Valid JSON"));
    // Only Qt's parser says where; it takes some more than the standard does.
    QJsonParseError error;
    QJsonDocument::fromJson(body, &error);
    if (error.error == QJsonParseError::NoError)
        m_ui->bodyNote->say(Meaning::Warning, tr("Not JSON"));
    else
        m_ui->bodyNote->say(
            Meaning::Warning, tr("Not JSON: %1: %2").arg(placeOf(body, error.offset), error.errorString()));
}

} // namespace weir::gui
