// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/eventformat.h"
#include "models/eventmodel.h"
#include "support/eventstream.h"

#include <QAbstractTableModel>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QSortFilterProxyModel>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

using namespace weir;
using namespace Qt::StringLiterals;

// What a filter and a tick cost at 10^4 … 10^7 events, beside QSortFilterProxyModel over the same texts and grep over
// the same data as a file. Words: the largest number of events.

namespace {

struct Question
{
    const char *name;
    const char *filter; ///< Weir's
    const char *proxy;  ///< QSortFilterProxyModel's regular expression over the data
    QStringList grep;   ///< grep's arguments over the data, a line each
};

const Question questions[] = {
    {"literal", "WLLW-7731", "WLLW-7731", {u"-cF"_s, u"WLLW-7731"_s}},
    {"regular expression", "/ALDR-7{3}[0-9]/", "ALDR-7{3}[0-9]", {u"-cE"_s, u"ALDR-7{3}[0-9]"_s}},
    {"JSON comparison", "data.price > 999.5", "\"price\":999\\.[5-9]", {u"-cE"_s, u"\"price\":999\\.[5-9]"_s}},
};

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void runUntil(const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (condition())
            loop.quit();
    });
    timer.start(0);
    loop.exec();
}

/// Events of 120 bytes with JSON data, as trades come.
class Trades
{
public:
    std::string data()
    {
        static constexpr const char *symbols[] = {"WLLW", "BRCH", "ALDR", "OAKS", "CEDR"};
        char text[128];
        const int size = std::snprintf(text, sizeof text,
            R"({"symbol":"%s-%04u","price":%u.%02u,"volume":%5u,"venue":"north","sequence":%9u})",
            symbols[m_random() % 5], static_cast<unsigned>(m_random() % 10000),
            static_cast<unsigned>(m_random() % 1000), static_cast<unsigned>(m_random() % 100),
            static_cast<unsigned>(m_random() % 100000), m_next++);
        return {text, static_cast<std::size_t>(size)};
    }

private:
    std::mt19937 m_random{7};
    unsigned m_next = 0;
};

void feed(test::EventStreams &streams, Trades &trades, int count, QFile *file)
{
    std::string bytes;
    std::string lines;
    for (int i = 0; i < count; ++i) {
        const auto data = trades.data();
        bytes.append("event: trade\ndata: ").append(data).append("\n\n");
        if (file)
            lines.append(data).append("\n");
        if (i + 1 == count || bytes.size() > (1U << 20)) {
            streams.feed(1, bytes);
            if (file)
                file->write(lines.data(), static_cast<qint64>(lines.size()));
            bytes.clear();
            lines.clear();
        }
    }
    if (file)
        file->flush();
}

/// The same data as a plain model gives it to a proxy: a text made when it is asked for.
class PlainModel : public QAbstractTableModel
{
public:
    explicit PlainModel(store::Snapshot snapshot)
        : m_snapshot(std::move(snapshot))
    {}

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_snapshot.end().value - m_snapshot.begin().value);
    }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        const auto number = m_snapshot.begin().value + static_cast<std::uint64_t>(index.row());
        const auto text = models::dataText(m_snapshot.at({number}));
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }

private:
    store::Snapshot m_snapshot;
};

struct Measured
{
    double first = 0; ///< ms until the first result is shown
    double all = 0;   ///< ms until everything has been looked at
    double gui = 0;   ///< ms of work of the GUI thread meanwhile
    int rows = 0;
};

Measured measureWeir(models::EventModel &model, const char *expression)
{
    model.setFilter(filter::Filter());
    runUntil([&] { return model.isComplete(); });
    Measured result;
    QElapsedTimer timer;
    const auto shown =
        QObject::connect(&model, &QAbstractItemModel::modelReset, &model, [&] { result.first = milliseconds(timer); });
    const double before = threadMilliseconds();
    timer.start();
    model.setFilter(filter::Filter::compile(expression).value());
    QEventLoop loop;
    const auto done = QObject::connect(&model, &models::EventModel::ledgerChanged, &loop, [&] {
        if (model.isComplete())
            loop.quit();
    });
    loop.exec();
    result.all = milliseconds(timer);
    result.gui = threadMilliseconds() - before;
    result.rows = model.rowCount();
    QObject::disconnect(shown);
    QObject::disconnect(done);
    return result;
}

