// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/demo.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "sse/parser.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <numeric>

namespace weir::publish {

/// The demo channels: their character, and that what they send is a valid stream.
class DemoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)")));
    }

    void pricesAreASteadyTicker();
    void logIsIrregular();
    void chatComesInBursts();
    void streamsAreValid();
    void isServed_data();
    void isServed();
    void pausesWithTheServer();
};

namespace {

using Lines = std::vector<DemoVoice::Line>;

Lines speak(DemoVoice &voice, int count)
{
    Lines lines;
    for (int i = 0; i < count; ++i)
        lines.push_back(voice.next());
    return lines;
}

QJsonObject json(const DemoVoice::Line &line)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(*line.message.data)).object();
}

double perSecond(const Lines &lines)
{
    const auto total = std::accumulate(lines.begin(), lines.end(), std::chrono::milliseconds(0),
        [](std::chrono::milliseconds sum, const DemoVoice::Line &line) { return sum + line.pause; });
    return static_cast<double>(lines.size()) / std::chrono::duration<double>(total).count();
}

} // namespace

void DemoTest::pricesAreASteadyTicker()
{
    const Lines lines = speak(*makePricesVoice(1), 2000);
    QCOMPARE(perSecond(lines), 20.0);
    QSet<QString> symbols;
    QSet<double> prices;
    for (const auto &line : lines) {
        const QJsonObject trade = json(line);
        QVERIFY(trade.value(u"price").toDouble() > 0 && trade.value(u"volume").toInt() > 0);
        symbols.insert(trade.value(u"symbol").toString());
        prices.insert(trade.value(u"price").toDouble());
    }
    QVERIFY(symbols.size() >= 4 && prices.size() > 200);
}

void DemoTest::logIsIrregular()
{
    const Lines lines = speak(*makeLogVoice(1), 2000);
    QSet<std::string> types;
    QSet<qint64> pauses;
    int withSeveralLines = 0;
    for (const auto &line : lines) {
        types.insert(line.message.type);
        pauses.insert(line.pause.count());
        withSeveralLines += line.message.data->find('\n') != std::string::npos ? 1 : 0;
        QVERIFY(line.pause >= std::chrono::milliseconds(330) && line.pause <= std::chrono::milliseconds(5000));
        QVERIFY2(
            line.message.data->find('%') == std::string::npos || line.message.data->find("91 %") != std::string::npos,
            line.message.data->c_str());
    }
    QCOMPARE(types, (QSet<std::string>{"info", "warning", "error", "debug"}));
    QVERIFY(pauses.size() > 500 && withSeveralLines > 200);
}

void DemoTest::chatComesInBursts()
{
    const Lines lines = speak(*makeChatVoice(1), 2000);
    int answers = 0;
    int tokens = 0;
    QString text;
    for (const auto &line : lines) {
        const QJsonObject piece = json(line);
        QVERIFY(!piece.isEmpty());
        if (line.message.type == "delta") {
            QCOMPARE(piece.value(u"index").toInt(), tokens++);
            text += piece.value(u"text").toString();
            QVERIFY(line.pause < std::chrono::milliseconds(500));
            continue;
        }
        QCOMPARE(QByteArray::fromStdString(line.message.type), QByteArray("done"));
        QCOMPARE(piece.value(u"tokens").toInt(), tokens);
        QVERIFY(line.pause > std::chrono::milliseconds(1000));
        QVERIFY2(text.endsWith(u'.') && text.size() > 40, qPrintable(text));
        QVERIFY(!text.contains(QChar::ReplacementCharacter));
        ++answers;
        tokens = 0;
        text.clear();
    }
    QVERIFY(answers > 10);
}

void DemoTest::streamsAreValid()
{
    for (const auto &make : {makePricesVoice, makeLogVoice, makeChatVoice}) {
        const Lines lines = speak(*make(2), 500);
        std::string stream;
        for (const auto &line : lines)
            QVERIFY(!sse::encode(line.message, stream));
        sse::Parser parser;
        sse::Batch batch;
        parser.feed(stream, batch);
        QCOMPARE(batch.items().size(), lines.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            QVERIFY(batch.items()[i].kind == sse::ItemKind::Event);
            QVERIFY(batch.items()[i].data == *lines[i].message.data);
            QVERIFY(batch.items()[i].type == lines[i].message.type);
        }
    }
}

void DemoTest::isServed_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/demo/prices", "/demo/log", "/demo/chat"})
        QTest::newRow(path) << QByteArray(path);
}

void DemoTest::isServed()
{
    QFETCH(QByteArray, path);
    RunningPublisher publisher;
    publisher->startDemo();
    publisher->startDemo();
    publisher.publish("the channels exist now");
    RawClient client(publisher.port(), get(path, "Last-Event-ID: none\r\n")); // all that was said so far
    QTRY_VERIFY(client.body().contains("-1\n"));
    QCOMPARE(client.body().count("event: weir-gap\n"), 1);
}

void DemoTest::pausesWithTheServer()
{
    RunningPublisher publisher;
    publisher->startDemo();
    RawClient before(publisher.port(), get("/demo/prices"));
    QTRY_VERIFY(before.body().contains("data: "));
    publisher->stop();
    QTRY_VERIFY(before.isClosed());
    PublisherSettings settings;
    settings.port = publisher.port();
    QSignalSpy started(&*publisher, &Publisher::started);
    publisher->start(settings);
    QTRY_COMPARE(started.size(), 1);
    RawClient after(publisher.port(), get("/demo/prices"));
    QTRY_VERIFY(after.body().contains("data: "));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::DemoTest)
#include "tst_demo.moc"
