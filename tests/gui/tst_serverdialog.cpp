// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/publisherbar.h"
#include "gui/publisherpane.h"
#include "gui/serverdialog.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using weir::gui::PublisherBar;
using weir::gui::PublisherPane;
using weir::gui::ServerDialog;
using weir::gui::ServerSettings;
using weir::publish::Publisher;

/// The settings of the publisher's server: they take effect, are kept, and nothing is opened unasked.
class TestServerDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void comesBack();
    void refusesWhatCannotBe();
    void asksBeforeItOpens();
    void showsLastinglyThatItIsOpen();
    void servesOverTls();
    void saysWhyItCannotServe();
    void letsProgramsPublish();
    void keepsNoSecretsInTheState();
    void startsAgainWhenChanged();
    void namesWhatIsWrong();
    void keepsSlowClients();

private:
    PublisherBar &bar() const { return *m_pane->findChild<PublisherBar *>(); }
    ServerDialog *dialog() const { return m_pane->findChild<ServerDialog *>(); }
    template <class Type>
    Type *field(const char *name) const
    {
        return dialog()->findChild<Type *>(QString::fromLatin1(name));
    }
    void openDialog() { bar().settingsAction()->trigger(); }
    void confirm();
    void openIt();
    bool start();
    QByteArray ask(const QByteArray &request) const;

    std::unique_ptr<Publisher> m_publisher;
    std::unique_ptr<weir::profile::SessionSecrets> m_secrets;
    std::unique_ptr<PublisherPane> m_pane;
    QUrl m_server;
};

void TestServerDialog::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    m_publisher = std::make_unique<Publisher>();
    m_secrets = std::make_unique<weir::profile::SessionSecrets>();
    m_pane = std::make_unique<PublisherPane>(*m_publisher);
    m_pane->setSecretStore(m_secrets.get());
    m_pane->resize(320, 600);
    m_pane->show();
    connect(m_publisher.get(), &Publisher::started, this, [this](const QUrl &url) { m_server = url; });
}

void TestServerDialog::cleanup()
{
    m_pane.reset();
    m_publisher.reset();
    m_secrets.reset();
    m_server.clear();
}

void TestServerDialog::confirm()
{
    auto *button = dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(button->isEnabled());
    button->click();
}

/// The answer to the question.
void TestServerDialog::openIt()
{
    for (auto *button : dialog()->findChild<QMessageBox *>()->buttons()) {
        if (dialog()->findChild<QMessageBox *>()->buttonRole(button) == QMessageBox::AcceptRole)
            QTest::mouseClick(button, Qt::LeftButton);
    }
}

bool TestServerDialog::start()
{
    bar().toggleAction()->trigger();
    return QTest::qWaitFor([this] { return bar().isRunning(); });
}

/// One request in plain HTTP and all of its answer.
QByteArray TestServerDialog::ask(const QByteArray &request) const
{
    QTcpSocket socket;
    socket.connectToHost(m_server.host(), static_cast<quint16>(m_server.port()));
    socket.write(request);
    QByteArray answer;
    const bool hasEnded = QTest::qWaitFor([&] {
        answer += socket.readAll();
        return socket.state() == QAbstractSocket::UnconnectedState;
    });
    return hasEnded ? answer : QByteArray();
}

void TestServerDialog::comesBack()
{
    ServerSettings settings;
    settings.address = QHostAddress(QHostAddress::Any);
    settings.hostNames = QStringList{u"a.example"_s, u"b"_s};
    settings.corsOrigin = u"https://a"_s;
    settings.tls = ServerSettings::Tls::Files;
    settings.certificateFile = u"/c.pem"_s;
    settings.keyFile = u"/k.pem"_s;
    settings.isPublishingAllowed = true;
    settings.maxClients = 5;
    settings.maxQueuedBytes = 6000;
    settings.slowClients = weir::publish::SlowClients::DropOldest;
    settings.maxHeadBytes = 7000;
    settings.requestDeadline = std::chrono::milliseconds(8000);
    settings.maxPublishBytes = 9000;
    settings.historyEvents = 0;
    settings.heartbeat = std::chrono::milliseconds(0);
    const auto read = weir::gui::serverSettingsFromJson(toJson(settings));
    QVERIFY(read);
    QVERIFY(*read == settings);
    QVERIFY(weir::gui::serverSettingsFromJson({}) == ServerSettings());
    settings.address = QHostAddress(u"192.0.2.7"_s);
    QVERIFY(weir::gui::serverSettingsFromJson(toJson(settings)) == settings);
}

