// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using store::ConnectionState;
using subscribe::Cause;

/// The request that goes out and what comes back: the numbers C01 … C48 name the rules.
class ConnectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }
    void receives();
};

void ConnectTest::receives()
{
    FaultServer server;
    server.on("/p", {Script::stream("data: one\n\n").awaitGo().send("data: two\n\n")});
    Watcher watcher;
    watcher.watch(server.url("/p"));
    QTRY_COMPARE(watcher.data(), QList<QByteArray>{"one"});
    QCOMPARE(watcher.states(), QByteArray("connecting open"));
    server.go();
    QTRY_COMPARE(watcher.data(), (QList<QByteArray>{"one", "two"}));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::ConnectTest)
#include "tst_connect.moc"
