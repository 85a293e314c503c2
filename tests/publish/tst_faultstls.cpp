// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientcontrol.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "publish/tlsidentity.h"

#include <QRegularExpression>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <memory>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Faults on a server with TLS: the text is as without, and the end is seen in TLS's own records.
class FaultsTlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void sendsTheSameText_data();
    void sendsTheSameText();
    void sendsEachByteInARecord();
    void endsAsItSays_data();
    void endsAsItSays();
    void boundsAnEndlessLine();

private:
    const TlsIdentity m_identity = makeSelfSigned();
};

namespace {

FaultPlan plan(Fault fault, const QVariantMap &parameters = {})
{
    return FaultPlan().with(fault, parameters);
}

/// Sits on the way to the server, passes everything on and keeps what the server sent: TLS up to 1.2 names the kind of
/// each record in its first byte (RFC 5246, "Record Layer").
class Wiretap
{
public:
    explicit Wiretap(quint16 server)
    {
        m_listener.listen(QHostAddress(QHostAddress::LocalHost));
        QObject::connect(&m_listener, &QTcpServer::newConnection, &m_listener, [this, server] {
            m_client.reset(m_listener.nextPendingConnection());
            m_client->setParent(nullptr);
            m_server.connectToHost(QHostAddress(QHostAddress::LocalHost), server);
            m_server.write(m_client->readAll());
            QObject::connect(
                m_client.get(), &QTcpSocket::readyRead, &m_server, [this] { m_server.write(m_client->readAll()); });
        });
        QObject::connect(&m_server, &QTcpSocket::readyRead, &m_server, [this] {
            const QByteArray bytes = m_server.readAll();
            m_sent += bytes;
            m_client->write(bytes);
        });
        QObject::connect(&m_server, &QTcpSocket::disconnected, &m_server, [this] { m_client->disconnectFromHost(); });
    }
    ~Wiretap() { m_server.disconnect(); }

    quint16 port() const { return m_listener.serverPort(); }
    bool hasEnded() const { return !m_sent.isEmpty() && m_server.state() == QAbstractSocket::UnconnectedState; }
    /// Sizes of the server's records of that kind.
    QList<int> records(int kind) const
    {
        QList<int> sizes;
        for (qsizetype at = 0; at + 5 <= m_sent.size();) {
            const int size = static_cast<quint8>(m_sent[at + 3]) << 8 | static_cast<quint8>(m_sent[at + 4]);
            if (m_sent[at] == static_cast<char>(kind))
                sizes << size;
            at += 5 + size;
        }
        return sizes;
    }

private:
    QTcpServer m_listener;
    QTcpSocket m_server;
    std::unique_ptr<QTcpSocket> m_client;
    QByteArray m_sent;
};

constexpr int alert = 21; // close_notify is one
constexpr int applicationData = 23;

/// A TLS server with a plan armed for its next connection, and a client that came through a wiretap.
class Run
{
public:
    Run(const TlsIdentity &identity, const FaultPlan &faults, bool reads = true)
        : publisher(encrypted(identity))
        , control(*publisher)
        , tap(publisher.port())
    {
        control.arm(u"/events"_s, 1, faults);
        QSslConfiguration configuration = socket.sslConfiguration();
        configuration.setCaCertificates(identity.chain());
        configuration.setProtocol(QSsl::TlsV1_2);
        socket.setSslConfiguration(configuration);
        QObject::connect(&socket, &QSslSocket::encrypted, &socket, [this] { socket.write(get("/events")); });
        if (reads)
            QObject::connect(&socket, &QSslSocket::readyRead, &socket, [this] { received += socket.readAll(); });
        else
            socket.setReadBufferSize(1024);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, reads ? tap.port() : publisher.port(), u"localhost"_s);
    }
    ~Run() { socket.disconnect(); }

