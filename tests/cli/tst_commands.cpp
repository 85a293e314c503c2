// SPDX-License-Identifier: GPL-3.0-or-later
// The commands as a script sees them: output, exit status, signals; no display.
#include "interop/program.h"

#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUrl>

#include <csignal>

using namespace Qt::StringLiterals;
using weir::interop::Program;

namespace {

void startWeir(Program &program, const QStringList &arguments)
{
    program.start(QStringLiteral(WEIR_PROGRAM), arguments);
}

QString urlOf(Program &publisher)
{
    return QString::fromLatin1(publisher.lines().first());
}

/// 30 MB for a single client, and then the end.
void publishMuch(Program &publisher)
{
    startWeir(publisher, {u"publish"_s, u"--format"_s, u"text"_s, u"--wait-clients"_s, u"1"_s, u"--exit-when-done"_s,
                             u"--max-queue-mib"_s, u"100"_s});
    publisher.write((QByteArray(100'000, 'x') + '\n').repeated(300));
    publisher.closeInput();
}

/// For the stream, on a socket that takes so much at a time.
void ask(Program &publisher, QTcpSocket &client, qint64 bufferSize)
{
    const QUrl url(urlOf(publisher));
    client.setReadBufferSize(bufferSize);
    client.connectToHost(url.host(), static_cast<quint16>(url.port()));
    client.write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

} // namespace

class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void watchEndsWhenAllFailed();
    void helpSaysNothingElse();
    void watchEndsWithoutReconnect();
    void watchEndsAfterDuration();
    void watchStopsOnSignal();
    void watchSurvivesClosedPipe();
    void publishCountsAndEnds();
    void publishTakesAllOfStandardInput();
    void publishDeliversToTheSlow();
    void publishNamesWhoHoldsUpTheEnd();
    void generatorsDoNotWaitForTheSlow();
    void publishEndsWithItsTerminal();
    void publishTellsOfLossByItsStatus();
    void publishReportsPortInUse();
    void windowReportsItsRun();
    void windowRefusesUnwritableFiles();
};

void TestCommands::watchEndsWhenAllFailed()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s});
    QTRY_VERIFY(!publisher.lines().isEmpty());
    auto url = QUrl(urlOf(publisher));
    url.setPath(u"/nothing/here"_s);
    Program watch;
    startWeir(watch, {u"watch"_s, url.toString()});
    QTRY_VERIFY_WITH_TIMEOUT(watch.hasEnded(), 10000);
    QCOMPARE(watch.exitStatus(), 1);
    QVERIFY2(watch.errors().contains("404"), watch.errors().constData());
}

void TestCommands::helpSaysNothingElse()
{
    for (const auto &command : {u"watch"_s, u"publish"_s}) {
        Program help;
        startWeir(help, {command, u"--help"_s});
        QTRY_VERIFY(help.hasEnded());
        QCOMPARE(help.exitStatus(), 0);
        QVERIFY(help.lines().size() > 5);
        QCOMPARE(help.errors(), QByteArray());
    }
}

void TestCommands::watchEndsWithoutReconnect()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--generate"_s, u"0"_s, u"--count"_s, u"3"_s, u"--wait-clients"_s, u"1"_s,
                             u"--exit-when-done"_s});
    QTRY_VERIFY(!publisher.lines().isEmpty());
    Program watch;
    startWeir(watch, {u"watch"_s, urlOf(publisher), u"--no-reconnect"_s, u"--format"_s, u"text"_s});
    QTRY_VERIFY_WITH_TIMEOUT(watch.hasEnded(), 10000);
    QCOMPARE(watch.exitStatus(), 0);
    QCOMPARE(watch.linesWith("message").size(), 3);
    QTRY_VERIFY(publisher.hasEnded());
    QCOMPARE(publisher.exitStatus(), 0);
}

void TestCommands::watchEndsAfterDuration()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--generate"_s, u"50"_s});
    QTRY_VERIFY(!publisher.lines().isEmpty());
    Program watch;
    startWeir(watch, {u"watch"_s, urlOf(publisher), u"--duration"_s, u"0.7"_s, u"--quiet"_s});
    QTRY_VERIFY_WITH_TIMEOUT(watch.hasEnded(), 10000);
    QCOMPARE(watch.exitStatus(), 0);
    const auto summary = QJsonDocument::fromJson(watch.lastLine()).object();
    QCOMPARE(watch.lines().size(), 1);
    QVERIFY(summary[u"events"_s].toInteger() > 0);
}

