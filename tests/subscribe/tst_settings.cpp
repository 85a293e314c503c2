// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/settings.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::test {

using namespace subscribe;
using namespace Qt::StringLiterals;

namespace {

constexpr int noError = -1;

int code(SettingsError error)
{
    return static_cast<int>(error);
}

} // namespace

/// What people type: addresses and headers.
class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void urls_data();
    void urls();
    void names_data();
    void names();
    void hidesCredentials();
    void headers_data();
    void headers();
    void lastEventIds_data();
    void lastEventIds();
    void knowsSecretHeaders();
    void everyErrorHasWords();
};

void SettingsTest::urls_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<int>("error");
    const auto good = [](const char *name, const QString &typed, const QByteArray &url) {
        QTest::newRow(name) << typed << url << noError;
    };
    const auto bad = [](const char *name, const QString &typed, SettingsError error) {
        QTest::newRow(name) << typed << QByteArray() << code(error);
    };
    good("complete", u"https://example.org/events?x=1"_s, "https://example.org/events?x=1");
    good("scheme in capitals", u"HTTP://Example.ORG/A"_s, "http://example.org/A");
    good("spaces around", u"  http://h/x \n"_s, "http://h/x");
    good("bare host and port", u"localhost:8080/x"_s, "http://localhost:8080/x");
    good("bare host and port alone", u"localhost:8080"_s, "http://localhost:8080");
    good("bare host, port and query", u"localhost:8080?x=y"_s, "http://localhost:8080?x=y");
    good("bare host", u"example.org"_s, "http://example.org");
    good("bare host and path", u"example.org/a/b"_s, "http://example.org/a/b");
    good("IPv4", u"127.0.0.1:80/s"_s, "http://127.0.0.1:80/s");
    good("IPv6", u"[::1]:8080/s"_s, "http://[::1]:8080/s");
    good("without scheme", u"//example.org/s"_s, "http://example.org/s");
    good("space in the path", u"http://h/a b"_s, "http://h/a%20b");
    good("credentials", u"http://u:p@h/"_s, "http://u:p@h/");
    bad("empty", u""_s, SettingsError::UrlEmpty);
    bad("blank", u" \t "_s, SettingsError::UrlEmpty);
    bad("C27 ftp", u"ftp://h/x"_s, SettingsError::UrlSchemeUnsupported);
    bad("C27 mailto", u"mailto:a@example.org"_s, SettingsError::UrlSchemeUnsupported);
    bad("C27 about", u"about:blank"_s, SettingsError::UrlSchemeUnsupported);
    bad("C27 javascript", u"javascript:alert(1)"_s, SettingsError::UrlSchemeUnsupported);
    bad("file", u"file:///etc/passwd"_s, SettingsError::UrlSchemeUnsupported);
    bad("C28 spaces in the host", u"http://this is invalid/"_s, SettingsError::UrlInvalid);
    bad("spaces in a bare host", u"this is invalid"_s, SettingsError::UrlInvalid);
    bad("port too large", u"http://h:99999/"_s, SettingsError::UrlInvalid);
    bad("no host", u"http:///path"_s, SettingsError::UrlWithoutHost);
    bad("scheme alone", u"http://"_s, SettingsError::UrlWithoutHost);
}

void SettingsTest::urls()
{
    QFETCH(QString, typed);
    QFETCH(QByteArray, url);
    QFETCH(int, error);
    SettingsError found{};
    const QUrl made = urlFromUserInput(typed, &found);
    QCOMPARE(made.toEncoded(), url);
    QCOMPARE(made.isValid(), error == noError);
    if (error != noError)
        QCOMPARE(code(found), error);
}

void SettingsTest::names_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("name");
    QTest::newRow("segment") << u"http://h/a/prices"_s << u"prices"_s;
    QTest::newRow("slash at the end") << u"http://h/a/prices/"_s << u"prices"_s;
    QTest::newRow("no path") << u"http://example.org"_s << u"example.org"_s;
    QTest::newRow("root") << u"http://example.org/"_s << u"example.org"_s;
    QTest::newRow("secrets") << u"http://user:pass@h/x?token=t#f"_s << u"x"_s;
    QTest::newRow("secrets without path") << u"http://user:pass@h?token=t"_s << u"h"_s;
    QTest::newRow("encoded") << u"http://h/a%20b"_s << u"a b"_s;
}

