// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/eventfile.h"
#include "publish/filefeed.h"
#include "publish/rawclient.h"
#include "publish/runningpublisher.h"
#include "support/faultserver.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;
using State = FeedProgress::State;

class FileFeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void summarises();
    void stopsSummarising();
    void tellsFormatsByName();
    void sendsAll();
    void keepsTheRate();
    void sendsOneByOne();
    void pausesAndGoesOn();
    void stopsAtOnce();
    void tellsWhatIsNotSent();
    void tellsAFileThatIsNotThere();
    void waitsForAHubAndPausesWhenItRefuses();
    void holdsNoWholeFile();
};

namespace {

class Folder
{
public:
    QString file(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
        return file.fileName();
    }
    QString numbered(int count)
    {
        QByteArray lines;
        for (int i = 1; i <= count; ++i)
            lines += "{\"data\":\"n" + QByteArray::number(i) + "\"}\n";
        return file(u"numbers.jsonl"_s, lines);
    }

private:
    QTemporaryDir m_folder;
};

class Bench
{
public:
    Bench()
    {
        QObject::connect(&m_feed, &FileFeed::progressed, &m_feed, [this](const FeedProgress &progress) {
            m_progress = progress;
            m_told = true;
        });
    }
    FileFeed &feed() { return m_feed; }
    const FeedProgress &progress() const { return m_progress; }
    bool is(State state) const { return m_told && m_progress.state == state; }
    RunningPublisher &publisher() { return m_publisher; }

private:
    RunningPublisher m_publisher;
    FeedProgress m_progress;
    bool m_told = false;
    FileFeed m_feed{*m_publisher};
};

FeedSettings feedOf(const QString &path, double rate = 0)
{
    FeedSettings settings;
    settings.path = path;
    settings.input.format = inputFormatOf(path);
    settings.messagesPerSecond = rate;
    return settings;
}

int eventsIn(const RawClient &client)
{
    return static_cast<int>(client.body().count("\ndata: "));
}

} // namespace