void TestCommands::watchStopsOnSignal()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--generate"_s, u"100"_s});
    QTRY_VERIFY(!publisher.lines().isEmpty());
    Program watch;
    startWeir(watch, {u"watch"_s, urlOf(publisher)});
    QTRY_VERIFY(watch.lines().size() > 5);
    watch.terminate();
    QTRY_VERIFY(watch.hasEnded());
    QCOMPARE(watch.exitStatus(), 0);
    for (const auto &line : watch.lines())
        QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
}

void TestCommands::watchSurvivesClosedPipe()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--generate"_s, u"0"_s});
    QTRY_VERIFY(!publisher.lines().isEmpty());
    Program shell;
    shell.start(u"bash"_s, {u"-c"_s, u"'%1' watch '%2' | head -n 3; echo status ${PIPESTATUS[0]}"_s.arg(
                                         QStringLiteral(WEIR_PROGRAM), urlOf(publisher))});
    QTRY_VERIFY_WITH_TIMEOUT(shell.hasEnded(), 10000);
    QCOMPARE(shell.lines().size(), 4);
    QCOMPARE(shell.lastLine(), QByteArray("status 0"));
    QVERIFY2(shell.errors().isEmpty(), shell.errors().constData());
}

void TestCommands::publishCountsAndEnds()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--generate"_s, u"0"_s, u"--count"_s, u"20000"_s, u"--wait-clients"_s, u"2"_s,
                             u"--template"_s, u"n={{seq}}"_s, u"--exit-when-done"_s});
    QTRY_VERIFY(!publisher.lines().isEmpty());
    Program one;
    Program two;
    startWeir(one, {u"watch"_s, urlOf(publisher), u"--no-reconnect"_s});
    startWeir(two, {u"watch"_s, urlOf(publisher), u"--no-reconnect"_s});
    for (auto *watch : {&one, &two}) {
        QTRY_VERIFY_WITH_TIMEOUT(watch->hasEnded(), 20000);
        QCOMPARE(watch->lines().size(), 20000);
        QVERIFY2(watch->lines().first().contains("\"data\":\"n=1\""), watch->lines().first().constData());
        QVERIFY2(watch->lastLine().contains("\"data\":\"n=20000\""), watch->lastLine().constData());
    }
    QTRY_VERIFY(publisher.hasEnded());
}

void TestCommands::publishTakesAllOfStandardInput()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--format"_s, u"text"_s, u"--wait-clients"_s, u"1"_s, u"--exit-when-done"_s});
    QByteArray lines;
    for (int n = 1; n <= 5000; ++n)
        lines += "line " + QByteArray::number(n) + "\n";
    publisher.write(lines);
    publisher.closeInput();
    QTRY_VERIFY(!publisher.lines().isEmpty());
    Program watch;
    startWeir(watch, {u"watch"_s, urlOf(publisher), u"--no-reconnect"_s});
    QTRY_VERIFY_WITH_TIMEOUT(watch.hasEnded(), 20000);
    QCOMPARE(watch.lines().size(), 5000);
    QVERIFY(watch.lastLine().contains("line 5000"));
    QTRY_VERIFY(publisher.hasEnded());
    QCOMPARE(publisher.exitStatus(), 0);
}

