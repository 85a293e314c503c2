// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/publisherbar.h"

#include "gui/theme.h"
#include "ui_publisherbar.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxPathCharacters = 1024; // the publisher's own limit

bool isPathCharacter(QChar c)
{
    if (c.unicode() > 0x7e)
        return false;
    return c.isLetterOrNumber() || u"/-._~!$&'()*+,;=:@"_s.contains(c);
}

QString nameOf(QChar c)
{
    if (c == u' ')
        return PublisherBar::tr("A space");
    return c.isPrint() ? PublisherBar::tr("“%1”").arg(c) : PublisherBar::tr("A control character");
}

} // namespace

QString pathFault(const QString &path)
{
    if (!path.startsWith(u'/'))
        return PublisherBar::tr("A path starts with “/”.");
    if (path.startsWith(u"//"_s))
        return PublisherBar::tr("A path starts with one “/” only.");
    if (path.size() > maxPathCharacters)
        return PublisherBar::tr("A path has at most %1 characters.").arg(maxPathCharacters);
    if (path == u"/"_s)
        return PublisherBar::tr("“/” is the page for browsers; a stream needs a longer path.");
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (!isPathCharacter(path.at(i)))
            return PublisherBar::tr("%1 cannot be in a path (character %2).").arg(nameOf(path.at(i))).arg(i + 1);
    }
    const auto segments = path.split(u'/');
    if (segments.contains(u"."_s) || segments.contains(u".."_s))
        return PublisherBar::tr("“.” and “..” cannot be parts of a path: clients would leave them out.");
    return {};
}

PublisherBar::PublisherBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::PublisherBar>())
{
    m_ui->setupUi(this);
    m_ui->pathEdit->setFont(fixedFont());
    m_ui->addressEdit->setFont(fixedFont());
    createActions();
    connect(m_ui->pathEdit, &QLineEdit::textChanged, this, &PublisherBar::updateAddress);
    connect(m_ui->pathEdit, &QLineEdit::editingFinished, this, &PublisherBar::choosePath);
    update(State::Stopped);
}

PublisherBar::~PublisherBar() = default;

void PublisherBar::createActions()
{
    m_toggleAction = new QAction(this);
    m_copyAction = new QAction(icon(u"copy"_s), tr("&Copy address"), this);
    m_copyAction->setToolTip(tr("Copy the address of the stream"));
    m_subscribeAction = new QAction(icon(u"subscribe"_s), tr("&Subscribe to own stream"), this);
    m_subscribeAction->setIconText(tr("Subscri&be"));
    m_subscribeAction->setToolTip(tr("Watch this stream in Weir"));
    m_browserAction = new QAction(icon(u"view"_s), tr("Open page in &browser"), this);
    m_browserAction->setIconText(tr("Browser"));
    m_browserAction->setToolTip(tr("Open a page that shows the stream with the browser's own EventSource"));

    m_settingsAction = new QAction(icon(u"settings"_s), tr("Publisher s&ettings…"), this);
    m_settingsAction->setToolTip(tr("Who can reach the publisher, TLS, publishing by HTTP, limits"));
    connect(m_toggleAction, &QAction::triggered, this, &PublisherBar::toggle);
    connect(m_copyAction, &QAction::triggered, this, &PublisherBar::copyAddress);
    connect(m_subscribeAction, &QAction::triggered, this, &PublisherBar::subscribe);
    connect(m_browserAction, &QAction::triggered, this, &PublisherBar::openPage);

    m_ui->toggleButton->setDefaultAction(m_toggleAction);
    m_ui->copyButton->setDefaultAction(m_copyAction);
    m_ui->subscribeButton->setDefaultAction(m_subscribeAction);
    m_ui->browserButton->setDefaultAction(m_browserAction);
    m_ui->settingsButton->setDefaultAction(m_settingsAction);
}

QString PublisherBar::path() const
{
    return m_ui->pathEdit->text();
}

void PublisherBar::setPath(const QString &path)
{
    m_ui->pathEdit->setText(path);
    choosePath();
}

void PublisherBar::choosePath()
{
    if (isRunning() && hasValidPath())
        Q_EMIT pathChosen(path());
}

bool PublisherBar::hasValidPath() const
{
    return pathFault(path()).isEmpty();
}