    static PublisherSettings encrypted(const TlsIdentity &identity)
    {
        PublisherSettings settings;
        settings.tls = identity;
        return settings;
    }
    void publish(const QByteArray &id, const QByteArray &data)
    {
        Publication publication = publicationOf(data, "t");
        publication.message.id = id.toStdString();
        publisher->publish(publication);
    }
    QByteArray body() const { return received.mid(received.indexOf("\r\n\r\n") + 4); }

    RunningPublisher publisher;
    ClientControl control;
    Wiretap tap;
    QSslSocket socket;
    QByteArray received;
};

const QByteArray first = "3\r\n:\n\n\r\n";
const QByteArray text = "id: 1\nevent: t\ndata: grün\n\n";

} // namespace

void FaultsTlsTest::sendsTheSameText_data()
{
    QTest::addColumn<FaultPlan>("faults");
    QTest::addColumn<QByteArray>("event");
    QTest::newRow("one byte") << plan(Fault::OneByte) << text;
    QTest::newRow("split in characters") << plan(Fault::SplitCharacter) << text;
    QTest::newRow("drip") << plan(Fault::Drip, {{u"bytesPerSecond"_s, 2000}}) << text;
    QTest::newRow("CR") << plan(Fault::LineEnds, {{u"ends"_s, u"cr"_s}}) << QByteArray(text).replace('\n', '\r');
}

void FaultsTlsTest::sendsTheSameText()
{
    QFETCH(FaultPlan, faults);
    QFETCH(QByteArray, event);
    Run run(m_identity, faults);
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "grün");
    QTRY_VERIFY(run.body().contains(event));
}

void FaultsTlsTest::sendsEachByteInARecord()
{
    Run run(m_identity, plan(Fault::OneByte));
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "grün");
    QTRY_VERIFY(run.body().endsWith("data: grün\n\n\r\n"));
    // The head is whole.
    const auto records = run.tap.records(applicationData);
    const auto smallest = *std::min_element(records.begin(), records.end());
    QCOMPARE(records.count(smallest), run.body().size());
    QCOMPARE(records.size(), run.body().size() + 1);
}

void FaultsTlsTest::endsAsItSays_data()
{
    QTest::addColumn<FaultPlan>("faults");
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<bool>("isNotified");
    const QByteArray chunk = QByteArray::number(text.size(), 16) + "\r\n" + text + "\r\n";
    const QByteArray half = chunk.left(chunk.size() / 2);
    const QVariantMap atOnce{{u"events"_s, 0}};
    QTest::newRow("cut") << plan(Fault::CutInEvent, atOnce) << half << true;
    QTest::newRow("reset") << plan(Fault::ResetInEvent, atOnce) << half << false;
    QTest::newRow("half-close") << plan(Fault::HalfClose) << chunk << false;
    QTest::newRow("no blank line") << plan(Fault::NoBlankLine, atOnce)
                                   << QByteArray::number(text.size() - 1, 16) + "\r\n" + text.chopped(1) +
                                          "\r\n0\r\n\r\n"
                                   << true;
}

void FaultsTlsTest::endsAsItSays()
{
    QFETCH(FaultPlan, faults);
    QFETCH(QByteArray, end);
    QFETCH(bool, isNotified);
    Run run(m_identity, faults);
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "grün");
    QTRY_VERIFY(run.tap.hasEnded());
    QTRY_COMPARE(run.body(), first + end);
    QCOMPARE(run.tap.records(alert).size(), isNotified ? 1 : 0);
    QTRY_COMPARE(run.publisher.clientCount(), 0);
}

void FaultsTlsTest::boundsAnEndlessLine()
{
    Run run(m_identity, plan(Fault::EndlessLine, {{u"mebibytes"_s, 0}, {u"events"_s, 0}}), false);
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    const auto hasStalled = [&] {
        const auto clients = run.publisher.clients();
        return !clients.isEmpty() && clients.first().lag > 1s;
    };
    QTRY_VERIFY(hasStalled());
    QVERIFY2(run.publisher.clients().first().bytesQueued < (1 << 20),
        qPrintable(QString::number(run.publisher.clients().first().bytesQueued)));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FaultsTlsTest)
#include "tst_faultstls.moc"
