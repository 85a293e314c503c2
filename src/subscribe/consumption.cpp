// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribe/consumption.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace weir::subscribe {

using namespace std::chrono_literals;

namespace {

struct ConsumptionText
{
    Q_DECLARE_TR_FUNCTIONS(ConsumptionText)
};

QString sizeText(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes));
}

} // namespace

QString text(const Consumption &consumption)
{
    QStringList parts;
    if (consumption.bytesPerSecond > 0)
        parts << ConsumptionText::tr("reads at most %1 a second").arg(sizeText(consumption.bytesPerSecond));
    if (consumption.stopsAfter && consumption.stopsFor > 0ms)
        parts << ConsumptionText::tr("stops reading after %1 for %2 s")
                     .arg(sizeText(*consumption.stopsAfter))
                     .arg(static_cast<double>(consumption.stopsFor.count()) / 1000);
    else if (consumption.stopsAfter)
        parts << ConsumptionText::tr("stops reading after %1").arg(sizeText(*consumption.stopsAfter));
    return parts.join(QStringLiteral(", "));
}

} // namespace weir::subscribe
