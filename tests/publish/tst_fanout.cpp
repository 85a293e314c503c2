// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/channel.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <functional>

namespace weir::publish {

using namespace Qt::StringLiterals;

namespace {

/// Keeps what it gets.
class Reader : public Subscriber
{
public:
    explicit Reader(Channel &channel, qint64 bound = 4 << 20)
        : m_channel(channel)
        , m_bound(bound)
    {}

    void catchUp() override { m_channel.letGo(); }
    void deliver(const FramePointer &frame, Outbox::Delivery delivery) override
    {
        frames.push_back(frame);
        text += frame->blocks();
        lives += delivery == Outbox::Delivery::Live ? 1 : 0;
    }
    qint64 queuedBytes() const override { return 0; }
    qint64 maxQueuedBytes() const override { return m_bound; }
    bool isDrained() const override { return true; }
    void endStream() override { text += "(end)"; }

    std::vector<FramePointer> frames;
    std::string text;
    int lives = 0;

private:
    Channel &m_channel;
    qint64 m_bound;
};

sse::Message messageOf(const std::string &data)
{
    sse::Message message;
    message.data = data;
    return message;
}

void send(Channel &channel, int first, int last)
{
    for (int i = first; i <= last; ++i)
        QVERIFY(channel.send(messageOf(std::to_string(i)), false).error.isEmpty());
}

/// As send() without ids writes them.
std::string textOf(int first, int last)
{
    std::string text;
    for (int i = first; i <= last; ++i)
        text += "data: " + std::to_string(i) + "\n\n";
    return text;
}

ChannelSettings usual()
{
    ChannelSettings settings;
    settings.path = u"/events"_s;
    return settings;
}

} // namespace

/// What comes together leaves together, and nobody can tell but by the time.
class FanoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void sendsWhatComesAloneAtOnce();
    void joinsWhatComesTogether();
    void keepsBackTheFirstWhileItIsBusy();
    void boundsWhatItJoins();
    void keepsWhatIsTooLargeToJoin();
    void lettingGoComesFirst_data();
    void lettingGoComesFirst();
    void attachesBetweenTwoMessages();
    void doesNotKeepWhatCameBefore();
    void tellsWhenAllHasLeft();
    void historyAndStatusDoNotWait();
};

void FanoutTest::sendsWhatComesAloneAtOnce()
{
    Channel channel(usual());
    Reader reader(channel);
    channel.attach(reader, {});
    for (int i = 1; i <= 3; ++i) {
        send(channel, i, i);
        QCOMPARE(reader.text, textOf(1, i));
        QCoreApplication::sendPostedEvents(); // a turn
    }
    QCOMPARE(reader.frames.size(), 3U);
}

void FanoutTest::joinsWhatComesTogether()
{
    Channel channel(usual());
    Reader one(channel);
    Reader other(channel);
    channel.attach(one, {});
    channel.attach(other, {});
    send(channel, 1, 10);
    QCOMPARE(one.text, textOf(1, 1));
    QTRY_COMPARE(one.text, textOf(1, 10));
    QCOMPARE(one.frames.size(), 2U);
    QCOMPARE(one.frames[1]->eventCount(), 9U);
    QCOMPARE(other.text, one.text);
    QVERIFY(one.frames[1] == other.frames[1]); // made once for all
    QByteArray chunks;
    for (int i = 2; i <= 10; ++i)
        chunks += toChunk(QByteArray::fromStdString(textOf(i, i)));
    QCOMPARE(one.frames[1]->chunk(), chunks); // an event is a chunk of its own
    QCOMPARE(one.frames[1]->plain(), QByteArray::fromStdString(textOf(2, 10)));
}

void FanoutTest::keepsBackTheFirstWhileItIsBusy()
{
    Channel channel(usual());
    Reader reader(channel);
    channel.attach(reader, {});
    send(channel, 1, 2);
    QTRY_COMPARE(reader.text, textOf(1, 2));
    send(channel, 3, 5);
    QCOMPARE(reader.text, textOf(1, 2));
    QTRY_COMPARE(reader.text, textOf(1, 5));
    QCOMPARE(reader.frames.back()->eventCount(), 3U);
    int i = 6;
    const auto isAtOnce = [&] {
        send(channel, i, i);
        const bool isThere = reader.text == textOf(1, i);
        QCoreApplication::sendPostedEvents();
        return isThere;
    };
    while (!isAtOnce() && i < 50) {
        QTRY_COMPARE(reader.text, textOf(1, i));
        ++i;
    }
    QVERIFY2(i > 6 && i < 50, qPrintable(QString::number(i)));
}

void FanoutTest::boundsWhatItJoins()
{
    Channel channel(usual());
    Reader wide(channel);
    Reader tight(channel, 8000);
    channel.attach(wide, {});
    channel.attach(tight, {});
    for (int i = 0; i < 200; ++i)
        channel.send(messageOf(std::string(90, 'x')), false);
    QTRY_COMPARE(tight.text.size(), 200U * 98);
    QCOMPARE(wide.text, tight.text);
    QVERIFY(tight.frames.size() < 30);
    for (const FramePointer &frame : tight.frames)
        QVERIFY(frame->blocks().size() <= 1000);
    channel.detach(tight);
    channel.detach(wide);
    Reader next(channel);
    channel.attach(next, {});
    for (int i = 0; i < 2000; ++i)
        channel.send(messageOf(std::string(90, 'x')), false);
    QTRY_COMPARE(next.text.size(), 2000U * 98);
    QVERIFY(next.frames.size() < 10);
    for (const FramePointer &frame : next.frames)
        QVERIFY(frame->blocks().size() <= 64 << 10);
}