void SettingsTest::names()
{
    QFETCH(QString, url);
    QFETCH(QString, name);
    QCOMPARE(suggestedName(QUrl(url)), name);
}

void SettingsTest::hidesCredentials()
{
    QCOMPARE(displayUrl(QUrl(u"https://user:pass@h:1/x?q=1"_s)), u"https://h:1/x?q=1"_s);
}

void SettingsTest::headers_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("error");
    QTest::newRow("plain") << QByteArray("X-Api-Key") << QByteArray("a b\tc") << noError;
    QTest::newRow("empty value") << QByteArray("X") << QByteArray() << noError;
    QTest::newRow("UTF-8 value") << QByteArray("X") << QByteArray("\xe2\x80\xa6") << noError;
    QTest::newRow("Accept") << QByteArray("Accept") << QByteArray("*/*") << noError;
    QTest::newRow("no name") << QByteArray() << QByteArray("v") << code(SettingsError::HeaderNameInvalid);
    QTest::newRow("space in name") << QByteArray("a b") << QByteArray("v") << code(SettingsError::HeaderNameInvalid);
    QTest::newRow("colon in name") << QByteArray("a:") << QByteArray("v") << code(SettingsError::HeaderNameInvalid);
    QTest::newRow("LF in name") << QByteArray("a\nb") << QByteArray("v") << code(SettingsError::HeaderNameInvalid);
    QTest::newRow("CR LF in value") << QByteArray("a") << QByteArray("v\r\nInjected: 1")
                                    << code(SettingsError::HeaderValueInvalid);
    QTest::newRow("NUL in value") << QByteArray("a") << QByteArray("v\0w", 3)
                                  << code(SettingsError::HeaderValueInvalid);
    for (const char *name : {"Host", "content-length", "Connection", "LAST-EVENT-ID", "Transfer-Encoding", "Expect"})
        QTest::newRow(name) << QByteArray(name) << QByteArray("v") << code(SettingsError::HeaderReserved);
}

void SettingsTest::headers()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(int, error);
    SettingsError found{};
    QCOMPARE(validateHeader({name, value}, &found), error == noError);
    if (error != noError)
        QCOMPARE(code(found), error);
}

void SettingsTest::lastEventIds_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("UTF-8") << QByteArray("\xe2\x80\xa6") << true;
    QTest::newRow("other control") << QByteArray("a\x01") << true;
    QTest::newRow("NUL") << QByteArray("a\0", 2) << false;
    QTest::newRow("CR") << QByteArray("a\r") << false;
    QTest::newRow("LF") << QByteArray("\na") << false;
}

void SettingsTest::lastEventIds()
{
    QFETCH(QByteArray, id);
    QFETCH(bool, isValid);
    SettingsError error{};
    QCOMPARE(validateLastEventId(id, &error), isValid);
    if (!isValid)
        QCOMPARE(error, SettingsError::LastEventIdInvalid);
}

void SettingsTest::knowsSecretHeaders()
{
    for (const char *name :
        {"Authorization", "proxy-authorization", "COOKIE", "X-Api-Key", "X-Auth-Token", "Client-Secret"})
        QVERIFY2(isSecretHeader(name), name);
    for (const char *name : {"Accept", "User-Agent", "X-Request-Id"})
        QVERIFY2(!isSecretHeader(name), name);
}

void SettingsTest::everyErrorHasWords()
{
    for (int i = code(SettingsError::UrlEmpty); i <= code(SettingsError::LastEventIdInvalid); ++i)
        QVERIFY(!text(static_cast<SettingsError>(i)).isEmpty());
}

} // namespace weir::test

QTEST_GUILESS_MAIN(weir::test::SettingsTest)
#include "tst_settings.moc"
