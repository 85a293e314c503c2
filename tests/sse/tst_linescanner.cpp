// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/blanklinesearch.h"
#include "sse/linescanner.h"
#include "sse/windowscan.h"

#include <QTest>

#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace std::literals;
using namespace weir::sse;

namespace {

std::string randomBytes(std::mt19937 &random, std::size_t size)
{
    // Mostly letters, now and then something that counts.
    constexpr auto special = "\r\n\0\x80\xff"sv;
    std::string bytes(size, 'a');
    const auto rarity = 1 + random() % 50;
    for (char &c : bytes) {
        if (random() % rarity == 0)
            c = special[random() % special.size()];
    }
    return bytes;
}

} // namespace

class TestLineScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windows_data()
    {
        QTest::addColumn<bool>("avx2");
        QTest::newRow("chosen for this machine") << false;
        if (canScanWithAvx2())
            QTest::newRow("AVX2") << true;
    }
    void windows()
    {
        QFETCH(bool, avx2);
        const auto scan = avx2 ? &findLineEndsAvx2 : &findLineEnds;
        const auto ends = std::make_unique<LineEnds>();
        std::mt19937 random(1);
        for (int run = 0; run < 3000; ++run) {
            const std::size_t size = random() % 8 == 0 ? LineEnds::windowSize : random() % 300;
            const std::string bytes = randomBytes(random, size);
            scan(bytes.data(), size, *ends);
            std::vector<std::size_t> expected;
            bool plain = true;
            for (std::size_t i = 0; i < size; ++i) {
                if (bytes[i] == '\n' || bytes[i] == '\r')
                    expected.push_back(i);
                plain = plain && static_cast<signed char>(bytes[i]) > 0;
            }
            QCOMPARE(std::vector<std::size_t>(ends->at, ends->at + ends->count), expected);
            QCOMPARE(ends->plain, plain);
        }
    }

    void fullWindowOfLineEnds()
    {
        const auto ends = std::make_unique<LineEnds>();
        const std::string bytes(LineEnds::windowSize, '\n');
        findLineEnds(bytes.data(), bytes.size(), *ends);
        QCOMPARE(ends->count, LineEnds::windowSize);
        QCOMPARE(ends->at[LineEnds::windowSize - 1], static_cast<std::uint16_t>(LineEnds::windowSize - 1));
    }

    void firstLineEnd()
    {
        std::mt19937 random(2);
        for (int run = 0; run < 5000; ++run) {
            const std::string bytes = randomBytes(random, random() % 100);
            const std::size_t expected = std::min(bytes.find_first_of("\r\n"), bytes.size());
            const char *found = findLineEnd(bytes.data(), bytes.data() + bytes.size());
            QCOMPARE(static_cast<std::size_t>(found - bytes.data()), expected);
        }
    }

    void blankLine_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("lineIsEmpty");
        QTest::addColumn<int>("found");
        QTest::newRow("none") << QByteArray("abc\ndef") << false << -1;
        QTest::newRow("LF") << QByteArray("abc\n\nx") << false << 5;
        QTest::newRow("CR") << QByteArray("abc\r\rx") << false << 5;
        QTest::newRow("CRLF") << QByteArray("abc\r\n\r\nx") << false << 6;
        QTest::newRow("CRLF is one") << QByteArray("abc\r\nx") << false << -1;
        QTest::newRow("LF CR") << QByteArray("abc\n\rx") << false << 5;
        QTest::newRow("at once") << QByteArray("\nx") << true << 1;
        QTest::newRow("first end is of the line") << QByteArray("\nx") << false << -1;
    }
    void blankLine()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, lineIsEmpty);
        QFETCH(int, found);
        const char *begin = bytes.constData();
        BlankLineSearch search(lineIsEmpty, false);
        const char *at = search.find(begin, begin + bytes.size());
        QCOMPARE(at == nullptr ? -1 : static_cast<int>(at - begin), found);
        BlankLineSearch piecewise(lineIsEmpty, false);
        int stop = -1;
        for (int i = 0; i < bytes.size() && stop < 0; ++i) {
            if (piecewise.find(begin + i, begin + i + 1) != nullptr)
                stop = i + 1;
        }
        QCOMPARE(stop, found);
    }
};

QTEST_GUILESS_MAIN(TestLineScanner)
#include "tst_linescanner.moc"
