// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/publisherbar.h"
#include "gui/publisherpane.h"
#include "gui/serverdialog.h"
#include "profile/secretstore.h"
#include "windowbench.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using weir::gui::PublisherBar;
using weir::gui::PublisherPane;
using weir::gui::ServerDialog;
using weir::test::WindowBench;

/// The window watches what its own publisher sends, over TLS too, by one click.
class TestOwnStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void isWatchedByOneClick_data();
    void isWatchedByOneClick();
    void staysTrustedWithANewCertificate();
    void isTrustedAtItsAddress();
    void showsTheDemoOverTls();

private:
    enum Tls { Off, SelfSigned };
    static PublisherBar &bar(const WindowBench &bench) { return *bench.window->findChild<PublisherBar *>(); }
    static QString state(const WindowBench &bench, int row = 0)
    {
        return bench.subscriptions()->index(row, 0).data().toString();
    }
    /// Opens the settings, and confirms them after `change`.
    static void set(const WindowBench &bench, const std::function<void(const ServerDialog &)> &change)
    {
        bar(bench).settingsAction()->trigger();
        auto *dialog = bench.window->findChild<ServerDialog *>();
        change(*dialog);
        dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
    }
    static void start(WindowBench &bench, Tls tls)
    {
        set(bench,
            [tls](const ServerDialog &dialog) { dialog.findChild<QComboBox *>(u"tlsBox"_s)->setCurrentIndex(tls); });
        bar(bench).toggleAction()->trigger();
        QTRY_VERIFY(bar(bench).isRunning());
    }

    weir::profile::SessionSecrets m_secrets;
};

void TestOwnStream::isWatchedByOneClick_data()
{
    QTest::addColumn<int>("tls");
    QTest::addColumn<bool>("hasFolder");
    QTest::newRow("http") << int{Off} << true;
    QTest::newRow("https") << int{SelfSigned} << true;
    QTest::newRow("https, nothing is kept") << int{SelfSigned} << false;
}

void TestOwnStream::isWatchedByOneClick()
{
    QFETCH(int, tls);
    QFETCH(bool, hasFolder);
    const QTemporaryDir folder;
    WindowBench bench(hasFolder ? folder.path() : QString(), &m_secrets);
    start(bench, static_cast<Tls>(tls));
    bar(bench).subscribeAction()->trigger();
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 1);
    QTRY_VERIFY2(state(bench).contains(u"open"_s), qPrintable(state(bench)));
    bench.publish(u"/events"_s, "hello");
    const auto *model = bench.views()->allEvents()->eventModel();
    QTRY_VERIFY(
        model->rowCount() > 0 && model->snapshot().at(model->numberAt(model->rowCount() - 1)).data() == "hello");
}

void TestOwnStream::staysTrustedWithANewCertificate()
{
    const QTemporaryDir folder;
    WindowBench bench(folder.path(), &m_secrets);
    start(bench, SelfSigned);
    bar(bench).subscribeAction()->trigger();
    QTRY_VERIFY(state(bench).contains(u"open"_s));
    QSignalSpy started(&bench.publisher, &weir::publish::Publisher::started);
    set(bench,
        [](const ServerDialog &dialog) { dialog.findChild<QPushButton *>(u"renewCertificateButton"_s)->click(); });
    QTRY_COMPARE(started.count(), 1);
    QTRY_VERIFY(!state(bench).contains(u"open"_s));
    QTRY_VERIFY2_WITH_TIMEOUT(state(bench).contains(u"open"_s), qPrintable(state(bench)), 20000);
}

void TestOwnStream::isTrustedAtItsAddress()
{
    const QTemporaryDir folder;
    WindowBench bench(folder.path(), &m_secrets);
    start(bench, SelfSigned); // with a certificate for the usual addresses
    auto *pane = bench.window->findChild<PublisherPane *>();
    bar(bench).toggleAction()->trigger();
    QTRY_VERIFY(!bar(bench).isRunning() && bar(bench).toggleAction()->isEnabled());
    auto saved = pane->saveState();
    saved.replace("\"address\":\"127.0.0.1\"", "\"address\":\"127.0.0.2\"");
    QVERIFY(saved.contains("127.0.0.2") && pane->restoreState(saved));
    bar(bench).toggleAction()->trigger();
    QTRY_COMPARE(bar(bench).address().host(), u"127.0.0.2"_s);
    bar(bench).subscribeAction()->trigger();
    QTRY_VERIFY2(state(bench).contains(u"open"_s), qPrintable(state(bench)));
}

void TestOwnStream::showsTheDemoOverTls()
{
    const QTemporaryDir folder;
    WindowBench bench(folder.path(), &m_secrets);
    start(bench, SelfSigned);
    bench.action("demoAction")->trigger();
    QTRY_COMPARE(bench.subscriptions()->rowCount(), 3);
    for (int row = 0; row < 3; ++row)
        QTRY_VERIFY2(state(bench, row).contains(u"open"_s), qPrintable(state(bench, row)));
}

QTEST_MAIN(TestOwnStream)
#include "tst_ownstream.moc"
