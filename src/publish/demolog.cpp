// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/demo.h"

#include <QString>

#include <array>

namespace weir::publish {

namespace {

struct Entry
{
    const char *type;
    const char *text; ///< %1: a request number; %2: milliseconds
};

constexpr std::array<Entry, 12> usual{{
    {"info", "GET /api/orders/%1 200 in %2 ms"},
    {"info", "POST /api/orders 201 in %2 ms, order %1"},
    {"info", "Order %1 shipped"},
    {"info", "Nightly import: %1 rows in %2 ms"},
    {"info", "GET /health 200 in 1 ms"},
    {"debug", "cache: hit orders:%1"},
    {"debug", "cache: miss orders:%1, loaded in %2 ms"},
    {"debug", "pool: 7 of 20 connections in use"},
    {"debug", "retry queue:\n  waiting   3\n  running   1\n  oldest    %2 ms"},
    {"info", "Configuration reloaded:\n  timeout = %2 ms\n  workers = 4"},
    {"info", "Session %1 opened from 192.0.2.17"},
    {"info", "Session %1 closed after %2 s"},
}};

constexpr std::array<Entry, 4> warnings{{
    {"warning", "Slow query: %2 ms\n  SELECT * FROM orders WHERE customer = %1\n  ORDER BY created DESC"},
    {"warning", "Disk /var 91 % full"},
    {"warning", "GET /api/orders/%1 took %2 ms, limit 200 ms"},
    {"warning", "Payment provider answered 429, waiting %2 ms"},
}};

constexpr std::array<Entry, 3> errors{{
    {"error", "Unhandled exception in worker 3, request %1\n"
              "java.lang.IllegalStateException: order %1 has no customer\n"
              "    at shop.orders.Invoice.render(Invoice.java:118)\n"
              "    at shop.orders.OrderService.close(OrderService.java:64)\n"
              "    at shop.web.OrderController.post(OrderController.java:41)\n"
              "Caused by: java.sql.SQLException: connection reset\n"
              "    at shop.db.Pool.take(Pool.java:92)\n"
              "    ... 3 more"},
    {"error", "Traceback (most recent call last):\n"
              "  File \"/srv/report/run.py\", line 87, in <module>\n"
              "    main()\n"
              "  File \"/srv/report/run.py\", line 52, in main\n"
              "    total = sum(row[\"amount\"] for row in rows)\n"
              "KeyError: 'amount'"},
    {"error", "POST /api/orders 500 in %2 ms, request %1"},
}};

class LogVoice : public DemoVoice
{
public:
    explicit LogVoice(unsigned seed)
        : m_random(seed)
    {}

    Line next() override
    {
        const Entry &entry = pick();
        const int milliseconds = std::uniform_int_distribution<int>(2, 900)(m_random);
        QString text = QString::fromUtf8(entry.text);
        text.replace(QStringLiteral("%1"), QString::number(++m_request));
        text.replace(QStringLiteral("%2"), QString::number(milliseconds));
        Line line{{}, std::chrono::milliseconds(std::uniform_int_distribution<int>(330, 2600)(m_random))};
        // Things rarely happen alone.
        if (std::bernoulli_distribution(0.12)(m_random))
            line.pause = std::chrono::milliseconds(std::uniform_int_distribution<int>(330, 450)(m_random));
        else if (std::bernoulli_distribution(0.1)(m_random))
            line.pause = std::chrono::milliseconds(5000);
        line.message.type = entry.type;
        line.message.data = text.toStdString();
        return line;
    }

private:
    const Entry &pick()
    {
        const auto chance = m_random() % 100;
        if (chance < 8)
            return errors[m_random() % errors.size()];
        if (chance < 22)
            return warnings[m_random() % warnings.size()];
        return usual[m_random() % usual.size()];
    }

    std::mt19937 m_random;
    int m_request = 48200;
};

} // namespace

std::unique_ptr<DemoVoice> makeLogVoice(unsigned seed)
{
    return std::make_unique<LogVoice>(seed);
}

} // namespace weir::publish
