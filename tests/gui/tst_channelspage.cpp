// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/channeldialog.h"
#include "gui/channelspage.h"
#include "models/channelmodel.h"
#include "publish/publisher.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using weir::gui::ChannelDialog;
using weir::gui::ChannelsPage;
using weir::models::ChannelModel;
using weir::publish::ChannelSettings;
using weir::publish::ChannelStatus;
using weir::publish::Publisher;

/// The list of the publisher's channels: shown as they are, added, edited and removed.
class TestChannelsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void modelFollowsTheChannels();
    void addsAChannel();
    void editsAChannel();
    void removesAChannel();
    void choosesAChannel();
    void keepsWhatWasSet();
    void readsHeaderLines_data();
    void readsHeaderLines();
    void saysWhatIsWrong();
    void isReachedByKeyboard();

private:
    QAction *action(const QString &name) const { return m_page->findChild<QAction *>(name); }
    ChannelDialog *dialog() const { return m_page->findChild<ChannelDialog *>(); }
    QTableView *view() const { return m_page->findChild<QTableView *>(); }
    QStringList paths() const;
    bool addChannel(const QString &path);
    static bool confirm(const ChannelDialog &dialog);

    std::unique_ptr<Publisher> m_publisher;
    std::unique_ptr<ChannelsPage> m_page;
};

namespace {

ChannelStatus status(const QString &path, int clients = 0)
{
    ChannelStatus result;
    result.settings.path = path;
    result.clients = clients;
    return result;
}

} // namespace

void TestChannelsPage::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s));
    m_publisher = std::make_unique<Publisher>();
    m_page = std::make_unique<ChannelsPage>(*m_publisher);
    m_page->resize(300, 400);
    m_page->show();
}

void TestChannelsPage::cleanup()
{
    m_page.reset();
    m_publisher.reset();
}

QStringList TestChannelsPage::paths() const
{
    QStringList paths;
    for (int row = 0; row < view()->model()->rowCount(); ++row)
        paths.append(view()->model()->index(row, ChannelModel::Path).data().toString());
    return paths;
}

bool TestChannelsPage::confirm(const ChannelDialog &dialog)
{
    auto *button = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    const bool isEnabled = button->isEnabled();
    button->click();
    return isEnabled;
}

bool TestChannelsPage::addChannel(const QString &path)
{
    action(u"addChannelAction"_s)->trigger();
    dialog()->findChild<QLineEdit *>(u"pathEdit"_s)->setText(path);
    const bool isConfirmed = confirm(*dialog());
    return isConfirmed && QTest::qWaitFor([&] { return paths().contains(path) && !dialog(); });
}

void TestChannelsPage::modelFollowsTheChannels()
{
    ChannelModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setChannels({status(u"/a"_s), status(u"/c"_s)});
    const QPersistentModelIndex last = model.index(1, 0);
    model.setChannels({status(u"/a"_s, 3), status(u"/b"_s), status(u"/c"_s)});
    QCOMPARE(last.row(), 2);
    QCOMPARE(model.index(0, ChannelModel::Clients).data().toString(), u"3"_s);
    model.setChannels({status(u"/c"_s), status(u"/d"_s)});
    QCOMPARE(last.row(), 0);
    QCOMPARE(model.rowOf(u"/d"_s), 1);
    QCOMPARE(model.rowOf(u"/a"_s), -1);
    model.setChannels({});
    QVERIFY(!last.isValid());
}

void TestChannelsPage::addsAChannel()
{
    QVERIFY(addChannel(u"/b"_s));
    QVERIFY(addChannel(u"/a"_s));
    QCOMPARE(paths(), QStringList({u"/a"_s, u"/b"_s}));
    QCOMPARE(view()->selectionModel()->selectedRows().value(0).row(), 0); // the one that was added last
    action(u"addChannelAction"_s)->trigger();
    dialog()->findChild<QLineEdit *>(u"pathEdit"_s)->setText(u"/a"_s);
    QVERIFY(!confirm(*dialog())); // there is one already
}