void TestCommands::publishDeliversToTheSlow()
{
    Program publisher;
    publishMuch(publisher);
    QTRY_VERIFY(!publisher.lines().isEmpty());
    QTcpSocket reader;
    ask(publisher, reader, 64 << 10);
    qint64 received = 0;
    QTimer slowly;
    connect(&slowly, &QTimer::timeout, this, [&] { received += reader.readAll().size(); });
    slowly.start(4);
    QTRY_VERIFY_WITH_TIMEOUT(publisher.hasEnded(), 60'000);
    QCOMPARE(publisher.exitStatus(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(received > 30'000'000, 60'000);
}

void TestCommands::publishNamesWhoHoldsUpTheEnd()
{
    Program publisher;
    publishMuch(publisher);
    QTRY_VERIFY(!publisher.lines().isEmpty());
    QTcpSocket silent;
    ask(publisher, silent, 1);
    QTRY_VERIFY_WITH_TIMEOUT(publisher.errors().contains("has taken nothing for 5 s"), 30'000);
    const QByteArray name = silent.localAddress().toString().toLatin1() + ':' + QByteArray::number(silent.localPort());
    QVERIFY2(publisher.errors().contains(name), publisher.errors().constData());
    QVERIFY(!publisher.hasEnded());
    silent.abort();
    QTRY_VERIFY(publisher.hasEnded());
}

void TestCommands::generatorsDoNotWaitForTheSlow()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--generate"_s, u"20000"_s, u"--wait-clients"_s, u"1"_s, u"--max-queue-mib"_s,
                             u"0.5"_s, u"--template"_s, QString(1000, u'x')});
    QTRY_VERIFY(!publisher.lines().isEmpty());
    QTcpSocket silent;
    ask(publisher, silent, 1);
    QTRY_VERIFY(silent.bytesAvailable() > 0);
    // More than the system's buffers hold for the silent one.
    Program watch;
    startWeir(watch, {u"watch"_s, urlOf(publisher), u"--max-events"_s, u"40000"_s, u"--quiet"_s});
    QTRY_VERIFY_WITH_TIMEOUT(watch.hasEnded(), 60'000);
    QCOMPARE(watch.exitStatus(), 0);
    connect(&silent, &QTcpSocket::readyRead, &silent, &QTcpSocket::readAll);
    silent.setReadBufferSize(0);
    silent.readAll();
    QTRY_COMPARE_WITH_TIMEOUT(silent.state(), QAbstractSocket::UnconnectedState, 30'000);
}

void TestCommands::publishEndsWithItsTerminal()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s});
    QTRY_VERIFY(!publisher.lines().isEmpty());
    publisher.signal(SIGHUP);
    QTRY_VERIFY(publisher.hasEnded());
    QCOMPARE(publisher.exitStatus(), 0);
}

void TestCommands::publishTellsOfLossByItsStatus()
{
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--exit-when-done"_s});
    publisher.write("{\"data\":1}\nnonsense\n{\"data\":2}\n");
    publisher.closeInput();
    QTRY_VERIFY(publisher.hasEnded());
    QVERIFY2(publisher.errors().contains("line 2: "), publisher.errors().constData());
    QCOMPARE(publisher.exitStatus(), 1);
}

void TestCommands::publishReportsPortInUse()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Program publisher;
    startWeir(publisher, {u"publish"_s, u"--port"_s, QString::number(server.serverPort())});
    QTRY_VERIFY_WITH_TIMEOUT(publisher.hasEnded(), 10000);
    QCOMPARE(publisher.exitStatus(), 1);
    QVERIFY2(publisher.errors().contains(QByteArray::number(server.serverPort())), publisher.errors().constData());
}

void TestCommands::windowReportsItsRun()
{
    const QTemporaryDir folder;
    Program window;
    startWeir(window, {u"--demo"_s, u"--quit-after"_s, u"3"_s, u"--screenshot"_s, folder.filePath(u"s.png"_s),
                          u"--measure"_s, folder.filePath(u"m.json"_s)});
    QTRY_VERIFY_WITH_TIMEOUT(window.hasEnded(), 20000);
    QCOMPARE(window.exitStatus(), 0);
    QCOMPARE(window.lines().size(), 3);
    for (const auto *name : {"prices", "log", "chat"})
        QCOMPARE(window.linesWith(name).size(), 1);
    QFile measurement(folder.filePath(u"m.json"_s));
    QVERIFY(measurement.open(QIODevice::ReadOnly));
    const auto object = QJsonDocument::fromJson(measurement.readAll()).object();
    QVERIFY(object[u"events"_s].toInteger() > 10);
    QVERIFY(object[u"shown"_s].toInteger() >= object[u"events"_s].toInteger());
    QVERIFY(object[u"peakMemoryMiB"_s].toDouble() > 1);
    QVERIFY(object.contains(u"stallP99Ms"_s) && object.contains(u"stallMaxMs"_s));
    QVERIFY(QImage(folder.filePath(u"s.png"_s)).width() > 600);
}

void TestCommands::windowRefusesUnwritableFiles()
{
    Program window;
    startWeir(window, {u"--quit-after"_s, u"0.2"_s, u"--measure"_s, u"/no/such/folder/m.json"_s});
    QTRY_VERIFY_WITH_TIMEOUT(window.hasEnded(), 10000);
    QCOMPARE(window.exitStatus(), 1);
    QVERIFY2(window.errors().contains("/no/such/folder/m.json"), window.errors().constData());
}

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
