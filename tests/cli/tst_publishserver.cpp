// SPDX-License-Identifier: GPL-3.0-or-later
// `weir publish` as a server under strain, in a process of its own: whoever reads a stream notices nothing of the
// others.
#include "interop/program.h"

#include <QElapsedTimer>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using weir::interop::Program;

namespace {

/// Blocking sockets without an object each, which costs next to nothing to hold by the thousand.
class Crowd
{
public:
    ~Crowd() { clear(); }
    void clear()
    {
        for (const int socket : m_sockets)
            ::close(socket);
        m_sockets.clear();
    }
    /// True if all could connect and send.
    bool join(quint16 port, int count, const QByteArray &bytes)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (int i = 0; i < count; ++i) {
            const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
            if (socket < 0)
                return false;
            m_sockets.push_back(socket);
            if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
                return false;
            if (::send(socket, bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL) != bytes.size())
                return false;
        }
        return true;
    }
    /// How many have been sent `text`, which is looked for in what has not been read yet.
    int countOf(const QByteArray &text) const
    {
        QByteArray buffer(4096, Qt::Uninitialized);
        int count = 0;
        for (const int socket : m_sockets) {
            const auto size =
                ::recv(socket, buffer.data(), static_cast<std::size_t>(buffer.size()), MSG_PEEK | MSG_DONTWAIT);
            count += size > 0 && QByteArrayView(buffer.constData(), size).contains(text);
        }
        return count;
    }

private:
    std::vector<int> m_sockets;
};

QByteArray get(const QByteArray &headers = {})
{
    return "GET /events HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

} // namespace

class TestPublishServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsTenThousandIdleClients();
    void bearsSlowRequests();
    void bearsFleetingConnections();
    void outlivesItsDescriptors();
    void tellsSlowClientsWhatTheyMissed();
    void servesOverTls();
    void keepsOtherFiles();
    void readsItsCertificate();
    void takesMessagesWithTheToken();

private:
    /// A publisher of text lines, started by the shell after `prelude`.
    bool start(Program &publisher, const QStringList &arguments, const QString &prelude = {});
    /// Sends a line and waits until the reader has it.
    bool roundTrip(Program &publisher, const QByteArray &text);

    QUrl m_url;
    std::unique_ptr<QTcpSocket> m_reader;
    QByteArray m_received;
};

