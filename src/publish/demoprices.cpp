// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/demo.h"

#include <QDateTime>

#include <array>
#include <cmath>

namespace weir::publish {

using namespace std::chrono_literals;

namespace {

class PricesVoice : public DemoVoice
{
public:
    explicit PricesVoice(unsigned seed)
        : m_random(seed)
    {}

    Line next() override
    {
        Symbol &symbol = m_symbols[m_random() % m_symbols.size()];
        const double step = std::normal_distribution<double>(0, 0.0006)(m_random);
        symbol.price = std::max(0.01, symbol.price * std::exp(step));
        const auto volume = static_cast<int>(std::lognormal_distribution<double>(3.2, 1.1)(m_random)) + 1;
        const char *side = step >= 0 ? "buy" : "sell";
        const QString data =
            QStringLiteral(R"({"symbol":"%1","price":%2,"change":%3,"volume":%4,"side":"%5","time":"%6"})")
                .arg(QLatin1String(symbol.name), QString::number(symbol.price, 'f', 2),
                    QString::number((symbol.price / symbol.open - 1) * 100, 'f', 3), QString::number(volume),
                    QLatin1String(side), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
        Line line{{}, 50ms};
        line.message.data = data.toStdString();
        return line;
    }

private:
    struct Symbol
    {
        const char *name;
        double open;
        double price;
    };
    std::mt19937 m_random;
    std::array<Symbol, 6> m_symbols{{{"ALDR", 184.2, 184.2}, {"BRCH", 62.75, 62.75}, {"CEDR", 431.1, 431.1},
        {"HAZL", 17.38, 17.38}, {"OAKS", 98.6, 98.6}, {"WLLW", 255.9, 255.9}}};
};

} // namespace

std::unique_ptr<DemoVoice> makePricesVoice(unsigned seed)
{
    return std::make_unique<PricesVoice>(seed);
}

} // namespace weir::publish
