// SPDX-License-Identifier: GPL-3.0-or-later
// `weir test-client` against real clients: its verdicts are those that are known of them.
#include "interop/chromium.h"
#include "interop/firefox.h"
#include "interop/frameserver.h"
#include "interop/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTest>

#include <initializer_list>
#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using namespace weir::interop;

namespace {

/// The verdicts that are not "pass", by name. A star at the end stands for every name that begins so.
using Verdicts = QMap<QString, QString>;

QString expected(const Verdicts &known, const QString &name)
{
    QString best;
    for (auto each = known.cbegin(); each != known.cend(); ++each) {
        const bool isMeant = each.key().endsWith(u'*') ? name.startsWith(each.key().chopped(1)) : name == each.key();
        if (isMeant && each.key().size() > best.size())
            best = each.key();
    }
    return known.value(best, u"pass"_s);
}

/// It reads one stream and ends; it knows nothing of event streams.
Verdicts curlVerdicts()
{
    return {{u"*"_s, u"unclear"_s}, {u"method-get"_s, u"pass"_s}, {u"no-id-at-first"_s, u"pass"_s},
        {u"cache-control"_s, u"fail"_s}, {u"reconnect-clean-end"_s, u"fail"_s}, {u"reconnect-cut"_s, u"fail"_s},
        {u"reconnect-reset"_s, u"fail"_s}, {u"reconnect-close"_s, u"fail"_s},
        {u"reconnect-content-length"_s, u"fail"_s}, {u"gzip"_s, u"not run"_s}};
}

/// What eventsource and eventsource-client have in common: their parser, Node's fetch and Node's timers.
Verdicts commonVerdicts()
{
    return {
        // fetch refuses header values beyond Latin-1, so that each further attempt fails before it is sent.
        {u"id-utf8"_s, u"fail"_s},
        // An id is told with an event, and without data there is none.
        {u"id-without-data"_s, u"fail"_s},
        // The parser waits whether an LF follows.
        {u"cr-at-once"_s, u"fail"_s},
        // setTimeout takes what does not fit into 31 bits for 1 ms.
        {u"retry-huge"_s, u"fail"_s},
    };
}

Verdicts eventsourceVerdicts()
{
    auto known = commonVerdicts();
    // The start of the type is compared, letter by letter.
    known.insert(u"type-parameters"_s, u"fail"_s);
    known.insert(u"type-lookalike"_s, u"fail"_s);
    return known;
}

Verdicts eventsourceClientVerdicts()
{
    auto known = commonVerdicts();
    // By choice: only 204 ends it, and it looks at no type.
    for (const auto *name : {"status-404", "status-202", "status-5*", "type-wrong", "type-html", "type-lookalike",
             "type-missing", "redirect-nowhere"})
        known.insert(QString::fromLatin1(name), u"fail"_s);
    return known;
}

Verdicts undiciVerdicts()
{
    return {
        // A network error on the way back is taken for final.
        {u"reconnect-no-answer"_s, u"fail"_s},
        // What a block says takes effect when it ends.
        {u"retry-at-once"_s, u"fail"_s},
        // An empty id changes nothing: https://github.com/nodejs/undici/pull/5746 mends it in later versions.
        {u"id-empty"_s, u"fail"_s},
        {u"id-without-colon"_s, u"fail"_s},
        // fetch refuses header values beyond Latin-1.
        {u"id-utf8"_s, u"fail"_s},
        // setTimeout takes what does not fit into 31 bits for 1 ms.
        {u"retry-huge"_s, u"fail"_s},
    };
}

Verdicts fetchEventSourceVerdicts()
{
    Verdicts known{
        // Because of id-incomplete-event.
        {u"split-crlf"_s, u"unclear"_s},
    };
    const auto fails = [&known](std::initializer_list<const char *> names) {
        for (const auto *name : names)
            known.insert(QString::fromLatin1(name), u"fail"_s);
    };
    fails({"cache-control"});
    // A clean end is the end of everything.
    fails({"reconnect-clean-end", "reconnect-close", "reconnect-content-length"});
    // parseInt takes "100x" for 100, setTimeout what does not fit into 31 bits for 1 ms.
    fails({"retry-invalid", "retry-huge"});
    // Lines without a colon are passed over.
    fails({"id-without-colon"});
    // An id counts from its line on, and NUL is none of its concerns; fetch then refuses the header.
    fails({"id-incomplete-event", "id-nul", "id-utf8"});
    // Each line is decoded by itself, and so loses a byte order mark.
    fails({"bom-inside"});
    // Only the start of the type is compared, letter by letter, and all else is tried again, whatever the status.
    fails({"type-parameters", "type-wrong", "type-html", "type-missing", "status-204", "redirect-nowhere"});
    return known;
}

Verdicts firefoxVerdicts()
{
    return {
        // An id is told with an event, and without data there is none.
        {u"id-without-data"_s, u"fail"_s},
        // Digits are counted in 32 bits, which turn over; what is then too short becomes its least, 500 ms.
        {u"retry-huge"_s, u"fail"_s},
    };
}

} // namespace

class TestInteropClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_runs.clear(); }
    void verdicts_data();
    void verdicts();

private:
    void start(const QString &client, const QString &needs, const QString &command);
    template <class Browser>
    void startBrowser(const QString &client, const QString &program, Browser &browser, FrameServer &frames);

    FrameServer m_chromiumFrames;
    FrameServer m_firefoxFrames;
    Chromium m_chromium;
    Firefox m_firefox;
    QMap<QString, QString> m_lacking;
    std::map<QString, std::unique_ptr<Program>> m_runs;
};

/// Runs wait most of the time, so they wait together.
void TestInteropClients::initTestCase()
{
    startBrowser(u"chromium"_s, u"chromium"_s, m_chromium, m_chromiumFrames);
    startBrowser(u"firefox"_s, u"firefox-esr"_s, m_firefox, m_firefoxFrames);
    start(u"curl"_s, u"curl"_s, u"curl -sSNL {url}"_s);
    for (const auto *library : {"eventsource", "undici", "eventsource-client", "fetch-event-source"}) {
        const auto name = QString::fromLatin1(library);
        start(name, u"node"_s, u"node \"%1/stream-client.mjs\" %2 {url}"_s.arg(peersFolder(), name));
    }
}

template <class Browser>
void TestInteropClients::startBrowser(
    const QString &client, const QString &program, Browser &browser, FrameServer &frames)
{
    if (m_lacking[client] = lacking({program, u"curl"_s}, false); !m_lacking[client].isEmpty())
        return;
    browser.open(frames.url());
    QTRY_VERIFY_WITH_TIMEOUT(frames.isReady(), 60000);
    start(client, program, frames.command(u"{page}"_s));
}

void TestInteropClients::start(const QString &client, const QString &needs, const QString &command)
{
    m_lacking[client] = lacking({needs}, needs == u"node"_s);
    if (!m_lacking[client].isEmpty())
        return;
    auto &run = m_runs[client];
    run = std::make_unique<Program>();
    run->start(QStringLiteral(WEIR_PROGRAM),
        {u"test-client"_s, u"--format"_s, u"json"_s, u"--timeout"_s, u"8"_s, u"--command"_s, command});
}

void TestInteropClients::verdicts_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<Verdicts>("known");
    QTest::newRow("curl") << u"curl"_s << curlVerdicts();
    QTest::newRow("eventsource") << u"eventsource"_s << eventsourceVerdicts();
    QTest::newRow("undici") << u"undici"_s << undiciVerdicts();
    QTest::newRow("eventsource-client") << u"eventsource-client"_s << eventsourceClientVerdicts();
    QTest::newRow("fetch-event-source") << u"fetch-event-source"_s << fetchEventSourceVerdicts();
    QTest::newRow("chromium") << u"chromium"_s << Verdicts{};
    QTest::newRow("firefox") << u"firefox"_s << firefoxVerdicts();
}

void TestInteropClients::verdicts()
{
    QFETCH(QString, client);
    QFETCH(Verdicts, known);
    if (!m_lacking[client].isEmpty())
        QSKIP(qPrintable(m_lacking[client]));
    const auto &program = *m_runs.at(client);
    QTRY_VERIFY_WITH_TIMEOUT(program.hasEnded(), 1000000);
    const auto report = QJsonDocument::fromJson(program.lines().join('\n')).object();
    const auto cases = report[u"cases"_s].toArray();
    QVERIFY2(cases.size() > 60, program.errors().constData());
    QStringList differences;
    for (const auto &each : cases) {
        const auto name = each[u"name"_s].toString();
        const auto verdict = each[u"verdict"_s].toString();
        const auto wanted = expected(known, name);
        // A machine that stands still delays what should come soon.
        const bool isLate = name.startsWith(u"retry"_s) && wanted == u"pass"_s && verdict == u"unclear"_s;
        if (verdict != wanted && !isLate)
            differences << u"%1: %2 instead of %3: %4"_s.arg(name, verdict, wanted, each[u"reason"_s].toString());
    }
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestInteropClients)
#include "tst_interop_clients.moc"
