// SPDX-License-Identifier: GPL-3.0-or-later
// `weir test-client` as a script sees it, and Weir's own monitor under it.
#include "interop/program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace Qt::StringLiterals;
using weir::interop::Program;

namespace {

const QString watchCommand = u"\"%1\" watch %2{url}"_s.arg(QStringLiteral(WEIR_PROGRAM));

void testClient(Program &program, const QStringList &arguments)
{
    program.start(QStringLiteral(WEIR_PROGRAM), QStringList(u"test-client"_s) + arguments);
}

/// By name; "pass" and what has its reasons is left out.
QMap<QString, QString> oddVerdicts(const QByteArray &report)
{
    QMap<QString, QString> odd;
    for (const auto &each : QJsonDocument::fromJson(report).object()[u"cases"_s].toArray()) {
        const auto object = each.toObject();
        if (object[u"verdict"_s].toString() != u"pass"_s)
            odd.insert(object[u"name"_s].toString(),
                object[u"verdict"_s].toString() + u": "_s + object[u"reason"_s].toString());
    }
    return odd;
}

} // namespace

class TestTestClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsCases();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void passesWeirItself();
    void findsWhatWeirDoesOnPurpose();
    void waitsForAPerson();
    void endsOnSignal();
    void writesAFile();
    void saysWhatHindersIt();
    void endsTheProgramsItStarts();
    void takesNoRequestOfAnEndedClient();
};

void TestTestClient::listsCases()
{
    Program list;
    testClient(list, {u"--list"_s});
    QTRY_VERIFY(list.hasEnded());
    QCOMPARE(list.exitStatus(), 0);
    QVERIFY(list.lines().size() > 60);
    QCOMPARE(list.linesWith("status-204 ").size(), 1);
}

void TestTestClient::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("cause");
    QTest::newRow("case") << QStringList{u"--case"_s, u"nonsense"_s} << QByteArray("nonsense");
    QTest::newRow("skip") << QStringList{u"--skip"_s, u"nonsense"_s} << QByteArray("nonsense");
    QTest::newRow("nothing left") << QStringList{u"--case"_s, u"bom"_s, u"--skip"_s, u"bom"_s}
                                  << QByteArray("leaves no case");
    QTest::newRow("command") << QStringList{u"--command"_s, u"node client.mjs"_s} << QByteArray("{url}");
    QTest::newRow("empty command") << QStringList{u"--command"_s, u" "_s} << QByteArray("empty");
    QTest::newRow("format") << QStringList{u"--format"_s, u"xml"_s} << QByteArray("xml");
    QTest::newRow("timeout") << QStringList{u"--timeout"_s, u"0"_s} << QByteArray("--timeout");
}

void TestTestClient::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, cause);
    Program program;
    testClient(program, arguments);
    QTRY_VERIFY(program.hasEnded());
    QCOMPARE(program.exitStatus(), 2);
    QVERIFY2(program.errors().contains(cause), program.errors().constData());
}

void TestTestClient::passesWeirItself()
{
    Program program;
    testClient(program, {u"--format"_s, u"json"_s, u"--command"_s, watchCommand.arg(u"--strict "_s)});
    QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), 240000);
    auto odd = oddVerdicts(program.lines().join('\n'));
    QVERIFY2(odd.take(u"gzip"_s).startsWith(u"not run"_s), "Weir asks for no compression unless it is told to");
    for (auto each = odd.cbegin(); each != odd.cend(); ++each) {
        // A machine that stands still for a second delays a reconnection; that it comes too early is never so.
        const bool isLate = each.key().startsWith(u"retry"_s) && each->startsWith(u"unclear"_s);
        QVERIFY2(isLate, qPrintable(each.key() + u": "_s + *each));
    }
    QCOMPARE(program.exitStatus(), 0);
}

void TestTestClient::findsWhatWeirDoesOnPurpose()
{
    Program program;
    testClient(program, {u"--format"_s, u"json"_s, u"--command"_s, watchCommand.arg(QString()), u"--case"_s,
                            u"status-204"_s, u"--case"_s, u"status-404"_s, u"--case"_s, u"status-503"_s});
    QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), 60000);
    const auto odd = oddVerdicts(program.lines().join('\n'));
    QCOMPARE(odd.keys(), QStringList{u"status-503"_s});
    QVERIFY2(odd.first().contains(u"on purpose"_s), qPrintable(odd.first()));
    QCOMPARE(program.exitStatus(), 1);
}

