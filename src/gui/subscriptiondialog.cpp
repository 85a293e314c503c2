// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriptiondialog.h"

#include "gui/authenticationpage.h"
#include "gui/bodypage.h"
#include "gui/consumptionpage.h"
#include "gui/headerspage.h"
#include "gui/querypage.h"
#include "gui/querytable.h"
#include "gui/readingpage.h"
#include "gui/reconnectionpage.h"
#include "gui/theme.h"
#include "gui/tlspage.h"
#include "gui/transportpage.h"
#include "profile/secretplaces.h"
#include "profile/variables.h"
#include "ui_subscriptiondialog.h"

#include <QEvent>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>

#include <array>

namespace weir::gui {

using namespace Qt::StringLiterals;
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

} // namespace

SubscriptionDialog::SubscriptionDialog(const SubscriptionSettings &settings, const QString &verb, QWidget *parent)
    : QDialog(parent)
    , m_initial(settings)
    , m_ui(std::make_unique<Ui::SubscriptionDialog>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->buttonBox->button(QDialogButtonBox::Ok)->setText(verb);
    addPages();
    fillColours();
    fill();
    m_shown = said();
    connectParts();
    validate();
    m_ui->urlEdit->setFocus();
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 36);
}

SubscriptionDialog::~SubscriptionDialog() = default;

void SubscriptionDialog::addPages()
{
    m_query = new QueryPage;
    m_headers = new HeadersPage;
    m_body = new BodyPage;
    addPage(m_query, tr("Query"));
    addPage(m_headers, tr("Headers"));
    addPage(m_body, tr("Body"));
    addPage(new AuthenticationPage, tr("Authentication"));
    addPage(new TransportPage, tr("Connection"));
    addPage(new TlsPage, tr("TLS"));
    addPage(new ReconnectionPage, tr("Reconnection"));
    addPage(new ReadingPage, tr("Reading"));
    m_consumption = new ConsumptionPage;
    addPage(m_consumption, tr("Bad consumer"));
    // Wide enough for the longest title with its mark.
    const auto widest = u"✕ "_s + tr("Authentication") + u" (88)"_s;
    m_ui->pageList->setFixedWidth(fontMetrics().horizontalAdvance(widest) + 4 * fontMetrics().averageCharWidth());
    showPage(1);
}

void SubscriptionDialog::addPage(SettingsPage *page, const QString &title)
{
    m_pages.push_back({page, title});
    m_ui->pages->addWidget(page);
    m_ui->pageList->addItem(title);
    m_ui->pageList->item(pageCount() - 1)->setSizeHint({0, fontMetrics().height() + 8});
}

void SubscriptionDialog::showPage(int page)
{
    m_ui->pageList->setCurrentRow(page);
    m_ui->pages->setCurrentIndex(page);
}

void SubscriptionDialog::connectParts()
{
    connect(m_ui->pageList, &QListWidget::currentRowChanged, m_ui->pages, &QStackedWidget::setCurrentIndex);
    connect(m_ui->urlEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_query->setQuery(queryOf(text));
        validate();
    });
    connect(m_query, &SettingsPage::edited, this,
        [this] { m_ui->urlEdit->setText(withQuery(m_ui->urlEdit->text(), m_query->query())); });
    connect(m_ui->methodCombo, &QComboBox::editTextChanged, this, &SubscriptionDialog::validate);
    for (const auto &page : m_pages)
        connect(page.widget, &SettingsPage::edited, this, &SubscriptionDialog::validate);
    connect(m_headers, &SettingsPage::edited, m_body, [this] { m_body->setContentType(m_headers->contentType()); });
    connect(m_body, &BodyPage::jsonTypeWanted, m_headers, [this] {
        m_headers->addHeader({"Content-Type", "application/json"});
    });
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
    // The whole URL with its credentials, because this is the place to change them.
    m_ui->urlEdit->setText(
        m_initial.address.isEmpty() ? m_initial.url.toString(QUrl::EncodeSpaces) : m_initial.address);
    m_ui->methodCombo->setEditText(QString::fromLatin1(m_initial.method));
    m_ui->nameEdit->setText(m_initial.name);
    m_ui->groupEdit->setText(m_initial.group);
    m_ui->colourCombo->setCurrentIndex(m_initial.colourIndex % subscriptionColourCount);
    for (const auto &page : m_pages)
        page.widget->fill(m_initial);
    m_query->setQuery(queryOf(m_ui->urlEdit->text()));
    m_body->setContentType(m_headers->contentType());
}

