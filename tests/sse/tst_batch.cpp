// SPDX-License-Identifier: GPL-3.0-or-later
#include "sse/batch.h"

#include <QTest>

#include <string>
#include <vector>

using namespace weir::sse;

class TestBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keptTextsStayPut()
    {
        Batch batch;
        std::vector<std::string_view> views;
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < 3000; ++i) {
            texts.emplace_back(i % 200, static_cast<char>('a' + i % 26));
            views.push_back(batch.keep(texts.back()));
        }
        for (std::size_t i = 0; i < texts.size(); ++i)
            QCOMPARE(std::string(views[i]), texts[i]);
    }

    void roomThatIsGivenBackIsUsedAgain()
    {
        Batch batch;
        char *first = batch.allocate(100);
        batch.giveBack(90);
        QCOMPARE(static_cast<void *>(batch.allocate(10)), static_cast<void *>(first + 10));
    }

    void largerThanAnyStore()
    {
        Batch batch;
        const std::string large(std::size_t{5} << 20, 'x');
        batch.keep("small");
        QCOMPARE(std::string(batch.keep(large)), large);
        batch.clear();
        QVERIFY(batch.empty());
        QCOMPARE(std::string(batch.keep("again")), std::string("again"));
    }

    // Items are used again, so nothing of an earlier batch may shine through.
    void appendedItemsAreBlank()
    {
        Batch batch;
        Item &used = batch.append();
        used.skipped = 7;
        used.insideBlock = used.rawIncomplete = true;
        used.data = "x";
        batch.clear();
        const Item &item = batch.append();
        QCOMPARE(item.skipped, std::uint64_t{0});
        QVERIFY(!item.insideBlock && !item.rawIncomplete && item.data.empty());
    }

    void manyItems()
    {
        Batch batch;
        for (int round = 0; round < 3; ++round) {
            const std::uint64_t count = round == 0 ? 100000 : 10;
            for (std::uint64_t i = 0; i < count; ++i)
                batch.append().offset = i;
            QCOMPARE(batch.items().size(), static_cast<std::size_t>(count));
            QCOMPARE(batch.items().back().offset, count - 1);
            batch.clear();
        }
    }
};

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
