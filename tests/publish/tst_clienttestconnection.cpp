// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestconnection.h"
#include "publish/socketoptions.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <functional>

using namespace weir::publish;

namespace {

class DescriptorServer : public QTcpServer
{
public:
    std::function<void(qintptr)> onDescriptor;

protected:
    void incomingConnection(qintptr descriptor) override { onDescriptor(descriptor); }
};

} // namespace

class ClientTestConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheClientGoneWhileItAnswers();
};

void ClientTestConnectionTest::findsTheClientGoneWhileItAnswers()
{
    QPointer<ClientTestConnection> connection;
    DescriptorServer server;
    server.onDescriptor = [&](qintptr descriptor) { connection = new ClientTestConnection(descriptor, &server); };
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    QTRY_VERIFY(connection && client.state() == QAbstractSocket::ConnectedState);
    QList<int> sent;
    connect(connection, &ClientTestConnection::sent, this, [&](int answer) { sent.append(answer); });
    const QSignalSpy closed(connection, &ClientTestConnection::closedByClient);
    const QSignalSpy ended(connection, &ClientTestConnection::answerEnded);

    // The reset is here before the event loop can tell of it: the first step finds it.
    resetOnClose(client.socketDescriptor());
    client.abort();
    connection->play(3, ClientTestScript::stream().body("data: 1\n\n").body("data: 2\n\n"), AnswerEnd::Clean, {});

    QCOMPARE(sent, QList<int>{3});
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().first().toInt(), 3);
    QCOMPARE(ended.size(), 0);
    QTRY_VERIFY(!connection);
    QCOMPARE(sent.size(), 1);
}

QTEST_GUILESS_MAIN(ClientTestConnectionTest)
#include "tst_clienttestconnection.moc"
