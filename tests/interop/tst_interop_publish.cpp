// SPDX-License-Identifier: GPL-3.0-or-later
// `weir publish` against real clients: browsers, clients for Node, curl.
#include "interop/chromium.h"
#include "interop/cuttingproxy.h"
#include "interop/firefox.h"
#include "interop/pageserver.h"
#include "interop/program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace Qt::StringLiterals;
using namespace weir::interop;

namespace {

/// `weir publish` on standard input, behind a proxy that can cut connections.
struct CutServer
{
    Program publisher;
    std::unique_ptr<CuttingProxy> proxy;

    bool start()
    {
        publisher.start(QStringLiteral(WEIR_PROGRAM), {u"publish"_s, u"--retry"_s, u"300"_s});
        if (!QTest::qWaitFor([this] { return !publisher.lines().isEmpty(); }, 10000))
            return false;
        const QUrl url(QString::fromLatin1(publisher.lines().first()));
        proxy = std::make_unique<CuttingProxy>(static_cast<quint16>(url.port()));
        return proxy->isListening();
    }
    QString url() const { return u"http://127.0.0.1:%1/events"_s.arg(proxy->serverPort()); }
    void publish(const QByteArray &jsonLine) { publisher.write(jsonLine + "\n"); }
};

QStringList dataOf(const QList<QJsonObject> &events)
{
    QStringList data;
    for (const auto &event : events)
        data.append(event[u"data"_s].toString());
    return data;
}

QList<QJsonObject> objects(const QList<QByteArray> &lines)
{
    QList<QJsonObject> found;
    for (const auto &line : lines)
        found.append(QJsonDocument::fromJson(line).object());
    return found;
}

const auto first = QByteArrayLiteral(R"({"type":"trade","data":"a\nb grün € 😀"})");
const auto firstData = u"a\nb grün € 😀"_s;

} // namespace

class TestInteropPublish : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chromium();
    void firefox();
    void nodeClients_data();
    void nodeClients();
    void curl();
    void publishersPage();

private:
    template <class Events, class Opens>
    void resume(CutServer &server, Events events, Opens opens);
};

/// The story that every client that reconnects must tell: an event, a cut, an event that is published while the client
/// is away, another one when it is back; each arrives once, in order.
template <class Events, class Opens>
void TestInteropPublish::resume(CutServer &server, Events events, Opens opens)
{
    QTRY_COMPARE_WITH_TIMEOUT(opens(), 1, 30000);
    server.publish(first);
    QTRY_COMPARE(events().size(), 1);
    server.proxy->cut();
    server.publish(R"({"data":"while away"})");
    server.proxy->resume();
    QTRY_COMPARE_WITH_TIMEOUT(opens(), 2, 30000);
    server.publish(R"({"data":""})");
    QTRY_COMPARE(events().size(), 3);

    const QList<QJsonObject> received = events();
    QCOMPARE(dataOf(received), QStringList({firstData, u"while away"_s, u""_s}));
    QCOMPARE(received[0][u"type"_s].toString(), u"trade"_s);
    QCOMPARE(received[1][u"type"_s].toString(), u"message"_s);
    const auto id = received[0][u"id"_s].toString().toUtf8();
    QVERIFY(!id.isEmpty());
    const auto request = server.proxy->requests().last().toLower();
    QVERIFY2(request.contains("last-event-id: " + id.toLower() + "\r\n"), request.constData());
}

void TestInteropPublish::chromium()
{
    if (const auto missing = lacking({u"chromium"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    CutServer server;
    QVERIFY(server.start());
    PageServer page(eventSourcePage(server.url()));
    Chromium chromium;
    chromium.open(page.url());
    resume(
        server, [&] { return page.reportsOf(u"event"_s); }, [&] { return page.reportsOf(u"open"_s).size(); });
}

void TestInteropPublish::firefox()
{
    if (const auto missing = lacking({u"firefox-esr"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    CutServer server;
    QVERIFY(server.start());
    PageServer page(eventSourcePage(server.url()));
    Firefox browser;
    browser.open(page.url());
    resume(
        server, [&] { return page.reportsOf(u"event"_s); }, [&] { return page.reportsOf(u"open"_s).size(); });
}

void TestInteropPublish::nodeClients_data()
{
    QTest::addColumn<QString>("library");
    for (const auto *library : {"eventsource", "undici", "eventsource-client", "fetch-event-source"})
        QTest::newRow(library) << QString::fromLatin1(library);
}

void TestInteropPublish::nodeClients()
{
    QFETCH(QString, library);
    if (const auto missing = lacking({u"node"_s}, true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    CutServer server;
    QVERIFY(server.start());
    Program client;
    client.start(u"node"_s, {peersFolder() + u"/stream-client.mjs"_s, library, server.url()});
    resume(
        server, [&] { return objects(client.linesWith("\"kind\":\"event\"")); },
        [&] { return client.linesWith("\"kind\":\"open\"").size(); });
}

void TestInteropPublish::curl()
{
    if (const auto missing = lacking({u"curl"_s}, false); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    CutServer server;
    QVERIFY(server.start());
    Program live;
    live.start(u"curl"_s, {u"-sSN"_s, server.url()});
    QTRY_VERIFY(!live.linesWith("retry: 300").isEmpty());
    server.publish(first);
    server.publish(R"({"id":"own","data":"second"})");
    QTRY_VERIFY(!live.linesWith("data: second").isEmpty());
    QCOMPARE(live.linesWith("data: ").size(), 3);
    QCOMPARE(live.linesWith("event: trade").size(), 1);
    const auto id = live.linesWith("id: ").first().mid(4);

    Program late;
    late.start(u"curl"_s, {u"-sSN"_s, u"-H"_s, u"Last-Event-ID: "_s + QString::fromLatin1(id), server.url()});
    QTRY_COMPARE(late.linesWith("data: second").size(), 1);
    QCOMPARE(late.linesWith("data: a").size(), 0);
    QCOMPARE(late.linesWith("id: own").size(), 1);
}

/// The page that the publisher itself serves shows what comes, and types only if they are asked for.
void TestInteropPublish::publishersPage()
{
    if (const auto missing = lacking({u"chromium"_s, u"node"_s}, true); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    CutServer server;
    QVERIFY(server.start());
    Chromium chromium;
    chromium.open(QUrl(server.url()).resolved(QUrl(u"/#trade"_s)).toString());
    QTRY_VERIFY_WITH_TIMEOUT(chromium.devToolsPort() > 0, 30000);
    Program text;
    text.start(u"node"_s, {peersFolder() + u"/page-text.mjs"_s, QString::number(chromium.devToolsPort())});
    const auto shows = [&text](const QString &part) {
        return QJsonDocument::fromJson(text.lastLine())[u"text"_s].toString().contains(part);
    };
    QTRY_VERIFY_WITH_TIMEOUT(shows(u"\nopen"_s), 30000);
    server.publish(R"({"type":"unasked","data":"not shown"})");
    server.publish(first);
    QTRY_VERIFY2(shows(firstData) && shows(u"1 events"_s), (text.lastLine() + text.errors()).constData());
    QVERIFY(!shows(u"not shown"_s));
    server.proxy->cut();
    server.publish(R"({"data":"while away"})");
    QTRY_VERIFY2(shows(u"reconnecting"_s), text.lastLine().constData());
    server.proxy->resume();
    QTRY_VERIFY2_WITH_TIMEOUT(shows(u"while away"_s) && shows(u"2 events"_s), text.lastLine().constData(), 10000);
}

QTEST_GUILESS_MAIN(TestInteropPublish)
#include "tst_interop_publish.moc"
