// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/mercurehub.h"
#include "publish/messagesender.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;
using test::FaultServer;
using test::Script;

class HubsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void publishesToMercure();
    void leavesOutWhatIsNotSet();
    void publishesToNchan();
    void keepsTheOrder();
    void tellsWhatTheHubSaid_data();
    void tellsWhatTheHubSaid();
    void takesTheStatusForTheAnswer();
    void sendsNothingTwice();
    void givesUpWaiting();
    void boundsWhatIsPending();
    void refusesWhatNoHubTakes();
    void namesWrongSettings_data();
    void namesWrongSettings();
    void callsOffWhatIsUnderWay();
    void sendsToChannelsToo();
    void rendersTemplates();
    void sendsBytesAsTheyAre();
};

namespace {

struct Answered
{
    QString problem;
    QByteArray id;
    Publication sent;
};

/// A sender with its answers in the order in which they came.
class Bench
{
public:
    Bench()
    {
        QObject::connect(&m_sender, &MessageSender::answered, &m_sender,
            [this](std::uint64_t, const QString &problem, const QByteArray &id, const Publication &sent) {
                m_answers.append({problem, id, sent});
            });
    }
    void send(const Publication &publication, const Destination &destination, std::uint64_t seq = 1)
    {
        m_sender.send(publication, destination, seq);
    }
    bool hasAnswers(qsizetype count)
    {
        return QTest::qWaitFor([&] { return m_answers.size() >= count; }) && m_sender.pending() == 0;
    }
    const QList<Answered> &answers() const { return m_answers; }
    RunningPublisher &publisher() { return m_publisher; }

private:
    RunningPublisher m_publisher;
    QList<Answered> m_answers;
    MessageSender m_sender{*m_publisher};
};

Destination hubAt(const QUrl &url, HubSettings::Kind kind = HubSettings::Kind::Mercure)
{
    Destination destination;
    destination.hub = hubSettings(url, kind);
    return destination;
}

Script answer(const QByteArray &body = "urn:uuid:7", const QByteArray &status = "200 OK")
{
    return Script::response(status, "Content-Type: text/plain\r\n", body);
}

Publication everything()
{
    Publication publication = publicationOf("a=1&b=ä+c\n%41\r\nlast", "book");
    publication.message.id = "own/7";
    publication.message.retry = std::chrono::milliseconds(2500);
    return publication;
}

} // namespace

void HubsTest::publishesToMercure()
{
    FaultServer hub;
    hub.on("/.well-known/mercure", {answer("own/7")});
    Destination destination = hubAt(hub.url("/.well-known/mercure"));
    destination.hub->topics << u"books & more=ü"_s;
    destination.hub->isPrivate = true;
    Bench bench;
    bench.send(everything(), destination);
    QVERIFY(bench.hasAnswers(1));
    QCOMPARE(bench.answers()[0].problem, QString());
    QCOMPARE(bench.answers()[0].id, QByteArray("own/7"));
    const MercureUpdate update = readUpdate(hub.requests().at(0), "a.b.c");
    QCOMPARE(update.fault, QString());
    QCOMPARE(update.topics, (QList<QByteArray>{"https://example.com/books/1", "books & more=ü"}));
    QCOMPARE(update.data, QByteArray("a=1&b=ä+c\n%41\r\nlast"));
    QVERIFY(update.isPrivate);
    QCOMPARE(update.id, QByteArray("own/7"));
    QCOMPARE(update.type, QByteArray("book"));
    QCOMPARE(update.retry, QByteArray("2500"));
}

void HubsTest::leavesOutWhatIsNotSet()
{
    FaultServer hub;
    hub.on("/", {answer()});
    Bench bench;
    bench.send(publicationOf(""), hubAt(hub.url("/")));
    QVERIFY(bench.hasAnswers(1));
    QCOMPARE(bench.answers()[0].problem, QString());
    QCOMPARE(bench.answers()[0].id, QByteArray("urn:uuid:7"));
    const MercureUpdate update = readUpdate(hub.requests().at(0), "a.b.c");
    QCOMPARE(update.fault, QString());
    QVERIFY(update.id.isNull() && update.type.isNull() && update.retry.isNull() && !update.isPrivate);
    QVERIFY(!update.data.isNull());
}

