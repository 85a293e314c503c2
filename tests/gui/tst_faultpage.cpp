// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/faultpage.h"
#include "gui/faultswitch.h"
#include "gui/inlinenote.h"
#include "gui/pagestack.h"
#include "gui/publisherpane.h"
#include "gui/requestpage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTcpSocket>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace weir;
using publish::Fault;
using publish::FaultPlan;

/// The pages of faults and requests, and what the panel says of armed faults.
class TestFaultPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
        m_publisher = std::make_unique<publish::Publisher>();
        m_pane = std::make_unique<gui::PublisherPane>(*m_publisher);
        m_pane->resize(310, 700);
        m_pane->show();
    }
    void cleanup()
    {
        m_pane.reset();
        m_publisher.reset();
    }

    void putsAPlanTogether();
    void findsFaults();
    void foldsGroups();
    void refusesAContradiction();
    void armsAndForgetsNothing();
    void showsRequests();

private:
    template <typename T>
    T *find(const char *name)
    {
        return m_pane->findChild<T *>(QString::fromLatin1(name));
    }
    quint16 start();
    QByteArray request(quint16 port, const QByteArray &path);

    std::unique_ptr<publish::Publisher> m_publisher;
    std::unique_ptr<gui::PublisherPane> m_pane;
};

quint16 TestFaultPage::start()
{
    const QSignalSpy started(m_publisher.get(), &publish::Publisher::started);
    m_publisher->start({});
    return QTest::qWaitFor([&] { return !started.isEmpty(); })
               ? static_cast<quint16>(started.first().first().toUrl().port())
               : quint16{0};
}

/// The first line of the answer.
QByteArray TestFaultPage::request(quint16 port, const QByteArray &path)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: tester\r\n\r\n");
    const bool hasLine = QTest::qWaitFor([&] { return socket.canReadLine(); });
    return hasLine ? socket.readLine().trimmed() : QByteArray();
}

void TestFaultPage::putsAPlanTogether()
{
    auto *page = find<gui::FaultPage>("faultPage");
    QString error;
    QCOMPARE(page->plan(&error), std::optional(FaultPlan()));
    QVERIFY(!find<QPushButton>("armButton")->isEnabled());
    find<QCheckBox>("splitAtBox")->setChecked(true);
    find<QSpinBox>("splitAt_byte")->setValue(3);
    find<QCheckBox>("lineEndsBox")->setChecked(true);
    find<QComboBox>("lineEnds_ends")->setCurrentText(u"cr"_s);
    const FaultPlan wanted =
        FaultPlan().with(Fault::SplitAt, {{u"byte"_s, 3}}).with(Fault::LineEnds, {{u"ends"_s, u"cr"_s}});
    QCOMPARE(page->plan(&error), std::optional(wanted));
    QVERIFY(find<QPushButton>("armButton")->isEnabled());
    for (const publish::FaultPreset &preset : publish::faultPresets()) {
        page->setPlan(preset.plan);
        QCOMPARE(page->plan(&error), std::optional(preset.plan));
    }
    for (const publish::FaultInfo &info : publish::faultCatalogue()) {
        page->setPlan(FaultPlan().with(info.fault));
        QCOMPARE(page->plan(&error), std::optional(FaultPlan().with(info.fault)));
    }
}

void TestFaultPage::findsFaults()
{
    m_pane->findChild<gui::PageStack *>()->showPage(u"faultPage"_s);
    auto *find = this->find<QLineEdit>("findFaultEdit");
    const auto *split = this->find<QCheckBox>("splitAtBox");
    const auto *status = this->find<QCheckBox>("statusBox");
    QVERIFY(!split->isVisible()); // its group is folded
    find->setText(u"split"_s);
    QVERIFY(split->isVisible() && !status->isVisible());
    find->setText(u"heartbeat"_s); // in what is told of it
    QVERIFY(this->find<QCheckBox>("noHeartbeatBox")->isVisible() && !split->isVisible());
    find->clear();
    QVERIFY(!split->isVisible() && !status->isVisible());
    QVERIFY(this->find<QToolButton>("faultGroup0")->isVisible());
}