bool TestPublishServer::start(Program &publisher, const QStringList &arguments, const QString &prelude)
{
    QStringList words{u"-c"_s, prelude + u" exec \"$0\" \"$@\""_s, QStringLiteral(WEIR_PROGRAM), u"publish"_s,
        u"--format"_s, u"text"_s};
    publisher.start(u"sh"_s, words + arguments);
    if (!QTest::qWaitFor([&publisher] { return !publisher.lines().isEmpty(); }, 20'000))
        return false;
    m_url = QUrl(QString::fromLatin1(publisher.lines().first()));
    m_received.clear();
    m_reader = std::make_unique<QTcpSocket>();
    connect(m_reader.get(), &QTcpSocket::readyRead, this, [this] { m_received += m_reader->readAll(); });
    m_reader->connectToHost(m_url.host(), static_cast<quint16>(m_url.port()));
    m_reader->write(get());
    return m_url.scheme() == u"https"_s || QTest::qWaitFor([this] { return m_received.contains(":\n\n"); }, 20'000);
}

bool TestPublishServer::roundTrip(Program &publisher, const QByteArray &text)
{
    publisher.write(text + '\n');
    return QTest::qWaitFor([&] { return m_received.contains("data: " + text + '\n'); }, 20'000);
}

void TestPublishServer::holdsTenThousandIdleClients()
{
    constexpr int count = 10'000;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < count + 200)
        QSKIP("This system allows fewer open files.");
    rlimit wanted = limit;
    wanted.rlim_cur = limit.rlim_max;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &wanted), 0);
    Program publisher;
    QVERIFY(
        start(publisher, {u"--max-clients"_s, u"20000"_s, u"--heartbeat"_s, u"0"_s}, u"ulimit -n $(ulimit -Hn);"_s));
    QVERIFY(roundTrip(publisher, "before"));
    Crowd crowd;
    QVERIFY(crowd.join(static_cast<quint16>(m_url.port()), count, get()));
    QTRY_COMPARE_WITH_TIMEOUT(crowd.countOf("HTTP/1.1 200 OK"), count, 60'000);
    QVERIFY(roundTrip(publisher, "among ten thousand"));
    QTRY_COMPARE_WITH_TIMEOUT(crowd.countOf("data: among ten thousand\n"), count, 60'000);
    crowd.clear();
    QVERIFY(roundTrip(publisher, "after"));
    QVERIFY(!m_received.contains("weir-gap"));
}

void TestPublishServer::bearsSlowRequests()
{
    Program publisher;
    QVERIFY(start(publisher, {u"--request-time"_s, u"2"_s}));
    Crowd slow;
    QVERIFY(slow.join(static_cast<quint16>(m_url.port()), 400, "GET /events HTTP/1.1\r\nHost: local"));
    for (const char *text : {"a", "b", "c", "d"})
        QVERIFY(roundTrip(publisher, text));
    Crowd usual;
    QVERIFY(usual.join(static_cast<quint16>(m_url.port()), 1, get()));
    QTRY_COMPARE(usual.countOf("HTTP/1.1 200 OK"), 1);
    QTRY_COMPARE_WITH_TIMEOUT(slow.countOf("HTTP/1.1 408 "), 400, 20'000);
    QVERIFY(roundTrip(publisher, "e"));
}

void TestPublishServer::bearsFleetingConnections()
{
    Program publisher;
    QVERIFY(start(publisher, {}));
    for (int i = 0; i < 200; ++i) {
        Crowd crowd;
        QVERIFY(crowd.join(static_cast<quint16>(m_url.port()), 100, i % 2 == 0 ? get() : QByteArray()));
    }
    QVERIFY(roundTrip(publisher, "after twenty thousand"));
    Crowd usual;
    QVERIFY(usual.join(static_cast<quint16>(m_url.port()), 1, get()));
    QTRY_COMPARE_WITH_TIMEOUT(usual.countOf("HTTP/1.1 200 OK"), 1, 20'000);
}

void TestPublishServer::outlivesItsDescriptors()
{
    Program publisher;
    QVERIFY(start(publisher, {}, u"ulimit -n 160;"_s));
    QVERIFY(roundTrip(publisher, "before"));
    Crowd crowd;
    QVERIFY(crowd.join(static_cast<quint16>(m_url.port()), 300, get())); // the system holds those that nobody takes
    for (const char *text : {"a", "b", "c", "d", "e"})
        QVERIFY(roundTrip(publisher, text));
    crowd.clear();
    Crowd later;
    QVERIFY(later.join(static_cast<quint16>(m_url.port()), 1, get()));
    QTRY_COMPARE_WITH_TIMEOUT(later.countOf("HTTP/1.1 200 OK"), 1, 20'000);
    QVERIFY(publisher.isRunning());
    QVERIFY2(publisher.errors().contains("ulimit"), publisher.errors().constData());
    crowd.clear();
    Crowd newcomer;
    QVERIFY(newcomer.join(static_cast<quint16>(m_url.port()), 1, get()));
    QTRY_COMPARE_WITH_TIMEOUT(newcomer.countOf("HTTP/1.1 200 OK"), 1, 20'000);
}

void TestPublishServer::tellsSlowClientsWhatTheyMissed()
{
    Program publisher;
    QVERIFY(start(publisher, {u"--max-queue-mib"_s, u"0.1"_s, u"--slow-clients"_s, u"drop"_s}));
    QByteArray received;
    QTcpSocket sleeper;
    sleeper.setReadBufferSize(1);
    sleeper.connectToHost(m_url.host(), static_cast<quint16>(m_url.port()));
    sleeper.write(get());
    QTRY_VERIFY(sleeper.bytesAvailable() > 0);
    for (int i = 0; i < 400; ++i) // the system's buffers hold some megabytes
        publisher.write(QByteArray(50'000, 'x') + '\n');
    QVERIFY(roundTrip(publisher, "after"));
    connect(&sleeper, &QTcpSocket::readyRead, this, [&] { received += sleeper.readAll(); });
    sleeper.setReadBufferSize(0);
    received += sleeper.readAll();
    QTRY_VERIFY(received.contains("event: weir-gap\ndata: {\"reason\":\"slow-client\""));
    QTRY_VERIFY(received.contains("data: after\n"));
}

void TestPublishServer::servesOverTls()
{
    QTemporaryDir folder;
    const auto file = folder.filePath(u"weir.pem"_s);
    Program publisher;
    QVERIFY(start(publisher, {u"--tls-self-signed"_s, file}));
    QCOMPARE(m_url.scheme(), u"https"_s);
    QTRY_VERIFY(publisher.errors().contains("fingerprint "));
    QSslConfiguration trusting = QSslConfiguration::defaultConfiguration();
    const auto certificates = QSslCertificate::fromPath(file);
    QCOMPARE(certificates.size(), 1);
    const auto digest = certificates.first().digest(QCryptographicHash::Sha256).toHex(':').toUpper();
    QVERIFY(publisher.errors().contains(digest));
    trusting.setCaCertificates(certificates);
    QNetworkAccessManager network;
    QNetworkRequest request(m_url);
    request.setSslConfiguration(trusting);
    std::unique_ptr<QNetworkReply> reply(network.get(request));
    QTRY_VERIFY(reply->peek(100).contains(":\n\n"));
    publisher.write("hello\n");
    QTRY_VERIFY(reply->peek(100).contains("data: hello\n"));
    QCOMPARE(reply->error(), QNetworkReply::NoError);
}

void TestPublishServer::keepsOtherFiles()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"key.pem"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray key = "-----BEGIN PRIVATE KEY-----";
    file.write(key);
    file.flush();
    Program publisher;
    publisher.start(QStringLiteral(WEIR_PROGRAM), {u"publish"_s, u"--tls-self-signed"_s, file.fileName()});
    QTRY_VERIFY(publisher.hasEnded());
    QCOMPARE(publisher.exitStatus(), 1);
    QVERIFY2(publisher.errors().contains("key.pem"), publisher.errors().constData());
    QFile after(file.fileName());
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), key);
}

void TestPublishServer::readsItsCertificate()
{
    QTemporaryDir folder;
    const auto file = folder.filePath(u"none.pem"_s);
    Program missing;
    missing.start(QStringLiteral(WEIR_PROGRAM), {u"publish"_s, u"--tls-cert"_s, file, u"--tls-key"_s, file});
    QTRY_VERIFY(missing.hasEnded());
    QCOMPARE(missing.exitStatus(), 1);
    QVERIFY2(missing.errors().contains("none.pem"), missing.errors().constData());
    QVERIFY(missing.lines().isEmpty());
    Program alone;
    alone.start(QStringLiteral(WEIR_PROGRAM), {u"publish"_s, u"--tls-cert"_s, file});
    QTRY_VERIFY(alone.hasEnded());
    QCOMPARE(alone.exitStatus(), 2);
    QVERIFY2(alone.errors().contains("--tls-key"), alone.errors().constData());
}

void TestPublishServer::takesMessagesWithTheToken()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"token"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("0123456789abcdef\n");
    file.close();
    Program publisher;
    QVERIFY(start(publisher, {u"--publish-token"_s, u"@"_s + file.fileName()}));
    QNetworkAccessManager network;
    QNetworkRequest request(m_url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    request.setRawHeader("Authorization", "Bearer 0123456789abcdef");
    std::unique_ptr<QNetworkReply> reply(network.post(request, "from a program"));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QTRY_VERIFY(m_received.contains("data: from a program\n"));
    Program fromEnvironment;
    QVERIFY(start(fromEnvironment, {}, u"export WEIR_PUBLISH_TOKEN=0123456789abcdef;"_s));
    request.setUrl(m_url);
    reply.reset(network.post(request, "again"));
    QTRY_VERIFY(m_received.contains("data: again\n"));
    Program tooShort;
    tooShort.start(QStringLiteral(WEIR_PROGRAM), {u"publish"_s, u"--publish-token"_s, u"secret"_s});
    QTRY_VERIFY(tooShort.hasEnded());
    QCOMPARE(tooShort.exitStatus(), 2);
    QVERIFY(!tooShort.errors().contains("secret"));
}

QTEST_GUILESS_MAIN(TestPublishServer)
#include "tst_publishserver.moc"