void HubsTest::publishesToNchan()
{
    FaultServer hub;
    hub.on("/pub", {answer("queued messages: 1", "202 Accepted")});
    Destination destination = hubAt(hub.url("/pub?id=a"), HubSettings::Kind::Nchan);
    destination.hub->token.clear();
    Bench bench;
    bench.send(everything(), destination);
    QVERIFY(bench.hasAnswers(1));
    QCOMPARE(bench.answers()[0].problem, QString());
    QCOMPARE(bench.answers()[0].id, QByteArray());
    const test::Request &request = hub.requests().at(0);
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.body, QByteArray("a=1&b=ä+c\n%41\r\nlast"));
    QCOMPARE(request.value("X-EventSource-Event"), QByteArray("book"));
    QCOMPARE(request.value("Content-Type"), QByteArray("text/plain; charset=utf-8"));
    QVERIFY(!request.has("Authorization"));
    QVERIFY(leftOut(HubSettings::Kind::Nchan, everything().message).contains(u"nchan numbers"_s));
    QVERIFY(leftOut(HubSettings::Kind::Mercure, everything().message).isEmpty());
}

void HubsTest::keepsTheOrder()
{
    FaultServer hub;
    hub.on("/", {answer()});
    Bench bench;
    for (int i = 0; i < 200; ++i)
        bench.send(publicationOf(QByteArray::number(i)), hubAt(hub.url("/")));
    QVERIFY(bench.hasAnswers(200));
    for (int i = 0; i < 200; ++i) {
        QCOMPARE(readUpdate(hub.requests().at(i), "a.b.c").data, QByteArray::number(i));
        QCOMPARE(QByteArray::fromStdString(*bench.answers()[i].sent.message.data), QByteArray::number(i));
    }
    QCOMPARE(hub.acceptedCount(), 1);
}

void HubsTest::tellsWhatTheHubSaid_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("named");
    QTest::newRow("token")
        << QByteArray("401 Unauthorized") << QByteArray("Unauthorized\n")
        << u"does not accept the token, or the token does not allow this topic (401 Unauthorized): “Unauthorized”"_s;
    QTest::newRow("bad request") << QByteArray("400 Bad Request") << QByteArray("Missing \"topic\" parameter")
                                 << u"“Missing \"topic\" parameter”"_s;
    QTest::newRow("no such place") << QByteArray("404 Not Found") << QByteArray("<html>x</html>")
                                   << u"Nothing takes events at this address (404 Not Found)"_s;
    QTest::newRow("broken") << QByteArray("500 Oops") << QByteArray() << u"The hub failed (500 Oops)"_s;
    QTest::newRow("too large") << QByteArray("413 Too Large") << QByteArray() << u"too large"_s;
}

void HubsTest::tellsWhatTheHubSaid()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, named);
    FaultServer hub;
    hub.on("/", {answer(body, status)});
    Bench bench;
    bench.send(publicationOf("x"), hubAt(hub.url("/")));
    QVERIFY(bench.hasAnswers(1));
    QVERIFY2(bench.answers()[0].problem.contains(named), qPrintable(bench.answers()[0].problem));
    QVERIFY(!bench.answers()[0].problem.contains(u"a.b.c"_s) && !bench.answers()[0].problem.contains(u"html"_s));
}

