// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/utf8.h"

#include <QTest>

#include <string>

using namespace weir::sse;

namespace {

std::string encoded(unsigned c)
{
    const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x80)
        return {static_cast<char>(c)};
    if (c < 0x800)
        return {static_cast<char>(0xC0 | c >> 6), tail(0)};
    if (c < 0x10000)
        return {static_cast<char>(0xE0 | c >> 12), tail(6), tail(0)};
    return {static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
}

int replacements(const QByteArray &bytes, QByteArray &rest)
{
    std::string decoded;
    appendDecodedUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())}, decoded);
    rest = QByteArray::fromStdString(decoded);
    const int count = static_cast<int>(rest.count("\xef\xbf\xbd"));
    rest.replace("\xef\xbf\xbd", "");
    return count;
}

} // namespace

class TestUtf8 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyScalarValueIsValidAndNoSurrogateIs()
    {
        for (unsigned c = 0; c < 0x110000; ++c) {
            const bool isSurrogate = c >= 0xD800 && c < 0xE000;
            const std::string bytes = encoded(c);
            QCOMPARE(isValidUtf8(bytes), !isSurrogate);
            QCOMPARE(isAscii(bytes), c < 0x80);
        }
    }

    // One U+FFFD for each maximal subpart, as the Encoding Standard's decoder does it.
    void malformed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("count");
        QTest::addColumn<QByteArray>("rest");
        const auto row = [](const char *name, const char *bytes, int count, const char *rest) {
            QTest::newRow(name) << QByteArray(bytes) << count << QByteArray(rest);
        };
        row("D10: E2 82 41", "\xe2\x82\x41", 1, "A");
        row("lone continuation bytes", "\x80\xbf\x80", 3, "");
        row("overlong of two", "\xc0\xaf", 2, "");
        row("overlong of three", "\xe0\x80\xaf", 3, "");
        row("overlong of four", "\xf0\x8f\xbf\xbf", 4, "");
        row("surrogate", "\xed\xa0\x80", 3, "");
        row("last before the surrogates", "\xed\x9f\xbf", 0, "\xed\x9f\xbf");
        row("above U+10FFFF", "\xf4\x90\x80\x80", 4, "");
        row("last", "\xf4\x8f\xbf\xbf", 0, "\xf4\x8f\xbf\xbf");
        row("F5 and FF", "\xf5\xff", 2, "");
        row("five bytes", "\xf8\x88\x80\x80\x80", 5, "");
        row("cut after three of four", "\xf0\x9f\x98", 1, "");
        row("cut after two of four",
            "\xf0\x9f"
            "a",
            1, "a");
        row("lead before a lead", "\xf0\xe2\x82\xac", 1, "\xe2\x82\xac");
        row("lead before ASCII", "\xc3(", 1, "(");
        row("Unicode's example",
            "a\xf1\x80\x80\xe1\x80\xc2"
            "b\x80"
            "c\x80\xbf"
            "d",
            6, "abcd");
        row("BOM is kept",
            "\xef\xbb\xbf"
            "a",
            0,
            "\xef\xbb\xbf"
            "a");
        row("after 16 ASCII bytes", "0123456789abcdef\xff", 1, "0123456789abcdef");
        row("within a long text", "0123456789abcdef0123\xe2\x82 6789abcdef", 1, "0123456789abcdef0123 6789abcdef");
    }
    void malformed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, count);
        QFETCH(QByteArray, rest);
        QByteArray found;
        QCOMPARE(replacements(bytes, found), count);
        QCOMPARE(found, rest);
        QCOMPARE(isValidUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())}), count == 0);
    }

    void everyPairOfBytes()
    {
        for (unsigned first = 0; first < 256; ++first) {
            for (unsigned second = 0; second < 256; ++second) {
                const char bytes[] = {static_cast<char>(first), static_cast<char>(second)};
                std::string decoded;
                appendDecodedUtf8({bytes, 2}, decoded);
                QVERIFY(isValidUtf8(decoded));
                QCOMPARE(isValidUtf8({bytes, 2}), decoded == std::string(bytes, 2));
            }
        }
    }

    void isAsciiLooksAtEveryByte()
    {
        for (std::size_t size = 0; size < 70; ++size) {
            for (std::size_t at = 0; at < size; ++at) {
                std::string text(size, 'a');
                QVERIFY(isAscii(text));
                text[at] = '\x80';
                QVERIFY(!isAscii(text));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestUtf8)
#include "tst_utf8.moc"