Measured measureProxy(QSortFilterProxyModel &proxy, const char *expression)
{
    Measured result;
    QElapsedTimer timer;
    timer.start();
    proxy.setFilterRegularExpression(QString::fromLatin1(expression));
    result.rows = proxy.rowCount();
    result.all = result.first = result.gui = milliseconds(timer);
    proxy.setFilterRegularExpression(QString());
    return result;
}

Measured measureGrep(const QString &path, const QStringList &arguments)
{
    QProcess grep;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C"_s); // its fastest
    grep.setProcessEnvironment(environment);
    Measured result;
    QElapsedTimer timer;
    timer.start();
    grep.start(u"grep"_s, arguments + QStringList{path});
    grep.waitForFinished(600'000);
    result.all = milliseconds(timer);
    result.rows = grep.readAllStandardOutput().trimmed().toInt();
    return result;
}

/// What a thousand new events cost the GUI thread when so many are there already.
double measureTick(test::EventStreams &streams, Trades &trades, models::EventModel &model)
{
    constexpr int ticks = 50;
    double work = 0;
    for (int i = 0; i < ticks; ++i) {
        feed(streams, trades, 1000, nullptr);
        const auto end = streams.log.snapshot().end();
        const double before = threadMilliseconds();
        QEventLoop loop;
        const auto done = QObject::connect(&model, &models::EventModel::ledgerChanged, &loop, [&] {
            if (model.examinedEnd() == end)
                loop.quit();
        });
        loop.exec();
        QObject::disconnect(done);
        work += threadMilliseconds() - before;
    }
    return work / ticks;
}

/// Rows anywhere: what scrolling and jumping ask of the model.
double measureCells(const models::EventModel &model)
{
    constexpr int cells = 20'000;
    std::mt19937 random{1};
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < cells; ++i) {
        const auto row = static_cast<int>(random() % static_cast<unsigned>(model.rowCount()));
        model.index(row, i % model.columnCount()).data();
    }
    return milliseconds(timer) * 1e3 / cells;
}

void measure(int events, const QString &folder)
{
    store::LogLimits limits;
    limits.memoryBudget = std::size_t{6} << 30;
    test::EventStreams streams(limits);
    Trades trades;
    QFile file(folder + u"/data.txt"_s);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return;
    feed(streams, trades, events, &file);
    models::LogFeed logFeed(streams.log);
    models::EventModel model(logFeed);
    runUntil([&] { return model.isComplete() && model.examinedEnd() == streams.log.snapshot().end(); });
    const auto ledger = streams.log.ledger();
    std::printf("\n%d events, %.1f bytes each beside what was received\n", events,
        (static_cast<double>(ledger.memoryUsed) - static_cast<double>(streams.log.ledger().bytesReceived)) / events);
    PlainModel plain(streams.log.snapshot());
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&plain);
    for (const auto &question : questions) {
        const auto weir = measureWeir(model, question.filter);
        const auto theirs = measureProxy(proxy, question.proxy);
        const auto grep = measureGrep(file.fileName(), question.grep);
        std::printf("  %-20s Weir %8.1f ms (first rows %5.1f, GUI thread %6.2f), %d rows"
                    " | QSortFilterProxyModel %9.1f ms = %5.1f x, %d rows | grep %8.1f ms = %4.2f x, %d rows\n",
            question.name, weir.all, weir.first, weir.gui, weir.rows, theirs.all, theirs.all / weir.all, theirs.rows,
            grep.all, grep.all / weir.all, grep.rows);
    }
    model.setFilter(filter::Filter());
    runUntil([&] { return model.isComplete(); });
    std::printf("  a cell of any row %.2f us; 1,000 new events: %.3f ms of the GUI thread\n", measureCells(model),
        measureTick(streams, trades, model));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int most = argc > 1 ? std::atoi(argv[1]) : 10'000'000;
    const QTemporaryDir folder;
    for (int events = 10'000; events <= most; events *= 10)
        measure(events, folder.path());
    return 0;
}
