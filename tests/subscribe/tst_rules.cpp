// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/contenttype.h"
#include "subscribe/reconnectdelay.h"
#include "subscribe/redirect.h"
#include "subscribe/request.h"
#include "subscribe/retryafter.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <limits>

namespace weir::test {

using namespace std::chrono_literals;
using namespace subscribe;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

/// The decisions that need no network.
class RulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void contentTypes_data();
    void contentTypes();
    void redirects_data();
    void redirects();
    void twentyRedirects();
    void retryAfter_data();
    void retryAfter();
    void exactAfterSuccess();
    void backOffGrows();
    void acceptingProvesNothing();
    void exponentIsBounded();
    void jitterSpreads();
    void jitterSpreadsBeyondTheCeiling();
    void retryIsBounded_data();
    void retryIsBounded();
    void retryAfterLengthens();
    void whatCloses();
    void sendableIds();
};

void RulesTest::contentTypes_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("essence");
    const QByteArray stream = "text/event-stream";
    QTest::newRow("plain") << stream << stream;
    QTest::newRow("C09 charset") << QByteArray("text/event-stream;charset=utf-8") << stream;
    QTest::newRow("C09 case") << QByteArray("Text/Event-Stream") << stream;
    QTest::newRow("C09 semicolon") << QByteArray("text/event-stream;") << stream;
    QTest::newRow("C09 spaces") << QByteArray(" text/event-stream ; x=y") << stream;
    QTest::newRow("C11 no slash") << QByteArray("x bogus") << QByteArray();
    QTest::newRow("C11 other") << QByteArray("text/x-bogus") << QByteArray("text/x-bogus");
    QTest::newRow("C11 empty") << QByteArray() << QByteArray();
    QTest::newRow("empty subtype") << QByteArray("text/") << QByteArray();
    QTest::newRow("space inside") << QByteArray("text/event stream") << QByteArray();
    QTest::newRow("C12 longer") << QByteArray("text/event-streamx") << QByteArray("text/event-streamx");
    QTest::newRow("C12 two slashes") << QByteArray("application/x-text/event-stream") << QByteArray();
    QTest::newRow("C12 in a parameter") << QByteArray("application/json; note=\"text/event-stream\"")
                                        << QByteArray("application/json");
    QTest::newRow("comma in a parameter")
        << QByteArray("application/json; note=\"a, text/event-stream\"") << QByteArray("application/json");
    QTest::newRow("escaped quote") << QByteArray("application/json; note=\"a\\\", text/event-stream\"")
                                   << QByteArray("application/json");
    QTest::newRow("C13 last one") << QByteArray("text/plain, text/event-stream") << stream;
    QTest::newRow("C13 reverse") << QByteArray("text/event-stream, text/plain") << QByteArray("text/plain");
    QTest::newRow("C13 last is invalid") << QByteArray("text/event-stream, bogus") << stream;
    QTest::newRow("C13 last is any") << QByteArray("text/event-stream, */*") << stream;
}

void RulesTest::contentTypes()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, essence);
    QCOMPARE(mimeEssence(field), essence);
}

void RulesTest::redirects_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("leavesOrigin");
    QTest::addColumn<Cause>("refusal");
    const QByteArray from = "http://h:1/a/b?q";
    const auto good = [&](const char *name, const QByteArray &location, const QByteArray &target, bool leaves) {
        QTest::newRow(name) << from << location << target << leaves << Cause::None;
    };
    good("C18 absolute", "http://h:1/x", "http://h:1/x", false);
    good("C19 absolute path", "/other", "http://h:1/other", false);
    good("C19 relative", "../x?y", "http://h:1/x?y", false);
    good("C19 other host", "//h2/x", "http://h2/x", true);
    good("host in capitals", "http://H:1/x", "http://h:1/x", false);
    good("C22 other port", "http://h:2/x", "http://h:2/x", true);
    good("to https", "https://h:1/x", "https://h:1/x", true);
    good("fragment", "/x#f", "http://h:1/x", false);
    good("credentials", "http://u:p@h:1/x", "http://h:1/x", false);
    QTest::newRow("default port") << QByteArray("http://h/") << QByteArray("http://h:80/x")
                                  << QByteArray("http://h:80/x") << false << Cause::None;
    const auto bad = [](const char *name, const QByteArray &source, const QByteArray &location, Cause refusal) {
        QTest::newRow(name) << source << location << QByteArray() << false << refusal;
    };
    bad("C20 missing", from, {}, Cause::RedirectWithoutLocation);
    bad("C20 blank", from, "  ", Cause::RedirectWithoutLocation);
    bad("other scheme", from, "ftp://h/x", Cause::RedirectInvalid);
    bad("no URL", from, "http://a b/", Cause::RedirectInvalid);
    bad("C23 loses TLS", "https://h/", "http://h/", Cause::RedirectLosesTls);
}

