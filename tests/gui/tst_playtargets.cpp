// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/hubbook.h"
#include "gui/hubdialog.h"
#include "gui/publisherpane.h"
#include "gui/replaypage.h"
#include "gui/scenariospage.h"
#include "gui/targetbox.h"
#include "publish/recording.h"
#include "support/faultserver.h"

#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace weir;
using namespace weir::gui;
using test::FaultServer;
using test::Script;

// What scenarios and replays play to: hubs beside the own channel and its clients. The publisher does not run.
class PlayTargetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support (propagateSizeHints|raise))"_s));
        m_hub = std::make_unique<FaultServer>();
        m_hub->on("/", {Script::response("200 OK", "Content-Type: text/plain\r\n", "7")});
        m_publisher = std::make_unique<publish::Publisher>();
    }
    void cleanup()
    {
        m_publisher.reset();
        m_hub.reset();
    }

    void runsAScenarioAtAHub();
    void replaysToAHub();
    void keepsTheHubThatWasChosen();
    void addsAHub();

private:
    NamedHub hubNamed(const QString &name) const
    {
        NamedHub hub;
        hub.name = name;
        hub.settings.kind = publish::HubSettings::Kind::Nchan;
        hub.settings.url = m_hub->url("/");
        return hub;
    }

    std::unique_ptr<FaultServer> m_hub;
    std::unique_ptr<publish::Publisher> m_publisher;
};

namespace {

void trigger(const QWidget &owner, const QString &text)
{
    for (QAction *action : owner.findChildren<QAction *>()) {
        if (action->iconText() == text && action->isEnabled())
            return action->trigger();
    }
    QFAIL(qPrintable(u"no action that can be triggered: "_s + text));
}

void choose(TargetBox &box, const QString &text)
{
    const int index = box.findText(text);
    QVERIFY2(index >= 0, qPrintable(text));
    box.setCurrentIndex(index);
}

} // namespace

void PlayTargetsTest::runsAScenarioAtAHub()
{
    HubBook hubs;
    hubs.set(-1, hubNamed(u"Mine"_s), "secret", false);
    ScenariosPage page(*m_publisher);
    page.target().setHubs(&hubs);
    page.show();
    const QString key = page.library().add(
        R"({"weirScenario": 1, "name": "own", "steps": [{"do":"burst","count":3,"data":"{{seq}}"}]})");
    page.findChild<QListView *>(u"scenarioList"_s)->setCurrentIndex(page.library().index(page.library().rowOf(key)));
    const auto isRunEnabled = [&page] {
        for (const QAction *action : page.findChildren<QAction *>()) {
            if (action->iconText() == u"Run"_s)
                return action->isEnabled();
        }
        return false;
    };
    QVERIFY(!isRunEnabled());
    choose(page.target(), u"To the hub Mine"_s);
    QVERIFY(isRunEnabled());
    trigger(page, u"Run"_s);
    QTRY_COMPARE(m_hub->requests().size(), 3);
    QCOMPARE(m_hub->requests().at(2).body, QByteArray("3"));
    QCOMPARE(m_hub->requests().at(0).value("Authorization"), QByteArray("Bearer secret"));
    QTRY_VERIFY(page.runs().index(0).data().toString().endsWith(u"ended"_s));
    const QString shown = page.runs().index(0).data().toString();
    QVERIFY2(shown.contains(m_hub->url("/").toString()), qPrintable(shown));
}

void PlayTargetsTest::replaysToAHub()
{
    HubBook hubs;
    hubs.set(-1, hubNamed(u"Mine"_s), {}, false);
    publish::Recording recording;
    recording.read("data: one\n\n: comment\n\ndata: two\n\n");
    ReplayPage page(*m_publisher);
    page.target().setHubs(&hubs);
    page.setVisible(true);
    page.open(recording.all());
    choose(page.target(), u"To the hub Mine"_s);
    trigger(page, u"Play"_s);
    QTRY_COMPARE(m_hub->requests().size(), 2);
    QCOMPARE(m_hub->requests().at(0).body, QByteArray("one"));
    QTRY_COMPARE(page.progress().state, publish::ReplayProgress::State::Ended);
    QTRY_COMPARE(page.progress().events, 2U);
}

void PlayTargetsTest::keepsTheHubThatWasChosen()
{
    HubBook hubs;
    hubs.set(-1, hubNamed(u"One"_s), {}, false);
    hubs.set(-1, hubNamed(u"Two"_s), {}, false);
    TargetBox box;
    box.setChannel(u"/events"_s);
    box.setHubs(&hubs);
    choose(box, u"To the hub Two"_s);
    const QSignalSpy changed(&box, &TargetBox::targetChanged);
    publish::ClientStatus client;
    client.id = 1;
    client.path = u"/events"_s;
    client.address = u"127.0.0.1:5"_s;
    box.setClients({client});
    QCOMPARE(box.currentText(), u"To the hub Two"_s);
    hubs.remove(0);
    QCOMPARE(box.currentText(), u"To the hub Two"_s);
    QCOMPARE(changed.size(), 0);
    hubs.set(0, hubNamed(u"Renamed"_s), {}, false);
    QCOMPARE(box.currentText(), u"To the hub Renamed"_s);
    QVERIFY(box.isHub());
    hubs.remove(0);
    QVERIFY(!box.isHub());
    QCOMPARE(box.currentText(), u"To all clients of /events"_s);
}

void PlayTargetsTest::addsAHub()
{
    PublisherPane pane(*m_publisher);
    pane.show();
    auto &box = pane.replayPage()->target();
    choose(box, u"Add a hub…"_s);
    QVERIFY(!box.isHub()); // not before there is one
    auto *dialog = pane.findChild<HubDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    Q_EMIT dialog->confirmed(hubNamed(u"New"_s), {}, false);
    QCOMPARE(box.currentText(), u"To the hub New"_s);
    dialog->close();
    // The others know it, and stay where they were.
    auto &other = pane.findChild<ScenariosPage *>()->target();
    QVERIFY(other.findText(u"To the hub New"_s) > 0);
    QCOMPARE(other.currentIndex(), 0);
    QCOMPARE(pane.findChild<QComboBox *>(u"destinationBox"_s)->currentIndex(), 0);
}

QTEST_MAIN(PlayTargetsTest)
#include "tst_playtargets.moc"
