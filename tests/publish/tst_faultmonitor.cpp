// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/clientcontrol.h"
#include "publish/runningpublisher.h"
#include "subscribe/watcher.h"

#include <QRegularExpression>
#include <QTest>

#include <memory>
#include <optional>

namespace weir::publish {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using sse::Diagnostic;
using subscribe::Cause;
using test::Watcher;

/// What Weir's own monitor shows of each fault.
class FaultMonitorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void seesTheSameEvents_data();
    void seesTheSameEvents();
    void diagnosesText_data();
    void diagnosesText();
    void refusesWhatIsTooLarge();
    void endsAtAnEndlessLine();
    void closesForGood_data();
    void closesForGood();
    void namesTheEndAndResumes_data();
    void namesTheEndAndResumes();
    void noticesSilence();
    void showsWhatIsHeldBack();
};

namespace {

FaultPlan plan(Fault fault, const QVariantMap &parameters = {})
{
    return FaultPlan().with(fault, parameters);
}

/// A publisher that will fail once, and a monitor that connects to it.
struct Run
{
    explicit Run(const FaultPlan &faults)
        : control(*publisher)
    {
        control.arm(u"/events"_s, 1, faults);
        settings = Watcher::quick(QUrl(u"http://127.0.0.1:%1/events"_s.arg(publisher.port())));
        settings.codings.gzip = true;
    }

    void watch() { watcher.watch(settings); }
    bool isOpen() { return watcher.count(store::ConnectionState::Open) > 0; }
    void publish(const QByteArray &id, const QByteArray &data)
    {
        Publication publication = publicationOf(data);
        publication.message.id = id.toStdString();
        publisher->publish(publication);
    }
    QList<Diagnostic> diagnostics()
    {
        QList<Diagnostic> found;
        const store::Snapshot snapshot = watcher.log().snapshot();
        for (store::EventNumber number = snapshot.begin(); number < snapshot.end(); ++number.value) {
            if (snapshot.at(number).kind() == store::Kind::Diagnostic)
                found.append(snapshot.at(number).diagnostic());
        }
        return found;
    }

    RunningPublisher publisher;
    ClientControl control;
    subscribe::SubscriptionSettings settings;
    Watcher watcher;
};

const QByteArray umlaut = "grün €";

} // namespace

void FaultMonitorTest::seesTheSameEvents_data()
{
    QTest::addColumn<FaultPlan>("faults");
    for (const auto *ends : {"cr", "crlf", "mixed"})
        QTest::newRow(ends) << plan(Fault::LineEnds, {{u"ends"_s, QString::fromLatin1(ends)}});
    QTest::newRow("BOM") << plan(Fault::Bom);
    QTest::newRow("BOM and CR") << plan(Fault::Bom).with(Fault::LineEnds, {{u"ends"_s, u"cr"_s}});
    for (int byte = 1; byte < 8; ++byte)
        QTest::addRow("split at %d", byte) << plan(Fault::SplitAt, {{u"byte"_s, byte}, {u"pauseMs"_s, 5}});
    QTest::newRow("split in characters") << plan(Fault::SplitCharacter);
    QTest::newRow("split in line ends") << plan(Fault::SplitLineEnd);
    QTest::newRow("one byte") << plan(Fault::OneByte);
    QTest::newRow("one byte, mixed") << plan(Fault::OneByte).with(Fault::LineEnds, {{u"ends"_s, u"mixed"_s}});
    QTest::newRow("drip") << plan(Fault::Drip, {{u"bytesPerSecond"_s, 500}});
    for (const auto *status : {"301", "302", "303", "307", "308"})
        QTest::addRow("redirect %s", status) << plan(Fault::Redirect, {{u"status"_s, QString::fromLatin1(status)}});
    QTest::newRow("late head") << plan(Fault::HeadDelay, {{u"ms"_s, 150}});
    QTest::newRow("no heartbeat") << plan(Fault::NoHeartbeat);
}

void FaultMonitorTest::seesTheSameEvents()
{
    QFETCH(FaultPlan, faults);
    Run run(faults);
    run.watch();
    QTRY_VERIFY(run.isOpen());
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "a");
    run.publish("2", umlaut);
    QList<QByteArray> expected{"a", umlaut};
    if (faults.has(Fault::Bom))
        expected.prepend("weir-bom");
    QTRY_COMPARE(run.watcher.data(), expected);
    QCOMPARE(run.watcher.events().last().id, QByteArray("2"));
    QCOMPARE(run.diagnostics(), QList<Diagnostic>());
    QCOMPARE(run.watcher.last().state, store::ConnectionState::Open);
}