void FileFeedTest::summarises()
{
    Folder folder;
    QByteArray lines;
    for (int i = 0; i < 20'000; ++i)
        lines += i % 1000 == 0 ? QByteArray("broken\n") : "{\"data\":\"" + QByteArray(40, 'x') + "\"}\n";
    int looks = 0;
    const auto summary =
        summarise(folder.file(u"a.jsonl"_s, lines), InputSettings{}, [&looks](const FileSummary &) { return ++looks; });
    QCOMPARE(summary.messages, std::uint64_t{19'980});
    QCOMPARE(summary.problemCount, std::uint64_t{20});
    QCOMPARE(summary.first.size(), FileSummary::mostKept);
    QCOMPARE(summary.problems.size(), 20);
    QVERIFY(summary.problems[1].startsWith(u"line 1001: not JSON"_s));
    QCOMPARE(summary.position, lines.size());
    QVERIFY(looks > 3);
    QVERIFY(
        summarise(u"/nowhere/x"_s, InputSettings{}, [](const auto &) { return true; }).failure.contains(u"No such"_s));
}

void FileFeedTest::stopsSummarising()
{
    Folder folder;
    int looks = 0;
    const auto summary =
        summarise(folder.numbered(100'000), InputSettings{}, [&](const auto &) { return ++looks < 2; });
    QCOMPARE(looks, 2);
    QVERIFY(summary.position < summary.size);
}

void FileFeedTest::tellsFormatsByName()
{
    QCOMPARE(inputFormatOf(u"/a/b.CSV"_s), InputFormat::Csv);
    QCOMPARE(inputFormatOf(u"b.tsv"_s), InputFormat::Csv);
    QCOMPARE(inputFormatOf(u"b.log"_s), InputFormat::Text);
    QCOMPARE(inputFormatOf(u"b.sse"_s), InputFormat::EventStream);
    QCOMPARE(inputFormatOf(u"b.jsonl"_s), InputFormat::JsonLines);
    QCOMPARE(inputFormatOf(u"b"_s), InputFormat::JsonLines);
}

void FileFeedTest::sendsAll()
{
    Folder folder;
    Bench bench;
    RawClient client(bench.publisher().port(), get("/events"));
    QTRY_COMPARE(bench.publisher().clientCount(), 1);
    bench.feed().start(feedOf(folder.numbered(30'000)));
    QTRY_VERIFY_WITH_TIMEOUT(bench.is(State::Done), 20'000);
    QCOMPARE(bench.progress().sent, std::uint64_t{30'000});
    QCOMPARE(bench.progress().position, bench.progress().size);
    QTRY_VERIFY_WITH_TIMEOUT(client.body().endsWith("data: n30000\n\n"), 20'000);
    QCOMPARE(eventsIn(client), 30'000);
    QVERIFY(client.body().contains("data: n1\n\n"));
}

void FileFeedTest::keepsTheRate()
{
    Folder folder;
    Bench bench;
    QElapsedTimer clock;
    clock.start();
    bench.feed().start(feedOf(folder.numbered(41), 100));
    QTRY_VERIFY(bench.is(State::Done));
    QVERIFY2(clock.elapsed() >= 400, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(bench.progress().sent, std::uint64_t{41});
}

void FileFeedTest::sendsOneByOne()
{
    Folder folder;
    Bench bench;
    RawClient client(bench.publisher().port(), get("/events"));
    QTRY_COMPARE(bench.publisher().clientCount(), 1);
    auto settings = feedOf(folder.numbered(3), 1000);
    settings.isStepwise = true;
    bench.feed().start(settings);
    QTRY_VERIFY(bench.is(State::Paused));
    for (int i = 1; i <= 3; ++i) {
        QCOMPARE(eventsIn(client), i - 1);
        bench.feed().step();
        QTRY_COMPARE(eventsIn(client), i);
    }
    QTRY_VERIFY(bench.is(State::Done));
}

void FileFeedTest::pausesAndGoesOn()
{
    Folder folder;
    Bench bench;
    bench.feed().start(feedOf(folder.numbered(100'000), 50));
    QTRY_VERIFY(bench.progress().sent >= 3);
    bench.feed().pause();
    QTRY_VERIFY(bench.is(State::Paused));
    const auto sent = bench.progress().sent;
    bench.feed().step();
    QTRY_COMPARE(bench.progress().sent, sent + 1);
    bench.feed().resume();
    QTRY_VERIFY(bench.is(State::Running));
    QTRY_VERIFY(bench.progress().sent >= sent + 3);
}

void FileFeedTest::stopsAtOnce()
{
    Folder folder;
    Bench bench;
    bench.feed().start(feedOf(folder.numbered(500'000)));
    QTRY_VERIFY(bench.progress().sent > 0);
    bench.feed().stop();
    QTRY_VERIFY(bench.is(State::Stopped));
    QVERIFY(bench.progress().sent < 500'000);
    bench.feed().start(feedOf(folder.numbered(5)));
    QTRY_VERIFY(bench.is(State::Done));
    QCOMPARE(bench.progress().sent, std::uint64_t{5});
}

void FileFeedTest::tellsWhatIsNotSent()
{
    Folder folder;
    Bench bench;
    RawClient client(bench.publisher().port(), get("/other"));
    bench.feed().start(feedOf(folder.file(u"a.jsonl"_s, "{\"data\":1}\nbroken\n{\"type\":\"a\\nb\",\"data\":2}\n"
                                                        "{\"data\":3,\"path\":\"/other\"}\n")));
    QTRY_VERIFY(bench.is(State::Done));
    QCOMPARE(bench.progress().sent, std::uint64_t{2});
    QCOMPARE(bench.progress().unread, std::uint64_t{1});
    QCOMPARE(bench.progress().refused, std::uint64_t{1});
    QVERIFY2(bench.progress().problem.contains(u"type"_s), qPrintable(bench.progress().problem));
}

void FileFeedTest::tellsAFileThatIsNotThere()
{
    Bench bench;
    bench.feed().start(feedOf(u"/nowhere/x.jsonl"_s));
    QTRY_VERIFY(bench.is(State::Done));
    QVERIFY(bench.progress().problem.contains(u"cannot be read: No such file"_s));
}

void FileFeedTest::waitsForAHubAndPausesWhenItRefuses()
{
    test::FaultServer hub;
    const auto good = test::Script::response("200 OK", {}, "id");
    hub.on("/", {good, good, test::Script::response("401 Unauthorized"), good});
    Folder folder;
    Bench bench;
    auto settings = feedOf(folder.numbered(50));
    HubSettings target;
    target.url = hub.url("/");
    target.topics = QStringList{u"t"_s};
    settings.destination.hub = target;
    bench.feed().start(settings);
    QTRY_VERIFY(bench.is(State::Paused));
    QTRY_VERIFY(bench.progress().problem.contains(u"does not accept the token"_s));
    QTRY_VERIFY(bench.progress().sent >= 2 && bench.progress().sent < 10);
    bench.feed().resume();
    QTRY_VERIFY(bench.is(State::Done));
    QCOMPARE(bench.progress().sent, std::uint64_t{49});
    QCOMPARE(bench.progress().refused, std::uint64_t{1});
}

void FileFeedTest::holdsNoWholeFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"large.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray megabyte = (QByteArray(1023, 'x') + '\n').repeated(1024);
    for (int i = 0; i < 64; ++i)
        file.write(megabyte);
    file.close();
    EventFile reader(file.fileName(), feedOf(file.fileName()).input);
    qsizetype largest = 0;
    std::uint64_t lines = 0;
    for (auto piece = reader.read(); !piece.isLast; piece = reader.read()) {
        largest = std::max(largest, piece.content.publications.size());
        lines += static_cast<std::uint64_t>(piece.content.publications.size());
    }
    QCOMPARE(lines, std::uint64_t{64 * 1024});
    QVERIFY(largest <= 257);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FileFeedTest)
#include "tst_filefeed.moc"
