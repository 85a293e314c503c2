// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/pacer.h"

#include <QTest>

#include <cmath>

namespace weir::publish {

/// When generated events are due, without any clock.
class PacerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isExactAtEveryRate_data();
    void isExactAtEveryRate();
    void catchesUp();
    void endsWithCountAndDuration();
    void randomSpacingHasTheMeanRate();
    void randomSpacingIsPoisson();
};

using Time = Pacer::Time;

void PacerTest::isExactAtEveryRate_data()
{
    QTest::addColumn<double>("rate");
    for (const double rate : {0.1, 1.0, 3.0, 1000.0, 1e6})
        QTest::addRow("%g/s", rate) << rate;
}

void PacerTest::isExactAtEveryRate()
{
    QFETCH(double, rate);
    Pacer pacer({.eventsPerSecond = rate});
    QCOMPARE(pacer.take(Time{0}, 10), 1U);
    for (const double second : {1.0, 7.25, 60.0, 3600.0, 86'400.0}) {
        pacer.take(Time{second}, 1'000'000'000'000);
        const double expected = std::floor(second * rate + 1e-9) + 1;
        QVERIFY2(std::abs(static_cast<double>(pacer.taken()) - expected) <= 1, qPrintable(QString::number(second)));
        QVERIFY(pacer.next().count() > second);
        QVERIFY(pacer.next().count() <= second + 1 / rate + 1e-6);
    }
}

void PacerTest::catchesUp()
{
    Pacer pacer({.eventsPerSecond = 10});
    QCOMPARE(pacer.take(Time{5.05}, 20), 20U);
    QCOMPARE(pacer.take(Time{5.05}, 100), 31U);
    QCOMPARE(pacer.take(Time{5.05}, 100), 0U);
    QCOMPARE(pacer.next().count(), 5.1);
}

void PacerTest::endsWithCountAndDuration()
{
    Pacer counted({.eventsPerSecond = 10, .count = 3});
    QCOMPARE(counted.take(Time{100}, 100), 3U);
    QVERIFY(counted.isComplete());
    Pacer timed({.eventsPerSecond = 10, .duration = Time{1}});
    QCOMPARE(timed.take(Time{100}, 100), 10U);
    QVERIFY(timed.isComplete());
    Pacer both({.eventsPerSecond = 10, .count = 100, .duration = Time{0.35}});
    QCOMPARE(both.take(Time{100}, 100), 4U);
    Pacer random({.eventsPerSecond = 1000, .spacing = Pacer::Spacing::Random, .duration = Time{2}}, 1);
    const auto events = random.take(Time{100}, 1'000'000);
    QVERIFY2(events > 1800 && events < 2200, qPrintable(QString::number(events)));
    QVERIFY(random.isComplete());
}

void PacerTest::randomSpacingHasTheMeanRate()
{
    Pacer pacer({.eventsPerSecond = 1e5, .spacing = Pacer::Spacing::Random}, 7);
    pacer.take(Time{10}, 1'000'000'000);
    QVERIFY(std::abs(static_cast<double>(pacer.taken()) - 1e6) < 5000);
}

void PacerTest::randomSpacingIsPoisson()
{
    // Of a Poisson process the counts in equal times have a variance that is their mean.
    Pacer pacer({.eventsPerSecond = 4, .spacing = Pacer::Spacing::Random}, 3);
    double sum = 0;
    double squares = 0;
    constexpr int windows = 5000;
    for (int i = 1; i <= windows; ++i) {
        const auto events = static_cast<double>(pacer.take(Time(i), 1000));
        sum += events;
        squares += events * events;
    }
    const double mean = sum / windows;
    const double variance = squares / windows - mean * mean;
    QVERIFY2(std::abs(mean - 4) < 0.15, qPrintable(QString::number(mean)));
    QVERIFY2(std::abs(variance - 4) < 0.5, qPrintable(QString::number(variance)));
}

} // namespace weir::publish

QTEST_GUILESS_MAIN(weir::publish::PacerTest)
#include "tst_pacer.moc"