void TestFaultPage::foldsGroups()
{
    m_pane->findChild<gui::PageStack *>()->showPage(u"faultPage"_s);
    auto *packets = find<QToolButton>("faultGroup2");
    auto *oneByte = find<QCheckBox>("oneByteBox");
    packets->click();
    QVERIFY(oneByte->isVisible());
    oneByte->click();
    packets->click();
    QVERIFY(!oneByte->isVisible());
    QVERIFY2(packets->text().endsWith(u"on: 1"_s), qPrintable(packets->text())); // not forgotten
    QString error;
    QVERIFY(find<gui::FaultPage>("faultPage")->plan(&error)->has(Fault::OneByte));
    auto *presets = find<QComboBox>("faultPresetBox");
    presets->setCurrentIndex(1);
    Q_EMIT presets->activated(1);
    const auto plan = find<gui::FaultPage>("faultPage")->plan(&error);
    QCOMPARE(plan, std::optional(publish::faultPresets().front().plan));
    for (const Fault fault : plan->faults()) {
        const QString box = QString::fromLatin1(publish::infoOf(fault).name) + u"Box"_s;
        QVERIFY(m_pane->findChild<QCheckBox *>(box)->isVisible());
    }
}

void TestFaultPage::refusesAContradiction()
{
    auto *page = find<gui::FaultPage>("faultPage");
    page->setPlan(FaultPlan().with(Fault::Silence).with(Fault::HalfClose));
    QVERIFY(!find<QPushButton>("armButton")->isEnabled());
    const auto *note = page->findChild<gui::InlineNote *>();
    QVERIFY(note->isVisibleTo(page) && note->text().contains(u"Half-close"_s));
    find<QCheckBox>("silenceBox")->setChecked(false);
    QVERIFY(find<QPushButton>("armButton")->isEnabled());
    QVERIFY(!note->isVisibleTo(page));
}

void TestFaultPage::armsAndForgetsNothing()
{
    const quint16 port = start();
    auto *page = find<gui::FaultPage>("faultPage");
    const auto *note = find<gui::InlineNote>("faultNote");
    QVERIFY(!note->isVisibleTo(m_pane.get()));
    page->setPlan(FaultPlan().with(Fault::Status, {{u"status"_s, 418}}));
    find<QSpinBox>("faultCount")->setValue(2);
    find<QComboBox>("faultChannel")->setCurrentIndex(1);
    find<QPushButton>("armButton")->click();
    QTRY_COMPARE(find<QListWidget>("armedList")->count(), 1);
    QVERIFY(note->isVisibleTo(m_pane.get()) && note->text().contains(u'2'));
    QVERIFY(m_pane->windowTitle().endsWith(u"faults"_s));
    QVERIFY(request(port, "/events").contains("418"));
    QTRY_VERIFY(note->text().contains(u'1'));
    QVERIFY(m_pane->windowTitle().endsWith(u"faults"_s));
    find<QPushButton>("clearFaultsButton")->click();
    QTRY_COMPARE(find<QListWidget>("armedList")->count(), 0);
    QVERIFY(!note->isVisibleTo(m_pane.get()));
    QVERIFY(!m_pane->windowTitle().contains(u"faults"_s));
    QVERIFY(request(port, "/events").contains("200"));
}

void TestFaultPage::showsRequests()
{
    const quint16 port = start();
    QVERIFY(request(port, "/one").contains("404"));
    QVERIFY(request(port, "/two").contains("404"));
    const auto *model = find<QTableView>("requestView")->model();
    QTRY_COMPARE(model->rowCount(), 2);
    find<QLineEdit>("requestFilter")->setText(u"/TWO"_s);
    QCOMPARE(model->rowCount(), 1);
    QVERIFY(find<QLabel>("requestCount")->text().contains(u"shown: 1"_s));
}

QTEST_MAIN(TestFaultPage)
#include "tst_faultpage.moc"
