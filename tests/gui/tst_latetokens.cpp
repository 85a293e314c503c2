// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feedpage.h"
#include "gui/hubbook.h"
#include "gui/hubdialog.h"
#include "lockedstore.h"
#include "publisherbench.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace weir::gui;
using namespace weir::test;
using weir::publish::Destination;

namespace {

NamedHub hubNamed(const QString &name)
{
    NamedHub hub;
    hub.name = name;
    hub.settings.url = QUrl(u"https://%1.example/.well-known/mercure"_s.arg(name));
    hub.settings.topics = QStringList{u"topic"_s};
    return hub;
}

/// A page with a file of three messages, and who asked it for the destination.
struct Feeding
{
    Feeding()
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write("type,data\na,1\na,2\na,3\n") < 0)
            qFatal("the file cannot be written");
        file.close();
        page.setDestinationSource([this](const auto &use) { answers.append(use); });
        page.setDestination(u"/events"_s, {});
        page.openFile(path);
    }
    /// All that was asked of the publisher so far has been done and told.
    bool isTold()
    {
        const auto before = published.count();
        publisher.publish({u"/other"_s, {{}, {}, "x", {}, {}}, true});
        return QTest::qWaitFor([this, before] { return published.count() > before; });
    }
    bool isStopped() const { return !action(page, u"Stop"_s)->isEnabled(); }

    QTemporaryDir folder;
    QString path = folder.filePath(u"events.csv"_s);
    weir::publish::Publisher publisher;
    QSignalSpy published{&publisher, &weir::publish::Publisher::published};
    FeedPage page{publisher};
    QList<std::function<void(const Destination &)>> answers;
};

} // namespace

/// The key store tells a hub's token only when the user has gone on to something else.
class TestLateTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support )"_s)); }
    void editsNoHubThatIsGone();
    void keepsTheNewerToken();
    void sendsAFileOnce();
    void sendsNoFileThatWasCalledOff();
};

void TestLateTokens::editsNoHubThatIsGone()
{
    HubBook book;
    book.set(-1, hubNamed(u"one"_s), {}, false);
    book.set(-1, hubNamed(u"two"_s), {}, false);
    LockedStore store;
    PublisherBench bench;
    bench.pane.setSecretStore(&store);
    auto state = QJsonDocument::fromJson(bench.pane.saveState()).object();
    state[u"hubs"_s] = book.toJson();
    state[u"hub"_s] = 0;
    QVERIFY(bench.pane.restoreState(QJsonDocument(state).toJson()));
    action(bench.pane, u"Edit this hub…"_s)->trigger();
    QCOMPARE(store.waiting.size(), 1);
    action(bench.pane, u"Remove this hub"_s)->trigger();
    store.waiting.takeFirst()(u"secret"_s);
    QVERIFY(!bench.pane.findChild<HubDialog *>());

    bench.find<QComboBox>("destinationBox")->setCurrentIndex(1);
    action(bench.pane, u"Edit this hub…"_s)->trigger();
    QCOMPARE(store.waiting.size(), 1);
    store.waiting.takeFirst()(u"secret"_s);
    auto *dialog = bench.pane.findChild<HubDialog *>();
    QVERIFY(dialog);
    QCOMPARE(find<QLineEdit>(*dialog, "nameEdit")->text(), u"two"_s);
    dialog->reject();
}

void TestLateTokens::keepsTheNewerToken()
{
    LockedStore store;
    HubBook book;
    book.setSecretStore(&store);
    book.setFromJson({QJsonObject{
        {u"name"_s, u"one"_s}, {u"url"_s, u"https://one.example/hub"_s}, {u"topics"_s, QJsonArray{u"topic"_s}}}});
    QByteArray used;
    const auto use = [&used](const weir::publish::HubSettings &hub) { used = hub.token; };
    book.withToken(0, this, use);
    book.set(0, book.hubs().at(0), "newer", false);
    store.waiting.takeFirst()(u"older"_s);
    QCOMPARE(used, QByteArray("newer"));
    book.withToken(0, this, use);
    QCOMPARE(used, QByteArray("newer"));
    QVERIFY(store.waiting.isEmpty());
}

void TestLateTokens::sendsAFileOnce()
{
    Feeding feeding;
    QTRY_VERIFY(action(feeding.page, u"Send all"_s)->isEnabled());
    action(feeding.page, u"Send one"_s)->trigger();
    action(feeding.page, u"Send all"_s)->trigger();
    QCOMPARE(feeding.answers.size(), 2);
    QVERIFY(!feeding.isStopped());
    feeding.answers[0]({});
    QVERIFY(feeding.isTold());
    QVERIFY2(!said(feeding.page).contains(u"Sent"_s), qPrintable(said(feeding.page)));
    feeding.answers[1]({});
    QTRY_VERIFY(said(feeding.page).contains(u"Sent: 3."_s));
    QTRY_VERIFY(feeding.isStopped());
}

void TestLateTokens::sendsNoFileThatWasCalledOff()
{
    Feeding feeding;
    const auto *step = action(feeding.page, u"Send one"_s);
    const QList<std::function<void()>> callsOff{[&] { action(feeding.page, u"Stop"_s)->trigger(); },
        [&] { feeding.page.setDestination(u"elsewhere"_s, {}); },
        [&] { feeding.page.setDestination(u"elsewhere"_s, u"It has stopped."_s); },
        [&] { feeding.page.openFile(feeding.path); }};
    for (const auto &callOff : callsOff) {
        feeding.page.setDestination(u"/events"_s, {});
        QTRY_VERIFY(step->isEnabled());
        action(feeding.page, u"Send one"_s)->trigger();
        QVERIFY(!feeding.isStopped());
        callOff();
        QVERIFY(feeding.isStopped());
        feeding.answers.takeFirst()({});
        QVERIFY(feeding.isTold());
        QVERIFY(feeding.isStopped());
    }
}

QTEST_MAIN(TestLateTokens)
#include "tst_latetokens.moc"
