// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/publisherbar.h"
#include "gui/serverconfiguration.h"
#include "gui/serverdialog.h"
#include "lockedstore.h"
#include "publisherbench.h"

#include <QDialogButtonBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using weir::gui::PublisherBar;
using weir::gui::ServerConfiguration;
using weir::gui::ServerDialog;
using weir::gui::ServerSettings;
using weir::test::LockedStore;
using weir::test::PublisherBench;

namespace {

/// A configuration that needs a token from a key store that does not answer in its patience.
struct Starting
{
    explicit Starting(ServerSettings::Tls tls = ServerSettings::Tls::Off)
    {
        configuration.setStore(&store);
        configuration.setPatience(30ms);
        ServerSettings settings;
        settings.isPublishingAllowed = true;
        settings.tls = tls;
        configuration.set(settings);
        configuration.prepare();
    }

    LockedStore store;
    ServerConfiguration configuration;
    QSignalSpy failed{&configuration, &ServerConfiguration::failed};
    QSignalSpy prepared{&configuration, &ServerConfiguration::prepared};
};

QByteArray withToken(const QByteArray &state)
{
    auto object = QJsonDocument::fromJson(state).object();
    auto server = object[u"server"_s].toObject();
    auto settings = server[u"settings"_s].toObject();
    settings[u"publishing"_s] = true;
    server[u"settings"_s] = settings;
    object[u"server"_s] = server;
    return QJsonDocument(object).toJson();
}

} // namespace

/// The publisher does not start: because the key store keeps silent, or because of what is set.
class TestServerStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void doesNotWaitForEver();
    void takesALateAnswer();
    void canBeCalledOff();
    void servesOnWithTheOldSettings();
};

void TestServerStart::doesNotWaitForEver()
{
    Starting starting(ServerSettings::Tls::SelfSigned);
    auto &[store, configuration, failed, prepared] = starting;
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.first().first().toString().contains(u"key store"_s));
    QVERIFY(!configuration.isPreparing());
    // The user insists: new ones, for this session.
    configuration.prepare();
    QCOMPARE(prepared.count(), 1);
    const auto token = configuration.token();
    QVERIFY(token.size() >= 32 && !configuration.selfSigned().isNull());
    for (const auto &answer : store.waiting)
        answer(u"kept"_s);
    QCOMPARE(configuration.token(), token);
    QCOMPARE(store.written, QStringList());
}

void TestServerStart::takesALateAnswer()
{
    Starting starting;
    auto &[store, configuration, failed, prepared] = starting;
    QTRY_COMPARE(failed.count(), 1);
    store.waiting.first()(u"kept"_s);
    QCOMPARE(prepared.count(), 0); // that start is over
    configuration.prepare();
    QCOMPARE(prepared.count(), 1);
    QCOMPARE(configuration.token(), u"kept"_s);
}

void TestServerStart::canBeCalledOff()
{
    LockedStore store;
    PublisherBench bench;
    bench.pane.setSecretStore(&store);
    QVERIFY(bench.pane.restoreState(withToken(bench.pane.saveState())));
    bench.click("toggleButton");
    QCOMPARE(bench.find<QToolButton>("toggleButton")->text(), u"Cancel"_s);
    QTRY_VERIFY(bench.note("stateNote").contains(u"Waiting for the key store"_s));
    bench.click("toggleButton");
    QCOMPARE(bench.find<QToolButton>("toggleButton")->text(), u"S&tart"_s);
    QCOMPARE(bench.note("stateNote"), QString());
    QSignalSpy started(&bench.publisher, &weir::publish::Publisher::started);
    store.waiting.first()(u"kept"_s);
    QVERIFY(bench.start());
    QCOMPARE(started.count(), 1);
}

void TestServerStart::servesOnWithTheOldSettings()
{
    PublisherBench bench;
    QVERIFY(bench.start());
    const auto address = bench.pane.address();
    bench.pane.findChild<PublisherBar *>()->settingsAction()->trigger();
    auto *dialog = bench.pane.findChild<ServerDialog *>();
    weir::test::find<QComboBox>(*dialog, "tlsBox")->setCurrentIndex(2);
    weir::test::find<QLineEdit>(*dialog, "certificateEdit")->setText(u"/nowhere/cert.pem"_s);
    weir::test::find<QLineEdit>(*dialog, "keyEdit")->setText(u"/nowhere/key.pem"_s);
    dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
    QTRY_VERIFY2(bench.note("stateNote").contains(u"serves as before"_s), qPrintable(bench.note("stateNote")));
    QVERIFY(bench.note("stateNote").contains(u"/nowhere/cert.pem"_s));
    QCOMPARE(bench.pane.address(), address);
    QCOMPARE(bench.find<QToolButton>("toggleButton")->text(), u"S&top"_s);
    bench.click("toggleButton");
    QTRY_VERIFY(bench.pane.address().isEmpty());
}

QTEST_MAIN(TestServerStart)
#include "tst_serverstart.moc"