SubscriptionSettings SubscriptionDialog::said() const
{
    auto settings = m_initial;
    const auto address = m_ui->urlEdit->text().trimmed();
    const bool isOpen = profile::holdsVariable(address);
    settings.address = isOpen ? address : QString();
    settings.url = isOpen ? QUrl() : subscribe::urlFromUserInput(address, nullptr);
    settings.method = m_ui->methodCombo->currentText().trimmed().toUtf8();
    settings.name = m_ui->nameEdit->text().trimmed();
    settings.group = m_ui->groupEdit->text().trimmed();
    settings.colourIndex = m_ui->colourCombo->currentIndex();
    for (const auto &page : m_pages)
        page.widget->collect(settings);
    return settings;
}

SubscriptionSettings SubscriptionDialog::settings() const
{
    auto settings = said();
    keepUntouched(settings, m_shown, m_initial);
    if (settings.name.isEmpty())
        settings.name =
            settings.address.isEmpty() ? subscribe::suggestedName(settings.url) : profile::displayAddress(settings);
    return settings;
}

bool SubscriptionDialog::isValid() const
{
    return m_ui->buttonBox->button(QDialogButtonBox::Ok)->isEnabled();
}

void SubscriptionDialog::validate()
{
    // Every check runs, so that every field that is wrong says so.
    m_consumption->setHttpVersion(said().transport.httpVersion);
    bool isValid = checkUrl();
    isValid = checkMethod() && isValid;
    for (int page = 0; page < pageCount(); ++page) {
        const bool isPageValid = m_pages[static_cast<std::size_t>(page)].widget->check();
        mark(page, isPageValid);
        isValid = isValid && isPageValid;
    }
    m_ui->buttonBox->button(QDialogButtonBox::Ok)->setEnabled(isValid);
}

void SubscriptionDialog::mark(int page, bool isValid)
{
    const auto &[widget, title] = m_pages[static_cast<std::size_t>(page)];
    auto *item = m_ui->pageList->item(page);
    const auto shown = (title + u' ' + widget->badge()).trimmed();
    item->setText(isValid ? shown : u"✕ "_s + shown);
    item->setData(Qt::AccessibleTextRole, isValid ? shown : tr("%1, has an error").arg(shown));
    item->setForeground(isValid ? palette().brush(QPalette::Text) : QBrush(colour(Meaning::Error, palette())));
}

bool SubscriptionDialog::checkUrl()
{
    const auto text = m_ui->urlEdit->text();
    auto error = SettingsError::UrlInvalid;
    const auto url = subscribe::urlFromUserInput(text, &error);
    const bool isValid = url.isValid() || profile::holdsVariable(text);
    m_ui->nameEdit->setPlaceholderText(url.isValid() ? subscribe::suggestedName(url) : QString());
    // An empty field is not a mistake that has been made yet; its note would greet everybody.
    const bool isSilent = isValid || (error == SettingsError::UrlEmpty && !m_ui->urlEdit->isModified());
    m_ui->urlNote->say(Meaning::Error, isSilent ? QString() : subscribe::text(error));
    return isValid;
}

bool SubscriptionDialog::checkMethod()
{
    auto error = SettingsError::MethodInvalid;
    const bool isValid = subscribe::validateMethod(m_ui->methodCombo->currentText().trimmed().toUtf8(), &error);
    m_ui->methodNote->say(Meaning::Error, isValid ? QString() : subscribe::text(error));
    return isValid;
}

void SubscriptionDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    fillColours();
    validate();
}

} // namespace weir::gui