void TestTestClient::waitsForAPerson()
{
    Program program;
    testClient(program, {u"--case"_s, u"bom"_s, u"--case"_s, u"status-204"_s});
    QTRY_VERIFY(program.errors().contains("/events"));
    const QByteArray said = program.errors();
    const auto start = said.indexOf("http://");
    Program client;
    client.start(QStringLiteral(WEIR_PROGRAM),
        {u"watch"_s, QString::fromLatin1(said.mid(start, said.indexOf(' ', start) - start))});
    QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), 30000);
    QCOMPARE(program.exitStatus(), 0);
    QCOMPARE(program.linesWith("PASS ").size(), 2);
    QCOMPARE(program.lastLine(), QByteArray("Passed: 2, failed: 0, unclear: 0, not run: 0"));
}

void TestTestClient::endsOnSignal()
{
    Program program;
    testClient(program, {u"--case"_s, u"bom"_s, u"--case"_s, u"silence"_s, u"--case"_s, u"comments"_s, u"--command"_s,
                            watchCommand.arg(QString())});
    QTRY_VERIFY_WITH_TIMEOUT(program.errors().contains("bom"), 20000);
    program.terminate();
    QTRY_VERIFY(program.hasEnded());
    QCOMPARE(program.exitStatus(), 1);
    QCOMPARE(program.linesWith("PASS     bom").size(), 1);
    QCOMPARE(program.linesWith("NOT RUN  ").size(), 2);
}

void TestTestClient::writesAFile()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"report.txt"_s);
    Program program;
    testClient(program,
        {u"--case"_s, u"accept"_s, u"--output"_s, path, u"--strict"_s, u"--command"_s, watchCommand.arg(QString())});
    QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), 20000);
    QCOMPARE(program.exitStatus(), 0);
    QVERIFY(program.lines().isEmpty());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("PASS     accept "));

    Program other;
    testClient(other, {u"--output"_s, u"/no/such/folder/report.txt"_s, u"--command"_s, watchCommand.arg(QString())});
    QTRY_VERIFY(other.hasEnded());
    QCOMPARE(other.exitStatus(), 1);
    QVERIFY2(other.errors().contains("/no/such/folder/report.txt"), other.errors().constData());
}

void TestTestClient::saysWhatHindersIt()
{
    const QTemporaryDir folder;
    QFile script(folder.filePath(u"client"_s));
    QVERIFY(script.open(QIODevice::WriteOnly) && script.write("#!/no/such/interpreter\n") > 0);
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    Program program;
    testClient(program, {u"--case"_s, u"bom"_s, u"--command"_s, script.fileName() + u" {url}"_s});
    QTRY_VERIFY(program.hasEnded());
    QCOMPARE(program.exitStatus(), 1);
    QCOMPARE(program.linesWith("could not be started").size(), 2);

    Program failing;
    testClient(failing, {u"--case"_s, u"bom"_s, u"--command"_s, u"bash -c \"echo broken {url}; exit 3\""_s});
    QTRY_VERIFY(failing.hasEnded());
    QCOMPARE(failing.exitStatus(), 1);
    QVERIFY(!failing.linesWith("exit status 3").isEmpty());
    QCOMPARE(failing.linesWith("broken http://").size(), 1);
}

void TestTestClient::endsTheProgramsItStarts()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"pid"_s);
    Program program;
    // A program that starts another one, which would outlive it.
    testClient(program,
        {u"--case"_s, u"accept"_s, u"--command"_s,
            u"bash -c \"sleep 600 & echo $! > %1; '%2' watch {url}; wait\""_s.arg(path, QStringLiteral(WEIR_PROGRAM))});
    QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), 20000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto child = file.readAll().trimmed().toInt();
    QVERIFY(child > 1);
    QTRY_VERIFY(::kill(child, 0) != 0);
}

/// On a machine that stands still such a request is read when the next case has begun.
void TestTestClient::takesNoRequestOfAnEndedClient()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 port = probe.serverPort();
    probe.close();
    Program program;
    testClient(program, {u"--format"_s, u"json"_s, u"--port"_s, QString::number(port), u"--case"_s, u"bom"_s,
                            u"--case"_s, u"heartbeat"_s, u"--command"_s, watchCommand.arg(u"--strict "_s)});
    QObject strays;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &strays, [&strays, port] {
        auto *socket = new QTcpSocket(&strays);
        socket->connectToHost(QHostAddress::LocalHost, port);
        socket->write("GET /bom HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
    timer.start(100);
    QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), 60000);
    QVERIFY(!program.lines().isEmpty());
    QCOMPARE(oddVerdicts(program.lines().join('\n')).value(u"heartbeat"_s), QString());
}

QTEST_GUILESS_MAIN(TestTestClient)
#include "tst_testclient.moc"