void FaultMonitorTest::diagnosesText_data()
{
    QTest::addColumn<FaultPlan>("faults");
    QTest::addColumn<int>("diagnostic");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("id");
    const QByteArray replacement = "\xEF\xBF\xBD";
    const auto invalid = [](const char *bytes) {
        return plan(Fault::InvalidUtf8, {{u"bytes"_s, QString::fromLatin1(bytes)}});
    };
    const int utf8 = static_cast<int>(Diagnostic::InvalidUtf8);
    QTest::newRow("lone byte") << invalid("lone") << utf8 << "a" + replacement << QByteArray("1");
    QTest::newRow("truncated") << invalid("truncated") << utf8 << "a" + replacement << QByteArray("1");
    QTest::newRow("overlong") << invalid("overlong") << utf8 << "a" + replacement.repeated(2) << QByteArray("1");
    QTest::newRow("surrogate") << invalid("surrogate") << utf8 << "a" + replacement.repeated(3) << QByteArray("1");
    QTest::newRow("NUL in id") << plan(Fault::NulInId) << static_cast<int>(Diagnostic::NulInId) << QByteArray("a")
                               << QByteArray();
    QTest::newRow("bad retry") << plan(Fault::BadRetry) << static_cast<int>(Diagnostic::InvalidRetry) << QByteArray("a")
                               << QByteArray("1");
}

void FaultMonitorTest::diagnosesText()
{
    QFETCH(FaultPlan, faults);
    QFETCH(int, diagnostic);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, id);
    Run run(faults);
    run.watch();
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "a");
    QTRY_COMPARE(run.watcher.data(), QList<QByteArray>{data});
    QCOMPARE(run.diagnostics(), QList<Diagnostic>{static_cast<Diagnostic>(diagnostic)});
    QCOMPARE(run.watcher.events().at(0).id, id);
    QCOMPARE(run.watcher.last().reconnectionTime, run.settings.reconnect.reconnectionTime);
}

void FaultMonitorTest::refusesWhatIsTooLarge()
{
    Run run(plan(Fault::LargeEvent, {{u"mebibytes"_s, 3}}));
    run.settings.maxEventBytes = 1 << 20;
    run.watch();
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "next");
    QTRY_COMPARE(run.watcher.data(), QList<QByteArray>{"next"});
    QCOMPARE(run.diagnostics(), (QList<Diagnostic>{Diagnostic::EventTooLarge, Diagnostic::Resynchronised}));
    // And whole where it may be so large.
    Run large(plan(Fault::LargeEvent, {{u"mebibytes"_s, 3}}));
    large.watch();
    QTRY_COMPARE(large.watcher.data(), QList<QByteArray>{QByteArray(3 << 20, 'x')});
    QCOMPARE(large.diagnostics(), QList<Diagnostic>());
}

void FaultMonitorTest::endsAtAnEndlessLine()
{
    Run run(plan(Fault::EndlessLine, {{u"mebibytes"_s, 4}}));
    run.settings.maxEventBytes = 1 << 20;
    run.watch();
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "a");
    QTRY_VERIFY(run.watcher.count(store::ConnectionState::Waiting) > 0);
    QCOMPARE(run.watcher.first(store::ConnectionState::Waiting).cause, Cause::ConnectionLost);
    QVERIFY(run.diagnostics().startsWith(Diagnostic::EventTooLarge));
    QCOMPARE(run.watcher.data(), QList<QByteArray>{"a"});
}

void FaultMonitorTest::closesForGood_data()
{
    QTest::addColumn<FaultPlan>("faults");
    QTest::addColumn<int>("cause");
    const auto status = [](int number) { return plan(Fault::Status, {{u"status"_s, number}}); };
    QTest::newRow("204") << status(204) << static_cast<int>(Cause::StatusNoContent);
    QTest::newRow("404") << status(404) << static_cast<int>(Cause::StatusRefused);
    QTest::newRow("206") << status(206) << static_cast<int>(Cause::StatusRefused);
    QTest::newRow("799") << status(799) << static_cast<int>(Cause::StatusRefused);
    QTest::newRow("type") << plan(Fault::ContentType) << static_cast<int>(Cause::WrongContentType);
    QTest::newRow("no type") << plan(Fault::NoContentType) << static_cast<int>(Cause::MissingContentType);
    QTest::newRow("loop") << plan(Fault::RedirectLoop) << static_cast<int>(Cause::TooManyRedirects);
    QTest::newRow("long chain") << plan(Fault::Redirect, {{u"hops"_s, 21}})
                                << static_cast<int>(Cause::TooManyRedirects);
}

