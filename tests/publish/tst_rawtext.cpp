// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/rawtext.h"

#include <QRegularExpression>
#include <QTest>

namespace weir::publish {

using namespace Qt::StringLiterals;

class RawTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }
    void describesBytes_data();
    void describesBytes();
    void namesThePlace_data();
    void namesThePlace();
    void isFoundForAllBytes();
    void showsWhatIsUnseen();
};

void RawTextTest::describesBytes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("plain") << QByteArray("data: ä\n\n") << QByteArray("data: ä\n\n");
    QTest::newRow("names") << QByteArray("\\n\\r\\t\\0\\\\") << QByteArray("\n\r\t\0\\", 5);
    QTest::newRow("bytes") << QByteArray("\\xff\\xFE\\x00n") << QByteArray("\xff\xfe\0n", 4);
    QTest::newRow("code points") << QByteArray("\\u{41}\\u{e4}\\u{20AC}\\u{1F600}")
                                 << QByteArray("Aä€\xf0\x9f\x98\x80");
    QTest::newRow("surrogate") << QByteArray("\\u{D800}") << QByteArray("\xed\xa0\x80");
    QTest::newRow("joined line") << QByteArray("data: a\\\nb\n") << QByteArray("data: ab\n");
    QTest::newRow("backslash, then line") << QByteArray("a\\\\\nb") << QByteArray("a\\\nb");
}

void RawTextTest::describesBytes()
{
    QFETCH(QByteArray, text);
    const auto bytes = bytesOf(text.toStdString());
    QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().text()));
    QTEST(QByteArray::fromStdString(*bytes), "bytes");
}

void RawTextTest::namesThePlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown") << QByteArray("ä\\q") << u"Line 1, column 2: This escape is unknown"_s;
    QTest::newRow("at the end") << QByteArray("a\nbc\\") << u"Line 2, column 3: Nothing follows"_s;
    QTest::newRow("short byte") << QByteArray("\\x1") << u"two hexadecimal digits"_s;
    QTest::newRow("no byte") << QByteArray("\\xgg") << u"two hexadecimal digits"_s;
    QTest::newRow("signed byte") << QByteArray("\\x-1") << u"two hexadecimal digits"_s;
    QTest::newRow("no braces") << QByteArray("\\u20AC") << u"braces"_s;
    QTest::newRow("empty braces") << QByteArray("\\u{}") << u"braces"_s;
    QTest::newRow("braces stay open") << QByteArray("\\u{41") << u"braces"_s;
    QTest::newRow("beyond Unicode") << QByteArray("\\u{110000}") << u"10FFFF"_s;
}

void RawTextTest::namesThePlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, named);
    const auto bytes = bytesOf(text.toStdString());
    QVERIFY(!bytes);
    QVERIFY2(bytes.error().text().contains(named), qPrintable(bytes.error().text()));
}

void RawTextTest::isFoundForAllBytes()
{
    std::string all;
    for (int first = 0; first < 256; ++first)
        for (int second = 0; second < 256; ++second)
            all += {static_cast<char>(first), static_cast<char>(second)};
    all += "ä€\xf0\x9f\x98\x80\xe2\x80\xa8\xef\xbb\xbf\xc2\xa0";
    QVERIFY(bytesOf(rawTextOf(all)) == all);
    for (int byte = 0; byte < 256; ++byte) {
        const std::string one(1, static_cast<char>(byte));
        QVERIFY(bytesOf(rawTextOf(one)) == one);
    }
}

void RawTextTest::showsWhatIsUnseen()
{
    QCOMPARE(rawTextOf("\xef\xbb\xbf"
                       "data: a\r\n\xff\n"),
        std::string("\\u{FEFF}data: a\\r\n\\xFF\n"));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::RawTextTest)
#include "tst_rawtext.moc"