void TestServerDialog::refusesWhatCannotBe()
{
    for (const QJsonObject &object : {QJsonObject{{u"address"_s, u"nowhere"_s}}, QJsonObject{{u"tls"_s, u"maybe"_s}},
             QJsonObject{{u"slowClients"_s, u"wait"_s}}, QJsonObject{{u"maxClients"_s, 0}},
             QJsonObject{{u"maxHeadBytes"_s, u"8"_s}}, QJsonObject{{u"heartbeatMs"_s, -1}}})
        QVERIFY(!weir::gui::serverSettingsFromJson(object));
}

void TestServerDialog::asksBeforeItOpens()
{
    openDialog();
    field<QComboBox>("reachBox")->setCurrentIndex(1);
    confirm();
    QTRY_VERIFY(dialog()->findChild<QMessageBox *>());
    auto *question = dialog()->findChild<QMessageBox *>();
    QCOMPARE(question->escapeButton(), question->button(QMessageBox::Cancel));
    question->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!dialog()->findChild<QMessageBox *>());
    QVERIFY(dialog()->isVisible()); // nothing has happened
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
    QVERIFY(start());
    QVERIFY(!m_pane->findChild<QLabel *>(u"reachNote"_s)->isVisible());
}

void TestServerDialog::showsLastinglyThatItIsOpen()
{
    openDialog();
    field<QComboBox>("reachBox")->setCurrentIndex(1);
    confirm();
    QTRY_VERIFY(dialog()->findChild<QMessageBox *>());
    openIt();
    QTRY_VERIFY(!dialog());
    auto *note = m_pane->findChild<QLabel *>(u"reachNote"_s);
    QVERIFY(!note->isVisible()); // it is not open yet
    QVERIFY(start());
    QTRY_VERIFY(note->isVisible());
    QVERIFY(note->text().contains(u"Open to other computers"_s));
    bar().toggleAction()->trigger();
    QTRY_VERIFY(!note->isVisible());
    // Once allowed it is not asked again.
    openDialog();
    confirm();
    QTRY_VERIFY(!dialog());
}

void TestServerDialog::servesOverTls()
{
    openDialog();
    field<QComboBox>("tlsBox")->setCurrentIndex(1);
    const auto fingerprint = field<QLabel>("fingerprintLabel")->text().replace(u'\n', u':');
    QCOMPARE(fingerprint.size(), 95);
    confirm();
    QVERIFY(start());
    QCOMPARE(m_server.scheme(), u"https"_s);
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(m_server.host(), static_cast<quint16>(m_server.port()));
    QTRY_VERIFY(socket.isEncrypted());
    const auto digest = socket.peerCertificate().digest(QCryptographicHash::Sha256).toHex(':').toUpper();
    QCOMPARE(QString::fromLatin1(digest), fingerprint);
    // The next session finds it again.
    Publisher publisher;
    PublisherPane other(publisher);
    other.setSecretStore(m_secrets.get());
    QVERIFY(other.restoreState(m_pane->saveState()));
    other.findChild<PublisherBar *>()->settingsAction()->trigger();
    QCOMPARE(other.findChild<QLabel *>(u"fingerprintLabel"_s)->text().replace(u'\n', u':'), fingerprint);
}

void TestServerDialog::saysWhyItCannotServe()
{
    openDialog();
    field<QComboBox>("tlsBox")->setCurrentIndex(2);
    QVERIFY(!dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled());
    field<QLineEdit>("certificateEdit")->setText(u"/nowhere/cert.pem"_s);
    field<QLineEdit>("keyEdit")->setText(u"/nowhere/key.pem"_s);
    confirm();
    bar().toggleAction()->trigger();
    auto *note = m_pane->findChild<QLabel *>(u"stateNote"_s);
    QTRY_VERIFY(note->isVisible());
    QVERIFY2(note->text().contains(u"/nowhere/cert.pem"_s), qPrintable(note->text()));
    QVERIFY(!bar().isRunning());
}

