// SPDX-License-Identifier: GPL-3.0-or-later
// `weir publish --hub`, in a process of its own.
#include "interop/program.h"
#include "support/faultserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using weir::interop::Program;
using weir::test::FaultServer;
using weir::test::Script;

class TestPublishToHub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatIsGiven_data();
    void sendsWhatIsGiven();
    void sendsStandardInput();
    void failsWithTheHub();
    void showsTheTokenToTheHubAlone();
};

namespace {

void open(FaultServer &hub, const QByteArray &status = "200 OK")
{
    hub.on("/pub", {Script::response(status, "Content-Type: text/plain\r\n", "7")});
}

QStringList words(const FaultServer &hub, const QStringList &more)
{
    return QStringList{u"publish"_s, u"--hub"_s, hub.url("/pub").toString(), u"--hub-kind"_s, u"nchan"_s} + more;
}

QList<QByteArray> bodies(const FaultServer &hub)
{
    QList<QByteArray> all;
    for (const auto &request : hub.requests())
        all << request.body;
    return all;
}

} // namespace

void TestPublishToHub::sendsWhatIsGiven_data()
{
    QTest::addColumn<QStringList>("words");
    const QStringList generated{u"--count"_s, u"3"_s, u"--template"_s, u"n{{seq}}"_s};
    QTest::newRow("generator") << QStringList{u"--generate"_s, u"200"_s} + generated;
    QTest::newRow("generator, fastest") << QStringList{u"--generate"_s, u"0"_s} + generated;
}

void TestPublishToHub::sendsWhatIsGiven()
{
    QFETCH(QStringList, words);
    FaultServer hub;
    open(hub);
    Program weir;
    weir.start(QStringLiteral(WEIR_PROGRAM), ::words(hub, words));
    QTRY_VERIFY_WITH_TIMEOUT(weir.hasEnded(), 20'000);
    QVERIFY2(weir.exitStatus() == 0, weir.errors().constData());
    QCOMPARE(bodies(hub), (QList<QByteArray>{"n1", "n2", "n3"}));
    QVERIFY(weir.lines().isEmpty());
}

void TestPublishToHub::sendsStandardInput()
{
    FaultServer hub;
    open(hub);
    Program weir;
    weir.start(QStringLiteral(WEIR_PROGRAM), words(hub, {u"--format"_s, u"text"_s}));
    QByteArray lines; // more than may be unanswered at a time
    for (int i = 0; i < 1200; ++i)
        lines += QByteArray::number(i) + '\n';
    weir.write(lines);
    weir.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(weir.hasEnded(), 60'000);
    QVERIFY2(weir.exitStatus() == 0, weir.errors().constData());
    QCOMPARE(hub.requests().size(), 1200);
    QCOMPARE(hub.requests().last().body, QByteArray("1199"));
}

void TestPublishToHub::failsWithTheHub()
{
    FaultServer hub;
    open(hub, "403 Forbidden");
    Program weir;
    weir.start(QStringLiteral(WEIR_PROGRAM), words(hub, {u"--generate"_s, u"10"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(weir.hasEnded(), 20'000);
    QCOMPARE(weir.exitStatus(), 1);
    QVERIFY2(weir.errors().contains("403 Forbidden"), weir.errors().constData());
}

void TestPublishToHub::showsTheTokenToTheHubAlone()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"token"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("se.cr.et\n") == 9);
    file.close();
    FaultServer hub;
    open(hub, "401 Unauthorized");
    Program weir;
    weir.start(
        QStringLiteral(WEIR_PROGRAM), words(hub, {u"--hub-token"_s, u'@' + file.fileName(), u"--generate"_s, u"10"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(weir.hasEnded(), 20'000);
    QCOMPARE(hub.requests().at(0).value("Authorization"), QByteArray("Bearer se.cr.et"));
    QVERIFY(!weir.errors().contains("se.cr.et"));
}

QTEST_GUILESS_MAIN(TestPublishToHub)
#include "tst_publishtohub.moc"