void HubsTest::takesTheStatusForTheAnswer()
{
    FaultServer hub;
    hub.on("/", {Script().send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nurn:uuid").finish()});
    Bench bench;
    bench.send(publicationOf("x"), hubAt(hub.url("/")));
    QVERIFY(bench.hasAnswers(1));
    QCOMPARE(bench.answers()[0].problem, QString());
    QCOMPARE(hub.requests().size(), 1);
}

void HubsTest::sendsNothingTwice()
{
    FaultServer hub;
    hub.on("/", {Script().finish()});
    hub.on("/moved", {Script::redirect(307, "/elsewhere")});
    Bench bench;
    bench.send(publicationOf("x"), hubAt(hub.url("/")));
    bench.send(publicationOf("x"), hubAt(hub.url("/moved")));
    QVERIFY(bench.hasAnswers(2));
    QVERIFY(!bench.answers()[0].problem.isEmpty() && !bench.answers()[1].problem.isEmpty());
    QCOMPARE(hub.requestCount("/"), 1);
    QCOMPARE(hub.requestCount("/elsewhere"), 0);
    Destination nowhere = hubAt(hub.url("/"));
    hub.stopListening();
    nowhere.hub->topics << u"other"_s;
    bench.send(publicationOf("x"), nowhere);
    QVERIFY(bench.hasAnswers(3));
    QVERIFY2(bench.answers()[2].problem.contains(u"cannot be reached: Connection refused"_s),
        qPrintable(bench.answers()[2].problem));
}

void HubsTest::givesUpWaiting()
{
    FaultServer hub;
    hub.on("/", {Script().awaitGo()});
    Destination destination = hubAt(hub.url("/"));
    destination.hub->timeout = std::chrono::milliseconds(1000);
    Bench bench;
    bench.send(publicationOf("x"), destination);
    QVERIFY(bench.hasAnswers(1));
    QCOMPARE(bench.answers()[0].problem, u"The hub did not answer within 1 s."_s);
}

void HubsTest::boundsWhatIsPending()
{
    FaultServer hub;
    hub.on("/", {Script().awaitGo().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), answer()});
    Destination destination = hubAt(hub.url("/"));
    destination.hub->maxPending = 3;
    Bench bench;
    for (int i = 0; i < 5; ++i)
        bench.send(publicationOf("x"), destination);
    QTRY_COMPARE(bench.answers().size(), 2);
    QVERIFY(bench.answers()[0].problem.contains(u"still has to answer messages: 3"_s));
    QTRY_COMPARE(hub.waitingCount(), 1);
    hub.go();
    QVERIFY(bench.hasAnswers(5));
    QCOMPARE(bench.answers()[4].problem, QString());
}

void HubsTest::refusesWhatNoHubTakes()
{
    FaultServer hub;
    Bench bench;
    Publication comment;
    comment.message.comment = "x";
    Publication raw;
    raw.rawText = "data: x\n\n";
    Publication badType = publicationOf("x", "a\nb");
    for (const Publication &publication : {comment, raw, badType})
        bench.send(publication, hubAt(hub.url("/")));
    QVERIFY(bench.hasAnswers(3));
    QVERIFY(bench.answers()[0].problem.contains(u"without data"_s));
    QVERIFY(bench.answers()[1].problem.contains(u"not bytes"_s));
    QVERIFY(bench.answers()[2].problem.contains(u"type"_s));
    QCOMPARE(hub.acceptedCount(), 0);
}

void HubsTest::namesWrongSettings_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QStringList>("topics");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("named");
    const QUrl good(u"http://127.0.0.1/hub"_s);
    QTest::newRow("good") << good << QStringList{u"t"_s} << QByteArray() << QString();
    QTest::newRow("no address") << QUrl() << QStringList{u"t"_s} << QByteArray() << u"address"_s;
    QTest::newRow("other scheme") << QUrl(u"ftp://x/"_s) << QStringList{u"t"_s} << QByteArray() << u"http"_s;
    QTest::newRow("password") << QUrl(u"http://u:p@x/"_s) << QStringList{u"t"_s} << QByteArray() << u"password"_s;
    QTest::newRow("no topic") << good << QStringList() << QByteArray() << u"topic"_s;
    QTest::newRow("empty topic") << good << QStringList{u"t"_s, QString()} << QByteArray() << u"topic"_s;
    QTest::newRow("token of two lines") << good << QStringList{u"t"_s} << QByteArray("a\r\nX: y") << u"token"_s;
}

void HubsTest::namesWrongSettings()
{
    QFETCH(QUrl, url);
    Destination destination = hubAt(url);
    QFETCH(QStringList, topics);
    destination.hub->topics = topics;
    QFETCH(QByteArray, token);
    destination.hub->token = token;
    QFETCH(QString, named);
    const QString fault = faultOf(destination);
    QVERIFY2(named.isEmpty() ? fault.isEmpty() : fault.contains(named), qPrintable(fault));
}