void TestServerDialog::letsProgramsPublish()
{
    openDialog();
    field<QCheckBox>("publishingCheck")->setChecked(true);
    QTRY_VERIFY(!field<QLineEdit>("tokenEdit")->text().isEmpty());
    QCOMPARE(field<QLineEdit>("tokenEdit")->echoMode(), QLineEdit::Password);
    const auto first = field<QLineEdit>("tokenEdit")->text().toLatin1();
    field<QPushButton>("renewTokenButton")->click();
    const auto token = field<QLineEdit>("tokenEdit")->text().toLatin1();
    QVERIFY(token != first && token.size() >= 32);
    field<QPushButton>("copyCommandButton")->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QString::fromLatin1(token)));
    confirm();
    QVERIFY(start());
    const auto post = [this](const QByteArray &with) {
        return ask("POST /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5\r\n"
                   "Authorization: Bearer " +
                   with + "\r\n\r\nhello");
    };
    QVERIFY(post(token).startsWith("HTTP/1.1 200 "));
    QVERIFY(post(first).startsWith("HTTP/1.1 401 "));
}

void TestServerDialog::keepsNoSecretsInTheState()
{
    openDialog();
    field<QCheckBox>("publishingCheck")->setChecked(true);
    field<QComboBox>("tlsBox")->setCurrentIndex(1);
    const auto token = field<QLineEdit>("tokenEdit")->text().toLatin1();
    confirm();
    QVERIFY(start());
    const auto state = m_pane->saveState();
    QVERIFY(state.contains("\"publishing\":true"));
    QVERIFY(!state.contains(token));
    QVERIFY(!state.contains("PRIVATE"));
}

void TestServerDialog::startsAgainWhenChanged()
{
    QVERIFY(start());
    const auto before = m_server;
    openDialog();
    field<QSpinBox>("clientsSpin")->setValue(1);
    field<QComboBox>("reachBox")->setCurrentIndex(1);
    QSignalSpy started(m_publisher.get(), &Publisher::started);
    confirm();
    QTRY_VERIFY(dialog()->findChild<QMessageBox *>());
    openIt();
    QTRY_COMPARE(started.size(), 1);
    QTRY_VERIFY(m_pane->findChild<QLabel *>(u"reachNote"_s)->isVisible());
    QCOMPARE(m_server, before); // where clients look for it
    QTRY_VERIFY(bar().isRunning());
}

void TestServerDialog::namesWhatIsWrong()
{
    openDialog();
    auto *ok = dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    for (const auto &hosts : {u"a b"_s, u"a:80"_s, u"a, http://b"_s}) {
        field<QLineEdit>("hostsEdit")->setText(hosts);
        QVERIFY2(!ok->isEnabled(), qPrintable(hosts));
    }
    for (const auto &hosts : {u""_s, u"*"_s, u"a, b.example"_s}) {
        field<QLineEdit>("hostsEdit")->setText(hosts);
        QVERIFY2(ok->isEnabled(), qPrintable(hosts));
    }
    for (const auto &origin : {u"app.example"_s, u"https://a/"_s, u"https://a b"_s, u"https://App.example"_s}) {
        field<QLineEdit>("originEdit")->setText(origin);
        QVERIFY2(!ok->isEnabled(), qPrintable(origin));
    }
    field<QLineEdit>("originEdit")->setText(u"https://app.example:8443"_s);
    QVERIFY(ok->isEnabled());
}

void TestServerDialog::keepsSlowClients()
{
    openDialog();
    QCOMPARE(field<QComboBox>("slowBox")->currentIndex(), 0);
    field<QComboBox>("slowBox")->setCurrentIndex(1);
    QVERIFY(field<QLabel>("slowNote")->text().contains(u"weir-gap"_s));
    field<QSpinBox>("queueSpin")->setValue(64);
    confirm();
    QVERIFY(start());
    // Of what is far more than its queue and the system's buffers hold, a client that paused is told what it misses.
    QTcpSocket client;
    client.setReadBufferSize(1);
    client.connectToHost(m_server.host(), static_cast<quint16>(m_server.port()));
    client.write("GET /events HTTP/1.0\r\nHost: localhost\r\n\r\n");
    QSignalSpy clients(m_publisher.get(), &Publisher::clientsChanged);
    QTRY_VERIFY(!clients.isEmpty());
    weir::publish::Publication event;
    event.message.data = std::string(256 << 10, 'x');
    for (int i = 0; i < 100; ++i)
        m_publisher->publish(event);
    client.setReadBufferSize(0);
    QByteArray received;
    const auto hasGap = [&] {
        return (received += client.readAll()).contains("event: weir-gap\ndata: {\"reason\":\"slow-client\"");
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasGap(), 15000);
    QCOMPARE(client.state(), QAbstractSocket::ConnectedState);
}

QTEST_MAIN(TestServerDialog)
#include "tst_serverdialog.moc"