void FaultMonitorTest::closesForGood()
{
    QFETCH(FaultPlan, faults);
    QFETCH(int, cause);
    Run run(faults);
    run.watch();
    QTRY_COMPARE(run.watcher.count(store::ConnectionState::Closed), 1);
    QCOMPARE(static_cast<int>(run.watcher.last().cause), cause);
    QVERIFY(run.watcher.data().isEmpty());
}

void FaultMonitorTest::namesTheEndAndResumes_data()
{
    QTest::addColumn<FaultPlan>("faults");
    QTest::addColumn<int>("cause");
    QTest::addColumn<bool>("isInside"); // an unfinished block was diagnosed
    const auto row = [](const char *name, const FaultPlan &faults, Cause cause, bool isInside) {
        QTest::newRow(name) << faults << static_cast<int>(cause) << isInside;
    };
    row("no blank line", plan(Fault::NoBlankLine), Cause::EndInsideEvent, true);
    row("no blank line, CR LF", plan(Fault::NoBlankLine).with(Fault::LineEnds), Cause::EndInsideEvent, true);
    row("cut", plan(Fault::CutInEvent), Cause::ConnectionLost, true);
    row("reset", plan(Fault::ResetInEvent), Cause::ConnectionLost, true);
    row("half-close", plan(Fault::HalfClose), Cause::ConnectionLost, false);
    row("gzip cut", plan(Fault::GzipTruncated), Cause::DecodingFailed, true);
    // Qt takes a chunk size that is no number for 0, which is how a body ends: nothing of it can be told from outside.
    row("chunk size", plan(Fault::BadChunkSize), Cause::EndOfStream, false);
    row("length", plan(Fault::LengthTooLong), Cause::ConnectionLost, false);
    row("short length", plan(Fault::LengthTooShort, {{u"bytes"_s, 20}}), Cause::EndInsideEvent, true);
    row("short length after an event", plan(Fault::LengthTooShort, {{u"bytes"_s, 18}}), Cause::EndOfStream, false);
    row("overload", plan(Fault::Status, {{u"status"_s, 503}}), Cause::StatusTemporary, false);
}

void FaultMonitorTest::namesTheEndAndResumes()
{
    QFETCH(FaultPlan, faults);
    QFETCH(int, cause);
    QFETCH(bool, isInside);
    Run run(faults);
    run.settings.lastEventId = "0";
    run.publish("0", "before");
    run.watch();
    if (!faults.has(Fault::Status))
        QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "a");
    run.publish("2", "bb");
    QTRY_VERIFY(run.watcher.count(store::ConnectionState::Waiting) > 0);
    QCOMPARE(static_cast<int>(run.watcher.first(store::ConnectionState::Waiting).cause), cause);
    // Whatever was lost comes after the reconnection, and nothing comes twice.
    QTRY_COMPARE(run.watcher.data(), (QList<QByteArray>{"a", "bb"}));
    QCOMPARE(run.diagnostics().contains(Diagnostic::IncompleteBlock), isInside);
    QTRY_COMPARE(run.watcher.last().state, store::ConnectionState::Open);
}

void FaultMonitorTest::noticesSilence()
{
    Run run(plan(Fault::Silence, {{u"events"_s, 1}}));
    run.settings.idleTimeout = 1500ms; // longer than it takes to publish on a busy machine
    run.watch();
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    run.publish("1", "a");
    run.publish("2", "bb");
    QTRY_VERIFY(run.watcher.count(store::ConnectionState::Waiting) > 0);
    QCOMPARE(run.watcher.first(store::ConnectionState::Waiting).cause, Cause::NoBytesInTime);
    QTRY_COMPARE(run.watcher.data(), (QList<QByteArray>{"a", "bb"}));
}

void FaultMonitorTest::showsWhatIsHeldBack()
{
    Run run(plan(Fault::GzipUnflushed));
    run.watch();
    QTRY_VERIFY(run.isOpen());
    QTRY_COMPARE(run.publisher.clientCount(), 1);
    QCOMPARE(run.watcher.first(store::ConnectionState::Open).contentCoding, u"gzip"_s);
    run.publish("1", "a");
    QTRY_COMPARE(run.publisher.clients().value(0).eventsSent, 1u);
    QVERIFY(run.watcher.data().isEmpty());
    run.publisher->disconnectClient(run.publisher.clients().at(0).id);
    QTRY_COMPARE(run.watcher.data(), QList<QByteArray>{"a"});
    QTRY_VERIFY(run.watcher.count(store::ConnectionState::Waiting) > 0);
    QCOMPARE(run.watcher.first(store::ConnectionState::Waiting).cause, Cause::EndOfStream);
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::FaultMonitorTest)
#include "tst_faultmonitor.moc"
