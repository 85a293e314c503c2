// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/valuedecoding.h"

#include <QTest>

using namespace weir::models;
using namespace Qt::StringLiterals;
using Kind = DecodedForm::Kind;

class ValueDecodingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void decodes_data();
    void decodes();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void findsNothingInOrdinaryValues_data();
    void findsNothingInOrdinaryValues();
    void readsTokens();
    void unpacks();
    void leavesVeryLongValuesAlone();
};

namespace {

const DecodedForm *formOf(const std::vector<DecodedForm> &forms, Kind kind)
{
    for (const auto &form : forms) {
        if (form.kind == kind)
            return &form;
    }
    return nullptr;
}

QByteArray encoded(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

void ValueDecodingTest::initTestCase()
{
    qputenv("TZ", "Europe/Berlin");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void ValueDecodingTest::decodes_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    const auto add = [](const char *name, const QByteArray &value, Kind kind, const QString &text) {
        QTest::newRow(name) << value << int(kind) << text;
    };
    add("base64", "SGVsbG8sIHdvcmxkIQ==", Kind::Base64, u"Hello, world!"_s);
    add("without padding", "SGVsbG8sIHdvcmxkIQ", Kind::Base64, u"Hello, world!"_s);
    add("url alphabet", "w7_Dv8O_w7_Dvw", Kind::Base64, u"ÿÿÿÿÿ"_s);
    add("wrapped", "SGVsbG8s\r\nIHdvcmxkIQ==\n", Kind::Base64, u"Hello, world!"_s);
    add("data URL", "data:text/plain;base64,SGk=", Kind::Base64, u"Hi"_s);
    add("JSON in base64", "eyJhIjoxMjM0NTY3ODkwMTIzNDU2Nzg5MH0=", Kind::Base64,
        u"{\n  \"a\": 12345678901234567890\n}"_s);
    add("percent", "q=a%20b%26c&x=%C3%A9", Kind::Percent, u"q=a b&c&x=é"_s);
    add("JSON in a string", "{\"a\":[1]}", Kind::Json, u"{\n  \"a\": [\n    1\n  ]\n}"_s);
    add("seconds", "1700000000", Kind::UnixTime, u"2023-11-14 23:13:20.000 +01:00 (2023-11-14 22:13:20.000 UTC)"_s);
    add("decimals", "1700000000.25", Kind::UnixTime, u"2023-11-14 23:13:20.250 +01:00 (2023-11-14 22:13:20.250 UTC)"_s);
    add("milliseconds", "1700000000123", Kind::UnixTime,
        u"2023-11-14 23:13:20.123 +01:00 (2023-11-14 22:13:20.123 UTC)"_s);
    add("microseconds", "1700000000123456", Kind::UnixTime,
        u"2023-11-14 23:13:20.123 +01:00 (2023-11-14 22:13:20.123 UTC)"_s);
    add("nanoseconds", "1700000000123456789", Kind::UnixTime,
        u"2023-11-14 23:13:20.123 +01:00 (2023-11-14 22:13:20.123 UTC)"_s);
}

void ValueDecodingTest::decodes()
{
    QFETCH(QByteArray, value);
    QFETCH(int, kind);
    QFETCH(QString, text);
    const auto forms = decodeValue(value);
    const auto *form = formOf(forms, Kind(kind));
    QVERIFY(form);
    QCOMPARE(form->text, text);
    QCOMPARE(form->problem, QString());
}

void ValueDecodingTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("problem");
    const auto add = [](const char *name, const QByteArray &value, Kind kind, const QString &problem) {
        QTest::newRow(name) << value << int(kind) << problem;
    };
    add("foreign letter", "SGVsbG8sIHdvcmxkISBTbyBsb25nLCB0*GF0", Kind::Base64, u"byte 32"_s);
    add("stops short", "SGVsbG8sIHdvcmxkIVNHVnNi5", Kind::Base64, u"stops short"_s);
    add("percent", "a%20b%2", Kind::Percent, u"byte 5"_s);
    add("JSON", "{\"a\":1,}", Kind::Json, u"byte 7 (line 1)"_s);
    add("token's payload", "eyJhbGciOiJub25lIn0.eyJhI*oxfQ.x", Kind::Jwt, u"payload, from byte 20 on"_s);
    add("token's payload no JSON", "eyJhbGciOiJub25lIn0.SGVsbG8.x", Kind::Jwt, u"payload is no JSON at byte 0"_s);
}

void ValueDecodingTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, value);
    QFETCH(int, kind);
    QFETCH(QString, problem);
    const auto forms = decodeValue(value);
    const auto *form = formOf(forms, Kind(kind));
    QVERIFY(form);
    QVERIFY2(form->problem.contains(problem), qPrintable(form->problem));
}

void ValueDecodingTest::findsNothingInOrdinaryValues_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value : {"", "  ", "message", "Subscription", "AlphaBetaGamma", "a sentence of words", "42",
             "1.10", "100%", "12345678901234567890", "[broken", "{oops", "http://host/path", "ABC", "7f3c9a",
             "550e8400-e29b-41d4-a716-446655440000"})
        QTest::newRow(value) << QByteArray(value);
}

void ValueDecodingTest::findsNothingInOrdinaryValues()
{
    QFETCH(QByteArray, value);
    const auto forms = decodeValue(value);
    QVERIFY2(forms.empty(), forms.empty() ? "" : qPrintable(forms.front().title + u": "_s + forms.front().text));
}

void ValueDecodingTest::readsTokens()
{
    const QByteArray token = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.' +
                             encoded("{\"sub\":\"ann\",\"iat\":1700000000,\"exp\":1700003600}") + '.' +
                             encoded("0123456789");
    for (const auto &value : {token, "Bearer " + token}) {
        const auto forms = decodeValue(value);
        QCOMPARE(forms.size(), std::size_t(1));
        QCOMPARE(forms[0].kind, Kind::Jwt);
        QVERIFY(forms[0].title.contains(u"not verified"_s));
        QVERIFY(forms[0].text.contains(u"\"alg\": \"HS256\""_s));
        QVERIFY(forms[0].text.contains(u"\"sub\": \"ann\""_s));
        QVERIFY2(forms[0].text.contains(u"exp (expires): 2023-11-15 00:13:20"_s), qPrintable(forms[0].text));
        QVERIFY(forms[0].text.contains(u"10 bytes, not verified"_s));
    }
}

void ValueDecodingTest::unpacks()
{
    // printf '{"a":1}' | gzip -n
    const auto packed = QByteArray::fromHex("1f8b0800000000000003ab564a54b232ac0500afac1b5607000000");
    const auto zlib = qCompress("plain words").mid(4);
    QCOMPARE(decodeValue(zlib.toBase64()).at(0).text, u"plain words"_s);
    const auto cut = decodeValue(zlib.chopped(6).toBase64()).at(0);
    QVERIFY2(cut.title.contains(u"deflate"_s), qPrintable(cut.title));
    QCOMPARE(decodeValue(packed.toBase64()).at(0).text, u"{\n  \"a\": 1\n}"_s);
}

void ValueDecodingTest::leavesVeryLongValuesAlone()
{
    QVERIFY(decodeValue(QByteArray(mostDecodedBytes + 1, 'A')).empty());
}

QTEST_GUILESS_MAIN(ValueDecodingTest)
#include "tst_valuedecoding.moc"