void TestChannelsPage::editsAChannel()
{
    QVERIFY(addChannel(u"/a"_s));
    action(u"editChannelAction"_s)->trigger();
    auto *ids = dialog()->findChild<QComboBox *>(u"idBox"_s);
    ids->setCurrentIndex(static_cast<int>(weir::publish::IdPolicy::None));
    QVERIFY(!dialog()->findChild<QSpinBox *>(u"eventsSpin"_s)->isEnabled());
    dialog()->findChild<QSpinBox *>(u"retrySpin"_s)->setValue(250);
    dialog()->findChild<QPlainTextEdit *>(u"headersEdit"_s)->setPlainText(u"X-A: b\n\nX-C:  d "_s);
    QVERIFY(confirm(*dialog()));
    const ChannelSettings settings = m_page->settings().value(0);
    QCOMPARE(settings.path, u"/a"_s);
    QVERIFY(settings.ids == weir::publish::IdPolicy::None);
    QCOMPARE(settings.retry, std::optional(std::chrono::milliseconds(250)));
    QCOMPARE(settings.headers.size(), 2);
    QCOMPARE(settings.headers.at(1).second, QByteArray("d"));
    // What no field can show exactly stays as it was.
    QCOMPARE(settings.historyBytes, ChannelSettings().historyBytes);
}

void TestChannelsPage::removesAChannel()
{
    QVERIFY(addChannel(u"/a"_s));
    QVERIFY(addChannel(u"/b"_s));
    action(u"removeChannelAction"_s)->trigger();
    QTRY_COMPARE(paths(), QStringList({u"/a"_s}));
    QCOMPARE(m_page->settings().size(), 1);
    view()->selectRow(0);
    action(u"endChannelAction"_s)->trigger();
    QTRY_COMPARE(paths(), QStringList());
    QVERIFY(!action(u"editChannelAction"_s)->isEnabled());
}

void TestChannelsPage::choosesAChannel()
{
    QVERIFY(addChannel(u"/a"_s));
    QSignalSpy chosen(m_page.get(), &ChannelsPage::chosen);
    action(u"chooseChannelAction"_s)->trigger();
    QCOMPARE(chosen.value(0).value(0).toString(), u"/a"_s);
}

void TestChannelsPage::keepsWhatWasSet()
{
    QVERIFY(addChannel(u"/a"_s));
    const auto json = m_page->toJson();
    Publisher publisher;
    ChannelsPage other(publisher);
    QVERIFY(other.restore(json).isEmpty());
    QVERIFY(other.settings() == m_page->settings());
    QTRY_COMPARE(other.findChild<QTableView *>()->model()->rowCount(), 1);
    auto wrong = json;
    wrong.append(QJsonObject{{u"path"_s, u"no slash"_s}});
    QVERIFY(!other.restore(wrong).isEmpty());
    QCOMPARE(other.settings().size(), 1);
}

void TestChannelsPage::readsHeaderLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("problem");
    QTest::newRow("none") << u"\n \n"_s << 0 << QString();
    QTest::newRow("two") << u"X-A: b\nX-B:c:d"_s << 2 << QString();
    QTest::newRow("no colon") << u"X-A: b\n\nX-B"_s << 2 << u"Line 3: "_s;
    QTest::newRow("bad name") << u"X A: b"_s << 1 << u"Line 1: "_s;
    QTest::newRow("framing") << u"X-A: b\nTransfer-Encoding: gzip"_s << 2 << u"Line 2: "_s;
}

void TestChannelsPage::readsHeaderLines()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    QString said;
    const auto headers = weir::gui::headersFromLines(text, said);
    QTEST(static_cast<int>(headers.size()), "count");
    QCOMPARE(said.isEmpty(), problem.isEmpty());
    QVERIFY2(said.startsWith(problem), qPrintable(said));
    if (problem.isEmpty())
        QVERIFY(weir::gui::headersFromLines(weir::gui::headerLines(headers), said) == headers);
}

void TestChannelsPage::saysWhatIsWrong()
{
    action(u"addChannelAction"_s)->trigger();
    auto *ok = dialog()->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    auto *path = dialog()->findChild<QLineEdit *>(u"pathEdit"_s);
    QVERIFY(!ok->isEnabled()); // “/” is the page for browsers
    path->setText(u"/a b"_s);
    QVERIFY(!ok->isEnabled());
    path->setText(u"/a"_s);
    QVERIFY(ok->isEnabled());
    dialog()->findChild<QPlainTextEdit *>(u"headersEdit"_s)->setPlainText(u"Content-Length: 5"_s);
    QVERIFY(!ok->isEnabled());
}

void TestChannelsPage::isReachedByKeyboard()
{
    QVERIFY(addChannel(u"/a"_s));
    QVERIFY(!view()->accessibleName().isEmpty());
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Return);
    QTRY_VERIFY(dialog());
    QVERIFY(dialog()->windowTitle().contains(u"/a"_s));
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
}

QTEST_MAIN(TestChannelsPage)
#include "tst_channelspage.moc"
