// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clienttestconnection.h"
#include "publish/socketoptions.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <functional>

using namespace std::chrono_literals;
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
    void init();
    void cleanup();
    void findsTheClientGoneWhileItAnswers();
    void tellsNothingWhenItIsDestroyed();
    void tellsTheHeadOfEachWaitingRequest();
    void dropsAClientThatSendsOnAndOn();

private:
    DescriptorServer m_server;
    QTcpSocket m_client;
    QPointer<ClientTestConnection> m_connection;
};

void ClientTestConnectionTest::init()
{
    m_server.onDescriptor = [this](
                                qintptr descriptor) { m_connection = new ClientTestConnection(descriptor, &m_server); };
    QVERIFY(m_server.listen(QHostAddress::LocalHost));
    m_client.connectToHost(m_server.serverAddress(), m_server.serverPort());
    QTRY_VERIFY(m_connection && m_client.state() == QAbstractSocket::ConnectedState);
}

void ClientTestConnectionTest::cleanup()
{
    m_client.abort();
    delete m_connection;
    m_server.close();
}

void ClientTestConnectionTest::findsTheClientGoneWhileItAnswers()
{
    QList<int> sent;
    connect(m_connection, &ClientTestConnection::sent, this, [&](int answer) { sent.append(answer); });
    const QSignalSpy closed(m_connection, &ClientTestConnection::closedByClient);
    const QSignalSpy ended(m_connection, &ClientTestConnection::answerEnded);

    // The reset is here before the event loop can tell of it: the first step finds it.
    resetOnClose(m_client.socketDescriptor());
    m_client.abort();
    m_connection->play(3, ClientTestScript::stream().body("data: 1\n\n").body("data: 2\n\n"), AnswerEnd::Clean, {});

    QCOMPARE(sent, QList<int>{3});
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().first().toInt(), 3);
    QCOMPARE(ended.size(), 0);
    QTRY_VERIFY(!m_connection);
    QCOMPARE(sent.size(), 1);
}

void ClientTestConnectionTest::tellsNothingWhenItIsDestroyed()
{
    const QSignalSpy closed(m_connection, &ClientTestConnection::closedByClient);
    m_connection->play(
        0, ClientTestScript::stream().body("data: 1\n\n").pause(5s).body("data: 2\n\n"), AnswerEnd::Clean, {});
    delete m_connection;
    QCOMPARE(closed.size(), 0);
    QTRY_COMPARE(m_client.state(), QAbstractSocket::UnconnectedState);
}

/// Also of one that had to wait behind more than is shown of a head.
void ClientTestConnectionTest::tellsTheHeadOfEachWaitingRequest()
{
    QList<QByteArray> heads;
    connect(m_connection, &ClientTestConnection::requested, this, [&](const Request &, const QByteArray &head) {
        heads.append(head);
        const auto answer = ClientTestScript::answer("200 OK");
        m_connection->play(static_cast<int>(heads.size()),
            heads.size() == 1 ? ClientTestScript().pause(300ms).raw("x").end(AnswerEnd::KeptAlive) : answer,
            AnswerEnd::Clean, {});
    });
    QList<QByteArray> requests;
    qsizetype bytes = 0;
    while (bytes < 200'000) {
        requests.append("GET /" + QByteArray::number(requests.size()) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        bytes += requests.last().size();
        m_client.write(requests.last());
        m_client.flush();
    }
    QTRY_VERIFY(heads.size() >= requests.size());
    QCOMPARE(heads, requests);
}

void ClientTestConnectionTest::dropsAClientThatSendsOnAndOn()
{
    m_connection->play(0, ClientTestScript::stream().pause(60s), AnswerEnd::Clean, {});
    const QSignalSpy flooded(m_connection, &ClientTestConnection::flooded);
    const QByteArray piece(1 << 20, 'x');
    int pieces = 1;
    connect(&m_client, &QTcpSocket::bytesWritten, this, [&] {
        if (m_client.bytesToWrite() == 0 && ++pieces < 64)
            m_client.write(piece);
    });
    m_client.write(piece);
    QTRY_COMPARE(m_client.state(), QAbstractSocket::UnconnectedState);
    m_client.disconnect(this);
    QCOMPARE(flooded.size(), 1);
    QTRY_VERIFY(!m_connection);
}

QTEST_GUILESS_MAIN(ClientTestConnectionTest)
#include "tst_clienttestconnection.moc"
