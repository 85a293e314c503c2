// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using store::ConnectionState;
using subscribe::Cause;

/// What happens when a connection ends: the numbers R01 … R40 name the rules.
class ReconnectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }
    void comesBack();
};

void ReconnectTest::comesBack()
{
    FaultServer server;
    server.on("/", {Script::stream("id: 1\ndata: a\n\n").finish(), Script::stream("data: b\n\n")});
    Watcher watcher;
    const auto id = watcher.watch(server.url("/"));
    QTRY_COMPARE(watcher.data(), (QList<QByteArray>{"a", "b"}));
    QCOMPARE(watcher.states(), QByteArray("connecting open waiting connecting open"));
    QCOMPARE(server.requests().last().value("Last-Event-ID"), QByteArray("1"));
    watcher.ingest().disconnectNow(id);
    QTRY_COMPARE(watcher.last().state, ConnectionState::Closed);
    QTRY_COMPARE(server.openCount(), 0);
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::ReconnectTest)
#include "tst_reconnect.moc"