void HubsTest::callsOffWhatIsUnderWay()
{
    FaultServer hub;
    hub.on("/", {Script().awaitGo()});
    {
        Bench bench;
        bench.send(publicationOf("x"), hubAt(hub.url("/")));
        QTRY_COMPARE(hub.waitingCount(), 1);
    }
    QTRY_COMPARE(hub.openCount(), 0);
}

void HubsTest::sendsToChannelsToo()
{
    Bench bench;
    RawClient client(bench.publisher().port(), get("/events"));
    QTRY_COMPARE(bench.publisher().clientCount(), 1);
    bench.send(publicationOf("x"), Destination{});
    bench.send(publicationOf("x", "a\nb"), Destination{});
    Destination wrong;
    wrong.path = u"/a b"_s;
    bench.send(publicationOf("x"), wrong);
    QVERIFY(bench.hasAnswers(3));
    QVERIFY(!bench.answers()[0].id.isEmpty());
    QVERIFY(bench.answers()[1].problem.contains(u"type"_s));
    QVERIFY(bench.answers()[2].problem.contains(u"cannot be a path"_s));
    QTRY_VERIFY(client.body().contains("id: " + bench.answers()[0].id + "\ndata: x\n\n"));
}

void HubsTest::rendersTemplates()
{
    Bench bench;
    RawClient client(bench.publisher().port(), get("/events"));
    QTRY_COMPARE(bench.publisher().clientCount(), 1);
    Publication publication = publicationOf("n={{seq}}", "t{{seq}}");
    bench.send(publication, Destination{}, 1);
    publication.isTemplate = true;
    publication.message.id = "i{{seq}}";
    bench.send(publication, Destination{}, 7);
    bench.send(publication, Destination{}, 8);
    publication.message.data = "{{nope}}";
    bench.send(publication, Destination{}, 9);
    QVERIFY(bench.hasAnswers(4));
    QVERIFY(bench.answers()[3].problem.contains(u"“nope” is unknown"_s));
    QTRY_VERIFY(client.body().contains("event: t8"));
    QVERIFY(client.body().contains("event: t{{seq}}\ndata: n={{seq}}\n\n"));
    QVERIFY(client.body().contains("id: i7\nevent: t7\ndata: n=7\n\nid: i8\nevent: t8\ndata: n=8\n\n"));
    QCOMPARE(bench.answers()[1].sent.message.data.value(), std::string("n=7"));
    QCOMPARE(bench.answers()[1].id, QByteArray("i7"));
}

void HubsTest::sendsBytesAsTheyAre()
{
    Bench bench;
    RawClient client(bench.publisher().port(), get("/events"));
    QTRY_COMPARE(bench.publisher().clientCount(), 1);
    Publication publication;
    publication.rawText = "data: a\\r\\n\\xff\\0id:\\u{20AC}";
    bench.send(publication, Destination{});
    publication.rawText = "\\q";
    bench.send(publication, Destination{});
    publication.rawText = "";
    bench.send(publication, Destination{});
    QVERIFY(bench.hasAnswers(3));
    QCOMPARE(bench.answers()[0].problem, QString());
    QVERIFY(bench.answers()[1].problem.contains(u"column 1"_s));
    QVERIFY(bench.answers()[2].problem.contains(u"no bytes"_s));
    QTRY_VERIFY(client.body().endsWith(QByteArray("data: a\r\n\xff\0id:€", 17)));
    // Not part of the history, and the stream goes on.
    bench.send(publicationOf("after"), Destination{});
    QTRY_VERIFY(client.body().contains("data: after\n\n"));
    RawClient late(bench.publisher().port(), get("/events", "Last-Event-ID: none\r\n"));
    QTRY_VERIFY(late.body().contains("data: after\n\n"));
    QVERIFY(!late.body().contains("\xff"));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::HubsTest)
#include "tst_hubs.moc"