void RulesTest::redirects()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, target);
    QFETCH(bool, leavesOrigin);
    QFETCH(Cause, refusal);
    const Redirect redirect = followRedirect(QUrl::fromEncoded(from), location, 0);
    QCOMPARE(redirect.refusal, refusal);
    QCOMPARE(redirect.target.toEncoded(), target);
    QCOMPARE(redirect.leavesOrigin, leavesOrigin);
    QVERIFY(!redirect.detail.contains(u'@'));
}

void RulesTest::twentyRedirects()
{
    const QUrl from(u"http://h/"_s);
    QCOMPARE(followRedirect(from, "/", 19).refusal, Cause::None);
    QCOMPARE(followRedirect(from, "/", 20).refusal, Cause::TooManyRedirects);
}

void RulesTest::retryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("ms");
    constexpr qint64 none = -1;
    constexpr qint64 year = 365LL * 24 * 3600 * 1000;
    QTest::newRow("R29 seconds") << QByteArray("5") << qint64{5000};
    QTest::newRow("zero") << QByteArray("0") << qint64{0};
    QTest::newRow("spaces") << QByteArray(" 5 ") << qint64{5000};
    QTest::newRow("date") << QByteArray("Sun, 22 Nov 2026 12:00:30 GMT") << qint64{30000};
    QTest::newRow("past date") << QByteArray("Sun, 22 Nov 2026 11:00:00 GMT") << qint64{0};
    QTest::newRow("huge") << QByteArray(400, '9') << year;
    QTest::newRow("empty") << QByteArray() << none;
    QTest::newRow("negative") << QByteArray("-5") << none;
    QTest::newRow("words") << QByteArray("soon") << none;
}

void RulesTest::retryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, ms);
    const QDateTime now(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
    QCOMPARE(parseRetryAfter(value, now).value_or(-1ms).count(), ms);
}

void RulesTest::exactAfterSuccess()
{
    ReconnectDelay delay([] { return 0.99; });
    delay.attemptEnded(true, 0ms);
    QCOMPARE(delay.next({}, std::nullopt, std::nullopt).delay, 3000ms);
    QCOMPARE(delay.next({}, 500ms, std::nullopt).delay, 500ms);
    delay.attemptEnded(false, 10s);
    QCOMPARE(delay.next({}, 500ms, std::nullopt).delay, 500ms);
}

void RulesTest::backOffGrows()
{
    ReconnectDelay delay([] { return 0.0; });
    QList<int> seconds;
    for (int i = 0; i < 8; ++i) {
        delay.attemptEnded(false, 0ms);
        seconds.append(static_cast<int>(delay.next({}, std::nullopt, std::nullopt).delay / 1s));
    }
    QCOMPARE(seconds, (QList<int>{3, 6, 12, 24, 40, 40, 40, 40}));
    delay.attemptEnded(true, 0ms);
    QCOMPARE(delay.next({}, std::nullopt, std::nullopt).delay, 3000ms);
}

void RulesTest::acceptingProvesNothing()
{
    ReconnectDelay delay([] { return 0.0; });
    delay.attemptEnded(false, 20ms);
    delay.attemptEnded(false, 9999ms);
    QCOMPARE(delay.failures(), 2);
    QCOMPARE(delay.next({}, std::nullopt, std::nullopt).delay, 6000ms);
}