int PublisherBar::port() const
{
    return m_ui->portBox->value();
}

void PublisherBar::setPort(int port)
{
    m_ui->portBox->setValue(port);
}

QUrl PublisherBar::address() const
{
    if (!isRunning() || !hasValidPath())
        return {};
    auto url = m_server;
    url.setPath(path());
    return url;
}

void PublisherBar::showRunning(const QUrl &server)
{
    m_server = server;
    m_ui->stateNote->hush();
    update(State::Running);
    choosePath();
}

void PublisherBar::showStopped(const QString &failure)
{
    m_server.clear();
    m_ui->stateNote->say(Meaning::Error, failure);
    m_ui->reachNote->hush();
    update(State::Stopped);
}

void PublisherBar::showWaiting(const QString &reason)
{
    if (m_state == State::Starting)
        m_ui->stateNote->say(Meaning::Secondary, reason);
}

void PublisherBar::showProblem(const QString &problem)
{
    m_ui->stateNote->say(Meaning::Error, problem);
}

void PublisherBar::showReach(const QString &text)
{
    m_ui->reachNote->say(Meaning::Warning, text);
}

void PublisherBar::toggle()
{
    if (m_state == State::Running || m_state == State::Starting) {
        update(State::Stopping);
        Q_EMIT stopRequested();
    } else if (m_state == State::Stopped) {
        m_ui->stateNote->hush();
        m_ui->portBox->interpretText();
        update(State::Starting);
        Q_EMIT startRequested(static_cast<quint16>(port()));
    }
}

void PublisherBar::subscribe()
{
    choosePath();
    Q_EMIT subscribeRequested(address());
}

void PublisherBar::copyAddress()
{
    choosePath();
    QGuiApplication::clipboard()->setText(address().toString());
}

void PublisherBar::openPage()
{
    choosePath();
    auto page = m_server;
    page.setPath(u"/"_s);
    if (QDesktopServices::openUrl(page))
        m_ui->stateNote->hush();
    else
        m_ui->stateNote->say(
            Meaning::Warning, tr("No browser could be started. Open %1 yourself.").arg(page.toString()));
}

void PublisherBar::update(State state)
{
    m_state = state;
    m_ui->portBox->setEnabled(state == State::Stopped);
    // The address names the port, and its place is needed.
    const bool isRunning = state == State::Running;
    m_ui->portLabel->setHidden(isRunning);
    m_ui->portBox->setHidden(isRunning);
    m_ui->subscribeButton->setVisible(isRunning);
    m_ui->browserButton->setVisible(isRunning);
    m_ui->addressPanel->setVisible(isRunning);
    updateToggle();
    updateAddress();
}

void PublisherBar::updateToggle()
{
    const bool isStopped = m_state == State::Stopped;
    m_toggleAction->setIcon(icon(isStopped ? u"start"_s : u"stop"_s));
    m_toggleAction->setEnabled(m_state != State::Stopping);
    if (isStopped) {
        m_toggleAction->setText(tr("&Start publisher"));
        m_toggleAction->setIconText(tr("S&tart"));
        m_toggleAction->setToolTip(tr("Serve event streams, to programs on this computer unless it is set otherwise"));
    } else if (m_state == State::Starting) {
        m_toggleAction->setText(tr("Do not &start the publisher"));
        m_toggleAction->setIconText(tr("Cancel"));
        m_toggleAction->setToolTip(tr("Do not start the publisher"));
    } else {
        m_toggleAction->setText(tr("&Stop publisher"));
        m_toggleAction->setIconText(tr("S&top"));
        m_toggleAction->setToolTip(tr("End every stream and close the port"));
    }
}

void PublisherBar::updateAddress()
{
    m_ui->pathNote->say(Meaning::Error, pathFault(path()));
    const auto shown = address().toString();
    m_ui->addressEdit->setText(shown);
    m_ui->addressEdit->setToolTip(shown);
    m_ui->addressEdit->setCursorPosition(0);
    m_copyAction->setEnabled(!shown.isEmpty());
    m_subscribeAction->setEnabled(!shown.isEmpty());
    m_browserAction->setEnabled(isRunning());
    Q_EMIT changed();
}

} // namespace weir::gui