void FanoutTest::keepsWhatIsTooLargeToJoin()
{
    Channel channel(usual());
    Reader reader(channel, 8000);
    channel.attach(reader, {});
    send(channel, 1, 3);
    const std::string large(5000, 'y');
    channel.send(messageOf(large), false);
    send(channel, 4, 5);
    const std::string expected = textOf(1, 3) + "data: " + large + "\n\n" + textOf(4, 5);
    QTRY_COMPARE(reader.text, expected);
    QCOMPARE(reader.frames.size(), 4U); // 1; 2 and 3; the large one; 4 and 5
}

using Act = std::function<void(Channel &, Reader &)>;

void FanoutTest::lettingGoComesFirst_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const QByteArray &after, const Act &act) {
        QTest::newRow(name) << act << after;
    };
    row("bytes", "data: b\n", [](Channel &channel, Reader &) { channel.sendBytes("data: b\n"); });
    row("a generator's frame", "data: f\n\n",
        [](Channel &channel, Reader &) { channel.sendFrame(Frame::fromBlocks("data: f\n\n", 1)); });
    row("a frame apart", "data: f\n\n",
        [](Channel &channel, Reader &) { channel.sendUnheld(Frame::apart("data: f\n\n", 1)); });
    row("for one client", "data: o\n\n",
        [](Channel &channel, Reader &reader) { channel.sendTo({&reader}, messageOf("o")); });
    row("another client comes", {}, [](Channel &channel, Reader &) {
        Reader other(channel);
        channel.attach(other, {});
        channel.detach(other);
        QVERIFY(other.text.empty());
    });
    row("removed", "(end)", [](Channel &channel, Reader &) { channel.remove(); });
    row("removed and added again", "(end)", [](Channel &channel, Reader &) {
        channel.remove();
        channel.restore(usual());
    });
    row("ended", "(end)", [](Channel &channel, Reader &) {
        ChannelSettings ended = usual();
        ended.hasEnded = true;
        channel.configure(ended);
    });
}

void FanoutTest::lettingGoComesFirst()
{
    QFETCH(Act, act);
    QFETCH(QByteArray, after);
    Channel channel(usual());
    Reader reader(channel);
    channel.attach(reader, {});
    send(channel, 1, 4);
    QCOMPARE(reader.text, textOf(1, 1));
    act(channel, reader);
    const std::string expected = textOf(1, 4) + after.toStdString();
    QCOMPARE(reader.text, expected);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(reader.text, expected);
}

void FanoutTest::attachesBetweenTwoMessages()
{
    Channel channel(usual());
    Reader reader(channel);
    channel.attach(reader, {});
    const QByteArray first = channel.send(messageOf("1"), true).id;
    channel.send(messageOf("2"), true);
    channel.send(messageOf("3"), true);
    Reader comes(channel);
    channel.attach(comes, first);
    QCOMPARE(comes.lives, 0);
    channel.send(messageOf("4"), true);
    channel.send(messageOf("5"), true);
    QTRY_VERIFY(comes.text.ends_with("data: 5\n\n"));
    const std::string afterFirst = reader.text.substr(reader.text.find("\n\n") + 2);
    QCOMPARE(comes.text, afterFirst);
    QCOMPARE(QByteArray::fromStdString(reader.text).count("data: "), 5);
}

void FanoutTest::doesNotKeepWhatCameBefore()
{
    Channel channel(usual());
    Reader reader(channel);
    channel.attach(reader, {});
    send(channel, 1, 3);
    channel.detach(reader);
    Reader other(channel);
    channel.attach(other, {});
    send(channel, 4, 5);
    QTRY_COMPARE(other.text, textOf(4, 5));
}

void FanoutTest::tellsWhenAllHasLeft()
{
    Channel channel(usual());
    Reader reader(channel);
    channel.attach(reader, {});
    send(channel, 1, 1);
    QVERIFY(channel.isDrained());
    send(channel, 2, 3);
    QVERIFY(!channel.isDrained());
    QSignalSpy progressed(&channel, &Channel::progressed);
    QTRY_COMPARE(progressed.size(), 1);
    QVERIFY(channel.isDrained());
    QCOMPARE(reader.text, textOf(1, 3));
}

void FanoutTest::historyAndStatusDoNotWait()
{
    Channel channel(usual());
    Reader reader(channel);
    channel.attach(reader, {});
    const QByteArray first = channel.send(messageOf("a"), true).id;
    for (int i = 0; i < 9; ++i)
        QVERIFY(channel.send(messageOf("b"), true).id.startsWith(channel.idPrefix()));
    QVERIFY(first.endsWith("-1"));
    QCOMPARE(channel.nextPosition(), 11U);
    QCOMPARE(channel.status().eventsSent, 10U);
    QCOMPARE(channel.status().eventsHeld, 10U);
    QCOMPARE(reader.frames.size(), 1U);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FanoutTest)
#include "tst_fanout.moc"