void RulesTest::exponentIsBounded()
{
    const ReconnectPolicy policy;
    ReconnectDelay delay([] { return 0.999; });
    for (int i = 0; i < 1100; ++i) {
        delay.attemptEnded(false, 0ms);
        const milliseconds next = delay.next(policy, std::nullopt, std::nullopt).delay;
        QVERIFY(next >= policy.reconnectionTime && next <= policy.ceiling);
    }
}

void RulesTest::jitterSpreads()
{
    QSet<qint64> delays;
    for (int i = 0; i < 200; ++i) {
        ReconnectDelay delay([i] { return i / 200.0; });
        delay.attemptEnded(false, 0ms);
        const milliseconds next = delay.next({}, std::nullopt, std::nullopt).delay;
        QVERIFY(next >= 3000ms && next < 4500ms);
        delays.insert(next / 50ms);
    }
    QCOMPARE(delays.size(), 30);
}

void RulesTest::jitterSpreadsBeyondTheCeiling()
{
    ReconnectDelay low([] { return 0.0; });
    ReconnectDelay high([] { return 0.99; });
    low.attemptEnded(false, 0ms);
    high.attemptEnded(false, 0ms);
    QCOMPARE(low.next({}, 5min, std::nullopt).delay, 5min);
    QVERIFY(high.next({}, 5min, std::nullopt).delay > 5min + 20s);
}

void RulesTest::retryIsBounded_data()
{
    QTest::addColumn<qint64>("retry");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("R05 two") << qint64{2} << qint64{100};
    QTest::newRow("R07 zero") << qint64{0} << qint64{100};
    QTest::newRow("D7 exact") << qint64{100} << qint64{100};
    QTest::newRow("R08 2^31") << qint64{2147483648} << qint64{3600000};
    QTest::newRow("R08 2^32+1") << qint64{4294967297} << qint64{3600000};
    QTest::newRow("R08 largest") << std::numeric_limits<qint64>::max() << qint64{3600000};
}

void RulesTest::retryIsBounded()
{
    QFETCH(qint64, retry);
    QFETCH(qint64, expected);
    QCOMPARE(effectiveReconnectionTime({}, milliseconds{retry}).count(), expected);
}

void RulesTest::retryAfterLengthens()
{
    ReconnectDelay delay([] { return 0.0; });
    delay.attemptEnded(false, 0ms);
    QCOMPARE(delay.next({}, std::nullopt, 5000ms).delay, 5000ms);
    QCOMPARE(delay.next({}, std::nullopt, 0ms).delay, 3000ms);
    QCOMPARE(delay.next({}, std::nullopt, 24h).delay, 1h);
}

void RulesTest::whatCloses()
{
    const ReconnectPolicy persistent;
    ReconnectPolicy strict;
    strict.isStrict = true;
    QVERIFY(closesForGood(Cause::StatusNoContent, persistent, true));
    QVERIFY(closesForGood(Cause::StatusRefused, persistent, true));
    QVERIFY(!closesForGood(Cause::StatusTemporary, persistent, false));
    QVERIFY(closesForGood(Cause::StatusTemporary, strict, false));
    QVERIFY(closesForGood(Cause::WrongContentType, persistent, false));
    QVERIFY(!closesForGood(Cause::WrongContentType, persistent, true));
    QVERIFY(closesForGood(Cause::WrongContentType, strict, true));
    QVERIFY(closesForGood(Cause::CertificateRejected, persistent, true));
    for (const Cause cause : {Cause::EndOfStream, Cause::ConnectionLost, Cause::ConnectionRefused, Cause::HostNotFound,
             Cause::TlsFailed, Cause::NoResponseInTime, Cause::InterimResponse})
        QVERIFY(!closesForGood(cause, strict, false));
}

void RulesTest::sendableIds()
{
    QVERIFY(isSendable("a\tb \xe2\x80\xa6"));
    QVERIFY(!isSendable("a\x01"));
    QVERIFY(!isSendable("a\x7f"));
    QVERIFY(!isSendable("a\r\nInjected: 1"));
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::RulesTest)
#include "tst_rules.moc"
