// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/attemptreport.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

using namespace weir;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using subscribe::AttemptReport;
using subscribe::HopReport;

namespace {

HopReport redirect()
{
    HopReport hop;
    hop.method = "GET";
    hop.url = QUrl(u"http://example.org/a"_s);
    hop.requestHead = "GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n";
    hop.status = 307;
    hop.httpVersion = u"HTTP/1.1"_s;
    hop.responseHead = "HTTP/1.1 307 Temporary Redirect\r\nLocation: /b\r\n\r\n";
    hop.headReceived = 12340us;
    return hop;
}

HopReport answer()
{
    HopReport hop;
    hop.method = "GET";
    hop.url = QUrl(u"https://example.org/b"_s);
    hop.started = 13ms;
    hop.status = 200;
    hop.httpVersion = u"HTTP/2"_s;
    subscribe::TlsReport tls;
    tls.protocol = u"TLS 1.3"_s;
    tls.cipher = u"TLS_AES_256_GCM_SHA384"_s;
    tls.problems = QStringList{u"the certificate has expired"_s};
    tls.isAcceptedAnyway = true;
    subscribe::CertificateReport certificate;
    certificate.subject = u"example.org"_s;
    certificate.issuer = u"Test CA"_s;
    certificate.alternativeNames = QStringList{u"example.org"_s, u"www.example.org"_s};
    certificate.sha256 = "0aff";
    tls.chain = {certificate};
    hop.tls = tls;
    return hop;
}

AttemptReport report()
{
    AttemptReport report;
    report.attempt = 3;
    report.startedBecause = u"the network came back"_s;
    report.lastEventIdSent = "41";
    report.hops = {redirect(), answer()};
    report.opened = 40ms;
    report.firstEvent = 2s;
    report.ended = 61s + 200ms;
    report.wireBytes = 100;
    report.bytes = 2345;
    report.events = 12;
    report.ending = u"the connection was reset"_s;
    report.next = u"connects again in 3 s"_s;
    return report;
}

} // namespace

class AttemptTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void says_data();
    void says();
    void comesInTheOrderOfTime();
    void runningHasNoEnd();
    void controlsCannotMoveTheText();
};

void AttemptTextTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void AttemptTextTest::says_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("number") << u"Attempt 3"_s;
    QTest::newRow("reason") << u"  Begun because   the network came back"_s;
    QTest::newRow("last event ID sent") << u"  Last-Event-ID   41"_s;
    QTest::newRow("first request") << u"Request GET http://example.org/a"_s;
    QTest::newRow("request head") << u"    > Host: example.org"_s;
    QTest::newRow("response head") << u"    < Location: /b"_s;
    QTest::newRow("redirect") << u"Redirected to GET https://example.org/b"_s;
    QTest::newRow("TLS") << u"  TLS             TLS 1.3, TLS_AES_256_GCM_SHA384"_s;
    QTest::newRow("certificate problem") << u"  TLS, accepted   the certificate has expired"_s;
    QTest::newRow("names") << u"    for           example.org, www.example.org"_s;
    QTest::newRow("fingerprint") << u"    SHA-256       0A:FF"_s;
    QTest::newRow("milliseconds") << u"  Head after      12.3 ms"_s;
    QTest::newRow("seconds") << u"  First event     2.000 s"_s;
    QTest::newRow("minutes") << u"  Ended after     1 min 1 s"_s;
    QTest::newRow("bytes") << u"  Received        2,345 bytes, decoded from 100"_s;
    QTest::newRow("next") << u"  Next            connects again in 3 s"_s;
}

void AttemptTextTest::says()
{
    QFETCH(QString, line);
    const auto lines = text(report()).split(u'\n');
    QVERIFY2(lines.contains(line), qPrintable(text(report())));
}

void AttemptTextTest::comesInTheOrderOfTime()
{
    const auto words = text(report());
    qsizetype last = -1;
    for (const auto &part : {u"Attempt 3"_s, u"> GET /a"_s, u"< HTTP/1.1 307"_s, u"Redirected"_s, u"Received"_s,
             u"reset"_s, u"connects again"_s}) {
        const auto place = words.indexOf(part);
        QVERIFY2(place > last, qPrintable(part));
        last = place;
    }
}

void AttemptTextTest::runningHasNoEnd()
{
    auto running = report();
    running.ended.reset();
    QVERIFY(text(running).contains(u"Stream so far"_s));
    QVERIFY(!text(running).contains(u"Ended after"_s));
    AttemptReport fresh;
    fresh.attempt = 1;
    QCOMPARE(text(fresh), u"Attempt 1\n"_s);
}

void AttemptTextTest::controlsCannotMoveTheText()
{
    auto odd = report();
    odd.hops[0].responseHead = "HTTP/1.1 200 OK\r\nX: a\rb\x1b[2Jc\r\n\r\n";
    QVERIFY(text(odd).contains(u"    < X: a\uFFFDb\uFFFD[2Jc\n"_s));
}

QTEST_GUILESS_MAIN(AttemptTextTest)
#include "tst_attempttext.moc"
