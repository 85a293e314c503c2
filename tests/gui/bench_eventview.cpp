// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventview.h"
#include "support/eventstream.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <thread>

using namespace weir;
using namespace weir::gui;

// How long the GUI thread is held up while rows come by the 100,000, while ten million are scrolled, filtered and
// selected, and while the oldest are evicted. A stall is how late a 1 ms timer of the event loop runs; work
// is the processor time of the GUI thread meanwhile, which other programs on the machine hardly lengthen.

namespace {

class Stalls : public QObject
{
public:
    Stalls()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Stalls::note);
        m_clock.start();
        m_timer.start(1);
    }

    void report(const char *phase)
    {
        if (m_stalls.empty())
            return;
        std::ranges::sort(m_stalls);
        std::ranges::sort(m_work);
        std::printf("%-28s stall: p99 %3lld ms, longest %3lld ms; work: p99 %5.1f ms, longest %5.1f ms\n", phase,
            static_cast<long long>(m_stalls[m_stalls.size() * 99 / 100]), static_cast<long long>(m_stalls.back()),
            m_work[m_work.size() * 99 / 100], m_work.back());
        m_stalls.clear();
        m_work.clear();
        m_clock.restart();
    }

private:
    static double threadMs()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    void note()
    {
        const double now = threadMs();
        m_stalls.push_back(std::max<qint64>(0, m_clock.restart() - 1));
        m_work.push_back(now - std::exchange(m_threadMs, now));
    }

    double m_threadMs = threadMs();
    std::vector<double> m_work;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<qint64> m_stalls;
};

/// Runs the event loop until `condition` holds, calling `step` each time it is asked.
template <typename Condition, typename Step>
void runUntil(Condition condition, Step step)
{
    QEventLoop loop;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        step();
        if (condition())
            loop.quit();
    });
    timer.start(5);
    loop.exec();
}

/// Two views with different filters, both on screen, while a million events a second come for five seconds.
void measureTwoViews()
{
    constexpr int seconds = 5;
    constexpr int piece = 10'000;
    constexpr int pieces = 100 * seconds;
    test::EventStreams streams;
    models::LogFeed feed(streams.log);
    std::array<models::EventModel *, 2> models{};
    std::array<EventView, 2> views;
    const std::array filters{"7", "/[13]+8/"};
    for (std::size_t i = 0; i < views.size(); ++i) {
        models[i] = new models::EventModel(feed, &views[i]);
        models[i]->setFilter(filter::Filter::compile(filters[i]).value());
        views[i].setModel(models[i]);
        views[i].resize(600, 800);
        views[i].show();
    }
    Stalls stalls;
    QElapsedTimer time;
    time.start();
    std::thread appender([&streams] {
        auto next = std::chrono::steady_clock::now();
        for (int i = 0; i < pieces; ++i) {
            streams.feedEvents(1, piece, "0123456789", i * piece);
            std::this_thread::sleep_until(next += std::chrono::milliseconds{10});
        }
    });
    std::uint64_t mostBehind = 0;
    runUntil(
        [&] {
            return std::ranges::all_of(
                models, [](auto *model) { return model->examinedEnd().value > std::uint64_t{piece} * pieces; });
        },
        [&] {
            for (const auto *model : models)
                mostBehind = std::max(mostBehind, streams.log.snapshot().end().value - model->examinedEnd().value);
        });
    const auto took = time.elapsed();
    appender.join();
    stalls.report("two filters, 1 million/s");
    std::printf("two filters: %d s of events shown after %lld ms; at most %llu events behind; %d and %d rows\n",
        seconds, static_cast<long long>(took), static_cast<unsigned long long>(mostBehind), models[0]->rowCount(),
        models[1]->rowCount());
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    constexpr int tick = 100'000;
    const int rows = argc > 1 ? std::atoi(argv[1]) : 10'000'000;
    store::LogLimits limits;
    limits.memoryBudget = std::size_t{768} << 20;
    test::EventStreams streams(limits);
    models::LogFeed feed(streams.log);
    models::EventModel model(feed);
    EventView view;
    view.setModel(&model);
    view.resize(1200, 800);
    view.show();
    Stalls stalls;
    const auto append = [&](int count) {
        return std::thread([&streams, count] {
            for (int i = 0; i < count / tick; ++i)
                streams.feedEvents(1, tick, "0123456789", i * tick);
        });
    };
    const auto end = [&] { return streams.log.snapshot().end(); };

    auto appender = append(rows);
    runUntil([&] { return model.examinedEnd().value > static_cast<std::uint64_t>(rows); }, [] {});
    appender.join();
    std::printf("%d rows held of %llu\n", model.rowCount(), static_cast<unsigned long long>(end().value - 1));
    stalls.report("append, following");

    auto *bar = view.verticalScrollBar();
    int steps = 0;
    runUntil([&] { return steps >= 200; },
        [&] { bar->setSliderPosition(static_cast<int>(qint64{bar->maximum()} * steps++ / 200)); });
    stalls.report("scroll");

    view.selectAll();
    runUntil([] { return true; }, [] {});
    stalls.report("select all");

    appender = append(rows / 2);
    const auto target = static_cast<std::uint64_t>(rows) + static_cast<std::uint64_t>(rows / 2);
    runUntil([&] { return model.examinedEnd().value > target; }, [] {});
    appender.join();
    stalls.report("eviction, all selected");
    std::printf("%d rows held of %llu\n", model.rowCount(), static_cast<unsigned long long>(end().value - 1));

    QElapsedTimer time;
    time.start();
    qint64 firstRows = -1;
    QObject::connect(&model, &QAbstractItemModel::modelReset, &model, [&] { firstRows = time.elapsed(); });
    model.setFilter(filter::Filter::compile("99").value());
    runUntil([&] { return model.isComplete(); }, [] {});
    stalls.report("filter");
    std::printf("filter: first result %lld ms, all %lld ms, %d rows\n", static_cast<long long>(firstRows),
        static_cast<long long>(time.elapsed()), model.rowCount());
    measureTwoViews();
    return 0;
}
