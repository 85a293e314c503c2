// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultrun.h"
#include "publish/recording.h"
#include "publish/replayplayer.h"

#include <QRegularExpression>
#include <QTest>

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <vector>

namespace weir::publish {

using namespace Qt::StringLiterals;

/// Packets that have to stay apart although the client takes nothing for a while.
class FaultPacketsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsPacketsApartForAStalledClient_data();
    void keepsPacketsApartForAStalledClient();
    void keepsReplayedReadsApartForAStalledClient_data();
    void keepsReplayedReadsApartForAStalledClient();
};

namespace {

/// A client that reads when it is told to.
class StallingClient
{
public:
    explicit StallingClient(quint16 port)
    {
        m_socket.setReadBufferSize(1); // the rest stays with the system, whose buffer is what TCP's window tells
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket, [this] { m_socket.write(get("/events")); });
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, &StallingClient::noteNothing);
    }

    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    /// Takes what the system holds, past Qt's buffer.
    void read()
    {
        QByteArray piece(1 << 14, '\0');
        ssize_t count = 0;
        m_received += m_socket.readAll();
        do {
            m_samples.push_back(info());
            count = ::recv(descriptor(), piece.data(), static_cast<std::size_t>(piece.size()), MSG_DONTWAIT);
            m_received += piece.left(std::max<ssize_t>(count, 0));
        } while (count > 0);
    }
    /// Segments after those bytes; on a machine that stands still a few from before them are among those.
    int segmentsAfter(qsizetype bytes) const
    {
        std::uint32_t before = 0;
        for (const tcp_info &sample : m_samples) {
            if (sample.tcpi_bytes_received <= static_cast<std::uint64_t>(bytes))
                before = sample.tcpi_data_segs_in;
        }
        return static_cast<int>(info().tcpi_data_segs_in - before);
    }
    const QByteArray &received() const { return m_received; }

private:
    static void noteNothing() {}
    tcp_info info() const
    {
        tcp_info info{};
        socklen_t size = sizeof info;
        getsockopt(descriptor(), IPPROTO_TCP, TCP_INFO, &info, &size);
        return info;
    }
    int descriptor() const { return static_cast<int>(m_socket.socketDescriptor()); }

    QTcpSocket m_socket;
    QByteArray m_received;
    std::vector<tcp_info> m_samples;
};

} // namespace

void FaultPacketsTest::keepsPacketsApartForAStalledClient_data()
{
    QTest::addColumn<FaultPlan>("plan");
    QTest::addColumn<int>("packets"); // at least
    // Every byte of the chunk that the event is.
    QTest::newRow("one byte") << FaultRun::plan(Fault::OneByte) << 35;
    QTest::newRow("split in line ends") << FaultRun::plan(Fault::SplitLineEnd) << 4;
}

void FaultPacketsTest::keepsPacketsApartForAStalledClient()
{
    QFETCH(FaultPlan, plan);
    QFETCH(int, packets);
    RunningPublisher publisher;
    ClientControl control(*publisher);
    StallingClient client(publisher.port());
    QTRY_COMPARE(publisher.clientCount(), 1);
    // More than the client's window: the rest waits in the server's system, which would join what comes after it.
    const QByteArray big(1 << 20, 'x');
    publisher.publish(big);
    QTRY_VERIFY(publisher.clients().at(0).lag.count() > 0);
    control.setFaults(publisher.clients().at(0).id, plan);
    publisher.publish("a", "t");
    QTRY_VERIFY(publisher.clients().at(0).lag.count() > 500);
    const auto hasAll = [&] {
        client.read();
        return client.received().endsWith("data: a\n\n\r\n") || client.received().endsWith("data: a\r\n\r\n\r\n");
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasAll(), 20'000);
    const int seen = client.segmentsAfter(client.received().indexOf(big) + big.size());
    QVERIFY2(seen >= packets, qPrintable(QString::number(seen)));
}

void FaultPacketsTest::keepsReplayedReadsApartForAStalledClient_data()
{
    QTest::addColumn<FaultPlan>("plan");
    QTest::newRow("no fault") << FaultPlan();
    QTest::newRow("a fault without a pace") << FaultRun::plan(Fault::NoHeartbeat);
}

void FaultPacketsTest::keepsReplayedReadsApartForAStalledClient()
{
    QFETCH(FaultPlan, plan);
    Recording recording;
    const QByteArray big(1 << 20, 'x');
    recording.read("data: " + big + "\n\n");
    constexpr int reads = 60; // the last ones of the big event are few beside them
    for (int i = 1; i <= reads; ++i)
        recording.read("data: " + QByteArray::number(i) + "\n\n", 1);
    RunningPublisher publisher;
    StallingClient client(publisher.port());
    QTRY_COMPARE(publisher.clientCount(), 1);
    ClientControl control(*publisher);
    control.setFaults(publisher.clients().at(0).id, plan);
    ReplayPlayer player(*publisher);
    ReplayOptions options;
    options.form = ReplayOptions::Form::AsReceived;
    options.keepsReads = true;
    player.open(recording.all(), {}, options);
    player.play();
    QTRY_VERIFY(publisher.clients().at(0).lag.count() > 500);
    const auto hasAll = [&] {
        client.read();
        return client.received().endsWith("data: " + QByteArray::number(reads) + "\n\n\r\n");
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasAll(), 20'000);
    const int seen = client.segmentsAfter(client.received().indexOf(big) + big.size());
    QVERIFY2(seen >= reads, qPrintable(QString::number(seen)));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FaultPacketsTest)
#include "tst_faultpackets.moc"
