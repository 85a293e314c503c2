// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "publish/socketoptions.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What makes a server pleasant beside what its answers say: heads that proxies heed, no delay, connections that are
/// closed neither too late nor too early.
class MannersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void tellsProxiesToLetItPass_data();
    void tellsProxiesToLetItPass();
    void sendsWithoutDelay();
    void closesIdleConnections();
    void answersWhoIsStillSending();
    void givesTheDeadlineToTheWholeRequest();
    void givesTheDeadlineToEachRequest();
    void detectsDeadPeers();
};

void MannersTest::tellsProxiesToLetItPass_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("isHttp11");
    QTest::newRow("GET") << get("/events") << true;
    QTest::newRow("HEAD") << QByteArray("HEAD" + get("/events").mid(3)) << true;
    QTest::newRow("HTTP/1.0") << QByteArray("GET /events HTTP/1.0\r\n\r\n") << false;
}

void MannersTest::tellsProxiesToLetItPass()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, isHttp11);
    RunningPublisher publisher;
    RawClient client(publisher.port(), request);
    QTRY_COMPARE(client.status(), 200);
    QCOMPARE(client.header("Content-Type"), QByteArray("text/event-stream"));
    QCOMPARE(client.header("Cache-Control"), QByteArray("no-cache, no-store, no-transform"));
    QCOMPARE(client.header("X-Accel-Buffering"), QByteArray("no"));
    QVERIFY(client.header("Content-Length").isNull());
    QVERIFY(client.header("Content-Encoding").isNull());
    QVERIFY(client.header("Keep-Alive").isNull());
    QCOMPARE(client.header("Transfer-Encoding"), isHttp11 ? QByteArray("chunked") : QByteArray());
    QCOMPARE(client.header("Connection"), isHttp11 ? QByteArray() : QByteArray("close"));
}

void MannersTest::sendsWithoutDelay()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events"));
    QTRY_VERIFY(client.hasHead());
    std::vector<qint64> delays;
    for (int i = 0; i < 31; ++i) {
        QElapsedTimer timer;
        timer.start();
        publisher->publish(publicationOf("event " + QByteArray::number(i)));
        QSignalSpy ready(&client.socket(), &QTcpSocket::readyRead);
        while (!client.received().contains("data: event " + QByteArray::number(i) + '\n'))
            QVERIFY(ready.wait());
        delays.push_back(timer.elapsed());
    }
    std::sort(delays.begin(), delays.end());
    // An algorithm that waits for more takes 40 ms each time; the quickest of many is quick on a busy machine too.
    QVERIFY2(delays.front() < 35, qPrintable(QString::number(delays.front())));
}

void MannersTest::closesIdleConnections()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/none"));
    QTRY_COMPARE(client.status(), 404);
    const qsizetype size = client.received().size();
    QVERIFY(!client.isClosed());
    QTRY_VERIFY_WITH_TIMEOUT(client.isClosed(), 25'000); // after 15 seconds
    QCOMPARE(client.received().size(), size);            // nobody waits for an answer
}

void MannersTest::answersWhoIsStillSending()
{
    RunningPublisher publisher;
    RawClient client(publisher.port(), get("/events", "Content-Length: 1000000\r\n") + QByteArray(40'000, 'x'));
    QTRY_COMPARE(client.status(), 413);
    QTRY_COMPARE(client.body().size(), client.header("Content-Length").toInt());
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.socket().error(), QAbstractSocket::RemoteHostClosedError); // not reset
}

void MannersTest::givesTheDeadlineToTheWholeRequest()
{
    PublisherSettings settings;
    settings.requestDeadline = 300ms;
    settings.publishToken = "token";
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(),
        "POST /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token\r\nContent-Length: 5\r\n\r\nhel");
    QTRY_COMPARE(client.status(), 408);
    QTRY_VERIFY(client.isClosed());
}

void MannersTest::givesTheDeadlineToEachRequest()
{
    PublisherSettings settings;
    settings.requestDeadline = 300ms;
    RunningPublisher publisher(settings);
    RawClient client(publisher.port(), get("/none"));
    QTRY_COMPARE(client.status(), 404);
    client.send("GET /none HTT");
    QTRY_VERIFY(client.received().contains("HTTP/1.1 408 ")); // long before it would be closed as idle
}

void MannersTest::detectsDeadPeers()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    QVERIFY(socket >= 0);
    const auto close = qScopeGuard([socket] { ::close(socket); });
    const auto option = [socket](int level, int name) {
        int value = 0;
        socklen_t size = sizeof value;
        ::getsockopt(socket, level, name, &value, &size);
        return value;
    };
    detectDeadPeer(socket, false);
    QVERIFY(option(SOL_SOCKET, SO_KEEPALIVE) != 0);
#ifdef Q_OS_LINUX
    const int most =
        option(IPPROTO_TCP, TCP_KEEPIDLE) + option(IPPROTO_TCP, TCP_KEEPINTVL) * option(IPPROTO_TCP, TCP_KEEPCNT);
    QVERIFY(most <= 60);                                // an idle one is given up within a minute
    QVERIFY(option(IPPROTO_TCP, TCP_USER_TIMEOUT) > 0); // and one that takes nothing
#endif
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::MannersTest)
#include "tst_manners.moc"
